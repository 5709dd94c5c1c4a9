"""One visit to a page: navigate, wait until it is quiet, run axe, look."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from selenium.common.exceptions import WebDriverException

from checker.loading import browser_arrival, browser_pictures, browser_quiet
from checker.loading.axe import Axe, AxeFailed
from checker.loading.browser_arrival import Reloaded, document_of, hops, media_type, no_page
from checker.loading.browser_changes import Changes
from checker.loading.browser_probes import Probes
from checker.loading.browser_tab import Tab
from checker.loading.browser_turns import Stay
from checker.loading.browser_world import call, closed_roots, replaced, world
from checker.loading.chrome_log import Exchange
from checker.loading.chrome_net import Failed
from checker.loading.options import Options
from checker.loading.sight import Sight
from checker.loading.trouble import find_trouble
from checker.page import Problem, Trouble

_GRACE = 4.0
_READING = 10.0
_REPLACED = "the page replaced itself while it was looked at"
_WENT = "the page reloaded itself, or went on to another, after it was looked at"
_AWAY = "the page keeps reloading itself, or leaves for one that no server sent"
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
        self.spent = False

    def see(self, url: str, browser: str, stay: Stay) -> Sight:
        """What the page shows, once it is its turn. Raises Failed where no document came, Hung and Gone."""
        browser_arrival.navigate(self.tab, url, self._options.timeout)
        for _ in range(3):
            try:
                notes, unrest = browser_quiet.settle(self.tab, self._options.settle)
                if stay.look(self._listen) and not unrest:
                    unrest = browser_quiet.still(self.tab, self._options.settle)
                self._notes += (*notes, *unrest)
                return self._look(url, browser, stay)
            except Reloaded:
                self._notes.append(_REPLACED)
            except WebDriverException as error:
                if not replaced(error):
                    raise
                self._notes.append(_REPLACED)
        raise Failed(Problem(Trouble.TIME_OUT, _AWAY))

    def _listen(self) -> None:
        with self.tab.deadline(_READING, "waiting for its turn"):
            self.tab.listen()

    def _look(self, url: str, browser: str, stay: Stay) -> Sight:
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
            look, closed = self._snapshot()
            stay.rest()
            if document_of(self.tab)[0].loader != frame.loader:
                raise Reloaded
            with self.tab.deadline(_READING, "taking a picture"):
                view = browser_pictures.first_view(self.tab) if self._options.pictures else None
                changes.ours()
            probes = Probes(self.tab, frame.loader, self._options.viewport, closed)
            scripts = [one.url for one in requests if one.kind == "script"]
            look["focus"] = probes.focus()
            look["banner"] = probes.banner()
            look["zoom"] = probes.enlarged()
            look["changes"] = probes.changing(changes, source or "", scripts)
            self._notes += probes.notes
            self.spent = probes.spent
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
            self._notes += _moves(self.tab.listen().documents, document)
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

    def _snapshot(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """What the page is, and handles of its closed shadow roots."""
        with self.tab.deadline(max(self._options.script_timeout, _READING), "reading the page"):
            here = self._world()
            closed = closed_roots(self.tab.driver, here)
            said = call(
                self.tab.driver,
                here,
                "snapshot",
                {"mark": f"data-pc-{uuid4().hex}", "longest": 200},
                closed,
            )
        assert isinstance(said, dict)
        return said, closed

    def _changes(self) -> Changes:
        with self.tab.deadline(_READING, "watching the page's text"):
            return Changes(self.tab, self._world())

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


def _moves(documents: list[Exchange], seen: Exchange) -> Iterator[str]:
    """That the page did not stay: until it was quiet, or once it was looked at."""
    before = documents[: documents.index(seen)]
    if any(one.url == seen.url and one.status is not None for one in before):
        yield _REPLACED
    if documents[-1] is not seen:
        yield _WENT


def _asides(tab: Tab) -> Iterator[str]:
    for text in tab.log.dialogs[:3]:
        said = " ".join(text.split())[:100]
        yield f'the page opened a dialog ("{said}"), which was accepted'
    for name in tab.log.downloads[:3]:
        yield f'the page began a download ("{" ".join(name.split())[:100]}"), which was refused'
    if tab.close_popups():
        yield "the page opened other windows, which were closed"
