"""Triage: a Report, a baseline and waivers in, a Report out whose findings say how they stand against them.

Pure, and page by page: the audits stay where they are and are read anew on each walk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from checker.baseline.match import Matcher
from checker.baseline.rows import Baseline, Row, versions
from checker.baseline.update import Left, leftovers
from checker.pages import host_of, page_key
from checker.repeats import Repeated, repeated
from checker.report import Audit, Audits, Finding, Report, Result
from checker.status import Comparison, Fate, Leftover, Status
from checker.verdict import Region
from checker.waivers import Ledger, Waiver, waived


@dataclass(frozen=True)
class Triaged:
    """Audits as triage sees them, walked as often as the ones beneath."""

    audits: Audits
    shared: frozenset[tuple[str, str]]
    matcher: Matcher | None
    waivers: tuple[Waiver, ...]
    today: date

    def __len__(self) -> int:
        return len(self.audits)

    def __iter__(self) -> Iterator[Audit]:
        for audit in self.audits:
            yield self._triaged(audit)

    def _triaged(self, audit: Audit) -> Audit:
        page = page_key(audit)
        regioned = audit
        if self.shared:
            host = host_of(page)
            results = tuple(
                self._regions(host, result) if result.judged else result for result in audit.results
            )
            regioned = replace(audit, results=results)
        if self.matcher is None and not self.waivers:
            return regioned
        known = {}
        if self.matcher is not None:
            known = {id(each.finding): each for each in self.matcher.recognise(page, regioned)}

        def marked(finding: Finding) -> Finding:
            found = known.get(id(finding))
            covered = waived(self.waivers, page, finding, self.today) if self.waivers else None
            if found is None and covered is None:
                return finding
            return replace(
                finding,
                status=found.status if found else None,
                matched=found.matched if found else None,
                waiver=covered[1] if covered else None,
            )

        return replace(
            regioned,
            results=tuple(
                replace(result, findings=tuple(map(marked, result.findings)))
                if result.judged
                else result
                for result in regioned.results
            ),
        )

    def _regions(self, host: str, result: Result) -> Result:
        if not any((host, finding.fingerprint) in self.shared for finding in result.findings):
            return result
        findings = tuple(
            replace(finding, region=Region.TEMPLATE)
            if (host, finding.fingerprint) in self.shared
            else finding
            for finding in result.findings
        )
        return replace(result, findings=findings)


def triage(
    report: Report,
    *,
    baseline: Baseline | None = None,
    source: str = "",
    waivers: tuple[Waiver, ...] = (),
    repeats: Repeated | None = None,
) -> Report:
    """The report with every failure's status against the ``baseline`` (read from ``source``) and its waiver, as of the
    day on which the report was made; what repeats over pages is the template's (``repeats`` were given its audits)."""
    today = date.fromisoformat(report.made_at[:10])
    matcher = None
    if baseline is not None:
        current = versions(report.rules, report.tool_version, report.axe_versions)
        matcher = Matcher(baseline, current)
    shared = repeats.found(report.audits) if repeats else repeated(report.audits)
    audits = Triaged(report.audits, shared, matcher, waivers, today)
    triaged = replace(report, audits=audits)
    ledger = Ledger(waivers, today)
    if waivers:
        for audit in audits:
            ledger.add(audit)
    return replace(
        triaged,
        comparison=_compared(matcher, triaged, source) if matcher else None,
        waivers=ledger.uses({rule.id: rule for rule in report.rules}),
    )


def _compared(matcher: Matcher, report: Report, source: str) -> Comparison:
    counts: Counter[Status | None] = Counter(
        finding.status for audit in report.audits for finding in audit.judged()
    )
    left = list(zip(matcher.baseline.rows, leftovers(matcher, report), strict=True))
    return Comparison(
        source=source,
        known=counts[Status.KNOWN],
        moved=counts[Status.MOVED],
        changed=counts[Status.CHANGED],
        new=counts[Status.NEW],
        rule_changed=counts[Status.RULE_CHANGED],
        fixed=tuple(_leftover(Fate.FIXED, row, state) for row, state in left if state.fixed),
        not_testable=tuple(
            _leftover(Fate.NOT_TESTABLE, row, state) for row, state in left if state.not_testable
        ),
        not_seen=sum(not (state.seen or state.matched) for _, state in left),
    )


def _leftover(fate: Fate, row: Row, state: Left) -> Leftover:
    pages = state.fixed if fate is Fate.FIXED else state.not_testable
    return Leftover(
        fate=fate,
        rule=row.rule,
        fingerprint=row.fingerprint,
        region=row.region,
        message=row.message,
        place=row.place,
        first_seen=row.first_seen.isoformat(),
        pages=tuple(sorted(pages)),
    )
