"""What the HTML report shows of findings, gathered page by page: only what is shown stays in memory.

The second walk over the pages, after ``_survey``. Bounded by ``FINDINGS`` and ``PICTURES``; what is beyond them is
counted and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.outputs import _words
from checker.outputs._album import Album, Reach, Shot, Shown
from checker.outputs._shared import Fault, Key, ranges
from checker.outputs._survey import SHARED, Survey, Tally
from checker.pages import page_key
from checker.report import Finding, Report, Result
from checker.verdict import Severity

FINDINGS = 6_000
"""Findings shown in full."""
PICTURES = 15_000_000
"""Characters of pictures in the file."""
_FIRST = 3


@dataclass(frozen=True)
class Group:
    """A rule's own findings on one page: all of them counted, some shown."""

    page: int
    severity: Severity
    raised_by: str
    total: int
    shown: tuple[Shown, ...]


@dataclass
class Cards:
    """What the walk kept: groups by rule, what pages share by rule, the (rule, page) that have a group (page
    ``SHARED`` for what is shared), pictures of whole pages, and how many pictures were left out. ``shown`` counts the
    findings that are told in full, shared ones as often as they were found."""

    taken: frozenset[tuple[str, int]] = frozenset()

    groups: dict[str, list[Group]] = field(default_factory=dict)
    shared: dict[str, list[Shown]] = field(default_factory=dict)
    screens: dict[int, Shot] = field(default_factory=dict)
    pictures_left_out: int = 0
    shown: int = 0


def cards(
    report: Report, seen: Survey, *, findings: int = FINDINGS, pictures: int = PICTURES
) -> Cards:
    """At most so many findings, spread evenly over rules and pages, the heaviest rules first where even one each is too
    many; pictures spread evenly over the pages."""
    tallies = seen.with_findings()
    most = _each([count for tally in tallies for count in tally.groups.values()], findings)
    kept = Cards(frozenset(_first(tallies, findings)))
    album = Album(pictures, max(1, len(report.audits)))
    heaviest = {tally.rule.id: place for place, tally in enumerate(tallies)}
    waiting = dict(seen.shelf.faults)
    for number, audit in enumerate(report.audits, 1):
        album.turn(number, audit)
        results = (result for result in audit.results if result.judged)
        for result in sorted(results, key=lambda result: heaviest[result.rule]):
            own = _shared(kept, album, seen, waiting, page_key(audit), result, most)
            if own and (result.rule, number) in kept.taken:
                group = _group(result, own, number, most, album)
                kept.groups.setdefault(result.rule, []).append(group)
                kept.shown += len(group.shown)
        if screen := album.screen():
            kept.screens[number] = screen
    kept.pictures_left_out = album.left_out
    return kept


def _shared(
    kept: Cards,
    album: Album,
    seen: Survey,
    waiting: dict[Key, Fault],
    page: str,
    result: Result,
    most: int,
) -> list[Finding]:
    """Keep what pages share where it is met first; the page's own findings are left."""
    own = []
    for finding in result.judged:
        found = seen.shelf.of(page, finding)
        if found is None:
            own.append(finding)
            continue
        key, fault = found
        room = (result.rule, SHARED) in kept.taken
        if not (waiting.pop(key, None) and room):
            continue
        if len(shown := kept.shared.setdefault(result.rule, [])) < most:
            kept.shown += len(fault.found_on)
            shown.append(album.show(finding, result.raised_by, _reach(fault, seen)))
    return own


def _reach(fault: Fault, seen: Survey) -> Reach:
    pages = fault.pages
    host = "" if fault.host == "." else _words.line(fault.host, 120)
    return Reach(
        ranges(pages), len(pages), seen.shelf.hosts[fault.host], host, tuple(pages[:_FIRST])
    )


def _each(counts: list[int], budget: int) -> int:
    """How many findings each group may show so that all together keep within the budget; at least one."""
    most = max(counts, default=1)
    low, high = 1, most
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(count, middle) for count in counts) <= budget:
            low = middle
        else:
            high = middle - 1
    return low


def _first(tallies: list[Tally], budget: int) -> Iterator[tuple[str, int]]:
    """The groups that are shown at all."""
    for tally in tallies:
        for number in tally.groups:
            if budget <= 0:
                return
            budget -= 1
            yield tally.rule.id, number


def _group(result: Result, own: list[Finding], number: int, most: int, album: Album) -> Group:
    shown = tuple(album.show(finding, result.raised_by) for finding in own[:most])
    return Group(number, result.severity, result.raised_by, len(own), shown)
