"""What is tried out on a page once it was seen: keys, presses, another size. Each may lose the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from selenium.common.exceptions import WebDriverException

from checker.loading import browser_banner, browser_focus, browser_zoom
from checker.loading.browser_arrival import Reloaded, document_of
from checker.loading.browser_changes import Changes
from checker.loading.browser_tab import Gone, Hung, Tab
from checker.loading.browser_world import ScriptFailed, replaced, world
from checker.loading.chrome_net import Failed
from checker.rendering import BannerProbe

_PRESSING = 15.0
_FOCUSING = 12.0
_ENLARGING = 10.0
_WATCHING = 15.0


class Probes:
    """Those of one document, in a window of the size ``viewport``. ``closed`` are handles of its closed shadow roots.
    ``spent`` says that the page or the browser is of no use any more, ``notes`` what could not be tried."""

    def __init__(
        self, tab: Tab, loader: str, viewport: tuple[int, int], closed: tuple[str, ...]
    ) -> None:
        self._tab = tab
        self._loader = loader
        self._viewport = viewport
        self._closed = closed
        self.notes: list[str] = []
        self.spent = False

    def focus(self) -> dict[str, Any] | None:
        """The way of the keyboard through the page; None where the page did not stay."""
        return self._tried(
            lambda here: browser_focus.walk(self._tab, here, self._closed),
            (_FOCUSING, "moving the focus"),
            "the keyboard could not be followed: the page did not stay",
        )

    def banner(self) -> BannerProbe | None:
        """The government banner at work: it is pressed. None where the page did not stay; one that went elsewhere is of
        no use for what comes after."""
        said = self._tried(
            lambda here: browser_banner.probe(self._tab, here, self._closed),
            (_PRESSING, "pressing the banner"),
            "the banner could not be tried out: the page did not stay",
        )
        self.spent = self.spent or said is None
        return said

    def enlarged(self) -> dict[str, Any] | None:
        """What is cut off at 200 percent; None where the page did not stay."""
        return self._tried(
            lambda here: browser_zoom.enlarge(self._tab, here, self._viewport, self._closed),
            (_ENLARGING, "enlarging the page"),
            "the page could not be enlarged: it did not stay",
        )

    def changing(
        self, changes: Changes, source: str, scripts: list[str]
    ) -> list[dict[str, Any]] | None:
        """The texts that change by themselves; None where the page did not stay."""
        return self._tried(
            lambda here: changes.seen(source, scripts), (_WATCHING, "watching the page's text")
        )

    def _tried[T](
        self, probe: Callable[[int], T | None], bound: tuple[float, str], otherwise: str = ""
    ) -> T | None:
        """What a probe says in our world of the page; None, with that note, where the page did not stay or does not
        answer in time, and where an earlier probe spent it."""
        if self.spent:
            return None
        try:
            with self._tab.deadline(*bound):
                said = probe(world(self._tab.driver, self._tab.window))
                if document_of(self._tab)[0].loader == self._loader:
                    return said
        except (ScriptFailed, Reloaded, Failed):
            pass
        except (Hung, Gone):
            self.spent = True
        except WebDriverException as error:
            if not replaced(error):
                raise
        if otherwise:
            self.notes.append(otherwise)
        return None
