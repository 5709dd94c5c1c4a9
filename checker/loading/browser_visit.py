"""One visit to a page: navigate, wait until it is quiet, run axe, look."""

from __future__ import annotations

import time
from base64 import b64decode
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from selenium.common.exceptions import WebDriverException

from checker.loading import browser_banner, browser_focus, browser_pictures, browser_zoom
from checker.loading.axe import Axe, AxeFailed
from checker.loading.browser_tab import PAUSE, Gone, Hung, Tab
from checker.loading.browser_world import FrameInfo, ScriptFailed, call, closed_roots, frames, world
from checker.loading.chrome_log import Exchange
from checker.loading.chrome_net import Failed, failure
from checker.loading.options import Options
from checker.loading.sight import Sight
from checker.loading.trouble import find_trouble
from checker.page import BannerProbe, Hop, Problem, Trouble

QUIET = 400
"""Milliseconds without a change of the DOM after which a page is quiet."""
_ABORTED = "net::ERR_ABORTED"
_FOLLOWS = 1.0
_GRACE = 4.0
_READING = 10.0
_PRESSING = 15.0
_FOCUSING = 12.0
_ENLARGING = 10.0
_REPLACED = "the page replaced itself while it was looked at"
_NO_CONTENT = (204, 205)  # the former page stays
_HTML = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml"})
_NOTHING: dict[str, Any] = {
    "html": "",
    "boxes": [],
    "hidden": [],
    "images": [],
    "backgrounds": [],
    "media": [],
    "frames": [],
    "axe": [],
    "closed": [],
}


class Reloaded(Exception):
    """The document under our scripts was replaced by another."""


