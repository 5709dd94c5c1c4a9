"""The way of the keyboard's focus through a page: Tab, and what it shows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from checker.loading.browser_tab import Tab
from checker.loading.browser_world import call

MOST = 250
"""Stops that are gone through."""
_SECONDS = 6.0
_TOGETHER = 16  # keys that are pressed at once, while all goes well
_MOVING = 0.15
_COMPARED = 12  # stops without an outline, of which pictures are compared
_SHORT, _LONG = (
    0.03,
    0.35,
)  # a style that changes slowly is given time before it is said to change nothing
_CONTAINERS = frozenset(("iframe", "frame", "object", "embed", "audio", "video"))


def walk(tab: Tab, world: int, closed: tuple[str, ...] = ()) -> dict[str, Any]:
    """The stops of the Tab key in order: element number, name, and whether the focus can be seen there (None: not
    known). ``complete`` where the keyboard came to the end of the page, or round to where it had been. ``closed`` are
    handles of closed shadow roots.

    The focus is seen where the element has an outline, or where the picture of the window with the focus differs from
    the one without. It is not seen where the two are the same, twice, to the last pixel.
    """
    whole = call(tab.driver, world, "focus", {"step": "start"}, closed)["whole"]
    stops: list[tuple[int, str, bool | None]] = []
    seen: set[int] = set()
    compared = 0
    complete = False
    end = time.monotonic() + _SECONDS
    for here in _steps(tab, world, seen, _TOGETHER if whole else 1):
        number = here["element"]
        if number is None or (number in seen and here["name"] not in _CONTAINERS):
            complete = True
            break
        if number not in seen:
            seen.add(number)
            shown: bool | None = True
            if here["name"] in _CONTAINERS:
                shown = None
            elif not here["ring"]:
                compared += 1
                shown = _differs(tab, world, here) if compared <= _COMPARED else None
            stops.append((number, here["name"], shown))
        if len(stops) >= MOST or time.monotonic() > end:
            break
    call(tab.driver, world, "focus", {"step": "end"})
    return {"stops": stops, "complete": complete}


def _steps(tab: Tab, world: int, seen: set[int], most: int) -> Iterator[dict[str, Any]]:
    """Where the focus is after each Tab. Up to ``most`` are pressed at once while each leads to an element with an
    outline where it had not been (``seen``); to what else there is, the way is gone again a key at a time."""
    together = 1
    last: int | None = None
    while True:
        _press(tab, together)
        if together == 1:
            here = _here(tab, world, seen)
            together = min(2, most) if here.get("ring") and here["element"] >= 0 else 1
            last = here["element"]
            yield here
            continue
        passed: list[dict[str, Any]] = call(tab.driver, world, "focus", {"step": "passed"})
        if len(passed) != together:  # the page keeps keys to itself
            most, passed = 1, []
        usual = 0
        for here in passed:
            if not here.get("ring") or here["element"] < 0 or here["element"] in seen:
                break
            usual += 1
            last = here["element"]
            yield here
        if usual == together:
            together = min(2 * together, most)
        else:
            together = 1
            call(tab.driver, world, "focus", {"step": "to", "element": last})


def _here(tab: Tab, world: int, seen: set[int]) -> dict[str, Any]:
    """Where the focus is. It leaves a frame of another process later than the key is done with: where it seems to be
    nowhere, or not to have moved, it is given time."""
    here: dict[str, Any] = call(tab.driver, world, "focus", {"step": "here"})
    if here["element"] is None or here["element"] in seen:
        time.sleep(_MOVING)
        here = call(tab.driver, world, "focus", {"step": "here"})
    return here


def _press(tab: Tab, times: int = 1) -> None:
    key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9, "nativeVirtualKeyCode": 9}
    pair = ({"type": "rawKeyDown", **key}, {"type": "keyUp", **key})
    tab.post("Input.dispatchKeyEvent", *(times * pair))  # answered in their order


def _differs(tab: Tab, world: int, here: dict[str, Any]) -> bool | None:
    with tab.drawn():
        return _compared(tab, world, here)


def _compared(tab: Tab, world: int, here: dict[str, Any]) -> bool | None:
    for pause in (_SHORT, _LONG):
        time.sleep(pause)
        focused = _shot(tab)
        call(tab.driver, world, "focus", {"step": "away"})
        time.sleep(pause)
        if _shot(tab) != focused:
            return True
        call(tab.driver, world, "focus", {"step": "back"})
    call(tab.driver, world, "focus", {"step": "away"})
    # A caret that blinks may have been away both times; what covers the element hides its focus too; the focus of an
    # area is drawn on its picture, which may not have loaded.
    unsure = here["editable"] or here["covered"] or here["name"] == "area"
    return None if unsure else False


def _shot(tab: Tab) -> str:
    return str(tab.cdp("Page.captureScreenshot", format="png", optimizeForSpeed=True)["data"])
