"""What the index of a report of many pages says of them all: sums, and the first few pages of each; bounded, however
many pages there are."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field

from checker.gate import Policy
from checker.outputs import _words
from checker.outputs._survey import Survey
from checker.page import Need
from checker.report import Audit, Counts
from checker.verdict import Cause, Verdict

_FIRST = 10
_WORST = 50
_REASONS = 500


@dataclass(frozen=True)
class File:
    """A file of the report: its first and last page, its address, the names of both pages, its counts."""

    first: int
    last: int
    href: str
    names: tuple[str, str]
    counts: Counts


@dataclass
class Overview(Survey):
    """A survey that keeps no page. ``on_first`` are the first pages of each rule, ``gone`` pages that could not be
    tested at all, ``worst`` those with the most errors; ``lacking`` and ``reasons_of`` count pages by reason."""

    on_first: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    gone: list[tuple[int, str, str]] = field(default_factory=list)
    worst: list[tuple[int, int, int, str]] = field(default_factory=list)
    lacking: Counter[tuple[Cause, str, str, tuple[Need, ...]]] = field(default_factory=Counter)
    reasons_of: Counter[tuple[Cause, str]] = field(default_factory=Counter)
    rules_of: dict[tuple[Cause, str], set[str]] = field(default_factory=dict)
    beyond: int = 0

    def add(self, number: int, audit: Audit, policy: Policy) -> None:
        self.profiles[audit.profile, _words.profile_choice(audit)] += 1
        if audit.problem is None:
            self.modes[audit.mode] += 1
        else:
            said = _words.line(audit.problem.message, 600)
            if audit.problem.cause is not Cause.BROKEN:
                self._note(self.left_out, said)
            elif len(self.gone) < 10 * _FIRST:
                self.gone.append((number, _words.page_name(audit), said))
        self._lacks(audit)
        weights = [0, 0]
        for result in audit.results:
            tally = self.tallies[result.rule]
            tally.add(number, result, policy)
            if not result.judged:
                continue
            if len(tally.groups) > _FIRST:
                del tally.groups[number]
            else:
                shown = self.on_first.setdefault(result.rule, [])
                shown.append((number, _words.page_name(audit)))
            for finding in result.judged:
                self.weights.add(finding, policy)
                if finding.outcome.verdict is Verdict.FAIL and finding.severity.rank < 2:
                    weights[finding.severity.rank] += 1
        if any(weights):
            entry = weights[0], weights[1], -number, _words.page_name(audit)
            push = heapq.heappush if len(self.worst) < _WORST else heapq.heappushpop
            push(self.worst, entry)

    def _lacks(self, audit: Audit) -> None:
        lacks: dict[tuple[Cause, str, str], list[Need]] = {}
        for gap in audit.missing:
            key = gap.cause, _words.line(gap.reason, 600), _words.line(gap.what, 200)
            lacks.setdefault(key, []).append(gap.need)
        for key, needs in lacks.items():
            self._note(self.lacking, (*key, tuple(needs)))
        if audit.problem:
            return
        here: set[tuple[Cause, str]] = set()
        for result in audit.results:
            for finding in result.untested:
                if finding.outcome.cause is None:
                    continue
                reason = finding.outcome.cause, _words.line(finding.outcome.message, 600)
                if reason not in here:
                    here.add(reason)
                    self._note(self.reasons_of, reason)
                if reason in self.reasons_of:
                    self.rules_of.setdefault(reason, set()).add(result.rule)

    def _note[T](self, counted: Counter[T], reason: T) -> None:
        """Count a page's reason, where it is one of the first so many: hostile pages have any number."""
        if reason in counted or len(counted) < _REASONS:
            counted[reason] += 1
        else:
            self.beyond += 1

    def to_mend(self) -> list[tuple[int, int, int, str]]:
        """Number, errors, warnings and name of the pages with the most errors, those first."""
        return [(-each[2], each[0], each[1], each[3]) for each in sorted(self.worst, reverse=True)]
