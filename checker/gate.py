"""The gate: a Report and a threshold in, an exit code and its reasons out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from checker.marks import Marks
from checker.page import Need
from checker.pages import host_of, page_key
from checker.report import Audit, Finding, Report, Result
from checker.status import Status
from checker.verdict import Cause, Region, Severity, Verdict


class FailOn(StrEnum):
    """From which severity on a failure stops the run."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


class Scope(StrEnum):
    """Whose faults stop the run: the author's, the site's, or both."""

    ARTICLE = "article"
    TEMPLATE = "template"
    ALL = "all"


class Standing(StrEnum):
    """What a finding or a result means for the run: a red one is exit 1, a broken one exit 3."""

    RED = "red"
    BROKEN = "broken"
    TOLD = "told"  # said, but stops nobody
    CLEAN = "clean"


@dataclass(frozen=True)
class Policy:
    """What the user asks of a run: the threshold, what must have been in reach, whose faults stop it, and whether
    a baseline or waivers that say more than is true do (``strict_baseline``)."""

    fail_on: FailOn = FailOn.ERROR
    require: frozenset[Need] = frozenset()
    gate: Scope = Scope.ALL
    strict_baseline: bool = False


@dataclass(frozen=True)
class Gate:
    """The verdict of a run. ``exit_code`` 0 passes, 1 findings at or above the threshold, 3 something that was asked
    for could not be tested; 1 wins over 3, and both counts are always there. ``different`` counts a fault that pages
    share once; ``excused`` is what reaches the threshold and is known, waived or out of the gate's scope; ``stale`` are
    rows of the baseline that are fixed and waivers that are unused or too broad, where the policy is strict."""

    exit_code: int
    red: int
    broken: int
    told: int
    pages_red: int
    pages_broken: int
    different: int = 0
    excused: int = 0
    stale: int = 0


def standing(finding: Finding, policy: Policy) -> Standing:
    """How one finding weighs."""
    outcome = finding.outcome
    if weighs(finding, policy):
        return Standing.TOLD if excused(finding, policy) else Standing.RED
    if outcome.verdict is Verdict.NOT_TESTED and outcome.cause is Cause.BROKEN:
        return Standing.BROKEN
    return Standing.TOLD


def excused(finding: Finding, policy: Policy) -> bool:
    """Whether a failure at the threshold stops nobody: it is out of the gate's scope, or waived, or not new. An expired
    waiver excuses nothing, whatever the baseline says."""
    if policy.gate is not Scope.ALL and finding.region.value != policy.gate.value:
        return True
    if finding.waiver is not None:
        return not finding.waiver.expired
    return finding.status not in (None, Status.NEW)


def stale(report: Report) -> int:
    """How many rows of the baseline are fixed, and how many waivers are unused or too broad."""
    rows = len(report.comparison.fixed) if report.comparison else 0
    return rows + sum(bool(waiver.unused or waiver.too_broad) for waiver in report.waivers)


def result_standing(result: Result, policy: Policy) -> Standing:
    """How one rule on one page weighs: its heaviest finding."""
    return _heaviest(standing(finding, policy) for finding in result.findings)


def judge(report: Report, policy: Policy) -> Gate:
    """Judge a run."""
    return report.found(Judging, policy)


class Judging:
    """Weighs the pages of a run."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._red = self._broken = self._told = self._spared = 0
        self._pages_red = self._pages_broken = 0
        self._own = 0
        self._shared = Marks()

    def add(self, audit: Audit) -> None:
        """Weigh a page."""
        found = [result for result in audit.results if result.findings]
        broken = sum(result.broken for result in found)
        red = sum(self._is_red(finding, audit) for result in found for finding in result.judged)
        self._told += sum(len(result.findings) for result in found) - broken - red
        broken += len(required_gaps(audit, self._policy))
        self._red += red
        self._broken += broken
        self._pages_red += red > 0
        self._pages_broken += broken > 0

    def _is_red(self, finding: Finding, audit: Audit) -> bool:
        if not weighs(finding, self._policy):
            return False
        if excused(finding, self._policy):
            self._spared += 1
            return False
        if finding.region is Region.TEMPLATE:
            self._shared.add(f"{host_of(page_key(audit))} {finding.fingerprint}")
        else:
            self._own += 1
        return True

    def of(self, report: Report) -> Gate:
        """The verdict of the run."""
        late = stale(report) if self._policy.strict_baseline else 0
        code = 1 if self._red or late else 3 if self._broken else 0
        return Gate(
            *(code, self._red, self._broken, self._told, self._pages_red, self._pages_broken),
            different=self._own + len(self._shared),
            excused=self._spared,
            stale=late,
        )


def required_gaps(audit: Audit, policy: Policy) -> list[str]:
    """Reasons why a page lacks what ``--require`` asks for; a gap that is broken anyway is counted there."""
    return [
        gap.reason
        for gap in audit.missing
        if gap.need in policy.require and gap.cause is Cause.OUT_OF_REACH and not gap.what
    ]


def weighs(finding: Finding, policy: Policy) -> bool:
    """Whether a finding is a failure at the threshold, excused or not."""
    return finding.outcome.verdict is Verdict.FAIL and _reaches(finding.severity, policy.fail_on)


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
