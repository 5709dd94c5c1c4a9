"""W3C's test cases of ACT rules, and the table that W3C publishes for tools.

As W3C compares tools (Accessibility Conformance Testing, "Understanding ACT Consistency"): a case expected to fail is
answered consistently by *failed*, or undecided by *cantTell* and *untested*; one expected to pass or to be
inapplicable by anything but *failed*. Several procedures may implement a rule: ours from the markup, axe's and ours
with a browser. A rule is

* **inconsistent** where they contradict what is expected: any of them fails a case that should not be failed, or none
  fails or doubts a case that should be failed;
* else **complete** where one of them, or all together, decides every case rightly (*passed* and *inapplicable* are
  not told apart);
* else **partial** where at least one case that should be failed is failed, **minimal** where none is;
* **untested** where no case was answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from checker import bounded
from checker.catalog import Catalogue
from checker.loading.options import Options, Target
from checker.selftest.judged import Answer, Said, open_cases
from checker.selftest.served import served

LARGEST = 64 * 2**20
"""Bytes of a list of cases."""
_PREFIX = "/WAI/content-assets/wcag-act-rules/"


class CasesError(ValueError):
    """A folder that does not hold the cases that it should."""


class Consistency(StrEnum):
    """How an implementation of a rule stands to W3C's cases of it."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    MINIMAL = "minimal"
    INCONSISTENT = "inconsistent"
    UNTESTED = "untested"


@dataclass(frozen=True)
class Case:
    """A test case: its ACT rule, what is expected (passed, failed, inapplicable), and its file below the folder."""

    rule: str
    rule_name: str
    approved: bool
    id: str
    title: str
    expected: str
    path: str


@dataclass(frozen=True)
class Judged:
    """A case and what was said of it."""

    case: Case
    answer: Answer

    @property
    def contradicts(self) -> bool:
        """Whether the answer is wrong; a doubt is not."""
        if self.case.expected == "failed":
            return self.answer.said in (Said.PASSED, Said.INAPPLICABLE)
        return self.answer.said is Said.FAILED

    @property
    def false_positive(self) -> bool:
        """Whether a case that is right was failed."""
        return self.case.expected != "failed" and self.answer.said is Said.FAILED

    @property
    def undecided(self) -> bool:
        """Whether nothing definite was said."""
        return self.answer.said in (Said.CANT_TELL, Said.UNTESTED)


