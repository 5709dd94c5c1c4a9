"""The government banner at work: its explanation opened and closed by mouse and by keyboard."""

from __future__ import annotations

import time
from typing import Any

from checker.loading.browser_tab import Tab
from checker.loading.browser_world import call
from checker.rendering import BannerProbe, BannerState, Press

_PATIENCE = 0.8  # seconds for what a press starts; transitions of USWDS end within a third of it
_PAUSE = 0.02
_KEYS = {
    Press.ENTER: {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"},
    Press.SPACE: {"key": " ", "code": "Space", "windowsVirtualKeyCode": 32, "text": " "},
}
_ORDER = (Press.MOUSE, Press.MOUSE, Press.ENTER, Press.ENTER, Press.SPACE, Press.SPACE)


def probe(tab: Tab, world: int, closed: tuple[str, ...] = ()) -> BannerProbe:
    """What the banner's opener does, found by the words of the banner. Each way of pressing is tried twice, so that
    a banner that works ends as it began, and once where that shows and hides nothing; one that stays open is closed by
    what opened it. ``closed`` are handles of closed shadow roots. A link that leads to another page is not followed,
    and no form is sent.

    Raises ScriptFailed and WebDriverException where the page did not stay.
    """
    found = call(tab.driver, world, "banner", {"step": "find"}, closed)
    if not found["found"]:
        return BannerProbe(found=False)
    if found["opener"] is None:
        return BannerProbe(found=True)
    try:
        states = () if found["away"] else tuple(_pressed(tab, world))
        sent = bool(_step(tab, world, "state")["sent"])
    finally:
        _step(tab, world, "end")
    return BannerProbe(True, found["opener"], found["name"], found["away"], sent, states)


def _pressed(tab: Tab, world: int) -> list[BannerState]:
    before = _step(tab, world, "show")
    states = [_state(Press.NONE, before)]
    dead: set[Press] = set()
    for press in _ORDER:
        if press in dead or not _press(tab, world, press, before):
            continue
        after = _settled(tab, world, before)
        if after["shown"] == before["shown"]:
            dead.add(press)
        before = after
        states.append(_state(press, before))
    if before["shown"] != states[0].shown and _press(tab, world, Press.MOUSE, before):
        _settled(tab, world, before)
    return states


def _press(tab: Tab, world: int, press: Press, before: dict[str, Any]) -> bool:
    """Press, where that can be done: the mouse at a point where nothing covers the opener, a key with the focus."""
    if press is Press.MOUSE:
        if before["point"] is None:
            return False
        x, y = before["point"]
        for kind in ("mousePressed", "mouseReleased"):
            tab.cdp("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        return True
    if not _step(tab, world, "focus")["focused"]:
        return False
    tab.cdp("Input.dispatchKeyEvent", type="keyDown", **_KEYS[press])
    tab.cdp("Input.dispatchKeyEvent", type="keyUp", **{**_KEYS[press], "text": ""})
    return True


def _settled(tab: Tab, world: int, before: dict[str, Any]) -> dict[str, Any]:
    """The state once both what is said and what is shown changed and stay, or patience is over."""
    end = time.monotonic() + _PATIENCE
    last = before
    while True:
        now = _step(tab, world, "state")
        changed = now["shown"] != before["shown"] and (
            now["expanded"] != before["expanded"] or before["expanded"] is None
        )
        same = (now["shown"], now["expanded"]) == (last["shown"], last["expanded"])
        if (changed and same) or time.monotonic() > end:
            return now
        last = now
        time.sleep(_PAUSE)


def _state(press: Press, said: dict[str, Any]) -> BannerState:
    return BannerState(press, said["expanded"], said["shown"])


def _step(tab: Tab, world: int, step: str) -> dict[str, Any]:
    said = call(tab.driver, world, "banner", {"step": step})
    assert isinstance(said, dict)
    return said
