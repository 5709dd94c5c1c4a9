"""One finding explained: what and where it is, how it stands against the baseline and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.baseline.rows import Baseline, Row
from checker.baseline.update import place_of
from checker.clean import one_line
from checker.fingerprint import Key
from checker.outputs._standing import said
from checker.report import Audit, Finding, Report
from checker.status import Fate, Leftover, Status
from checker.verdict import Region

LEAST = 6
"""Characters of a fingerprint that must be given."""
_PAGES = 5

_BY = {
    Key.HANDLE: "the landmarks around it, its name and its picture or target are those of a known finding",
    Key.SNIPPET: "its own markup is that of a known finding, and the landmarks around it are others",
    Key.CONTEXT: "the words around it are those of a known finding, and its markup is another",
    Key.STRUCTURE: "its name, its picture or target and its place are those of a known finding, and its markup and the "
    "words around it are others",
}
_WHY = {
    Status.NEW: "no row of the baseline has one of its keys, or each that has is taken by another finding",
    Status.RULE_CHANGED: "no row of the baseline has one of its keys, but the page is one that it knows and the rule "
    "or the engine is not the one that it was made with; it stops nobody until the baseline is updated",
}
_FATES = {
    Fate.FIXED: "its pages were tested and do not show it any more; `presscheck baseline prune` takes the row out",
    Fate.NOT_TESTABLE: "its rule could not be tested on its pages in this run, so nobody knows",
    Fate.NOT_SEEN: "its pages are not of this run",
}


def finding(mark: str, report: Report | None, baseline: Baseline | None) -> Iterator[str]:
    """The lines that explain the findings, fixed rows and rows of the baseline whose fingerprint begins with ``mark``;
    none where there is none."""
    for line in _of_report(mark, report) if report else ():
        yield one_line(line)
    rows = baseline.rows if baseline else ()
    for row in rows:
        if row.fingerprint.startswith(mark):
            yield from map(one_line, _row(row))


def _of_report(mark: str, report: Report) -> Iterator[str]:
    found: dict[str, tuple[Finding, list[str]]] = {}
    for audit in report.audits:
        for each in audit.findings():
            if each.fingerprint.startswith(mark):
                found.setdefault(each.fingerprint, (each, []))[1].append(_page(audit))
    for each, pages in found.values():
        yield from _finding(each, pages)
    compared = report.comparison
    for row in (*compared.fixed, *compared.not_testable) if compared else ():
        if row.fingerprint.startswith(mark):
            yield from _leftover(row)


def _page(audit: Audit) -> str:
    return audit.url or audit.target


def _finding(each: Finding, pages: list[str]) -> Iterator[str]:
    where = each.outcome.where
    yield f"{each.fingerprint}  {each.rule} ({each.severity.value}): {each.outcome.message}"
    yield f"  Element: {place_of(each)}"
    if where:
        line = f", line {where.line}" if where.line else ""
        yield f"  Place: {where.selector}{line}"
    yield f"  Part of: {_part(each.region)}"
    yield from _pages(pages)
    if each.status in _WHY:
        yield f"  Status: {each.status.value}: {_WHY[each.status]}"
    elif each.status is not None and each.matched is not None:
        yield (
            f"  Status: {each.status.value}: {_BY[Key(each.matched.by)]} "
            f"({each.matched.fingerprint}, first seen {each.matched.first_seen})"
        )
    else:
        yield "  Status: not compared with a baseline"
    if each.waiver:
        yield f"  Waiver: {said(each)}"
    yield from _keys(each.keys)


def _leftover(row: Leftover) -> Iterator[str]:
    yield f"{row.fingerprint}  {row.rule}: {row.message}"
    yield f"  Element: {row.place}"
    yield f"  Part of: {_part(row.region)}"
    yield from _pages(row.pages)
    yield f"  Status: {row.fate.value}: {_FATES[row.fate]}"


def _row(row: Row) -> Iterator[str]:
    yield f"{row.fingerprint}  {row.rule}: {row.message} (row of the baseline)"
    yield f"  Element: {row.place}"
    yield f"  Part of: {_part(row.region)}"
    yield f"  First seen: {row.first_seen}; {row.count} on each page" + (
        f"; on {row.on} pages when the baseline was made" if row.on else ""
    )
    yield from _pages(row.pages)
    yield from _keys(row.keys)


def _part(region: Region) -> str:
    return "the article" if region is Region.ARTICLE else "what pages share"


def _pages(pages: Iterable[str]) -> Iterator[str]:
    every = list(dict.fromkeys(pages))
    more = f" and {len(every) - _PAGES} more" if len(every) > _PAGES else ""
    yield f"  Pages ({len(every)}): {', '.join(every[:_PAGES])}{more}"


def _keys(keys: tuple[str, ...]) -> Iterator[str]:
    named = (f"{key.value} {value}" for key, value in zip(Key, keys, strict=False) if value)
    yield f"  Keys, in the order in which they are tried: {', '.join(named)}"
