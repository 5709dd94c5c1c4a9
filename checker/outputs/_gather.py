"""What the HTML report shows, gathered from a Report page by page: only what is shown stays in memory.

Two walks over the pages: ``survey`` counts, ``cards`` keeps the findings that are shown. Bounded by ``FINDINGS`` and
``PICTURES``; what is beyond them is counted and told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.outputs import _words
from checker.outputs._album import Album, Shot, Shown
from checker.page import Need, Problem
from checker.report import Audit, Finding, Report, Result
from checker.rule import Rule
from checker.verdict import Cause, Severity, Verdict

FINDINGS = 6_000
"""Findings shown in full."""
PICTURES = 15_000_000
"""Characters of pictures in the file."""

_TOLD_HERE = (Verdict.FAIL, Verdict.REVIEW)


@dataclass
class Tally:
    """One rule over all pages: pages by verdict, elements that passed, pages whose findings another rule tells;
    ``groups`` is how many failures and reviews each page has, by page number."""

    rule: Rule
    pages: Counter[Verdict] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    passed: int = 0
    told_elsewhere: int = 0
    failures: int = 0
    reviews: int = 0
    heaviest: int = len(Severity)
    groups: dict[int, int] = field(default_factory=dict)

    @property
    def order(self) -> tuple[int, int, str]:
        """Failures by severity first, then reviews; the more pages the earlier."""
        return self.heaviest, -len(self.groups), self.rule.id

    def add(self, number: int, result: Result) -> None:
        self.pages[result.verdict] += 1
        self.severities[result.severity] += 1
        self.passed += result.passed
        self.told_elsewhere += bool(result.told_by)
        verdicts = Counter(finding.outcome.verdict for finding in result.findings)
        self.failures += verdicts[Verdict.FAIL]
        self.reviews += verdicts[Verdict.REVIEW]
        if verdicts[Verdict.FAIL]:
            self.heaviest = min(self.heaviest, result.severity.rank)
        if told := sum(verdicts[verdict] for verdict in _TOLD_HERE):
            self.groups[number] = told


@dataclass(frozen=True)
class Reason:
    """Why rules were not tested, on which pages (all of them have the same rules)."""

    cause: Cause
    message: str
    selector: str
    rules: tuple[str, ...]
    pages: tuple[int, ...]


@dataclass(frozen=True)
class Lack:
    """What pages lacked, why, and of which part of them (``what``, empty for the whole page)."""

    cause: Cause
    reason: str
    what: str
    needs: tuple[Need, ...]
    pages: tuple[int, ...]


@dataclass
class Survey:
    """What the first walk counted. ``gaps`` are pages by what they lacked, ``untested`` pages by reason and rule."""

    tallies: dict[str, Tally]
    names: list[str] = field(default_factory=list)
    gaps: dict[tuple[Need, Cause, str, str], list[int]] = field(default_factory=dict)
    untested: dict[tuple[Cause, str, str], dict[str, list[int]]] = field(default_factory=dict)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    profiles: Counter[tuple[str, str]] = field(default_factory=Counter)
    modes: Counter[str] = field(default_factory=Counter)

    def add(self, number: int, audit: Audit, choice: str) -> None:
        self.names.append(_words.page_name(audit))
        self.profiles[audit.profile, choice] += 1
        if audit.problem and audit.problem.cause is Cause.BROKEN:
            self.problems.append((number, audit.problem))
        elif audit.problem:
            self.left_out[_words.line(audit.problem.message, 600)] += 1
        else:
            self.modes[audit.mode] += 1
        for gap in audit.missing:
            key = gap.need, gap.cause, _words.line(gap.reason, 600), _words.line(gap.what, 200)
            self.gaps.setdefault(key, []).append(number)
        for result in audit.results:
            self.tallies[result.rule].add(number, result)
            for finding in result.findings:
                if not (audit.problem and finding.outcome.message == audit.problem.message):
                    self._untested(number, finding)

    def _untested(self, number: int, finding: Finding) -> None:
        outcome = finding.outcome
        if outcome.cause is None:
            return
        selector = _words.line(outcome.where.selector, 200) if outcome.where else ""
        rules = self.untested.setdefault(
            (outcome.cause, _words.line(outcome.message, 600), selector), {}
        )
        pages = rules.setdefault(finding.rule, [])
        if not pages or pages[-1] != number:
            pages.append(number)

    def reasons(self) -> list[Reason]:
        """Rules that were not tested on the same pages for the same reason, broken ones first."""
        gathered: dict[tuple[Cause, str, str, tuple[int, ...]], list[str]] = {}
        for (cause, message, selector), rules in self.untested.items():
            for rule, pages in rules.items():
                gathered.setdefault((cause, message, selector, tuple(pages)), []).append(rule)
        found = [Reason(c, m, s, tuple(rules), p) for (c, m, s, p), rules in gathered.items()]
        return sorted(found, key=lambda reason: reason.cause is not Cause.BROKEN)

    @property
    def tests(self) -> int:
        """How many tests there are: one is one rule on one page."""
        return sum(tally.pages.total() for tally in self.tallies.values())

    def lacks(self) -> list[Lack]:
        """What pages lacked, by reason: needs that lack for the same reason on the same pages are told together."""
        gathered: dict[tuple[Cause, str, str, tuple[int, ...]], list[Need]] = {}
        for (need, cause, reason, what), pages in self.gaps.items():
            gathered.setdefault((cause, reason, what, tuple(pages)), []).append(need)
        found = [Lack(c, r, w, tuple(needs), p) for (c, r, w, p), needs in gathered.items()]
        return sorted(found, key=lambda lack: lack.cause is not Cause.BROKEN)

    def never_ran(self) -> list[Rule]:
        """Rules of the catalogue that ran on no page: left out by choice or by the profile, or no page was read."""
        return [tally.rule for tally in self.tallies.values() if not tally.pages]

    def ran(self) -> list[Tally]:
        """Rules that ran, those that judged something first."""
        judged = (Verdict.PASS, Verdict.FAIL, Verdict.REVIEW)
        ran = (tally for tally in self.tallies.values() if tally.pages)
        return sorted(ran, key=lambda tally: not any(tally.pages[verdict] for verdict in judged))

    def with_findings(self) -> list[Tally]:
        """Rules with failures or reviews, the heaviest first."""
        return sorted((t for t in self.tallies.values() if t.groups), key=lambda tally: tally.order)


@dataclass(frozen=True)
class Group:
    """A rule's findings on one page: all of them counted, some shown."""

    page: int
    severity: Severity
    raised_by: str
    total: int
    shown: tuple[Shown, ...]


