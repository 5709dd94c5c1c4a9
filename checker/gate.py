"""The gate: a Report and a threshold in, an exit code and its reasons out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from checker.page import Need
from checker.report import Audit, Finding, Report, Result
from checker.verdict import Cause, Severity, Verdict


class FailOn(StrEnum):
    """From which severity on a failure stops the run."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


class Standing(StrEnum):
    """What a finding or a result means for the run: a red one is exit 1, a broken one exit 3."""

    RED = "red"
    BROKEN = "broken"
    TOLD = "told"  # said, but stops nobody
    CLEAN = "clean"


@dataclass(frozen=True)
class Policy:
    """What the user asks of a run: the threshold, and what must have been in reach."""

    fail_on: FailOn = FailOn.ERROR
    require: frozenset[Need] = frozenset()


@dataclass(frozen=True)
class Gate:
    """The verdict of a run. ``exit_code`` 0 passes, 1 findings at or above the threshold, 3 something that was asked
    for could not be tested; 1 wins over 3, and both counts are always there."""

    exit_code: int
    red: int
    broken: int
    told: int
    pages_red: int
    pages_broken: int


def standing(finding: Finding, policy: Policy) -> Standing:
    """How one finding weighs."""
    outcome = finding.outcome
    if outcome.verdict is Verdict.FAIL and _reaches(finding.severity, policy.fail_on):
        return Standing.RED
    if outcome.verdict is Verdict.NOT_TESTED and outcome.cause is Cause.BROKEN:
        return Standing.BROKEN
    return Standing.TOLD


def result_standing(result: Result, policy: Policy) -> Standing:
    """How one rule on one page weighs: its heaviest finding."""
    return _heaviest(standing(finding, policy) for finding in result.findings)


def judge(report: Report, policy: Policy) -> Gate:
    """Judge a run."""
    red = broken = told = pages_red = pages_broken = 0
    for audit in report.audits:
        standings = [standing(finding, policy) for finding in audit.findings()]
        page_red = standings.count(Standing.RED)
        page_broken = standings.count(Standing.BROKEN) + len(required_gaps(audit, policy))
        red += page_red
        broken += page_broken
        told += standings.count(Standing.TOLD)
        pages_red += page_red > 0
        pages_broken += page_broken > 0
    code = 1 if red else 3 if broken else 0
    return Gate(code, red, broken, told, pages_red, pages_broken)


def required_gaps(audit: Audit, policy: Policy) -> list[str]:
    """Reasons why a page lacks what ``--require`` asks for; a gap that is broken anyway is counted there."""
    return [
        gap.reason
        for gap in audit.missing
        if gap.need in policy.require and gap.cause is Cause.OUT_OF_REACH and not gap.what
    ]


def _reaches(severity: Severity, fail_on: FailOn) -> bool:
    match fail_on:
        case FailOn.NEVER:
            return False
        case FailOn.ERROR:
            return severity is Severity.ERROR
        case FailOn.WARNING:
            return severity in (Severity.ERROR, Severity.WARNING)


def _heaviest(standings: Iterable[Standing]) -> Standing:
    found = set(standings)
    return next((s for s in Standing if s in found), Standing.CLEAN)
