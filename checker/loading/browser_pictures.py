"""Pictures of elements and of the page as first seen."""

from __future__ import annotations

import struct
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

from selenium.common.exceptions import WebDriverException

from checker.loading.browser_tab import Gone, Hung, Tab
from checker.loading.browser_world import ScriptFailed, call, world
from checker.page import Picture
from checker.rendering import Rendering

MOST = 40
"""Pictures of elements that a page may have."""
LARGEST = (1000, 700)
"""Width and height of the largest picture of an element, in CSS pixels."""
_MARGIN = 24
_DEEPEST = 30_000  # a clip far down a tall page costs seconds
_SECONDS = 30.0

type Clip = dict[str, float]
"""A place of the page, as DevTools has it."""


def first_view(tab: Tab) -> bytes:
    """The window as it is, as JPEG."""
    with tab.drawn():
        return _jpeg(tab, quality=60)


def take(
    tab: Tab, rendering: Rendering, view: bytes | None, wanted: Iterable[int]
) -> tuple[Picture, ...]:
    """The first view, then the elements in the order in which they are wanted, each once, as JPEG. Elements that
    nobody sees have none. What the browser does not give within its time is left out."""
    shown = (
        (number, clip) for number in dict.fromkeys(wanted) if (clip := _clip(rendering, number))
    )
    clips = dict(islice(shown, MOST))
    taken: dict[int, Picture] = {}
    bound = tab.deadline(_SECONDS, "taking pictures")
    # They illustrate; no verdict depends on them: what was taken before an end by force is kept.
    with suppress(WebDriverException, ScriptFailed, Hung, Gone), bound:
        for number, data in _taken(tab, clips):
            taken[number] = _picture(number, data)
    first = [_picture(None, view)] if view else []
    return (*first, *(taken[number] for number in clips if number in taken))


def _taken(tab: Tab, clips: Mapping[int, Clip]) -> Iterator[tuple[int, bytes]]:
    """Down the page: where the window stays in its place, a picture is less work."""
    here = world(tab.driver, tab.window)
    for number, clip in sorted(clips.items(), key=lambda each: each[1]["y"]):
        # Drawing what lies beyond the window lays the whole page out anew: four times the work of going there.
        beyond = not _brought(tab, here, clip)
        yield number, _jpeg(tab, quality=75, clip=clip, captureBeyondViewport=beyond)


def _brought(tab: Tab, here: int, clip: Clip) -> bool:
    """Whether the window shows the place, brought to where bars that stay at its edges cover nothing."""
    window = call(tab.driver, here, "bring", clip)
    return all(
        window[edge] <= clip[place] and clip[place] + clip[size] <= window[edge] + window[size]
        for edge, place, size in (("left", "x", "width"), ("top", "y", "height"))
    )


def _clip(rendering: Rendering, number: int) -> Clip | None:
    """The element with some of what is around it; of a large one its first part."""
    if not 0 <= number < len(rendering.boxes) or number in rendering.hidden:
        return None
    x, y, width, height = rendering.boxes[number]
    if width < 1 or height < 1 or x + width <= 0 or not 0 <= y + height <= _DEEPEST:
        return None
    left, top = max(0, x - _MARGIN), max(0, y - _MARGIN)
    return {
        "x": left,
        "y": top,
        "width": min(x + width + _MARGIN - left, LARGEST[0]),
        "height": min(y + height + _MARGIN - top, LARGEST[1]),
        "scale": 1,
    }


def _jpeg(tab: Tab, **area: Any) -> bytes:
    return b64decode(tab.cdp("Page.captureScreenshot", format="jpeg", **area)["data"])


def _picture(number: int | None, data: bytes) -> Picture:
    return Picture(number, "image/jpeg", *jpeg_size(data), data)


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height of a JPEG, by its frame header (ITU T.81, B.2.2). Raises ValueError where there is none."""
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        kind, length = data[place + 1], struct.unpack_from(">H", data, place + 2)[0]
        if kind in (0xC0, 0xC1, 0xC2):
            height, width = struct.unpack_from(">HH", data, place + 5)
            return width, height
        place += 2 + length
    raise ValueError("no JPEG")
