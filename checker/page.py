"""What was seen of one page: frozen, complete, savable. Only ``checker.loading`` makes one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checker.rendering import Rendering
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