class Visit:
    """A visit to one address in a window. ``axe`` None: axe is left out for the reason that ``without`` gives. After
    it, ``spent`` says that the page was seen and then took the browser with it."""

    def __init__(self, tab: Tab, axe: Axe | None, options: Options, without: str = "") -> None:
        self.tab = tab
        self._axe = axe
        self._without = without
        self._options = options
        self._notes: list[str] = []
        self._closed: tuple[str, ...] = ()
        self.spent = False

    def see(self, url: str, browser: str) -> Sight:
        """What the page shows. Raises Failed where no document came, Hung and Gone."""
        self._navigate(url)
        for _ in range(3):
            try:
                self._settle()
                return self._look(url, browser)
            except Reloaded:
                self._notes.append(_REPLACED)
            except WebDriverException as error:
                if not _replaced(error):
                    raise
                self._notes.append(_REPLACED)
        raise Failed(Problem(Trouble.TIME_OUT, "the page keeps reloading itself"))

    def _navigate(self, url: str) -> None:
        seconds = self._options.timeout
        with self.tab.deadline(seconds + _GRACE, "loading the page"):
            self.tab.go(url)
            if not self._arrives(seconds):
                self.tab.cdp("Page.stopLoading")
                message = f"the page did not finish loading within {seconds:g} s"
                raise Failed(Problem(Trouble.TIME_OUT, message))
        log = self.tab.log
        if log.downloads:
            message = f"a file for download ({log.downloads[0][:100]}), not a web page"
            raise Failed(Problem(Trouble.NOT_HTML, message), final=True)
        if not log.parsed:
            raise failure(log, url)

    def _arrives(self, seconds: float) -> bool:
        """Waits until the document is parsed, or it is clear that none will come; False where the time is over."""
        end = time.monotonic() + seconds
        log = self.tab.listen()
        while time.monotonic() < end:
            last = log.documents[-1] if log.documents else None
            if log.parsed or log.downloads:
                return True
            if (
                last and last.error == _ABORTED
            ):  # another document or a download follows at once, if any does
                end = min(end, time.monotonic() + _FOLLOWS)
            elif last and (last.error or (last.done and last.status in _NO_CONTENT)):
                return True
            log = self.tab.listen(PAUSE)
        last = self.tab.log.documents[-1] if self.tab.log.documents else None
        return last is not None and last.error == _ABORTED

    def _document(self) -> tuple[FrameInfo, Exchange]:
        frame = frames(self.tab.driver)[0]
        log = self.tab.listen()
        if frame.failed:
            raise failure(log, frame.failed)
        for exchange in reversed(log.documents):
            if exchange.id == frame.loader:
                return frame, exchange
        raise Reloaded

    def _settle(self) -> None:
        """Waits, within bounds, for the load event, scrolls through, and waits for quiet."""
        bound = self._options.settle
        with self.tab.deadline(3 * bound + _GRACE, "waiting for a quiet page"):
            alive = self._wait(lambda said: self.tab.log.loaded and said["alive"], bound)
            if not alive["alive"]:
                self._notes.append("the page lets no script run (Content-Security-Policy: sandbox)")
            else:
                self._scroll(bound)
            last = self._wait(lambda said: not list(self._unrest(said)), bound)
            if reasons := list(self._unrest(last)):
                what = ", ".join(reasons)
                self._notes.append(f"looked at after {bound:g} s though {what}")

    def _wait(self, enough: Any, bound: float) -> dict[str, Any]:
        end = time.monotonic() + bound
        while True:
            said = self._watch()
            self.tab.listen()
            if (said and enough(said)) or time.monotonic() > end:
                return said or {"alive": False, "quiet": 0, "pictures": 0, "fonts": True}
            quiet = said["quiet"] if said and self.tab.log.loaded else QUIET
            time.sleep(max(PAUSE, (QUIET - quiet) / 1000))

    def _watch(self) -> dict[str, Any] | None:
        """How quiet the page is; None while one document makes way for another."""
        try:
            said = call(self.tab.driver, self._world(), "watch")
        except WebDriverException as error:
            if _replaced(error):
                return None
            raise
        assert isinstance(said, dict)
        return said

    def _unrest(self, said: dict[str, Any]) -> Iterator[str]:
        if said["quiet"] < QUIET:
            yield "its content kept changing"
        if self.tab.log.pending():
            yield "requests were still open"
        if said["pictures"]:
            yield "pictures were still loading"
        if not said["fonts"]:
            yield "fonts were still loading"

    def _scroll(self, bound: float) -> None:
        try:
            said = call(
                self.tab.driver, self._world(), "scroll", {"milliseconds": int(bound * 1000)}
            )
        except WebDriverException as error:
            if _replaced(error):
                return
            raise
        if not said["whole"]:
            self._notes.append("the page is longer than what was scrolled through")

    def _look(self, url: str, browser: str) -> Sight:
        frame, document = self._document()
        log = self.tab.log
        requests, answers = log.requests(), log.answers()
        source = self._source(document)
        view: bytes | None = None
        problem = _no_page(document, frame, url)
        if problem is not None:
            axe: dict[str, Any] | str = "the page is not an article"
            look = _NOTHING
        else:
            axe = self._judged()
            look = self._snapshot()
            if self._document()[0].loader != frame.loader:
                raise Reloaded
            with self.tab.deadline(_READING, "taking a picture"):
                view = browser_pictures.first_view(self.tab)
            look["focus"] = self._focus(frame)
            look["banner"] = None if self.spent else self._banner(frame)
            look["zoom"] = None if self.spent else self._enlarged(frame)
            problem = find_trouble(
                document.status,
                _type(document),
                look["html"],
                url,
                frame.url,
                rendered=True,
            )
        if not self.spent:
            self._notes += _asides(self.tab)
        return Sight(
            url=frame.url,
            document=document,
            redirects=tuple(_hops(log.documents, document, frame.url)),
            requests=requests,
            answers=answers,
            source=source,
            view=view,
            snapshot=look,
            axe=axe,
            browser=browser,
            viewport=self._options.viewport,
            notes=tuple(dict.fromkeys(self._notes)),
            problem=problem,
        )

    def _judged(self) -> dict[str, Any] | str:
        if self._axe is None:
            return self._without
        with self.tab.deadline(self._axe.limit + _GRACE, "axe"):
            try:
                self._axe.inject()
                said = self._axe.run()
                self._notes += self._axe.notes()
                return said
            except AxeFailed as error:
                return f"axe failed: {error}"

    def _snapshot(self) -> dict[str, Any]:
        with self.tab.deadline(max(self._options.script_timeout, _READING), "reading the page"):
            here = self._world()
            self._closed = closed_roots(self.tab.driver, here)
            said = call(
                self.tab.driver,
                here,
                "snapshot",
                {"mark": f"data-pc-{uuid4().hex}", "longest": 200},
                self._closed,
            )
        assert isinstance(said, dict)
        return said

    def _focus(self, frame: FrameInfo) -> dict[str, Any] | None:
        """The way of the keyboard through the page, after all else was seen; None where the page did not stay."""
        said: dict[str, Any] | None = None
        try:
            with self.tab.deadline(_FOCUSING, "moving the focus"):
                said = browser_focus.walk(self.tab, self._world(), self._closed)
                if self._document()[0].loader != frame.loader:
                    said = None
        except (ScriptFailed, Reloaded):
            said = None
        except (Hung, Gone):
            self.spent = True
            said = None
        except WebDriverException as error:
            if not _replaced(error):
                raise
            said = None
        if said is None:
            self._notes.append("the keyboard could not be followed: the page did not stay")
        return said

    def _banner(self, frame: FrameInfo) -> BannerProbe | None:
        """The government banner at work, last of all: it is pressed. None where the page did not stay; one that went
        elsewhere is of no use for pictures either."""
        said: BannerProbe | None = None
        try:
            with self.tab.deadline(_PRESSING, "pressing the banner"):
                said = browser_banner.probe(self.tab, self._world(), self._closed)
                stayed = self._document()[0].loader == frame.loader
        except (ScriptFailed, Reloaded, Failed):
            stayed = False
        except (Hung, Gone):
            stayed = False
        except WebDriverException as error:
            if not _replaced(error):
                raise
            stayed = False
        if stayed:
            return said
        self.spent = True
        self._notes.append("the banner could not be tried out: the page did not stay")
        return None

    def _enlarged(self, frame: FrameInfo) -> dict[str, Any] | None:
        """What is cut off at 200 percent; None where the page did not stay."""
        try:
            with self.tab.deadline(_ENLARGING, "enlarging the page"):
                viewport = self._options.viewport
                said = browser_zoom.enlarge(self.tab, self._world(), viewport, self._closed)
                if self._document()[0].loader == frame.loader:
                    return said
        except (ScriptFailed, Reloaded, Failed):
            pass
        except (Hung, Gone):
            self.spent = True
        except WebDriverException as error:
            if not _replaced(error):
                raise
        self._notes.append("the page could not be enlarged: it did not stay")
        return None

    def _source(self, document: Exchange) -> str | None:
        """The document as served, decoded as the browser did; None where the browser keeps it no more."""
        try:
            said = self.tab.cdp("Network.getResponseBody", requestId=document.id)
        except WebDriverException:
            return None
        body: str = said["body"]
        return b64decode(body).decode("latin-1") if said["base64Encoded"] else body

    def _world(self) -> int:
        return world(self.tab.driver, self.tab.window)


