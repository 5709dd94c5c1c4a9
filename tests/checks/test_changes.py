"""Text that changes by itself: failed where it goes on and nothing is there that could stop it, else asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.article import Article
from checker.checks import changes
from checker.page import Mode, Page
from checker.rendering import ChangingText, Rendering
from checker.verdict import Outcome, Verdict

TIDE = ChangingText(1, 6, 6, 5.0, True, "12 cm", alone=False)
BODY = '<p>Level at the pier: <span data-presscheck="1">12 cm</span></p>'


def outcomes(body: str, *texts: ChangingText, watched: bool = True) -> list[Outcome]:
    rendering = Rendering("", (1280, 800), (), frozenset(), changing=texts if watched else None)
    page = Page("", "", Mode.RENDERED, f"<html><body>{body}</body></html>", "", rendering=rendering)
    return list(changes.by_itself(Article(page)))


def verdicts(body: str, *texts: ChangingText, watched: bool = True) -> list[Verdict]:
    return [outcome.verdict for outcome in outcomes(body, *texts, watched=watched)]


def test_text_that_nothing_stops_fails() -> None:
    assert verdicts(BODY, TIDE) == [Verdict.FAIL]
    assert verdicts(BODY + '<a href="/news/">News</a><input type="search">', TIDE) == [Verdict.FAIL]


@pytest.mark.parametrize(
    "text",
    [
        replace(TIDE, seconds=4.0),
        replace(TIDE, times=2, swaps=2, seconds=6.0),
    ],
)
def test_what_may_come_to_rest_is_asked_about(text: ChangingText) -> None:
    assert verdicts(BODY, text) == [Verdict.REVIEW]


def test_a_control_is_asked_about_by_its_name() -> None:
    body = BODY + "<button>Menu</button><button>Stop the updates</button>"
    (outcome,) = outcomes(body, TIDE)
    assert outcome.verdict is Verdict.REVIEW
    assert '"Stop the updates"' in outcome.message
    (outcome,) = outcomes(BODY + "<button>Menu</button>", TIDE)
    assert outcome.verdict is Verdict.REVIEW
    assert "Menu" not in outcome.message


def test_what_came_to_rest_passes() -> None:
    assert verdicts(BODY, replace(TIDE, goes_on=False)) == [Verdict.PASS]


def test_content_that_comes_late_and_the_only_text_are_not_judged() -> None:
    assert verdicts(BODY, replace(TIDE, times=2, swaps=1)) == []
    assert verdicts(BODY, replace(TIDE, alone=True)) == []
    assert verdicts(BODY) == []


def test_a_page_that_was_not_watched_is_not_tested() -> None:
    assert verdicts(BODY, watched=False) == [Verdict.NOT_TESTED]
