"""A page's section of the HTML report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from checker.gate import Policy, Standing, excused, required_gaps, standing
from checker.outputs import _gather, _survey, _words
from checker.outputs._album import Shot
from checker.pages import page_key
from checker.report import Audit, Report, Result
from checker.verdict import Cause, Severity, Verdict


@dataclass(frozen=True)
class Told:
    """A rule's failures and reviews on a page, and how many of them pages share. ``quiet`` ones stop nobody."""

    rule: str
    severity: Severity
    failures: int
    reviews: int
    shared: int
    quiet: bool

    @property
    def order(self) -> tuple[bool, bool, int]:
        return self.failures == 0, self.quiet, self.severity.rank


@dataclass(frozen=True)
class PageView:
    """One page's section.

    ``counts`` are its findings by bucket, ``statuses`` by how they stand against baseline and waivers; ``untested`` how
    many rules were not tested, by cause and reason; ``required`` what ``--require`` asked for and the page lacks.
    """

    number: int
    audit: Audit
    name: str
    choice: str
    state: Standing
    counts: Counter[str]
    statuses: Counter[str]
    told: list[Told]
    untested: Counter[tuple[Cause, str]]
    verdicts: Counter[Verdict]
    passed: int
    required: tuple[str, ...]
    shot: Shot | None


def page_views(
    report: Report, policy: Policy, seen: _survey.Survey, cards: _gather.Cards
) -> Iterator[PageView]:
    """The pages' sections, made one by one."""
    for number, audit in enumerate(report.audits, 1):
        yield _page(number, audit, policy, seen, cards.screens.get(number))


def _page(
    number: int, audit: Audit, policy: Policy, seen: _survey.Survey, shot: Shot | None
) -> PageView:
    told = [_told(audit, result, policy, seen) for result in audit.results if result.judged]
    required = tuple(dict.fromkeys(required_gaps(audit, policy)))
    standings = {standing(finding, policy) for finding in audit.judged()}
    if any(result.untested for result in audit.results):
        standings.add(Standing.TOLD)
    if required or any(result.broken for result in audit.results):
        standings.add(Standing.BROKEN)
    return PageView(
        number=number,
        audit=audit,
        name=seen.names[number - 1],
        choice=_words.profile_choice(audit),
        state=next((s for s in Standing if s in standings), Standing.CLEAN),
        counts=_counts(audit),
        statuses=Counter(_words.status_of(finding) for finding in audit.judged()),
        told=sorted(told, key=lambda row: row.order),
        untested=_untested(audit),
        verdicts=Counter(result.verdict for result in audit.results),
        passed=sum(result.passed for result in audit.results),
        required=required,
        shot=shot,
    )


def _told(audit: Audit, result: Result, policy: Policy, seen: _survey.Survey) -> Told:
    page = page_key(audit)
    told = result.judged
    failures = [finding for finding in told if finding.outcome.verdict is Verdict.FAIL]
    return Told(
        rule=result.rule,
        severity=result.severity,
        failures=len(failures),
        reviews=len(told) - len(failures),
        shared=sum(seen.shelf.of(page, finding) is not None for finding in told),
        quiet=bool(failures) and all(excused(finding, policy) for finding in failures),
    )


def _untested(audit: Audit) -> Counter[tuple[Cause, str]]:
    found: Counter[tuple[Cause, str]] = Counter()
    for result in audit.results:
        for finding in result.untested:
            if finding.outcome.cause:
                found[finding.outcome.cause, _words.line(finding.outcome.message, 600)] += 1
    return found


def _counts(audit: Audit) -> Counter[str]:
    """Findings by severity, by verdict, by the cause of what was not tested."""
    counts = Counter(
        finding.severity.value if finding.outcome.verdict is Verdict.FAIL else "review"
        for finding in audit.judged()
    )
    for result in audit.results:
        if result.untested:
            counts[Cause.BROKEN.value] += result.broken
            counts[Cause.OUT_OF_REACH.value] += len(result.untested) - result.broken
    return counts
