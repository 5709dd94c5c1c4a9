"""What a run says of each success criterion: as much as the rules that could be tested in it, never more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.coverage import Coverage, Decided, coverage, of_version
from checker.outputs._survey import Tally
from checker.report import Report
from checker.rule import Criterion
from checker.verdict import Verdict

DECIDED = {
    Decided.WHOLLY: "Obsolete",
    Decided.PARTLY: "In part",
    Decided.POINTED: "Pointed at",
    Decided.PERSON: "A person",
}
_BINDS = {"2.0": " (what Section 508 binds)", "2.2": ""}


@dataclass(frozen=True)
class Judged:
    """A criterion in this run. ``decided`` follows from the rules that ran, ``able`` from those of the catalogue;
    ``rules`` of them there are, ``ran`` on some page and ``throughout`` on every one."""

    criterion: Criterion
    decided: Decided
    able: Decided
    remains: str
    rules: int
    ran: int
    throughout: int


@dataclass(frozen=True)
class Total:
    """The criteria of a WCAG version by who decides them, in words."""

    version: str
    binds: str
    criteria: int
    decided: Counter[Decided]
    able: Counter[Decided]


def judged(report: Report, tallies: Mapping[str, Tally]) -> list[Judged]:
    """Every criterion of level A and AA, in the catalogue's order; empty where the report has none."""
    ran = {name for name, tally in tallies.items() if _pages(tally)}
    whole = {name for name in ran if _pages(tallies[name]) == report.counts.pages}
    return [
        Judged(
            able.criterion,
            now.decided,
            able.decided,
            _remains(able, now),
            len(able.rules),
            len(now.rules),
            sum(name in whole for name in now.rules),
        )
        for able, now in _both(report, ran)
    ]


def totals(report: Report, tallies: Mapping[str, Tally]) -> Iterator[Total]:
    """Of WCAG 2.0 and 2.2."""
    ran = {name for name, tally in tallies.items() if _pages(tally)}
    able, now = zip(*_both(report, ran), strict=True) if report.criteria else ((), ())
    for version, binds in _BINDS.items():
        those = of_version(now, version)
        yield Total(
            version,
            binds,
            len(those),
            Counter(each.decided for each in those),
            Counter(each.decided for each in of_version(able, version)),
        )


def _both(report: Report, ran: set[str]) -> Iterator[tuple[Coverage, Coverage]]:
    """Coverage by the catalogue and by the rules that ran."""
    known = {criterion.number: criterion for criterion in report.criteria}
    able = coverage(report.rules, known)
    now = coverage([rule for rule in report.rules if rule.id in ran], known)
    return zip(able, now, strict=True)


def _remains(able: Coverage, now: Coverage) -> str:
    """What is left to a person: all of it where this run could test none of its rules."""
    if now.decided is Decided.PERSON and able.decided is not Decided.PERSON:
        return "All of it, in this run."
    return able.remains


def _pages(tally: Tally) -> int:
    """On how many pages the rule judged, or looked and found nothing to judge."""
    return tally.pages.total() - tally.pages[Verdict.NOT_TESTED]