def claims(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """ACT rule -> our rules that say they implement it."""
    claimed: dict[str, list[str]] = {}
    for rule in catalogue.rules.values():
        for identity in rule.act:
            claimed.setdefault(identity, []).append(rule.id)
    return {identity: tuple(rules) for identity, rules in sorted(claimed.items())}


class _Listed(msgspec.Struct, rename="camel"):
    """A test case as W3C lists it."""

    rule_id: str
    rule_name: str
    testcase_id: str
    testcase_title: str
    expected: str
    relative_path: str
    approved: bool = False


class _List(msgspec.Struct):
    testcases: list[_Listed]


def read(folder: Path) -> list[Case]:
    """The cases that ``folder`` lists (testcases.json). Raises CasesError where there is no such list."""
    path = folder / "testcases.json"
    try:
        listed = msgspec.json.decode(bounded.read(path, LARGEST), type=_List).testcases
    except OSError as error:
        raise CasesError(f"{path}: cannot be read: {error.strerror}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CasesError(f"{path}: no list of ACT test cases: {error}") from None
    if not listed:
        raise CasesError(f"{path}: lists no ACT test case")
    return [
        Case(
            rule=each.rule_id,
            rule_name=each.rule_name,
            approved=each.approved,
            id=each.testcase_id,
            title=each.testcase_title,
            expected=each.expected,
            path=each.relative_path,
        )
        for each in listed
    ]


def run(
    folder: Path, catalogue: Catalogue, options: Options, only: Sequence[str] = ()
) -> Iterator[Judged]:
    """Judge the cases of the rules that the catalogue claims (of those ``only``), as they are loaded."""
    claimed = claims(catalogue)
    wanted = [
        case for case in read(folder) if case.rule in claimed and (not only or case.rule in only)
    ]
    with served(folder, _PREFIX) as address, open_cases(catalogue, options) as cases:
        for case in wanted:
            page = cases.page(Target(text=case.path, url=address + case.path))
            yield Judged(case, cases.answer(page, claimed[case.rule]))


def consistency(cases: Sequence[Judged]) -> Consistency:
    """How the answers to the cases of one rule stand to what W3C expects."""
    if all(each.answer.said is Said.UNTESTED for each in cases):
        return Consistency.UNTESTED
    if any(each.contradicts for each in cases):
        return Consistency.INCONSISTENT
    rules = {rule for each in cases for rule in each.answer.each}
    sets = [cases, *([alone(each, rule) for each in cases] for rule in sorted(rules))]
    if any(not any(each.undecided or each.contradicts for each in one) for one in sets):
        return Consistency.COMPLETE
    found = any(each.answer.said is Said.FAILED for each in cases)
    return Consistency.PARTIAL if found else Consistency.MINIMAL


def alone(judged: Judged, rule: str) -> Judged:
    """The case as that rule alone answered it; no HTML page is inapplicable to every rule."""
    answer = judged.answer
    said = answer.each.get(rule, Said.UNTESTED) if answer.each else answer.said
    return Judged(judged.case, Answer(said, {rule: said}))


def by_rule(judged: Sequence[Judged]) -> Mapping[str, list[Judged]]:
    """The cases by ACT rule, approved rules first."""
    ordered = sorted(judged, key=lambda each: (not each.case.approved, each.case.rule))
    groups: dict[str, list[Judged]] = {}
    approved = {each.case.rule for each in judged if each.case.approved}
    for each in sorted(ordered, key=lambda each: each.case.rule not in approved):
        groups.setdefault(each.case.rule, []).append(each)
    return groups


def table(judged: Sequence[Judged]) -> Iterator[str]:
    """W3C's table: a line a rule, then each contradiction, then totals."""
    groups = by_rule(judged)
    yield f"{'ACT rule':9} {'':9} {'consistency':13} {'failed':>15} {'passed':>15} {'inapplicable':>15}  name"
    totals: Counter[tuple[bool, Consistency]] = Counter()
    for rule, cases in groups.items():
        approved = any(each.case.approved for each in cases)
        said = consistency(cases)
        totals[approved, said] += 1
        columns = " ".join(
            f"{_column(cases, expected):>15}" for expected in ("failed", "passed", "inapplicable")
        )
        status = "approved" if approved else "proposed"
        yield f"{rule:9} {status:9} {said.value:13} {columns}  {cases[0].case.rule_name}"
    yield "columns: cases answered rightly / cases, ? not decided, ! answered wrongly"
    for each in judged:
        if each.contradicts:
            yield (
                f"{'FALSE POSITIVE' if each.false_positive else 'missed'}: {each.case.rule} {each.case.title} "
                f"({each.case.expected}), said {each.answer.said.value}, by {', '.join(each.answer.by) or 'no rule'}: "
                f"{each.case.path}"
            )
    for approved in (True, False):
        counts = ", ".join(
            f"{totals[approved, one]} {one.value}" for one in Consistency if totals[approved, one]
        )
        yield f"{'approved' if approved else 'proposed'} rules: {counts or 'none'}"


def _column(cases: Sequence[Judged], expected: str) -> str:
    mine = [each for each in cases if each.case.expected == expected]
    wrong = sum(each.contradicts for each in mine)
    unsure = sum(each.undecided for each in mine)
    text = f"{len(mine) - wrong - unsure}/{len(mine)}"
    return text + (f" {unsure}?" if unsure else "") + (f" {wrong}!" if wrong else "")
