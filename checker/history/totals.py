"""What a run came to, added up while its pages are written."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sqlalchemy import Connection

from checker.history import rows, tables
from checker.history.known import Rules
from checker.history.observe import Observed, Ruled
from checker.history.values import bounded
from checker.verdict import Region, Verdict


@dataclass
class Totals:
    """Tallies by rule, and by verdict, severity, authority, region and waiver."""

    rules: Rules
    by_rule: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    findings: Counter[tuple[str, str, str, str, int]] = field(default_factory=Counter)
    pages: Counter[tuple[str, str, str, str, int]] = field(default_factory=Counter)
    own: Counter[tuple[str, str, str, str, int]] = field(default_factory=Counter)
    shared: dict[tuple[str, str, str, str, int], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def add(self, page: Observed) -> None:
        """Count a page in."""
        for ruled in page.results:
            tally = self.by_rule[ruled.rule]
            tally[_outcome(ruled)] += 1
            tally["elements_passed"] += page.passes.get(ruled.rule, 0)
        kinds = set()
        for found in page.found:
            authority = self.rules.authority[found.rule]
            kind = (found.verdict, found.severity, authority, found.region, int(found.waived))
            kinds.add(kind)
            self.by_rule[found.rule]["findings"] += 1
            self.findings[kind] += 1
            if found.region == Region.TEMPLATE:
                self.shared[kind].add(found.fingerprint)
            else:
                self.own[kind] += 1
        self.pages.update(kinds)

    def write(self, connection: Connection, run: int) -> None:
        """Write the tallies of the run."""
        columns = [
            each.name for each in tables.run_rules.c if each.name not in ("run", "rule", "version")
        ]
        rows.add(
            connection,
            tables.run_rules,
            [
                {"run": run, "rule": self.rules.numbers[name], "version": self.rules.versions[name]}
                | {column: bounded(tally[column]) for column in columns}
                for name, tally in self.by_rule.items()
            ],
        )
        names = ("verdict", "severity", "authority", "region", "waived")
        rows.add(
            connection,
            tables.run_totals,
            [
                {"run": run, **dict(zip(names, kind, strict=True)), "findings": number}
                | {"pages": self.pages[kind], "different": self.own[kind] + len(self.shared[kind])}
                for kind, number in self.findings.items()
            ],
        )  # fmt: skip


def _outcome(ruled: Ruled) -> str:
    """The column of ``run_rules`` that counts the page."""
    if ruled.told_by:
        return "told"
    match Verdict(ruled.verdict):
        case Verdict.PASS:
            return "passed"
        case Verdict.FAIL:
            return "failed"
        case Verdict.REVIEW:
            return "review"
        case Verdict.NOT_APPLICABLE:
            return "not_applicable"
        case Verdict.NOT_TESTED:
            return "broken" if ruled.cause == "broken" else "out_of_reach"