@dataclass
class Cards:
    """What the second walk kept: groups by rule, the (rule, page) that have one, pictures of whole pages, and how many
    pictures were left out."""

    taken: frozenset[tuple[str, int]] = frozenset()

    groups: dict[str, list[Group]] = field(default_factory=dict)
    screens: dict[int, Shot] = field(default_factory=dict)
    pictures_left_out: int = 0

    @property
    def shown(self) -> int:
        """How many findings are shown in full."""
        return sum(len(group.shown) for groups in self.groups.values() for group in groups)


def survey(report: Report) -> Survey:
    """The first walk."""
    seen = Survey({rule.id: Tally(rule) for rule in report.rules})
    for number, audit in enumerate(report.audits, 1):
        seen.add(number, audit, _words.profile_choice(audit))
    return seen


def cards(
    report: Report, seen: Survey, *, findings: int = FINDINGS, pictures: int = PICTURES
) -> Cards:
    """The second walk: at most so many findings, spread evenly over rules and pages, the heaviest rules first where
    even one each is too many; pictures spread evenly over the pages."""
    tallies = seen.with_findings()
    most = _each([count for tally in tallies for count in tally.groups.values()], findings)
    kept = Cards(frozenset(_first(tallies, findings)))
    album = Album(pictures, max(1, len(report.audits)))
    heaviest = {tally.rule.id: place for place, tally in enumerate(tallies)}
    for number, audit in enumerate(report.audits, 1):
        album.turn(number, audit)
        results = (result for result in audit.results if (result.rule, number) in kept.taken)
        for result in sorted(results, key=lambda result: heaviest[result.rule]):
            group = _group(result, number, most, album)
            kept.groups.setdefault(result.rule, []).append(group)
        if screen := album.screen():
            kept.screens[number] = screen
    kept.pictures_left_out = album.left_out
    return kept


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


def _group(result: Result, number: int, most: int, album: Album) -> Group:
    told = [finding for finding in result.findings if finding.outcome.verdict in _TOLD_HERE]
    shown = tuple(album.show(finding) for finding in told[:most])
    return Group(number, result.severity, result.raised_by, len(told), shown)