def _replaced(error: WebDriverException) -> bool:
    text = str(error.msg)
    signs = ("context", "collected", "No frame", "navigated", "Could not find node")
    return any(sign in text for sign in signs)


def _no_page(document: Exchange, frame: FrameInfo, url: str) -> Problem | None:
    """The problem of a document that is no page by its status and type alone."""
    status = document.status
    if status is not None and 200 <= status < 300 and frame.mime in _HTML:
        return None
    return find_trouble(status, _type(document) or frame.mime, "<p>-", url, frame.url)


def _type(document: Exchange) -> str:
    return next((value for name, value in document.headers() if name.lower() == "content-type"), "")


def _hops(documents: list[Exchange], last: Exchange, final: str) -> Iterator[Hop]:
    """Redirects by servers, and those by the pages themselves (status 200)."""
    for number, one in enumerate(documents):
        yield from one.redirects()
        if one is last:
            return
        following = documents[number + 1] if number + 1 < len(documents) else last
        if one.status is not None:
            start = following.hops[0][0] if following.hops else following.url
            if start != one.url:
                yield Hop(one.url, one.status, start)


def _asides(tab: Tab) -> Iterator[str]:
    for text in tab.log.dialogs[:3]:
        said = " ".join(text.split())[:100]
        yield f'the page opened a dialog ("{said}"), which was accepted'
    if tab.close_popups():
        yield "the page opened other windows, which were closed"
