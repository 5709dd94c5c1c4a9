"""Examples that need a browser but not axe, loaded as any page is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from checker import catalog
from checker.loading.browser import NoBrowser, open_browser
from checker.loading.loader import Loader
from checker.loading.options import Options, Target
from checker.page import Need, Page
from checker.rule import Example, Rule
from checker.verdict import Verdict
from tests.support import audit_by, examples, result_of

pytestmark = pytest.mark.browser

CATALOGUE = catalog.load()
SHOWN = [case for case in examples(CATALOGUE, rendered=True) if Need.AXE not in case[1].needs]


@pytest.fixture(scope="module")
def loader() -> Iterator[Loader]:
    try:
        with open_browser(Options()) as opened:
            yield opened
    except NoBrowser as error:
        pytest.skip(str(error))


def page_in(loader: Loader, example: Example) -> Page:
    """The example as a browser shows it, judged under the example's address."""
    target = Target("example.html", html=example.html.encode())
    return replace(loader.load(target, lambda page: ()), url=example.url)


@pytest.mark.parametrize(
    ("rule", "example"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN]
)
def test_the_example_gets_its_verdict(loader: Loader, rule: Rule, example: Example) -> None:
    result = result_of(rule, audit_by(rule, page_in(loader, example), CATALOGUE))
    assert result.verdict is example.verdict, [f.outcome.message for f in result.findings]


AXE = {rule.id: rule for rule in CATALOGUE.rules.values() if rule.check == "axe.outcome"}
BOTH_WAYS = ["axe-image-alt", "axe-color-contrast", "axe-frame-focusable-content"]


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_axe_says_the_same_of_a_page_that_is_loaded_as_any_is(loader: Loader, name: str) -> None:
    """test_axe_examples.py shows the examples faster, without waiting for what a real page may still do."""
    rule = AXE[name]
    said = [
        result_of(rule, audit_by(rule, page_in(loader, example), CATALOGUE)).verdict
        for example in rule.examples
    ]
    assert said == [example.verdict for example in rule.examples]
    assert Verdict.FAIL in said
