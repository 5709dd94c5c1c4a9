"""What a finding is against the past: its status by the baseline, the waiver that covers it. Set by triage only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checker.verdict import Region


class Status(StrEnum):
    """A failure against the baseline. All but NEW stop nobody."""

    KNOWN = "known"  # the same element, by its handle
    MOVED = "moved"  # its markup is the same, the landmarks around it are others
    CHANGED = "changed"  # the same picture, target or name in the same words or place; the markup is another
    NEW = "new"
    RULE_CHANGED = "rule-changed"  # new, on a page that the baseline knows, by a rule or engine that it does not


class Fate(StrEnum):
    """A row of the baseline that no finding of this run matches."""

    FIXED = "fixed"  # its pages were tested and do not show it
    NOT_TESTABLE = "not-testable"  # its rule could not be tested there
    NOT_SEEN = "not-seen"  # its pages are not of this run


@dataclass(frozen=True)
class Matched:
    """The row that a finding matches: by which key (``handle``, ``snippet``, ``context``, ``structure``), its
    fingerprint, and the date on which it was first seen (ISO 8601)."""

    by: str
    fingerprint: str
    first_seen: str


@dataclass(frozen=True)
class Waived:
    """The waiver that covers a finding. ``expired`` ones excuse nothing any more. Dates are ISO 8601."""

    reason: str
    owner: str
    approver: str
    expires: str
    expired: bool


@dataclass(frozen=True)
class Leftover:
    """A row of the baseline without its finding, on the pages for which that holds."""

    fate: Fate
    rule: str
    fingerprint: str
    region: Region
    message: str
    place: str
    first_seen: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """The run against the baseline: where it was read, how many findings have each status, what is left over.
    ``not_seen`` counts rows whose pages are not of this run."""

    source: str
    known: int = 0
    moved: int = 0
    changed: int = 0
    new: int = 0
    rule_changed: int = 0
    fixed: tuple[Leftover, ...] = ()
    not_testable: tuple[Leftover, ...] = ()
    not_seen: int = 0


@dataclass(frozen=True)
class WaiverUse:
    """A waiver of the file and what it did in this run: ``findings`` that it covers on ``pages`` pages.
    ``days_left`` counts from the run's day, negative once expired; ``ends_soon`` is told; ``unused`` and ``too_broad``
    say why, and are empty where they do not hold."""

    rule: str
    pages: tuple[str, ...]
    element: str
    reason: str
    owner: str
    approver: str
    expires: str
    days_left: int
    ends_soon: bool
    findings: int
    covered: int
    unused: str = ""
    too_broad: str = ""
