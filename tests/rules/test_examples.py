"""Every rule file: complete, and right about its own examples. Those that need a browser: test_axe_examples.py and
test_rendered_examples.py."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest

from checker import catalog, engine
from checker.page import Need
from checker.rule import Example, Rule
from checker.severity import severity_of
from checker.verdict import Severity, Verdict
from tests.support import audit_by, examples, page_of, result_of

CATALOGUE = catalog.load()
RULES = list(CATALOGUE.rules.values())
STATIC = list(examples(CATALOGUE, rendered=False))


def of_the_run(rule: Rule) -> bool:
    """Whether the rule judges the loading or the engine, not the page's content: no document shows its verdicts."""
    return rule.id == engine.LOADED or "listed_by" in rule.parameters


by_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])


@pytest.mark.parametrize(
    ("rule", "example"), [case[1:] for case in STATIC], ids=[case[0] for case in STATIC]
)
def test_the_example_gets_its_verdict(rule: Rule, example: Example) -> None:
    result = result_of(rule, audit_by(rule, page_of(example, rule), CATALOGUE))
    assert result.verdict is example.verdict, [
        finding.outcome.message for finding in result.findings
    ]


@by_rule
def test_the_rule_is_shown_failing_passing_and_not_applicable(rule: Rule) -> None:
    shown = {example.verdict for example in rule.examples}
    assert shown, "no example"
    if of_the_run(rule):
        return
    assert shown & {Verdict.FAIL, Verdict.REVIEW, Verdict.NOT_TESTED}
    wanted = {Verdict.PASS, Verdict.NOT_APPLICABLE}
    if Need.AXE in rule.needs:  # what axe never says, test_axe_examples.py holds against axe
        assert shown & wanted
    else:
        missing = wanted - shown
        if Verdict.NOT_APPLICABLE in missing and applies_to_nothing(rule):
            missing.remove(Verdict.NOT_APPLICABLE)
        assert not missing


def applies_to_nothing(rule: Rule) -> bool:
    """Whether the rule judges even an empty document: then it judges every page."""
    if {Need.RENDERED, Need.AXE} & set(rule.needs):
        return False
    page = page_of(Example(Verdict.NOT_APPLICABLE, "<!doctype html>"), rule)
    return result_of(rule, audit_by(rule, page, CATALOGUE)).verdict is not Verdict.NOT_APPLICABLE


@by_rule
def test_an_example_that_only_a_browser_can_show_says_so(rule: Rule) -> None:
    if {Need.RENDERED, Need.AXE} & set(rule.needs):
        assert all(example.rendered for example in rule.examples)


@by_rule
def test_the_title_states_a_requirement(rule: Rule) -> None:
    assert rule.title == rule.title.strip()
    assert rule.title[:1].isupper()
    assert " " in rule.title
    assert not rule.title.endswith((".", "!", "?"))


@by_rule
def test_why_and_fix_are_sentences(rule: Rule) -> None:
    for text in (rule.why, rule.fix):
        assert len(text.split()) > 4
        assert text[0].isupper()
        assert text.endswith((".", ")"))
    assert rule.why != rule.fix


@by_rule
def test_every_reference_leads_somewhere(rule: Rule) -> None:
    assert rule.references
    for reference in rule.references:
        assert reference.title
        address = urlsplit(reference.url)
        assert address.scheme in ("https", "http")
        assert address.hostname


@by_rule
def test_what_may_fail_a_run_quotes_a_source_that_was_read(rule: Rule) -> None:
    """Design law 5, for severities that follow from a profile too."""
    severities = {
        severity_of(rule, profile, {}, CATALOGUE.criteria)[0]
        for profile in CATALOGUE.profiles.values()
    }
    quoted = [reference for reference in rule.references if reference.read and reference.quote]
    assert quoted or Severity.ERROR not in severities


@by_rule
def test_section_508_is_cited_where_it_binds(rule: Rule) -> None:
    """36 CFR 1194 E205.4 incorporates WCAG 2.0 at levels A and AA, and no later criterion."""
    bound = [
        number
        for number in rule.criteria
        if CATALOGUE.criteria[number].since == "2.0" and CATALOGUE.criteria[number].level != "AAA"
    ]
    assert ("E205.4" in rule.section508) is bool(bound)


def test_no_two_rules_share_a_title_a_reason_or_a_remedy() -> None:
    for said in ("title", "why", "fix"):
        counts = Counter(getattr(rule, said).casefold() for rule in RULES)
        assert [text for text, count in counts.items() if count > 1] == []
