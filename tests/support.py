"""What the tests of rules share: a rule's example as the Page that a loader would have made of it."""

from __future__ import annotations

from collections.abc import Iterator

from checker import engine
from checker.catalog import Catalogue
from checker.engine import Selection
from checker.page import Page
from checker.report import Audit, Result
from checker.rule import Example, Rule
from checker.selftest.examples import LOADED_AT, page_of

__all__ = ["LOADED_AT", "audit_by", "examples", "page_of", "result_of"]


def audit_by(rule: Rule, page: Page, catalogue: Catalogue) -> Audit:
    """The page judged by that rule alone (whether it loaded is always told)."""
    return engine.audit(page, catalogue, Selection(only=frozenset({rule.id})))


def result_of(rule: Rule, audit: Audit) -> Result:
    """What the audit says by that rule; a ValueError where it says nothing or more than one thing."""
    (result,) = (result for result in audit.results if result.rule == rule.id)
    return result


def examples(catalogue: Catalogue, *, rendered: bool) -> Iterator[tuple[str, Rule, Example]]:
    """Every example that a browser must show (or none need), with a name for its test."""
    for rule in catalogue.rules.values():
        for number, example in enumerate(rule.examples, 1):
            if example.rendered is rendered:
                yield f"{rule.id}-{number}-{example.verdict.value}", rule, example
