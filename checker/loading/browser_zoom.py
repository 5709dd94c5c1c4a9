"""The page enlarged to 200 percent: which lines of text its boxes then cut through."""

from __future__ import annotations

import time
from typing import Any

from checker.loading.browser_tab import Tab
from checker.loading.browser_world import call

ENLARGED = (640, 512)
"""What is left in CSS pixels of a window of 1280 by 1024 at 200 percent, by ACT rule 59br37."""
_SCALE = 2
_AGAIN = 0.6
"""Seconds after which what seems to be cut is measured again: scripts lay out anew a while after the window changed."""


def enlarge(
    tab: Tab, world: int, viewport: tuple[int, int], closed: tuple[str, ...] = ()
) -> dict[str, Any]:
    """``texts``, how many texts in boxes that cut off what is too large can be seen at 200 percent; ``cut``, those of
    them through which a box cuts. ``closed`` are handles of closed shadow roots. The window ends as large as
    ``viewport`` says it was."""
    call(tab.driver, world, "zoom", {"step": "usual"}, closed)
    try:
        tab.size(ENLARGED, _SCALE)
        said: dict[str, Any] = call(tab.driver, world, "zoom", {"step": "zoomed"}, closed)
        if said["cut"]:
            time.sleep(_AGAIN)
            said = call(tab.driver, world, "zoom", {"step": "zoomed"}, closed)
    finally:
        tab.size(viewport)
    return said
