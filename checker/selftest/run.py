"""A self-test: what was asked for, as lines to read and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker import __version__
from checker.catalog import Catalogue
from checker.loading.options import Options
from checker.selftest import act as act_cases
from checker.selftest import examples
from checker.selftest import ict as ict_cases

type Progress = Callable[[str], object]


@dataclass(frozen=True)
class Told:
    """What a self-test says. ``wrong`` counts examples without their verdict and cases failed that are right."""

    lines: tuple[str, ...]
    json: str
    wrong: int


def all_of(
    catalogue: Catalogue,
    options: Options,
    *,
    act: Path | None = None,
    ict: Path | None = None,
    progress: Progress = lambda text: None,
) -> Told:
    """Run the cases of the folders that are given, else the catalogue's own examples. Raises act.CasesError."""
    lines: list[str] = []
    data: dict[str, Any] = {"tool": __version__, "rules": catalogue.version}
    wrong = 0
    if act is not None:
        judged = list(_followed(act_cases.run(act, catalogue, options), "ACT cases", progress))
        lines += act_cases.table(judged)
        data["act"] = [_act_rule(rule, cases) for rule, cases in act_cases.by_rule(judged).items()]
        wrong += sum(each.false_positive for each in judged)
    if ict is not None:
        seen = list(_followed(ict_cases.run(ict, catalogue, options), "ICT cases", progress))
        lines += ict_cases.table(seen)
        data["ict"] = [_ict_case(each) for each in seen]
        wrong += sum(each.false_positive for each in seen)
    if act is None and ict is None:
        shown = list(_followed(examples.run(catalogue, options), "examples", progress))
        lines += examples.table(shown)
        data["examples"] = [
            {
                "rule": each.rule,
                "example": each.number,
                "expected": each.expected.value,
                "got": each.got.value,
            }
            for each in shown
        ]
        wrong += sum(not each.right and not each.undecided for each in shown)
    return Told(tuple(lines), json.dumps(data, indent=1, ensure_ascii=False) + "\n", wrong)


def _followed[T](cases: Iterable[T], what: str, progress: Progress) -> Iterator[T]:
    for number, case in enumerate(cases, 1):
        if number % 50 == 0:
            progress(f"{number} {what}")
        yield case


def _act_rule(rule: str, cases: list[act_cases.Judged]) -> dict[str, Any]:
    return {
        "rule": rule,
        "name": cases[0].case.rule_name,
        "approved": any(each.case.approved for each in cases),
        "consistency": act_cases.consistency(cases).value,
        "cases": [
            {
                "id": each.case.id,
                "title": each.case.title,
                "expected": each.case.expected,
                "outcome": each.answer.said.value,
                "by": {name: said.value for name, said in each.answer.each.items()},
                "note": each.answer.note,
            }
            for each in cases
        ],
    }


def _ict_case(each: ict_cases.Judged) -> dict[str, Any]:
    return {
        "id": each.case.id,
        "test": each.case.test,
        "expected": each.case.expected,
        "outcome": each.answer.said.value,
        "result": each.word,
        "by": list(each.answer.by),
        "note": each.answer.note,
    }
