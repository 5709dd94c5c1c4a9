"""Findings as the HTML report shows them, with pictures within a budget."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass

from checker.outputs import _words
from checker.outputs._standing import said
from checker.page import Picture
from checker.report import Audit, Finding
from checker.verdict import Location, Region, Severity, Verdict

_MEDIA = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})


@dataclass(frozen=True)
class Shot:
    """A picture as a data: address, and its size in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Reach:
    """On how many pages a shared finding stands ``of`` how many of its host, which ones (``1-4 7``), the first few."""

    pages: str
    on: int
    of: int
    host: str
    first: tuple[int, ...]


@dataclass(frozen=True)
class Shown:
    """A finding as it is shown, its texts bounded. ``status`` is a key of ``_words.STATUSES`` and ``said`` its words;
    ``raised_by`` set its severity; ``pictured_at`` is the anchor of the finding that shows the same element's
    picture; ``reach`` is there where pages share it."""

    anchor: str
    severity: Severity
    raised_by: str
    verdict: Verdict
    status: str
    said: str
    unstable: bool
    message: str
    suggestion: str
    article: bool
    name: str
    position: str
    selector: str
    snippet: str
    shot: Shot | None = None
    pictured_at: str = ""
    reach: Reach | None = None


class Album:
    """Pictures within a budget that grows page by page, so that the first pages do not take it all."""

    def __init__(self, budget: int, pages: int) -> None:
        """``budget`` is in characters of the report, for so many ``pages``."""
        self._budget, self._pages = budget, pages
        self._used = 0
        self.left_out = 0
        self._number = 0
        self._pictures: Mapping[int | None, Picture] = {}
        self._at: dict[int, str] = {}

    def turn(self, number: int, audit: Audit) -> None:
        """Go on to the next page."""
        self._number = number
        self._pictures = {p.element: p for p in audit.pictures if p.media_type in _MEDIA}
        self._at = {}

    def show(self, finding: Finding, raised_by: str, reach: Reach | None = None) -> Shown:
        """The finding with its picture, where it is the first of its element and there is room."""
        outcome = finding.outcome
        where = outcome.where or Location()
        anchor = f"f{self._number}-{finding.fingerprint}"
        shot, pictured_at = self._picture(anchor, where.element)
        return Shown(
            anchor,
            finding.severity,
            raised_by,
            outcome.verdict,
            _words.status_of(finding),
            _words.line(said(finding), 1_200),
            finding.unstable,
            _words.clip(outcome.message, 600),
            _words.clip(outcome.suggestion, 600),
            finding.region is Region.ARTICLE,
            _words.line(where.name, 120),
            _position(where),
            _words.visible(_words.line(where.selector, 300)),
            _words.visible(_words.clip(where.snippet, 600)),
            shot,
            pictured_at,
            reach,
        )

    def screen(self) -> Shot | None:
        """The page as first seen, where there is room for it."""
        return self._take(self._pictures.get(None))

    def _picture(self, anchor: str, element: int | None) -> tuple[Shot | None, str]:
        if element is None or element not in self._pictures:
            return None, ""
        if element in self._at:
            return None, self._at[element]
        shot = self._take(self._pictures[element])
        self._at[element] = anchor if shot else ""
        return shot, ""

    def _take(self, picture: Picture | None) -> Shot | None:
        if picture is None:
            return None
        size = len(picture.data) * 4 // 3 + 4
        if self._used + size > self._budget * self._number // self._pages:
            self.left_out += 1
            return None
        self._used += size
        data = b64encode(picture.data).decode("ascii")
        return Shot(f"data:{picture.media_type};base64,{data}", picture.width, picture.height)


def _position(where: Location) -> str:
    if where.line is None:
        return ""
    return f"line {where.line}" + (f", column {where.column}" if where.column else "")
