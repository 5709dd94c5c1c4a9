"""A browser that is there when a page needs one: begun, made ready for each page, replaced, ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never
from urllib.parse import urlsplit

from checker.loading import browser_start, credentials
from checker.loading.axe import BUNDLED, Axe
from checker.loading.axe_incremental import IncrementalAxe
from checker.loading.axe_store import Parts
from checker.loading.browser_driver import BrowserBroken, Driver, first_line
from checker.loading.browser_tab import DIED, Gone, Hung, Tab
from checker.loading.options import Extent, Options
from checker.loading.processes import MEBIBYTE, Watch
from checker.loading.served import ORIGIN, Served

_READY = 15.0


@dataclass
class Running:
    """A browser and what belongs to its session."""

    driver: Driver
    tab: Tab
    axe: Axe
    name: str


class Session:
    """One browser at a time. ``served`` is where it finds local files, ``parts`` are what ``--axe incremental`` has
    seen. ``running`` is None until a browser is needed, and after it was ended."""

    def __init__(self, options: Options, served: Served, parts: Parts) -> None:
        self.options = options
        self.running: Running | None = None
        self._served = served
        self._parts = parts
        self._pins: frozenset[str] = frozenset()

    def start(self) -> Running:
        """The running browser, a new one where there is none. Raises NoBrowser, BrowserBroken."""
        if self.running is None:
            driver = browser_start.start(self.options, self._served.place, self._pins)
            try:
                self.running = self.begun(driver)
            except DIED as error:
                browser_start.stop(driver)
                raise BrowserBroken(first_line(error)) from error
        return self.running

    def begun(self, driver: Driver) -> Running:
        """A new browser with its window, engine and bound of memory."""
        tab = Tab(driver, self.options.viewport)
        axe = self._engine(driver)
        axe.prepare()
        process = driver.capabilities.get("goog:processID")
        if isinstance(process, int) and not self.options.grid:
            most = self.options.browser_memory * MEBIBYTE
            tab.watch = Watch(process, most, driver.kill)
        name = f"{driver.kind} {driver.capabilities['browserVersion']}"
        return Running(driver, tab, axe, name)

    def ready(self, url: str) -> Running:
        """A browser whose window is empty, for a page at ``url``; a new one where the page before left it in no state
        to go on. Raises NoBrowser, BrowserBroken; Hung and Gone where a new one dies of it."""
        if self.running is not None and self._grown(self.running):
            self.end()
        while True:
            fresh = self.running is None
            running = self.start()
            try:
                with running.tab.deadline(_READY, "making ready for the page"):
                    running.tab.fresh({ORIGIN, _origin(url)}, credentials.cookies(self.options))
            except (Hung, Gone, *DIED):
                if fresh:
                    raise
                self.end()
            else:
                return running

    def admit(self, pins: set[str]) -> bool:
        """Let these certificates in, by a new browser; whether any of them is new."""
        if pins <= self._pins:
            return False
        self._pins |= pins
        self.end()
        return True

    def end(self) -> None:
        """End the browser, whatever state it is in."""
        if self.running is not None:
            if self.running.tab.watch is not None:
                self.running.tab.watch.stop()
            self.running.driver.kill()
            browser_start.stop(self.running.driver)
            self.running = None

    def greed(self) -> str:
        """That the running browser was ended for the memory that it took; empty where it was not."""
        return self.running.tab.greed() if self.running is not None else ""

    def _grown(self, running: Running) -> bool:
        """Whether a browser that pages left so large is better replaced before it hits the bound in mid-page."""
        watch = running.tab.watch
        return watch is not None and 2 * watch.taken() > self.options.browser_memory * MEBIBYTE

    def _engine(self, driver: Driver) -> Axe:
        script = self.options.axe_script or BUNDLED
        limit = self.options.script_timeout
        match self.options.axe:
            case Extent.FULL:
                return Axe(driver, script, limit)
            case Extent.INCREMENTAL:
                return IncrementalAxe(driver, script, limit, self._parts)
            case _:
                assert_never(self.options.axe)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
