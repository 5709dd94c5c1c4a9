"""Text that changes by itself while the page is looked at."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import Any

from selenium.common.exceptions import WebDriverException

from checker.loading.browser_tab import Tab
from checker.loading.browser_world import call

_LEAST = 1.5
"""Seconds for which a page with a clock is watched; most pages are open for longer anyway."""
_LONGEST = 7.0
"""Seconds for which a page is left alone in which a text did change."""
_LASTING = 5.0
"""Seconds after which a change is no passing one: those that WCAG 2.2.2 leaves to what moves or blinks."""
_STILL = 3.0  # seconds without a change after which a text, changed often before, has come to rest
_REST = 0.4  # for what was ours to come to its end
_PAUSE = 0.1
_CLOCK = "setInterval"
_SCRIPTS = 40


class Changes:
    """The watch over one page's text. It runs while other things are looked at; a page is left alone for some seconds
    more only where a text changed before, or where a page that was quickly seen has a script with a clock."""

    def __init__(self, tab: Tab, world: int) -> None:
        self._tab = tab
        self._world = world
        self._begun = time.monotonic()
        self._step("start")

    def ours(self) -> None:
        """From now on what changes may be our doing."""
        self._step("ours")

    def seen(self, source: str, scripts: Iterable[str]) -> list[dict[str, Any]] | None:
        """The texts that changed more than once by themselves; None where the page did not stay. ``source`` is the
        page as served, ``scripts`` the addresses of the scripts that it loads."""
        said = self._signs(source, scripts)
        if not said:
            return said
        self._step("ours")
        time.sleep(_REST)
        self._step("late")
        end = time.monotonic() + _LONGEST
        while said is not None and time.monotonic() < end:
            if any(_lasts(each) for each in said) or all(_rests(each) for each in said):
                break
            time.sleep(_PAUSE)
            said = self._read()
        if said is None:
            return None
        return [{**each, "goes_on": not _rests(each)} for each in said if each["times"] > 1]

    def _signs(self, source: str, scripts: Iterable[str]) -> list[dict[str, Any]] | None:
        """What says that a text may change by itself: one did, or did twice when it may have been our doing."""
        said = self._read()
        left = self._begun + _LEAST - time.monotonic()
        if said is None or _sign(said, 2):
            return said
        if left < 0 or not (_CLOCK in source or self._clock(scripts)):
            return []
        self._step("theirs")
        time.sleep(max(0.0, self._begun + _LEAST - time.monotonic()))
        said = self._read()
        return said if said is None or _sign(said, 1) else []

    def _clock(self, scripts: Iterable[str]) -> bool:
        for url in islice(scripts, _SCRIPTS):
            with suppress(WebDriverException):  # the browser has let go of it
                found = self._tab.cdp(
                    "Page.searchInResource", frameId=self._tab.window, url=url, query=_CLOCK
                )
                if found["result"]:
                    return True
        return False

    def _read(self) -> list[dict[str, Any]] | None:
        said: list[dict[str, Any]] | None = self._step("read")
        return said

    def _step(self, step: str) -> Any:
        return call(self._tab.driver, self._world, "changes", {"step": step})


def _sign(said: list[dict[str, Any]], ours: int) -> bool:
    return any(each["times"] or each["ours"] >= ours for each in said)


def _lasts(each: dict[str, Any]) -> bool:
    return bool(each["late"] and each["seconds"] >= _LASTING)


def _rests(each: dict[str, Any]) -> bool:
    gap = each["seconds"] / max(1, each["times"] - 1)
    return bool(each["idle"] > max(_STILL, 2 * gap))
