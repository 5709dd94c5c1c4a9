"""Making a baseline from a report, and mending one: nothing that the run did not see is forgotten."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field, replace
from datetime import date

from checker.baseline.match import Matcher, Recognised, tested
from checker.baseline.rows import Baseline, Row, versions
from checker.clean import one_line
from checker.fingerprint import fingerprint
from checker.pages import host_of, page_key
from checker.report import Audit, Finding, Report
from checker.verdict import Cause, Region, Verdict

_SEEN_ON = 3
_MESSAGE = 300
_PLACE = 120


@dataclass
class _Group:
    """Findings that one row will stand for: the first of them in the order of pages, and each page's count."""

    page: str
    found: Recognised
    first_seen: date
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, page: str, found: Recognised, seen: date) -> None:
        self.counts[page] += 1
        self.first_seen = min(self.first_seen, seen)
        if page < self.page:
            self.page, self.found = page, found


def updated(baseline: Baseline, report: Report) -> Baseline:
    """The baseline of the report's pages, with the rows of the former one for what this run did not test or only asks
    a person about; those of rules that are no more go. Waived findings stay out: a waiver ends. Dates on which faults
    were first seen stay."""
    today = date.fromisoformat(report.made_at[:10])
    current = versions(report.rules, report.tool_version, report.axe_versions)
    matcher = Matcher(baseline, current)
    groups: dict[tuple[object, ...], _Group] = {}
    judged: dict[str, set[str]] = {}
    asked: set[tuple[int, str]] = set()
    for audit in report.audits:
        page = page_key(audit)
        judged.setdefault(page, set()).update(
            r.rule for r in audit.results if tested(audit, r.rule)
        )
        asked |= {(id(row), page) for row in matcher.rows(page) if _asked(audit, row)}
        for found in matcher.recognise(page, audit):
            asked.discard((id(found.row), page))
            if found.finding.waiver is None:
                seen = found.row.first_seen if found.row else today
                group = groups.setdefault(_key(page, found), _Group(page, found, seen))
                group.add(page, found, seen)
    rows = [row for key, group in groups.items() for row in _rows(key, group)]

    def untested(row: Row, page: str) -> bool:
        return row.rule not in judged.get(page, ()) or (id(row), page) in asked

    made = {(row.pages, row.fingerprint) for row in rows}
    rows += _kept((row for row in baseline.rows if row.rule in current), untested, made)
    everything = set(baseline.pages) <= judged.keys()
    ran = {rule for rules in judged.values() for rule in rules}
    kept = {rule: old for rule, old in baseline.rules.items() if rule in current}
    fresh = {rule: current[rule] for rule in ran if everything or rule not in kept}
    return Baseline(
        rows=tuple(sorted(_merged(rows), key=lambda row: row.order)),
        rules=dict(sorted({**kept, **fresh}.items())),
        pages=tuple(sorted({*baseline.pages, *(page for page, rules in judged.items() if rules)})),
    )


def pruned(baseline: Baseline, report: Report) -> Baseline:
    """The baseline without what this run shows to be fixed; it only shrinks."""
    current = versions(report.rules, report.tool_version, report.axe_versions)
    gone = leftovers(Matcher(baseline, current), report)
    rows: list[Row] = []
    for number, row in enumerate(baseline.rows):
        fixed = gone[number].fixed
        if row.region is Region.TEMPLATE:
            rows += [] if fixed else [row]
            continue
        rest = tuple(page for page in row.pages if page not in fixed)
        rows += [replace(row, pages=rest)] if rest else []
        for page, missing in fixed.items():
            if missing < row.count:
                rows.append(replace(row, pages=(page,), count=row.count - missing))
    return replace(baseline, rows=tuple(sorted(_merged(rows), key=lambda row: row.order)))


@dataclass
class Left:
    """What a run says of a row: on which of its pages how many are gone, on which its rule was not tested, whether
    any of its pages was there."""

    fixed: dict[str, int] = field(default_factory=dict)
    not_testable: set[str] = field(default_factory=set)
    seen: bool = False
    matched: bool = False


