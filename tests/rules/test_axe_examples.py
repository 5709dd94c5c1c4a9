"""Every example of the rules that report axe's, shown in a real browser and judged by axe's own engine.

With PRESSCHECK_AXE_SCRIPT they are judged by the engine in that file; examples of rules that the engine at hand does
not have are skipped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checker import catalog, engine
from checker.engine import Selection
from checker.page import Mode, Need, Page
from checker.report import Audit
from checker.rule import Example, Rule
from checker.verdict import Severity, Verdict
from tests.rules.window import Window, open_window
from tests.support import LOADED_AT, audit_by, examples, result_of

pytestmark = pytest.mark.browser

CATALOGUE = catalog.load()
AXE_RULES = {rule.id: rule for rule in CATALOGUE.rules.values() if Need.AXE in rule.needs}
ONE_EACH = [rule for rule in AXE_RULES.values() if rule.check == "axe.outcome"]
SHOWN = [case for case in examples(CATALOGUE, rendered=True) if case[1].id in AXE_RULES]


AS_FEDERAL = Selection(profile="federal", only=frozenset(AXE_RULES))


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    script = os.environ.get("PRESSCHECK_AXE_SCRIPT")
    with open_window(Path(script) if script else None) as opened:
        yield opened


@pytest.fixture(scope="module")
def empty(window: Window) -> Page:
    return page_in(window, "<!doctype html>")


def page_in(window: Window, html: str, url: str = "https://www.example.gov/news/article/") -> Page:
    return Page("example.html", url, Mode.RENDERED, html, LOADED_AT, axe=window.axe(html))


def known(window: Window, rule: Rule) -> None:
    name = rule.parameters.get("rule")
    if name is not None and name not in window.rules:
        pytest.skip(f"axe-core {window.version} has no rule {name}")


@pytest.mark.parametrize(
    ("rule", "example"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN]
)
def test_axe_gives_the_example_its_verdict(window: Window, rule: Rule, example: Example) -> None:
    known(window, rule)
    page = page_in(window, example.html, example.url)
    audit = engine.audit(page, CATALOGUE, AS_FEDERAL)
    result = result_of(rule, audit)
    assert result.verdict is example.verdict, [f.outcome.suggestion for f in result.findings]
    if example.verdict in (Verdict.PASS, Verdict.FAIL):
        assert faults(audit) <= {rule.id}, "the document is otherwise fine"


def faults(audit: Audit) -> set[str]:
    """The rules that the page fails and that bind it."""
    return {
        result.rule
        for result in audit.results
        if result.verdict is Verdict.FAIL and result.severity is Severity.ERROR
    }


@pytest.mark.parametrize("rule", ONE_EACH, ids=[rule.id for rule in ONE_EACH])
def test_only_what_axe_never_says_is_not_shown(window: Window, empty: Page, rule: Rule) -> None:
    """A rule without a passing example forbids an element, so that axe never passes it; one without a not-applicable
    example applies to every document, an empty one included."""
    known(window, rule)
    shown = {example.verdict for example in rule.examples}
    if Verdict.PASS not in shown:
        assert rule.parameters["rule"] in window.never_pass
    if Verdict.NOT_APPLICABLE not in shown:
        result = result_of(rule, audit_by(rule, empty, CATALOGUE))
        assert result.verdict is not Verdict.NOT_APPLICABLE


def test_a_rule_that_no_file_names_is_told_all_the_same(window: Window) -> None:
    """axe-unlisted, by a catalogue that lost the file of axe's image-alt."""
    image_alt = CATALOGUE.rules["axe-image-alt"]
    rest = {name: rule for name, rule in CATALOGUE.rules.items() if rule is not image_alt}
    poorer = replace(CATALOGUE, rules=rest)
    unlisted = CATALOGUE.rules["axe-unlisted"]
    for example in image_alt.examples:
        result = result_of(unlisted, audit_by(unlisted, page_in(window, example.html), poorer))
        assert result.verdict is example.verdict
        assert all(f.outcome.message.startswith("image-alt: ") for f in result.findings)


def test_the_catalogue_names_every_rule_of_the_engine(window: Window) -> None:
    assert {f"axe-{name}" for name in window.rules} <= set(AXE_RULES)
