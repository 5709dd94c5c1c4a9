"""The HTML report's first walk over the pages: everything is counted, nothing is kept that is only shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from checker.gate import Policy, excused
from checker.outputs import _words
from checker.outputs._shared import Shelf
from checker.outputs._verdict import Weights
from checker.page import Need, Problem
from checker.report import Audit, Finding, Report, Result
from checker.rule import Rule
from checker.verdict import Cause, Region, Severity, Verdict

SHARED = 0
"""The number of the group that holds what pages share; pages are numbered from 1."""


@dataclass
class Tally:
    """One rule over all pages: pages by verdict, elements that passed, pages whose findings another rule tells.

    ``groups`` is how many findings are told with each page, by page number, and of how many different ones pages
    share under ``SHARED``; ``on`` counts pages with findings, ``excused`` failures that stop nobody.
    """

    rule: Rule
    pages: Counter[Verdict] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    passed: int = 0
    told_elsewhere: int = 0
    failures: int = 0
    reviews: int = 0
    excused: int = 0
    on: int = 0
    heaviest: int = len(Severity)
    groups: dict[int, int] = field(default_factory=dict)

    @property
    def quiet(self) -> bool:
        """Whether all its failures are known, waived or out of the gate's scope."""
        return bool(self.failures) and self.failures == self.excused

    @property
    def order(self) -> tuple[bool, int, int, str]:
        """Failures by severity first, then what stops nobody, then reviews; the more pages the earlier."""
        return self.quiet or not self.failures, self.heaviest, -self.on, self.rule.id

    def add(self, number: int, result: Result, policy: Policy) -> None:
        self.pages[result.verdict] += 1
        self.severities[result.severity] += 1
        self.passed += result.passed
        self.told_elsewhere += bool(result.told_by)
        told = result.judged
        if not told:
            return
        failures = [finding for finding in told if finding.outcome.verdict is Verdict.FAIL]
        self.failures += len(failures)
        self.reviews += len(told) - len(failures)
        self.excused += sum(excused(finding, policy) for finding in failures)
        self.statuses.update(_words.status_of(finding) for finding in told)
        if failures:
            self.heaviest = min(self.heaviest, result.severity.rank)
        if told:
            self.on += 1
            self.groups[number] = len(told)


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
    """What the walk counted. ``gaps`` are pages by what they lacked, ``untested`` pages by reason and rule."""

    tallies: dict[str, Tally]
    names: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    gaps: dict[tuple[Need, Cause, str, str], list[int]] = field(default_factory=dict)
    untested: dict[tuple[Cause, str, str], dict[str, list[int]]] = field(default_factory=dict)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    profiles: Counter[tuple[str, str]] = field(default_factory=Counter)
    modes: Counter[str] = field(default_factory=Counter)
    regions: Counter[Region] = field(default_factory=Counter)
    weights: Weights = field(default_factory=Weights)
    shelf: Shelf = field(default_factory=Shelf)

    def add(self, number: int, audit: Audit, policy: Policy) -> None:
        self.names.append(_words.page_name(audit))
        self.places.append(_words.page_place(audit))
        self.profiles[audit.profile, _words.profile_choice(audit)] += 1
        if audit.problem and audit.problem.cause is Cause.BROKEN:
            self.problems.append((number, audit.problem))
        elif audit.problem:
            self.left_out[_words.line(audit.problem.message, 600)] += 1
        else:
            self.modes[audit.mode] += 1
        for gap in audit.missing:
            key = gap.need, gap.cause, _words.line(gap.reason, 600), _words.line(gap.what, 200)
            self.gaps.setdefault(key, []).append(number)
        self.shelf.add(number, audit)
        for result in audit.results:
            self.tallies[result.rule].add(number, result, policy)
            for finding in result.judged:
                self.weights.add(finding, policy)
                self.regions[finding.region] += 1
            for finding in result.untested:
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

    def settle(self) -> None:
        """Every page was added: pages of the same title are told apart by their place, and what pages share moves from
        their groups into one of its own."""
        alike = Counter(self.names)
        self.names = [
            f"{name} ({place})" if alike[name] > 1 and place != name else name
            for name, place in zip(self.names, self.places, strict=True)
        ]
        self.shelf.settle()
        for fault in self.shelf.faults.values():
            groups = self.tallies[fault.rule].groups
            groups[SHARED] = groups.get(SHARED, 0) + 1
            for number in fault.found_on:
                groups[number] -= 1
        for tally in self.tallies.values():
            tally.groups = {n: told for n, told in sorted(tally.groups.items()) if told}

    def statuses(self) -> list[str]:
        """The statuses that findings have, empty where there was nothing to compare with."""
        found = {status for tally in self.tallies.values() for status in tally.statuses}
        return [status for status in _words.STATUSES if status in found] if found - {""} else []

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


def survey(report: Report, policy: Policy) -> Survey:
    """Walk the pages once."""
    seen = Survey({rule.id: Tally(rule) for rule in report.rules})
    for number, audit in enumerate(report.audits, 1):
        seen.add(number, audit, policy)
    seen.settle()
    return seen