def leftovers(matcher: Matcher, report: Report) -> list[Left]:
    """By the number of the row in the baseline. A fault of the template is gone where no page of the run shows it and
    one of the pages that did was tested."""
    numbers = {id(row): number for number, row in enumerate(matcher.baseline.rows)}
    left = [Left() for _ in matcher.baseline.rows]
    for audit in report.audits:
        if audit.problem is not None and audit.problem.cause is Cause.OUT_OF_REACH:
            continue  # left out by the user: the run says nothing of its rows
        page = page_key(audit)
        used = Counter(id(found.row) for found in matcher.recognise(page, audit) if found.row)
        for row in matcher.rows(page):
            state = left[numbers[id(row)]]
            state.matched |= used[id(row)] > 0
            if row.region is Region.TEMPLATE and page not in row.seen_on:
                continue
            state.seen = True
            if missing := row.count - used[id(row)]:
                if tested(audit, row.rule) and not _asked(audit, row):
                    state.fixed[page] = missing
                else:
                    state.not_testable.add(page)
    for row, state in zip(matcher.baseline.rows, left, strict=True):
        if row.region is Region.TEMPLATE and state.matched:
            state.fixed, state.not_testable = {}, set()
    return left


def _asked(audit: Audit, row: Row) -> bool:
    """Whether the rule asks a person about that element: without a browser, or where renders differ, it may still be
    there."""
    return any(
        finding.outcome.verdict is Verdict.REVIEW
        and finding.rule == row.rule
        and any(key and key == known for key, known in zip(finding.keys, row.keys, strict=False))
        for finding in audit.findings()
    )


def place_of(finding: Finding) -> str:
    """The element in a few words: its picture or target, its name, where it stands."""
    where = finding.outcome.where
    if where is None:
        return "the page"
    words = where.resource or where.name or where.selector
    return one_line(f"{words} in {where.landmark}" if where.landmark else words)[:_PLACE]


def _key(page: str, found: Recognised) -> tuple[object, ...]:
    """Template faults are one row a host; those of articles are one where every key agrees."""
    finding, row = found.finding, found.row
    if finding.region is Region.TEMPLATE or (row is not None and row.region is Region.TEMPLATE):
        return Region.TEMPLATE, host_of(page), finding.rule, finding.keys[0], finding.fault
    return Region.ARTICLE, "", finding.rule, finding.keys, finding.fault


def _rows(key: tuple[object, ...], group: _Group) -> Iterator[Row]:
    finding = group.found.finding
    row = Row(
        rule=finding.rule,
        fingerprint=fingerprint(finding.keys[0], finding.fault),
        region=Region.TEMPLATE if key[0] is Region.TEMPLATE else Region.ARTICLE,
        message=one_line(finding.outcome.message)[:_MESSAGE],
        place=place_of(finding),
        first_seen=group.first_seen,
        pages=(f"{key[1]}/*",),
        keys=finding.keys,
        fault=finding.fault,
    )
    if row.region is Region.TEMPLATE:
        first = tuple(sorted(group.counts)[:_SEEN_ON])
        yield replace(row, count=max(group.counts.values()), on=len(group.counts), seen_on=first)
        return
    pages_by_count: dict[int, list[str]] = defaultdict(list)
    for page, count in group.counts.items():
        pages_by_count[count].append(page)
    for count, pages in pages_by_count.items():
        yield replace(row, pages=tuple(sorted(pages)), count=count)


def _kept(
    rows: Iterable[Row],
    untested: Callable[[Row, str], bool],
    made: Set[tuple[tuple[str, ...], str]],
) -> Iterator[Row]:
    """Rows for pages on which this run did not test them."""
    for row in rows:
        if row.region is Region.TEMPLATE:
            unseen = [page for page in row.seen_on if untested(row, page)]
            again = (row.pages, row.fingerprint) in made
            if len(unseen) == len(row.seen_on) or (again and unseen):
                yield row
            continue
        rest = tuple(page for page in row.pages if untested(row, page))
        if rest:
            yield replace(row, pages=rest)


def _merged(rows: list[Row]) -> Iterator[Row]:
    """Rows that differ in their pages alone, as one. Of a template's, the later ones are the older: they add pages that
    showed it and the date."""
    merged: dict[tuple[object, ...], Row] = {}
    for row in rows:
        if row.region is Region.TEMPLATE:
            key: tuple[object, ...] = (row.pages, row.rule, row.fingerprint)
        else:
            key = (row.rule, row.keys, row.fault, row.count)
        known = merged.get(key)
        if known is None:
            merged[key] = row
        else:
            merged[key] = replace(
                known,
                pages=tuple(sorted({*known.pages, *row.pages})),
                first_seen=min(known.first_seen, row.first_seen),
                count=max(known.count, row.count),
                on=max(known.on, row.on),
                seen_on=tuple(sorted({*known.seen_on, *row.seen_on})[:_SEEN_ON]),
            )
    yield from merged.values()
