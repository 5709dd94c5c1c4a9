"""Rules of layout do not fail a page whose style sheets did not load."""

from __future__ import annotations

import pytest

from checker import catalog
from checker.article import Article
from checker.checks import axe
from checker.page import AxeNode, AxeResult, AxeRule, Mode, Page, Request
from checker.verdict import Verdict

NODE = AxeNode(Verdict.FAIL, "a", "<a href='/'>x</a>", "Enlarge it")
SAID = AxeResult("4.10.2", (AxeRule("target-size", "Be large", "", "", "serious", (), (NODE,), 2),))
SHEET = "https://www.example.gov/site.css"


def page(*requests: Request) -> Page:
    html = "<!doctype html><html lang=en><title>T</title><a href='/'>x</a></html>"
    return Page(
        "t", "https://www.example.gov/", Mode.RENDERED, html, "", axe=SAID, requests=requests
    )


@pytest.mark.parametrize(
    ("request_", "layout", "verdict"),
    [
        (Request(SHEET, "stylesheet", "loaded", 200), True, Verdict.FAIL),
        (Request(SHEET, "stylesheet", "loaded", 404), True, Verdict.REVIEW),
        (Request(SHEET, "stylesheet", "failed"), True, Verdict.REVIEW),
        (Request(SHEET, "stylesheet", "failed"), False, Verdict.FAIL),
        (Request("https://www.example.gov/a.jpg", "image", "failed"), True, Verdict.FAIL),
    ],
)
def test_a_lost_style_sheet_makes_a_failure_a_look(
    request_: Request, layout: bool, verdict: Verdict
) -> None:
    outcomes = list(axe.outcome(Article(page(request_)), rule="target-size", layout=layout))
    assert [outcome.verdict for outcome in outcomes] == [Verdict.PASS, verdict]
    assert (SHEET in outcomes[1].message) == (verdict is Verdict.REVIEW)


def test_the_rules_of_layout_say_so() -> None:
    asked = {rule.id for rule in catalog.load().rules.values() if rule.parameters.get("layout")}
    assert {"axe-target-size", "axe-color-contrast"} <= asked
