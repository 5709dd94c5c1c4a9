"""Where one of our rules and rules of axe speak of the same fault (``same_as``), they agree on our own examples, or our
rule says what axe does otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker import catalog
from checker.loading import browser_world
from checker.rule import Example, Rule
from checker.verdict import Verdict
from tests.rules.window import Window, open_window

pytestmark = pytest.mark.browser

CATALOGUE = catalog.load()


def axe_rules(rule: Rule) -> set[str]:
    """The axe rules, by axe's ids, that say what the rule says."""
    partners = (CATALOGUE.rules[other] for other in rule.same_as)
    return {str(each.parameters["rule"]) for each in partners if each.check == "axe.outcome"}


OURS = [rule for rule in CATALOGUE.rules.values() if axe_rules(rule)]


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    with open_window(None) as opened:
        yield opened


def doubted(window: Window, example: Example, names: set[str]) -> set[Verdict]:
    """What axe says against the example."""
    return {
        node.verdict
        for said in window.axe(example.html).rules
        if said.id in names
        for node in said.nodes
    }


def agrees(window: Window, rule: Rule, example: Example) -> bool:
    """A failure is one of axe's or a question of it; what passes or does not apply is none of its failures."""
    against = doubted(window, example, axe_rules(rule))
    match example.verdict:
        case Verdict.FAIL:
            return bool(against)
        case Verdict.PASS | Verdict.NOT_APPLICABLE:
            return Verdict.FAIL not in against
        case _:
            return True


@pytest.mark.parametrize("rule", OURS, ids=[rule.id for rule in OURS])
def test_axe_says_so_too_or_the_rule_says_why_not(window: Window, rule: Rule) -> None:
    differing = [
        example.note or example.html
        for example in rule.examples
        if not agrees(window, rule, example)
    ]
    assert not differing or re.search(r"\baxe\b", rule.why), differing


def test_act_ids_are_those_that_axe_names(window: Window) -> None:
    """But where the rule's file says why it is not one of W3C's implementations."""
    window.show("<!doctype html>")
    world = browser_world.world(window.driver, browser_world.frames(window.driver)[0].id)
    script = "JSON.stringify(axe.getRules().map(rule => [rule.ruleId, rule.actIds || []]))"
    argument = {"contextId": world, "expression": script, "returnByValue": True}
    answer = window.driver.execute_cdp_cmd("Runtime.evaluate", argument)
    named = {name: set(ids) for name, ids in json.loads(answer["result"]["value"])}
    for rule in CATALOGUE.rules.values():
        ids = named.get(str(rule.parameters.get("rule"))) if rule.check == "axe.outcome" else None
        if ids is not None:
            assert set(rule.act) <= ids, rule.id
            assert set(rule.act) == ids or "No ACT id" in source(rule), rule.id


def source(rule: Rule) -> str:
    return (Path(__file__).parents[2] / "rules" / rule.subject / f"{rule.id}.toml").read_text(
        encoding="utf-8"
    )
