"""W3C's ACT cases, as served: no rule of ours fails a case that is passed or inapplicable for the same requirement,
and none breaks on any. Rules that need a browser are not judged here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from checker import catalog, engine
from checker.engine import Selection
from checker.report import Result
from checker.rule import Rule
from checker.verdict import Cause, Verdict
from tests.corpus import FOLDER, needs_corpus, page_of

pytestmark = needs_corpus

CATALOGUE = catalog.load()
CLAIMING = [rule for rule in CATALOGUE.rules.values() if rule.act and not rule.needs]


@cache
def cases() -> tuple[dict[str, Any], ...]:
    listed = json.loads((FOLDER / "act" / "testcases.json").read_text(encoding="utf-8"))[
        "testcases"
    ]
    return tuple(
        case
        for case in listed
        if case["relativePath"].endswith((".html", ".htm"))
        and (FOLDER / "act" / case["relativePath"]).is_file()
    )


def results(case: dict[str, Any], rules: frozenset[str]) -> Iterator[Result]:
    page = page_of(FOLDER / "act" / case["relativePath"], case["url"])
    audit = engine.audit(page, CATALOGUE, Selection(profile="federal", only=rules))
    return (result for result in audit.results if result.rule in rules)


@pytest.mark.parametrize("rule", CLAIMING, ids=[rule.id for rule in CLAIMING])
def test_no_false_positive(rule: Rule) -> None:
    judged = 0
    for case in cases():
        if case["ruleId"] in rule.act and case["expected"] in ("passed", "inapplicable"):
            judged += 1
            for result in results(case, frozenset({rule.id})):
                said = [finding.outcome.message for finding in result.findings]
                assert result.verdict is not Verdict.FAIL, (
                    case["testcaseTitle"],
                    case["relativePath"],
                    said,
                )
    known = {case["ruleId"] for case in cases()}
    assert judged or not known.intersection(rule.act)


def test_no_rule_breaks() -> None:
    static = frozenset(rule.id for rule in CATALOGUE.rules.values() if not rule.needs)
    for case in cases():
        for result in results(case, static):
            assert not [
                finding.outcome.message
                for finding in result.findings
                if finding.outcome.cause is Cause.BROKEN
            ], (result.rule, case["relativePath"])


def test_images_without_a_name_are_found() -> None:
    """All failed cases of 23a2a8 (image has non-empty accessible name), which markup alone decides."""
    rules = frozenset({"image-alt-missing", "image-alt-blank"})
    failing = [
        case for case in cases() if case["ruleId"] == "23a2a8" and case["expected"] == "failed"
    ]
    assert failing
    for case in failing:
        assert Verdict.FAIL in {result.verdict for result in results(case, rules)}, case[
            "testcaseTitle"
        ]
