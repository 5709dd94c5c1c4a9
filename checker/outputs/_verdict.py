"""The verdict of a run in words: what stops publishing, and what would but is known, waived or left aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from checker.gate import FailOn, Gate, Policy, Scope, Standing, excused, standing, weighs
from checker.outputs._words import many, status_of
from checker.report import Counts, Finding
from checker.verdict import Severity, Verdict

_ASIDE = "aside"
_KNOWN = ("known", "moved", "changed")


@dataclass
class Weights:
    """Failures at the threshold by status: those that ``stop`` the run and those that are ``spared`` (``aside`` where
    the gate's scope leaves them aside). ``until`` is when the first waiver ends; ``excused_errors`` counts errors
    that stop nobody whatever the threshold."""

    stop: Counter[str] = field(default_factory=Counter)
    spared: Counter[str] = field(default_factory=Counter)
    until: str = ""
    excused_errors: int = 0

    def add(self, finding: Finding, policy: Policy) -> None:
        if finding.outcome.verdict is not Verdict.FAIL:
            return
        if finding.severity is Severity.ERROR:
            self.excused_errors += excused(finding, policy)
        if not weighs(finding, policy):
            return
        if standing(finding, policy) is Standing.RED:
            self.stop[status_of(finding)] += 1
        elif policy.gate is not Scope.ALL and finding.region.value != policy.gate.value:
            self.spared[_ASIDE] += 1
        else:
            self.spared[status_of(finding)] += 1
            if finding.waiver:
                self.until = min(self.until or finding.waiver.expires, finding.waiver.expires)


_THRESHOLDS = {
    FailOn.ERROR: "Errors stop publishing. Warnings, advice and points for a person do not.",
    FailOn.WARNING: "Errors and warnings stop publishing. Advice and points for a person do not.",
    FailOn.NEVER: "This run only reports: whatever it finds on a page, it stops nothing.",
}
_SCOPES = {
    Scope.ARTICLE: " Only what is in the article does: what the template that pages share has wrong is told only.",
    Scope.TEMPLATE: " Only what is in the template that pages share does: what the article has wrong is told only.",
    Scope.ALL: "",
}
_STRICT = " Fixed rows of the baseline and waivers that are unused or too broad stop it too."


def threshold(policy: Policy) -> str:
    """What stops publishing in this run."""
    scope = "" if policy.fail_on is FailOn.NEVER else _SCOPES[policy.gate]
    return _THRESHOLDS[policy.fail_on] + scope + (_STRICT if policy.strict_baseline else "")


def verdict(
    gate: Gate, counts: Counts, policy: Policy, weights: Weights, *, compared: bool
) -> tuple[str, str, tuple[str, ...]]:
    """The run's verdict: its key, its headline, and sentences on what it means for publishing. ``compared`` says that
    there was a baseline."""
    those = "this page" if counts.pages == 1 else "these pages"
    spared = tuple(_spared(gate, weights, policy))
    if gate.exit_code == 1:
        headline, *meaning = _stopped(gate, counts, weights, those, compared=compared)
        return "mend", headline, (*meaning, *spared)
    if gate.exit_code == 3:
        go = "goes" if counts.pages == 1 else "go"
        meaning = [
            f"This is not a pass: {many(gate.broken, 'thing')} that should have been tested could not be. "
            f"See what was not tested, mend the cause, and run the check again before {those} {go} live."
        ]
        return "untested", "Could not be tested", (*meaning, *spared)
    if not counts.tests_passed and not counts.tests_failed:
        return (
            "untested",
            "Nothing was tested",
            ("This is not a pass: no rule could judge anything.",),
        )
    if policy.fail_on is FailOn.NEVER and counts.errors:
        return "found", f"{many(counts.errors, 'error')} found", tuple(_reported(counts, weights))
    return _passed(counts, gate, weights, those, spared)


def _stopped(
    gate: Gate, counts: Counts, weights: Weights, those: str, *, compared: bool
) -> Iterator[str]:
    late = f"{many(gate.stale, 'entry', 'entries')} of the baseline or the waivers"
    say, them = ("says", "it") if gate.stale == 1 else ("say", "them")
    if not gate.red:
        yield f"{many(gate.stale, 'exception')} out of date"
        yield (
            f"Nothing on {those} stops publishing, but {late} {say} more than is true. "
            f"Mend {them}, then run the check again."
        )
        return
    new = weights.stop["new"]
    yield (
        many(gate.red, "new problem")
        if compared and new == gate.red
        else many(gate.red, "problem") + " to mend"
    )
    on = f" on {gate.pages_red:,} of {counts.pages:,} pages" if counts.pages > 1 else ""
    yield f"Do not publish {those} yet. Mend what is marked below{on}, then run the check again."
    expired = weights.stop["expired"]
    parts = (
        (new if compared and new < gate.red else 0, "new"),
        (expired, "no longer waived: the waiver has expired"),
    )
    if told := _listed(parts):
        yield f"Of these, {told}."
    if gate.different < gate.red:
        are = "is" if gate.different == 1 else "are"
        yield f"What pages share counts on each page: {gate.different:,} of them {are} different."
    if gate.stale:
        yield f"Besides, {late} {say} more than is true."


def _spared(gate: Gate, weights: Weights, policy: Policy) -> Iterator[str]:
    """What reaches the threshold and stops nobody, and why."""
    if not gate.excused:
        return
    known = sum(weights.spared[status] for status in _KNOWN)
    waived = weights.spared["waived"]
    first = "" if waived <= 1 else "the first "
    other = "template" if policy.gate is Scope.ARTICLE else "article"
    parts = (
        (known, "known from the baseline"),
        (weights.spared["rule-changed"], "new only because a rule or the engine changed"),
        (waived, f"waived, {first}until {weights.until}" if first else f"waived until {weights.until}"),
        (weights.spared[_ASIDE], f"in the {other}, which this run's gate leaves aside"),
    )  # fmt: skip
    stop = "stops" if gate.excused == 1 else "stop"
    those = many(gate.excused, "more problem" if gate.red else "problem")
    yield f"{those} {stop} nobody: {_listed(parts, verb=False)}."


def _listed(parts: Iterable[tuple[int, str]], *, verb: bool = True) -> str:
    """``1 is new; 2 are known``, without those of which there are none."""
    return "; ".join(
        f"{number:,}{(' is' if number == 1 else ' are') if verb else ''} {words}"
        for number, words in parts
        if number
    )


def _reported(counts: Counts, weights: Weights) -> Iterator[str]:
    yield "This run only reports and stops nothing. Mend the errors before publishing all the same."
    if weights.excused_errors:
        are = "is" if weights.excused_errors == 1 else "are"
        yield (
            f"{weights.excused_errors:,} of them {are} known, waived or left aside by the gate: a run that stops "
            "on errors would let them pass."
        )


def _passed(
    counts: Counts, gate: Gate, weights: Weights, those: str, spared: tuple[str, ...]
) -> tuple[str, str, tuple[str, ...]]:
    tested = " that could be tested here" if counts.out_of_reach else ""
    if gate.excused:
        only_known = set(+weights.spared) <= set(_KNOWN)
        headline = "Passes: nothing new" if only_known else "Passes, with exceptions"
        meaning = f"Nothing{' new' if only_known else ' else'}{tested} must keep {those} from being published."
        order = (meaning, *spared) if only_known else (*spared, meaning)
        return "partial", headline, order
    if counts.out_of_reach:
        meaning = f"Nothing{tested} must keep {those} from being published."
        return "partial", "Passes, as far as it was tested", (meaning,)
    return "pass", "Passes", (f"Nothing was found that must keep {those} from being published.",)
