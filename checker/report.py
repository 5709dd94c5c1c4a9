"""What was found: the contract between judging and telling. Outputs, gate and history read it and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from checker.page import Missing, Mode, Picture, Problem
from checker.rule import Criterion, Profile, Rule
from checker.status import Comparison, Matched, Status, Waived, WaiverUse
from checker.verdict import Outcome, Region, Severity, Verdict


@dataclass(frozen=True)
class Finding:
    """One thing to tell of one rule on one page: a FAIL, a REVIEW or a NOT_TESTED. Made only by the engine.

    ``keys`` and ``fault`` are what it is recognised by (docs/fingerprints.md). ``status`` (against a baseline),
    ``matched`` and ``waiver`` are set by triage; ``unstable`` says that not every render of the page showed it.
    """

    rule: str
    severity: Severity
    outcome: Outcome
    fingerprint: str
    region: Region
    keys: tuple[str, ...] = ()
    fault: str = ""
    status: Status | None = None
    matched: Matched | None = None
    waiver: Waived | None = None
    unstable: bool = False


@dataclass(frozen=True)
class Result:
    """One rule on one page. ``passed`` counts elements; ``raised_by`` names the profile or option that set another
    severity than the rule's own; ``told_by`` the rule under which all its findings are told."""

    rule: str
    verdict: Verdict
    severity: Severity
    passed: int = 0
    findings: tuple[Finding, ...] = ()
    raised_by: str = ""
    told_by: str = ""


@dataclass(frozen=True)
class Audit:
    """One page that was asked for, and every rule's result on it."""

    target: str
    url: str
    title: str
    profile: str
    mode: Mode
    loaded_at: str
    results: tuple[Result, ...]
    profile_by: str = (
        ""  # who chose it: ``--profile``, ``host``, or ``default`` where no profile fits the host
    )
    status: int | None = None
    source_path: str = ""
    problem: Problem | None = None
    missing: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()
    axe_version: str = ""
    browser: str = ""
    pictures: tuple[Picture, ...] = ()

    def findings(self) -> Iterator[Finding]:
        """Everything that is to be told of this page."""
        for result in self.results:
            yield from result.findings


ASSUMPTION = "Every page is judged as if it were published today."


class Audits(Protocol):
    """Audits that can be walked more than once and need not fit in memory; a tuple is one."""

    def __iter__(self) -> Iterator[Audit]: ...
    def __len__(self) -> int: ...


@dataclass(frozen=True)
class Counts:
    """Totals over all pages. Findings are counted by verdict and severity of what failed; ``passed`` counts
    elements; ``tests`` counts rule x page by verdict."""

    pages: int
    pages_not_tested: int
    errors: int
    warnings: int
    advice: int
    reviews: int
    broken: int
    out_of_reach: int
    passed: int
    tests_passed: int
    tests_failed: int
    tests_not_applicable: int


@dataclass(frozen=True)
class Report:
    """What was found in one run. ``made_at`` is the only time in it that is the run's own (ISO 8601, UTC);
    ``comparison`` is with the baseline, None without one; ``waivers`` are those that could apply; ``criteria`` are
    those of WCAG that the catalogue knows."""

    tool_version: str
    rules_version: str
    made_at: str
    rules: tuple[Rule, ...]
    profiles: tuple[Profile, ...]
    counts: Counts
    audits: Audits
    axe_versions: tuple[str, ...] = ()
    browsers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    comparison: Comparison | None = None
    waivers: tuple[WaiverUse, ...] = ()
    criteria: tuple[Criterion, ...] = ()


def count(audits: Iterable[Audit]) -> Counts:
    """Totals of the audits, in one pass."""
    tally = dict.fromkeys(Counts.__dataclass_fields__, 0)
    for audit in audits:
        tally["pages"] += 1
        tally["pages_not_tested"] += audit.problem is not None
        for result in audit.results:
            tally["passed"] += result.passed
            tally["tests_passed"] += result.verdict is Verdict.PASS
            tally["tests_failed"] += result.verdict is Verdict.FAIL
            tally["tests_not_applicable"] += result.verdict is Verdict.NOT_APPLICABLE
        for finding in audit.findings():
            key = _bucket(finding)
            tally[key] += 1
    return Counts(**tally)


def _bucket(finding: Finding) -> str:
    match finding.outcome.verdict:
        case Verdict.FAIL:
            return {"error": "errors", "warning": "warnings", "advice": "advice"}[finding.severity]
        case Verdict.REVIEW:
            return "reviews"
        case Verdict.NOT_TESTED:
            return "broken" if finding.outcome.cause == "broken" else "out_of_reach"
        case Verdict.PASS | Verdict.NOT_APPLICABLE:
            raise ValueError(f"{finding.rule}: a {finding.outcome.verdict} is not a finding")
