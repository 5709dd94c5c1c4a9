"""One browser window: every call bounded, its log, a fresh reader for each page."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.cookiejar import Cookie
from typing import Any

from selenium.common.exceptions import (
    NoAlertPresentException,
    NoSuchWindowException,
    TimeoutException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from urllib3.exceptions import HTTPError

from checker.loading.browser_driver import MOST_DIALOGS, Driver
from checker.loading.browser_world import frames
from checker.loading.chrome_log import Log
from checker.loading.processes import MEBIBYTE, Watch

PAUSE = 0.02
"""Seconds between two looks at what something came to."""
DIED = (WebDriverException, HTTPError, OSError)
"""What a call raises when the browser went away under it."""


_ANSWER = 10.0
_AWAY = 1_000_000  # what the window shows while it is not drawn: a place that no page has, so that nothing is painted
_PAGES = 32
"""After so many pages a window gets another process: what pages leave in one, and in the cache, adds up."""
_EMPTY = "about:blank"
_ELSEWHERE = "data:,"  # empty as well, but in a process of its own
_BROWSERS_OWN = ("chrome", "devtools")  # schemes of windows that no page opens


class Hung(Exception):
    """The page kept the browser busy beyond a bound: the browser was killed."""


class Gone(Exception):
    """The browser or its tab died."""


class Tab:
    """The window in which pages are shown."""

    def __init__(self, driver: Driver, viewport: tuple[int, int]) -> None:
        self.driver = driver
        self.log = Log()
        driver.open_channel()
        self.window = driver.window
        self.channel = driver.channel
        self._bidi = bool(driver.capabilities.get("webSocketUrl"))
        self.watch: Watch | None = None
        self._drawn = False
        self._pages = 0
        self.cdp("Page.enable")
        self.size(viewport)
        own = {"browserContextId": driver.context} if driver.context else {}
        self.cdp("Browser.setDownloadBehavior", behavior="deny", **own)

    @contextmanager
    def deadline(self, seconds: float, what: str) -> Iterator[None]:
        """Bounds the calls within: a script without end blocks the driver too, so the browser is killed under it.
        Raises Hung then; Gone where the tab died by itself."""
        over = threading.Event()

        def end() -> None:
            over.set()
            self.driver.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except DIED as error:
            if greed := self.greed():
                raise Gone(greed) from error
            if over.is_set() or isinstance(error, TimeoutException):
                raise Hung(f"{what} did not end within {seconds:g} s") from error
            if isinstance(error, UnexpectedAlertPresentException):
                kind = "windows" if "windows" in str(error.msg) else "dialogs"
                raise Hung(f"{what} did not end: the page opens {kind} without end") from error
            if _dead(error):
                raise Gone(f"the browser's tab died while {what}") from error
            raise
        finally:
            timer.cancel()
        if over.is_set():
            raise Hung(f"{what} did not end within {seconds:g} s")

    def greed(self) -> str:
        """That the browser was ended for the memory that it took; empty where it was not."""
        if self.watch is None or not self.watch.over:
            return ""
        most = self.watch.most // MEBIBYTE
        return f"it took too much memory and was ended (--browser-memory {most})"

    def alive(self) -> bool:
        """Whether the browser still answers."""
        try:
            with self.deadline(_ANSWER, "asking for an answer"):
                frames(self.driver)
        except (Hung, Gone, *DIED):
            return False
        return True

    def cdp(self, command: str, **parameters: Any) -> Any:
        """A DevTools command of this window."""
        return self.driver.execute_cdp_cmd(command, parameters)

    def post(self, command: str, *each: dict[str, Any]) -> None:
        """The same with each of these parameters, and an answer to the last alone is waited for, where that can be."""
        if self.channel is not None:
            self.channel.post(command, *each[:-1])
            self.channel.call(command, each[-1])
            return
        for parameters in each:
            self.cdp(command, **parameters)

    def size(self, viewport: tuple[int, int], scale: int = 1) -> None:
        """Give the window that size in CSS pixels, and its pixels that scale."""
        self._metrics = viewport, scale
        self._show()

    @contextmanager
    def drawn(self) -> Iterator[None]:
        """Meanwhile the window is drawn. Else it is not, for nobody looks: the page does not notice, and a picture of a
        part of it (a clip) is drawn all the same."""
        self._drawn = True
        try:
            self._show()
            yield
        finally:
            self._drawn = False
            self._show()

    def _show(self) -> None:
        (width, height), scale = self._metrics
        away = {"x": 0, "y": _AWAY, "width": width, "height": height, "scale": 1}
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
            **({} if self._drawn else {"viewport": away}),
        )

    def go(self, url: str) -> None:
        """Have the window go to an address, without waiting for it. chromedriver waits for the answer's head all the
        same, and lets no handler of requests in meanwhile: where there may be one, WebDriver BiDi asks."""
        if self._bidi:
            self.driver.browsing_context.navigate(self.window, url, wait="none")
        elif self.channel is not None:
            self.channel.go(url)
        else:
            self.driver.get(url)

    def listen(self, seconds: float = 0.0) -> Log:
        """Read what the log has to say and give all of it; wait so long for more. A dialog that waits is accepted.
        Raises Hung where one follows another without end."""
        if self.channel is not None:
            self.log.take(self.channel.events(seconds), self.window)
            return self.log
        time.sleep(seconds)
        self.log.add(self.driver.get_log("performance"), self.window)  # type: ignore[no-untyped-call]
        if self.log.asking:
            if len(self.log.dialogs) > MOST_DIALOGS:
                raise Hung("the page did not come to rest: it opens dialogs without end")
            with suppress(NoAlertPresentException):
                self.driver.switch_to.alert.accept()
        return self.log

    def fresh(self, origins: set[str], cookies: tuple[Cookie, ...]) -> None:
        """An empty window without popups, cookies or storage of the pages before, and an empty log."""
        self._pages += 1
        if self._pages % _PAGES == 0:
            self._leave_for(_ELSEWHERE)
            self.cdp("Network.clearBrowserCache")
        self._leave_for(_EMPTY)
        while self.close_popups():
            time.sleep(PAUSE)
        self.cdp("Network.clearBrowserCookies")
        for origin in origins:
            self.cdp("Storage.clearDataForOrigin", origin=origin, storageTypes="all")
        for cookie in cookies:
            self.cdp("Network.setCookie", **_cookie(cookie))
        if self.channel is not None:
            self.channel.forget()
        else:
            self.driver.get_log("performance")  # type: ignore[no-untyped-call]
        self.log = Log()

    def _leave_for(self, url: str) -> None:
        self.cdp("Page.navigate", url=url)
        while frames(self.driver)[0].url != url:
            time.sleep(PAUSE)

    def close_popups(self) -> int:
        """Close every other window of the page; how many there were."""
        if self.channel is not None and not self._bidi:  # which has a window of its own
            return self._close_others()
        others = [handle for handle in self.driver.window_handles if handle != self.window]
        for handle in others:
            with suppress(NoSuchWindowException):  # it closed itself
                self.driver.switch_to.window(handle)
                self.driver.close()
        if others:
            self.driver.switch_to.window(self.window)
        return len(others)

    def _close_others(self) -> int:
        pages = [
            (one["targetId"], one["browserContextId"])
            for one in self.cdp("Target.getTargets")["targetInfos"]
            if one["type"] == "page" and not one["url"].startswith(_BROWSERS_OWN)
        ]
        here = dict(pages).get(self.window)
        others = [page for page, where in pages if where == here and page != self.window]
        for other in others:
            with suppress(WebDriverException):  # it closed itself
                self.cdp("Target.closeTarget", targetId=other)
        return len(others)


def _dead(error: Exception) -> bool:
    text = str(getattr(error, "msg", "") or error).lower()
    signs = ("crashed", "disconnected", "invalid session id", "not reachable", "no such window")
    return not isinstance(error, WebDriverException) or any(sign in text for sign in signs)


def _cookie(cookie: Cookie) -> dict[str, Any]:
    whole = cookie.domain_specified or cookie.domain_initial_dot
    host = cookie.domain.lstrip(".")
    said: dict[str, Any] = {
        "name": cookie.name,
        "value": cookie.value or "",
        "path": cookie.path,
        "secure": cookie.secure,
    }
    # Without a domain the cookie is the host's alone, by the address that it is set from.
    said |= {"domain": host} if whole else {"url": f"http{'s' * cookie.secure}://{host}/"}
    return said
