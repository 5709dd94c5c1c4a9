"""What the page checks say where the rules' own examples do not reach, and W3C's cases of the same requirements."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checker.article import Article
from checker.checks import page as checks
from checker.page import Mode, Page
from checker.rendering import Rendering
from checker.verdict import Outcome, Verdict
from tests.corpus import CORPUS


def article(html: str, rendering: Rendering | None = None) -> Article:
    mode = Mode.RENDERED if rendering else Mode.STATIC
    return Article(Page("x", "", mode, f"<!doctype html>{html}", "", rendering=rendering))


def verdicts(outcomes: Iterator[Outcome]) -> list[str]:
    return [outcome.verdict.value for outcome in outcomes]


@pytest.mark.parametrize(
    ("html", "verdict"),
    [
        ("<title>News</title>", "pass"),
        ("<title>&nbsp;\n</title>", "fail"),
        ("<title></title><body><title>News</title>", "fail"),
        ("<svg><title>Icon</title></svg>", "fail"),
        ("<svg><title>Icon</title></svg><title>News</title>", "pass"),
        ('<p><template shadowrootmode="open"><title>Part</title></template>', "fail"),
    ],
)
def test_the_first_title_of_the_document_names_it(html: str, verdict: str) -> None:
    assert verdicts(checks.title(article(html))) == [verdict]


def test_the_length_is_told_and_its_bound_is_the_rules() -> None:
    short = article("<title> Short  title </title>")
    (outcome,) = checks.title_length(short, minimum=20)
    assert outcome.verdict is Verdict.FAIL
    assert "has 11 characters; 20 is the least" in outcome.message
    assert verdicts(checks.title_length(short, minimum=11)) == ["pass"]


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        ("en", "pass"),
        (" en-US ", "pass"),
        ("EN", "pass"),
        ("zh-Hant-TW", "pass"),
        ("tlh", "pass"),
        ("x-klingon", "pass"),
        ("i-navajo", "pass"),
        ("", "fail"),
        ("english", "fail"),
        ("en_US", "fail"),
        ("xyz", "fail"),
        ("e", "fail"),
        ("#1", "fail"),
    ],
)
def test_a_language_is_one_that_is_registered(code: str, verdict: str) -> None:
    assert verdicts(checks.language(article(f'<html lang="{code}">'))) == [verdict]


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("<main>x</main>", "pass"),
        ("<div role=main>x</div>", "pass"),
        ("<main role=main>x</main>", "pass"),
        ("<main role=presentation>x</main>", "fail"),
        ("<div role=main><main>x</main></div>", "fail"),
        ("<main>x</main><main style='display:none'>y</main>", "pass"),
        ("<main hidden>x</main>", "fail"),
        ("<template><main>x</main></template>", "fail"),
        ('<x-a><template shadowrootmode="open"><main>x</main></template></x-a>', "pass"),
    ],
)
def test_there_is_one_main_part(body: str, verdict: str) -> None:
    assert verdicts(checks.main(article(body))) == [verdict]


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("<h1>x</h1>", "pass"),
        ("<h1>x</h1><h1>y</h1>", "pass"),
        ("<div role=heading aria-level=1>x</div>", "pass"),
        ("<h1 aria-level=2 role=heading>x</h1>", "fail"),
        ("<h1 role=presentation>x</h1>", "fail"),
        ("<h1 hidden>x</h1>", "fail"),
        ("<h1><img src=x alt=''></h1>", "fail"),
        ("<h1><svg aria-label='News'></svg></h1>", "pass"),
    ],
)
def test_a_heading_names_the_page(body: str, verdict: str) -> None:
    assert verdicts(checks.headline(article(body))) == [verdict]


def test_a_browser_says_what_is_hidden() -> None:
    html = '<main data-presscheck="0"><h1 data-presscheck="1">x</h1></main>'
    boxes = ((0, 0, 9, 9), (0, 0, 9, 9))
    shown = article(html, Rendering("b", (1, 1), boxes, frozenset()))
    away = article(html, Rendering("b", (1, 1), boxes, frozenset({0, 1})))
    for check in (checks.main, checks.headline):
        assert verdicts(check(shown)) == ["pass"]
        assert verdicts(check(away)) == ["fail"]


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS, reason="PRESSCHECK_CORPUS names no folder")
@pytest.mark.parametrize(("rule", "check"), [("2779a5", checks.title), ("b5c3f8", checks.language)])
def test_w3c_s_cases(rule: str, check: Callable[[Article], Iterator[Outcome]]) -> None:
    folder = Path(str(CORPUS)) / "act"
    cases = json.loads((folder / "testcases.json").read_text())["testcases"]
    mine = [c for c in cases if c["ruleId"] == rule and c["relativePath"].endswith(".html")]
    assert len(mine) > 4
    wanted = {"passed": ["pass"], "failed": ["fail"]}
    for case in mine:
        html = (folder / case["relativePath"]).read_text()
        found = verdicts(check(Article(Page("x", "", Mode.STATIC, html, ""))))
        assert found == wanted[case["expected"]], case["relativePath"]
