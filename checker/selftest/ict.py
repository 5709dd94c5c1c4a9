"""Test cases of the ICT Testing Baseline for Web (GSA, baselinealignment)."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from checker import bounded
from checker.catalog import Catalogue
from checker.loading.options import Options, Target
from checker.selftest.act import LARGEST, CasesError
from checker.selftest.judged import Answer, Said, open_cases
from checker.selftest.served import served


@dataclass(frozen=True)
class Case:
    """A case: its test of the Baseline ("06.1"), what is expected (PASS, FAIL, DNA), its file below the folder."""

    id: str
    test: str
    expected: str
    path: str
    title: str


@dataclass(frozen=True)
class Judged:
    """A case and what the rules of its test said."""

    case: Case
    answer: Answer

    @property
    def false_positive(self) -> bool:
        """Whether a case that is right, or to which the test does not apply, was failed."""
        return self.case.expected != "FAIL" and self.answer.said is Said.FAILED

    @property
    def word(self) -> str:
        """What came of it, in a word."""
        if self.false_positive:
            return "FALSE POSITIVE"
        if self.answer.said in (Said.CANT_TELL, Said.UNTESTED):
            return "review" if self.answer.said is Said.CANT_TELL else "untested"
        if self.case.expected == "FAIL":
            return "found" if self.answer.said is Said.FAILED else "missed"
        return "right"


def read(folder: Path) -> list[Case]:
    """The cases that ``folder`` lists (expected.tsv). Raises CasesError where there is no such list."""
    path = folder / "expected.tsv"
    try:
        text = bounded.read(path, LARGEST).decode("utf-8")
        rows = list(csv.DictReader(StringIO(text, newline=""), delimiter="\t"))
    except OSError as error:
        raise CasesError(f"{path}: cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise CasesError(f"{path}: no list of ICT Baseline cases: {error}") from None
    columns = ("tcid", "test", "expected", "file", "title")
    cases = [[row.get(name) for name in columns] for row in rows]
    found = [Case(*map(str, case)) for case in cases if None not in case]
    if not found or len(found) < len(cases):
        raise CasesError(f"{path}: no list of ICT Baseline cases: it lacks {', '.join(columns)}")
    return found


def claims(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Test of the Baseline ("6.1") -> our rules that say they are of it."""
    claimed: dict[str, list[str]] = {}
    for rule in catalogue.rules.values():
        for identity in rule.baseline:
            claimed.setdefault(identity.partition("-")[0], []).append(rule.id)
    return {test: tuple(rules) for test, rules in claimed.items()}


def run(folder: Path, catalogue: Catalogue, options: Options) -> Iterator[Judged]:
    """Judge the cases; those of tests that no rule claims are untested, and not loaded."""
    claimed = claims(catalogue)
    with served(folder) as address, open_cases(catalogue, options) as cases:
        for case in read(folder):
            rules = claimed.get(case.test.lstrip("0"), ())
            if not rules:
                yield Judged(case, Answer(Said.UNTESTED, note="no rule claims the test"))
                continue
            page = cases.page(Target(text=case.path, url=address + case.path))
            yield Judged(case, cases.answer(page, rules))


def table(judged: Sequence[Judged]) -> Iterator[str]:
    """A line a case, then totals."""
    for each in judged:
        by = ", ".join(each.answer.by)
        said = each.answer.said.value
        yield f"{each.case.id:20} {each.case.expected:5} {said:13} {each.word:15} {each.case.title}  [{by}]"
    counts = {
        word: sum(each.word == word for each in judged)
        for word in sorted({each.word for each in judged})
    }
    yield "; ".join(f"{count} {word}" for word, count in counts.items())
