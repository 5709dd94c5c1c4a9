"""What of each success criterion a run decides."""

from __future__ import annotations

from checker import catalog
from checker.coverage import Decided, coverage, of_version, table

CATALOGUE = catalog.load()
COVERED = coverage(CATALOGUE.rules.values(), CATALOGUE.criteria)


def test_every_criterion_of_a_and_aa_is_told_once() -> None:
    assert len(of_version(COVERED, "2.0")) == 38
    assert len(of_version(COVERED, "2.1")) == 50
    assert len(of_version(COVERED, "2.2")) == 55


def test_nothing_is_said_to_be_decided_wholly_but_what_is_obsolete() -> None:
    wholly = [each.criterion.number for each in COVERED if each.decided is Decided.WHOLLY]
    assert wholly == ["4.1.1"]


def test_who_decides_follows_from_the_rules() -> None:
    of = {each.criterion.number: each for each in COVERED}
    assert of["4.1.2"].decided is Decided.PARTLY
    assert of["2.4.6"].decided is Decided.POINTED
    assert of["1.2.1"].decided is Decided.PERSON
    assert not of["1.2.1"].rules
    assert {"link-name", "axe-link-name"} <= set(of["2.4.4"].rules)


def test_what_is_decided_in_part_says_what_remains() -> None:
    for each in COVERED:
        if each.decided is Decided.PARTLY:
            assert each.remains not in ("", "All of it."), each.criterion.number


def test_the_table_ends_with_totals() -> None:
    lines = list(table(COVERED))
    assert len(lines) == len(COVERED) + 2
    assert lines[-2].startswith("WCAG 2.0 A and AA (Section 508): 38 criteria: ")
