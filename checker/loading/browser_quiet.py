"""Waiting until a page that was parsed is at rest, all of it scrolled through."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from selenium.common.exceptions import WebDriverException

from checker.loading.browser_tab import PAUSE, Tab
from checker.loading.browser_world import call, replaced, world

QUIET = 400
"""Milliseconds without a change of the DOM after which a page is quiet."""
_GRACE = 4.0
_NOTHING: dict[str, Any] = {"alive": False, "quiet": 0, "pictures": 0, "fonts": True}


def settle(tab: Tab, bound: float) -> tuple[list[str], list[str]]:
    """Waits, each at most ``bound`` seconds, for the load event and for quiet, and scrolls through. Gives what a reader
    should know of it, and of what kept it from being quiet. Raises Hung, Gone and, where the page did not stay,
    WebDriverException."""
    with tab.deadline(3 * bound + _GRACE, "waiting for a quiet page"):
        if _wait(tab, lambda said: tab.log.loaded and said["alive"], bound)["alive"]:
            notes = _scroll(tab, bound)
        else:
            notes = ["the page lets no script run (Content-Security-Policy: sandbox)"]
        return notes, _still(tab, bound)


def still(tab: Tab, bound: float) -> list[str]:
    """Waits until a page that was quiet is so again: mostly it is. As ``settle``."""
    with tab.deadline(bound + _GRACE, "waiting for a quiet page"):
        return _still(tab, bound)


def _still(tab: Tab, bound: float) -> list[str]:
    last = _wait(tab, lambda said: not list(_unrest(tab, said)), bound)
    reasons = list(_unrest(tab, last))
    return [f"looked at after {bound:g} s though {', '.join(reasons)}"] if reasons else []


def _wait(tab: Tab, enough: Callable[[dict[str, Any]], bool], bound: float) -> dict[str, Any]:
    end = time.monotonic() + bound
    while True:
        said = _watch(tab)
        tab.listen()
        if (said and enough(said)) or time.monotonic() > end:
            return said or _NOTHING
        if said and said["alive"] and tab.log.loaded:
            time.sleep(max(PAUSE, (QUIET - said["quiet"]) / 1000))
        else:
            tab.listen(PAUSE)


def _watch(tab: Tab) -> dict[str, Any] | None:
    """How quiet the page is; None while one document makes way for another."""
    try:
        said = call(tab.driver, world(tab.driver, tab.window), "watch")
    except WebDriverException as error:
        if replaced(error):
            return None
        raise
    assert isinstance(said, dict)
    return said


def _unrest(tab: Tab, said: dict[str, Any]) -> Iterator[str]:
    if said["quiet"] < QUIET:
        yield "its content kept changing"
    if tab.log.pending():
        yield "requests were still open"
    if said["pictures"]:
        yield "pictures were still loading"
    if not said["fonts"]:
        yield "fonts were still loading"


def _scroll(tab: Tab, bound: float) -> list[str]:
    here = world(tab.driver, tab.window)
    try:
        said = call(tab.driver, here, "scroll", {"milliseconds": int(bound * 1000)})
    except WebDriverException as error:
        if not replaced(error):
            raise
        return []
    return [] if said["whole"] else ["the page is longer than what was scrolled through"]
