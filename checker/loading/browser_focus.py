"""The way of the keyboard's focus through a page: Tab, and what it shows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selenium.common.exceptions import WebDriverException

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
    held = _unheard(tab)
    said, out = _walked(tab, world, closed, held, _SECONDS)
    if held and not _unheard(tab):  # a script began to listen on the way
        if not out:  # the next key does not begin anew
            return {**said, "complete": False}
        said, _ = _walked(tab, world, closed, False, _SECONDS / 2)
    return said


def _unheard(tab: Tab) -> bool:
    """Whether the page cannot tell a key that is held down from one that is pressed again and again: no script listens
    to keys that go up. Nor does any move the focus before we see where the next key finds it."""
    try:
        return not any(
            one["type"] == "keyup"
            or (name == "window" and one["type"] == "keydown" and one["useCapture"])
            for name in ("window", "document")
            for one in _listeners(tab, name)
        )
    except (WebDriverException, KeyError):
        return False


def _listeners(tab: Tab, name: str) -> list[dict[str, Any]]:
    """Those of an object and of what it holds."""
    handle = tab.cdp("Runtime.evaluate", expression=name)["result"]["objectId"]
    given = {"objectId": handle, "depth": -1, "pierce": True}
    said: list[dict[str, Any]] = tab.cdp("DOMDebugger.getEventListeners", **given)["listeners"]
    return said


def _walked(
    tab: Tab, world: int, closed: tuple[str, ...], held: bool, seconds: float
) -> tuple[dict[str, Any], bool]:
    """The stops, and whether the focus left the page at its end."""
    begun = call(tab.driver, world, "focus", {"step": "start", "held": held}, closed)
    way = _Way(tab, world, held, _TOGETHER if begun["whole"] else 1, begun["likely"])
    stops: list[tuple[int, str, bool | None]] = []
    seen: set[int] = set()
    compared = 0
    complete = False
    number: int | None = None
    end = time.monotonic() + seconds
    for here in _steps(way, seen):
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
    return {"stops": stops, "complete": complete}, number is None


@dataclass(frozen=True)
class _Way:
    """How the keyboard goes: Tab is ``held`` down, or goes up each time; at ``most`` so many are pressed at once;
    ``likely`` is how many stops there seem to be."""

    tab: Tab
    world: int
    held: bool
    most: int
    likely: int

    def ask(self, step: str, **given: object) -> Any:
        return call(self.tab.driver, self.world, "focus", {"step": step, **given})

    def press(self, times: int) -> None:
        key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9, "nativeVirtualKeyCode": 9}
        down, up = {"type": "rawKeyDown", **key}, {"type": "keyUp", **key}
        keys = (*times * (down,), up) if self.held else times * (down, up)
        self.tab.post("Input.dispatchKeyEvent", *keys)  # answered in their order

    def next(self, together: int, stops: int) -> int:
        """How many to press after so many at once went well: twice as many, but not beyond the last stop."""
        left = self.likely - stops
        return min(2 * together, self.most, left if left > 0 else 1 if not left else self.most)


def _steps(way: _Way, seen: set[int]) -> Iterator[dict[str, Any]]:
    """Where the focus is after each Tab. Several are pressed at once while each leads to an element with an outline
    where it had not been (``seen``); to what else there is, the way is gone again a key at a time."""
    together, most = 1, way.most
    last: int | None = None
    while True:
        way.press(together)
        if together == 1:
            here = _here(way, seen)
            last = here["element"]
            yield here
            usual = here.get("ring") and last is not None and last >= 0
            together = min(way.next(1, len(seen)), most) if usual else 1
            continue
        passed: list[dict[str, Any]] = way.ask("passed")
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
            together = min(way.next(together, len(seen)), most)
        else:
            together = 1
            way.ask("to", element=last)


def _here(way: _Way, seen: set[int]) -> dict[str, Any]:
    """Where the focus is. It leaves a frame of another process later than the key is done with: where it seems to be
    nowhere, or not to have moved, it is given time."""
    here: dict[str, Any] = way.ask("here")
    if here["element"] is None or here["element"] in seen:
        time.sleep(_MOVING)
        here = way.ask("here")
    return here


def _differs(tab: Tab, world: int, here: dict[str, Any]) -> bool | None:
    if here["near"] and _changes(tab, world, _SHORT, clip=here["near"]):
        return True  # mostly, and for half the work of drawing the whole window
    with tab.drawn():
        return _compared(tab, world, here)


def _changes(tab: Tab, world: int, pause: float, **area: Any) -> bool:
    """Whether a picture differs once the focus is away. Where it does not, it is back again."""
    time.sleep(pause)
    focused = _shot(tab, **area)
    call(tab.driver, world, "focus", {"step": "away"})
    time.sleep(pause)
    if _shot(tab, **area) != focused:
        return True
    call(tab.driver, world, "focus", {"step": "back"})
    return False


def _compared(tab: Tab, world: int, here: dict[str, Any]) -> bool | None:
    for pause in (_SHORT, _LONG):
        if _changes(tab, world, pause):
            return True
    call(tab.driver, world, "focus", {"step": "away"})
    # A caret that blinks may have been away both times; what covers the element hides its focus too; the focus of an
    # area is drawn on its picture, which may not have loaded.
    unsure = here["editable"] or here["covered"] or here["name"] == "area"
    return None if unsure else False


def _shot(tab: Tab, **area: Any) -> str:
    said = tab.cdp("Page.captureScreenshot", format="png", optimizeForSpeed=True, **area)
    return str(said["data"])
