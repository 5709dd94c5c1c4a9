"""What was found: the contract between judging and telling. Outputs, gate and history read it and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, cast

from checker.page import Missing, Mode, Picture, Problem
from checker.rule import Criterion, Profile, Rule
from checker.status import Comparison, Matched, Status, Waived, WaiverUse
from checker.verdict import Cause, Outcome, Region, Severity, Verdict


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

    @cached_property
    def judged(self) -> tuple[Finding, ...]:
        """What a look at the page found: failures and reviews. Of what could not be tested most pages say the same."""
        return tuple(f for f in self.findings if f.outcome.verdict is not Verdict.NOT_TESTED)

    @cached_property
    def untested(self) -> tuple[Finding, ...]:
        """What could not be tested."""
        return tuple(f for f in self.findings if f.outcome.verdict is Verdict.NOT_TESTED)

    @cached_property
    def broken(self) -> int:
        """How much of it should have been tested."""
        return sum(finding.outcome.cause is Cause.BROKEN for finding in self.untested)


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

    def judged(self) -> Iterator[Finding]:
        """Failures and reviews."""
        for result in self.results:
            if result.findings:
                yield from result.judged


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


class Gathering[T](Protocol):
    """Takes the audits of a report one after the other, and says what it found in them."""

    def add(self, audit: Audit) -> object: ...
    def of(self, report: Report) -> T: ...


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

    def found[T, *Ts](self, kind: Callable[[*Ts], Gathering[T]], *arguments: *Ts) -> T:
        """What a gathering of that kind finds in the audits, kept for all outputs that ask."""
        self.walk((kind, *arguments))
        return cast(T, self._found[kind, *arguments])

    def walk(self, *asked: tuple[Callable[..., Gathering[Any]], *tuple[object, ...]]) -> None:
        """Find what is asked for, each by its kind and arguments, in one walk: every walk reads the audits anew."""
        new = {key: key[0](*key[1:]) for key in asked if key not in self._found}
        if not new:
            return
        for audit in self.audits:
            for gathering in new.values():
                gathering.add(audit)
        self._found.update({key: gathering.of(self) for key, gathering in new.items()})

    @cached_property
    def _found(self) -> dict[tuple[object, ...], object]:
        return {}


class Counting:
    """Adds up audits as they come."""

    def __init__(self) -> None:
        self._sums = dict.fromkeys(Counts.__dataclass_fields__, 0)
        self._verdicts: Counter[Verdict] = Counter()

    def add(self, audit: Audit) -> None:
        """Count a page."""
        sums = self._sums
        sums["pages"] += 1
        sums["pages_not_tested"] += audit.problem is not None
        sums["passed"] += sum([result.passed for result in audit.results])
        self._verdicts.update([result.verdict for result in audit.results])
        for result in audit.results:
            if result.findings:
                for finding in result.judged:
                    sums[_bucket(finding)] += 1
                sums["broken"] += result.broken
                sums["out_of_reach"] += len(result.untested) - result.broken

    def counts(self) -> Counts:
        """The totals so far."""
        tests = {name: self._verdicts[verdict] for verdict, name in _TESTS.items()}
        return Counts(**{**self._sums, **tests})


_TESTS = {
    Verdict.PASS: "tests_passed",
    Verdict.FAIL: "tests_failed",
    Verdict.NOT_APPLICABLE: "tests_not_applicable",
}


def count(audits: Iterable[Audit]) -> Counts:
    """Totals of the audits, in one pass."""
    counting = Counting()
    for audit in audits:
        counting.add(audit)
    return counting.counts()


def _bucket(finding: Finding) -> str:
    match finding.outcome.verdict:
        case Verdict.FAIL:
            return {"error": "errors", "warning": "warnings", "advice": "advice"}[finding.severity]
        case Verdict.REVIEW:
            return "reviews"
        case Verdict.PASS | Verdict.NOT_APPLICABLE | Verdict.NOT_TESTED:
            raise ValueError(f"{finding.rule}: a {finding.outcome.verdict} is no fault")
