"""A page as a browser lays it out: what was measured, tried and seen in it. Only ``checker.loading`` makes one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True)
class ImageFacts:
    """A picture as the browser shows it; natural sizes in image pixels. ``loaded`` is None where nobody answered."""

    element: int
    source: str
    natural_width: int
    natural_height: int
    loaded: bool | None


@dataclass(frozen=True)
class Background:
    """An element that CSS gives a background picture."""

    element: int
    url: str


@dataclass(frozen=True)
class AutoplayFacts:
    """An audio or video element that starts by itself, as the browser has it. ``duration`` is in seconds: None where
    it is not known (``ready`` 0) or has no end; ``ready`` is HTML's readyState (0 nothing, 4 enough data); ``silent``
    says muted or at volume 0, ``stopped`` that it does not play though it has not ended, ``sounding`` that sound of
    it was decoded."""

    element: int
    source: str
    duration: float | None
    ready: int
    silent: bool
    loop: bool
    stopped: bool
    sounding: bool


@dataclass(frozen=True)
class CutText:
    """A text, at 200 percent, with a line that a box cuts through. ``element`` holds the text, ``box`` is what cuts;
    ``side`` says whether the box is too low or too narrow, ``before`` that it cut the text at 100 percent too, and
    ``moved`` that position, scrolling, a transform or an animation may be what puts the text there."""

    element: int
    box: int
    side: Literal["height", "width"]
    text: str
    before: bool
    moved: bool


@dataclass(frozen=True)
class Zoomed:
    """The page at 200 percent: how many ``texts`` are seen in boxes that cut off what they cannot hold, and those of
    them that are cut through; not ``whole`` where there was no time for all of its text."""

    texts: int
    cut: tuple[CutText, ...]
    whole: bool = True


@dataclass(frozen=True)
class ChangingText:
    """A text that changed ``times`` times within ``seconds`` while nobody did anything, seen last as ``text``.
    ``swaps`` says how often one text took the place of another, ``goes_on`` that it had not come to rest; ``alone``
    that the page shows no other text."""

    element: int
    times: int
    swaps: int
    seconds: float
    goes_on: bool
    text: str
    alone: bool


@dataclass(frozen=True)
class Frame:
    """A frame of the page: its document's markup where the browser let us read it (same origin)."""

    element: int
    url: str
    html: str | None


@dataclass(frozen=True)
class FocusStop:
    """Where the Tab key stops: an element by number and name, and whether its focus can be seen (None: not known)."""

    element: int
    name: str
    seen: bool | None


@dataclass(frozen=True)
class Focus:
    """The way of the Tab key through the top document; ``complete`` where it came to its end."""

    stops: tuple[FocusStop, ...]
    complete: bool


class Press(StrEnum):
    """How the opener of the banner's explanation was pressed."""

    NONE = "none"  # not yet
    MOUSE = "mouse"
    ENTER = "enter"
    SPACE = "space"


@dataclass(frozen=True)
class BannerState:
    """After a press: the opener's ``aria-expanded`` (None where it has none), and whether the explanation is shown."""

    after: Press
    expanded: str | None
    shown: bool


@dataclass(frozen=True)
class BannerProbe:
    """The government banner at work. ``opener`` is the number of the element that opens its explanation (None where
    nothing there can be pressed) and ``name`` its name; ``away`` says that it leads to another page, which was not
    followed; ``sent`` that pressing it would send a form; ``states`` begin with the page as loaded."""

    found: bool
    opener: int | None = None
    name: str = ""
    away: bool = False
    sent: bool = False
    states: tuple[BannerState, ...] = ()


@dataclass(frozen=True)
class Rendering:
    """The page as laid out. Elements are numbered over the document, its open shadow roots and same-origin frames;
    ``Page.html`` carries the numbers in the attribute ``data-presscheck``. ``boxes`` are x, y, width, height in CSS
    pixels of the top page, by number; ``hidden`` the numbers of elements that nobody sees."""

    browser: str
    viewport: tuple[int, int]
    boxes: tuple[tuple[int, int, int, int], ...]
    hidden: frozenset[int]
    images: tuple[ImageFacts, ...] = ()
    backgrounds: tuple[Background, ...] = ()
    frames: tuple[Frame, ...] = ()
    focus: Focus | None = None
    banner: BannerProbe | None = None
    autoplay: tuple[AutoplayFacts, ...] | None = None
    zoomed: Zoomed | None = None
    changing: tuple[ChangingText, ...] | None = None
