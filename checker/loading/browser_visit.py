"""One visit to a page: navigate, wait until it is quiet, run axe, look."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from selenium.common.exceptions import WebDriverException

from checker.loading import (
    browser_arrival,
    browser_banner,
    browser_focus,
    browser_pictures,
    browser_quiet,
    browser_zoom,
)
from checker.loading.axe import Axe, AxeFailed
from checker.loading.browser_arrival import Reloaded, document_of, hops, media_type, no_page
from checker.loading.browser_changes import Changes
from checker.loading.browser_tab import Gone, Hung, Tab
from checker.loading.browser_world import (
    FrameInfo,
    ScriptFailed,
    call,
    closed_roots,
    replaced,
    world,
)
from checker.loading.chrome_log import Exchange
from checker.loading.chrome_net import Failed
from checker.loading.options import Options
from checker.loading.sight import Sight
from checker.loading.trouble import find_trouble
from checker.page import BannerProbe, Problem, Trouble

_GRACE = 4.0
_READING = 10.0
_PRESSING = 15.0
_FOCUSING = 12.0
_ENLARGING = 10.0
_WATCHING = 15.0
_REPLACED = "the page replaced itself while it was looked at"
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
        browser_arrival.navigate(self.tab, url, self._options.timeout)
        for _ in range(3):
            try:
                self._notes += browser_quiet.settle(self.tab, self._options.settle)
                return self._look(url, browser)
            except Reloaded:
                self._notes.append(_REPLACED)
            except WebDriverException as error:
                if not replaced(error):
                    raise
                self._notes.append(_REPLACED)
        raise Failed(Problem(Trouble.TIME_OUT, "the page keeps reloading itself"))

    def _look(self, url: str, browser: str) -> Sight:
        frame, document = document_of(self.tab)
        log = self.tab.log
        requests, answers = log.requests(), log.answers()
        source = self._source(document)
        view: bytes | None = None
        problem = no_page(document, frame, url)
        if problem is not None:
            axe: dict[str, Any] | str = "the page is not an article"
            look = _NOTHING
        else:
            changes = self._changes()
            axe = self._judged()
            look = self._snapshot()
            if document_of(self.tab)[0].loader != frame.loader:
                raise Reloaded
            with self.tab.deadline(_READING, "taking a picture"):
                view = browser_pictures.first_view(self.tab) if self._options.pictures else None
                changes.ours()
            look["focus"] = self._focus(frame)
            look["banner"] = None if self.spent else self._banner(frame)
            look["zoom"] = None if self.spent else self._enlarged(frame)
            scripts = [one.url for one in requests if one.kind == "script"]
            look["changes"] = None if self.spent else self._changing(changes, source, scripts)
            problem = find_trouble(
                document.status,
                media_type(document),
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
            redirects=tuple(hops(log.documents, document)),
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
                if document_of(self.tab)[0].loader != frame.loader:
                    said = None
        except (ScriptFailed, Reloaded):
            said = None
        except (Hung, Gone):
            self.spent = True
            said = None
        except WebDriverException as error:
            if not replaced(error):
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
                stayed = document_of(self.tab)[0].loader == frame.loader
        except (ScriptFailed, Reloaded, Failed):
            stayed = False
        except (Hung, Gone):
            stayed = False
        except WebDriverException as error:
            if not replaced(error):
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
                if document_of(self.tab)[0].loader == frame.loader:
                    return said
        except (ScriptFailed, Reloaded, Failed):
            pass
        except (Hung, Gone):
            self.spent = True
        except WebDriverException as error:
            if not replaced(error):
                raise
        self._notes.append("the page could not be enlarged: it did not stay")
        return None

    def _changes(self) -> Changes:
        with self.tab.deadline(_READING, "watching the page's text"):
            return Changes(self.tab, self._world())

    def _changing(
        self, changes: Changes, source: str | None, scripts: list[str]
    ) -> list[dict[str, Any]] | None:
        """The texts that change by themselves; None where the page did not stay."""
        try:
            with self.tab.deadline(_WATCHING, "watching the page's text"):
                return changes.seen(source or "", scripts)
        except ScriptFailed:
            return None
        except (Hung, Gone):
            self.spent = True
            return None
        except WebDriverException as error:
            if not replaced(error):
                raise
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


def _asides(tab: Tab) -> Iterator[str]:
    for text in tab.log.dialogs[:3]:
        said = " ".join(text.split())[:100]
        yield f'the page opened a dialog ("{said}"), which was accepted'
    if tab.close_popups():
        yield "the page opened other windows, which were closed"
