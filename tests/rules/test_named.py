"""What each rule names beside its sources: success criteria, ICT Testing Baseline, ACT rules."""

from __future__ import annotations

import re

import pytest

from checker import catalog
from checker.rule import Rule
from checker.verdict import Authority, Confidence

CATALOGUE = catalog.load()
RULES = list(CATALOGUE.rules.values())
by_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])


def engine_rules(rule: Rule) -> list[Rule]:
    """The rules of axe that say what the rule says."""
    others = (CATALOGUE.rules[name] for name in rule.same_as)
    return [each for each in others if each.check == "axe.outcome"]


@by_rule
def test_ids_are_written_as_their_publishers_write_them(rule: Rule) -> None:
    for identity in rule.act:
        assert re.fullmatch(r"[a-z0-9]{6}", identity)
    for identity in rule.baseline:
        assert re.fullmatch(r"\d{1,2}\.\d-[A-Z]\w+", identity)
    for clause in rule.section508:
        assert re.fullmatch(r"E?\d{3}(\.\d+)*", clause)
    assert set(rule.criteria) <= set(CATALOGUE.criteria)


@by_rule
def test_a_rule_that_section_508_makes_a_law_names_its_criteria(rule: Rule) -> None:
    assert bool(rule.section508) <= bool(rule.criteria)
    if rule.baseline and rule.severity is None:
        assert rule.section508, "the Baseline tests what Section 508 binds"


@by_rule
def test_a_heuristic_only_points(rule: Rule) -> None:
    if rule.authority is Authority.HEURISTIC:
        assert rule.confidence is not Confidence.CERTAIN


@by_rule
def test_axe_s_rule_of_the_same_fault_names_the_same_criteria_and_baseline(rule: Rule) -> None:
    for other in engine_rules(rule):
        if not other.tags or "best-practice" not in other.tags:
            shared = set(rule.criteria) & set(other.criteria)
            assert shared or not rule.criteria or {"2.4.4"} & set(other.criteria)
        assert set(rule.baseline) <= set(other.baseline)
