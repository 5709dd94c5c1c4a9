"""A browser that is there when a page needs one: begun, made ready for each page, replaced, ended."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import urlsplit

from checker.loading import browser_start, credentials
from checker.loading.axe import BUNDLED, Axe
from checker.loading.axe_incremental import IncrementalAxe
from checker.loading.axe_store import Parts
from checker.loading.browser_driver import BrowserBroken, Driver, first_line
from checker.loading.browser_tab import DIED, Gone, Hung, Tab
from checker.loading.browser_turns import Turns
from checker.loading.options import Extent, Options
from checker.loading.processes import MEBIBYTE, Watch
from checker.loading.served import ORIGIN, Served

_READY = 15.0


@dataclass
class Running:
    """A window and what belongs to its session. ``whole`` is the driver with which its browser began."""

    driver: Driver
    tab: Tab
    axe: Axe
    name: str
    whole: Driver


class Process:
    """One browser at a time, for the sessions that use it, each in a thread of its own. ``served`` is where it finds
    local files, ``parts`` are what ``--axe incremental`` has seen."""

    def __init__(self, options: Options, served: Served, parts: Parts) -> None:
        self.options = options
        self.parts = parts
        self.turns = Turns()
        self.driver: Driver | None = None
        self.watch: Watch | None = None
        self.pins: frozenset[str] = frozenset()
        self.lock = threading.RLock()
        self._served = served
        self._over = False

    def start(self) -> Driver:
        """The browser, a new one where there is none. Raises NoBrowser, BrowserBroken."""
        with self.lock:
            if self._over:
                raise BrowserBroken("the run is over")
            if self.driver is None:
                driver = browser_start.start(self.options, self._served.place, self.pins)
                process = driver.capabilities.get("goog:processID")
                if isinstance(process, int) and not self.options.grid:
                    most = self.options.browser_memory * MEBIBYTE
                    self.watch = Watch(process, most, driver.kill)
                self.driver = driver
            return self.driver

    def grown(self) -> bool:
        """Whether a browser that pages left so large is better replaced before it hits the bound in mid-page."""
        watch = self.watch
        return watch is not None and 2 * watch.taken() > self.options.browser_memory * MEBIBYTE

    def end(self, driver: Driver | None) -> None:
        """End the browser, whatever state it is in, if it is still that one."""
        with self.lock:
            if driver is None or driver is not self.driver:
                return
            if self.watch is not None:
                self.watch.stop()
            self.watch = self.driver = None
            driver.kill()
            browser_start.stop(driver)

    def close(self) -> None:
        """End the browser, and start none any more."""
        with self.lock:
            self._over = True
            self.end(self.driver)


class Session:
    """A window, of which ``number`` says which it is of its browser's. ``running`` is None until it is needed, and
    after its browser was ended."""

    def __init__(self, process: Process, number: int = 0) -> None:
        self.process = process
        self.running: Running | None = None
        self._number = number

    def start(self) -> Running:
        """The window, in a new browser where there is none. Raises NoBrowser, BrowserBroken."""
        while True:
            fresh = self.process.driver is None
            whole = self.process.start()
            if self.running is not None and self.running.whole is whole:
                return self.running
            try:
                self.running = self.begun(whole)
            except DIED as error:
                self.process.end(whole)
                if fresh:
                    raise BrowserBroken(first_line(error)) from error
            else:
                return self.running

    def begun(self, whole: Driver) -> Running:
        """A new window of the browser, its engine and bound of memory."""
        driver = whole.beside() if self._number else whole
        tab = Tab(driver, self.process.options.viewport)
        tab.watch = self.process.watch
        axe = self._engine(driver)
        axe.prepare()
        name = f"{driver.kind} {driver.capabilities['browserVersion']}"
        return Running(driver, tab, axe, name, whole)

    def ready(self, url: str) -> Running:
        """An empty window for a page at ``url``; one of a new browser where the page before left it in no state to go
        on. Raises NoBrowser, BrowserBroken; Hung and Gone where a new one dies of it."""
        while True:
            before = self.running
            running = self.start()
            try:
                with running.tab.deadline(_READY, "making ready for the page"):
                    cookies = credentials.cookies(self.process.options)
                    running.tab.fresh({ORIGIN, _origin(url)}, cookies)
            except (Hung, Gone, *DIED):
                if running is not before:
                    raise
                self.end()
            else:
                return running

    def admit(self, pins: set[str]) -> bool:
        """Let these certificates in, by a new browser; whether any of them is new."""
        if pins <= self.process.pins:
            return False
        self.process.pins |= pins
        self.end()
        return True

    def end(self) -> None:
        """End the browser, whatever state it is in."""
        running, self.running = self.running, None
        if running is not None:
            self.process.end(running.whole)

    def greed(self) -> str:
        """That the running browser was ended for the memory that it took; empty where it was not."""
        return self.running.tab.greed() if self.running is not None else ""

    def _engine(self, driver: Driver) -> Axe:
        script = self.process.options.axe_script or BUNDLED
        limit = self.process.options.script_timeout
        match self.process.options.axe:
            case Extent.FULL:
                return Axe(driver, script, limit)
            case Extent.INCREMENTAL:
                return IncrementalAxe(driver, script, limit, self.process.parts)
            case _:
                assert_never(self.process.options.axe)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
