"""What was seen of one page: frozen, complete, savable. Only ``checker.loading`` makes one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from checker.verdict import Cause, Verdict


class Need(StrEnum):
    """What of a page a rule needs, beyond its markup."""

    RENDERED = "rendered"  # laid out by a browser
    AXE = "axe"  # axe-core ran in it
    TRANSPORT = "transport"  # answered by its own server: status, headers, requests
    TLS = "tls"  # certificate and protocol, verified
    HTTP_PROBE = "http-probe"  # the same address was asked for over plain http


class Mode(StrEnum):
    """How ``Page.html`` came about."""

    STATIC = "static"  # the source as served
    RENDERED = "rendered"  # the DOM after scripts ran


class Trouble(StrEnum):
    """Why a page cannot be judged as an article."""

    LOAD_ERROR = "load-error"
    TIME_OUT = "time-out"
    HTTP_ERROR = "http-error"
    ERROR_PAGE = "error-page"  # an error page served with 200
    LOGIN_WALL = "login-wall"
    NOT_HTML = "not-html"
    EMPTY = "empty"
    UNREADABLE = "unreadable"  # a file that cannot be read
    TOO_LARGE = "too-large"  # more elements than are judged
    BROWSER = "browser"  # a browser that is there but does not start or died
    LEFT_OUT = "left-out"  # by the user's own selection of pages
    TIME_BUDGET = "time-budget"  # the run's time was over before it was begun
    INTERRUPTED = "interrupted"  # the run was ended before the page was done
    WORKER = "worker"  # the process that judged it died, and died again
    SOURCE = "source"  # what names pages (a sitemap, a crawl, an archive) is broken or was not read to its end


@dataclass(frozen=True)
class Problem:
    """The page did not load or is not an article: nothing of it is tested. Broken, but for what was left out."""

    kind: Trouble
    message: str

    @property
    def cause(self) -> Cause:
        """How it weighs."""
        return Cause.OUT_OF_REACH if self.kind is Trouble.LEFT_OUT else Cause.BROKEN


@dataclass(frozen=True)
class Missing:
    """Something that this page could not be tested for; ``what`` names a frame or the like where it is only a part."""

    need: Need
    cause: Cause
    reason: str
    what: str = ""


@dataclass(frozen=True)
class Hop:
    """One redirect on the way: the address that answered, its status, and where it sent the reader."""

    url: str
    status: int
    location: str


@dataclass(frozen=True)
class Request:
    """One request that the page made. ``kind`` is CDP's resource type in lower case; ``outcome`` is ``loaded``,
    ``failed`` or ``blocked``; ``mixed`` CDP's mixedContentType (``none``, ``blockable``, ``optionally-blockable``)."""

    url: str
    kind: str
    outcome: str
    status: int | None = None
    error: str = ""
    mixed: str = "none"


@dataclass(frozen=True)
class Tls:
    """Facts of the connection that brought the document. Times are ISO 8601 in UTC."""

    protocol: str
    cipher: str
    subject: str
    issuer: str
    names: tuple[str, ...]
    valid_from: str
    valid_to: str
    verified: bool


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


@dataclass(frozen=True)
class AxeNode:
    """An element that an axe rule failed (FAIL) or could not decide (REVIEW)."""

    verdict: Verdict
    target: str
    snippet: str
    summary: str
    element: int | None = None


@dataclass(frozen=True)
class AxeRule:
    """One axe rule's outcome: nodes that failed or need review, how many passed. No node, no pass: inapplicable."""

    id: str
    help: str
    description: str
    help_url: str
    impact: str
    tags: tuple[str, ...]
    nodes: tuple[AxeNode, ...] = ()
    passed: int = 0


@dataclass(frozen=True)
class AxeResult:
    """What axe-core said of the page."""

    version: str
    rules: tuple[AxeRule, ...]


@dataclass(frozen=True)
class Picture:
    """A picture of an element (``element`` is its number) or of the page as first seen (``element`` None)."""

    element: int | None
    media_type: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Page:
    """What was seen of one page.

    ``target`` is what the user asked for; ``url`` the address by which the page is judged: where readers get it
    (``--public-url``), else the final address, else empty (a local file that nobody published). ``html`` is what is
    judged (see ``mode``); ``source`` the markup as served, ``source_path`` its file relative to where the command
    ran. ``status`` and ``headers`` are of the document's own server, absent for a local file. ``probe`` is the answer
    of the same address over plain http (not followed). ``notes`` say what a reader should know of the loading.
    """

    target: str
    url: str
    mode: Mode
    html: str
    loaded_at: str
    final_url: str = ""
    redirects: tuple[Hop, ...] = ()
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    tls: Tls | None = None
    probe: Hop | None = None
    source: str | None = None
    source_path: str = ""
    requests: tuple[Request, ...] = ()
    rendering: Rendering | None = None
    axe: AxeResult | None = None
    missing: tuple[Missing, ...] = ()
    problem: Problem | None = None
    notes: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()

    def lacks(self, need: Need) -> Missing | None:
        """Why the whole page lacks something that a rule needs, or None when it is there."""
        return next((gap for gap in self.missing if gap.need is need and not gap.what), None)

    def header(self, name: str) -> tuple[str, ...]:
        """All values of a response header of the document, in order."""
        return tuple(value for key, value in self.headers if key.lower() == name.lower())

    def lost(self, *kinds: str) -> tuple[str, ...]:
        """Addresses of requests of these kinds that brought nothing: failed, blocked, or answered with an error."""
        return tuple(
            request.url
            for request in self.requests
            if request.kind in kinds
            and (request.outcome != "loaded" or (request.status or 0) >= 400)
        )
