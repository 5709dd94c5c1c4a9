"""Advice on captions: what is told of an article's own pictures, and of none of the past."""

from __future__ import annotations

import pytest

from checker.verdict import Verdict
from tests.checks.support_articles import CATALOGUE, article_of, outcomes, worst

FAIL, PASS = Verdict.FAIL, Verdict.PASS
RULES = ("caption-date-form", "caption-weekday", "caption-on-date", "caption-facts")


def figure(caption: str, src: str = "harbor.jpg") -> str:
    return (
        f'<figure><img src="{src}" alt="A boat" width="800" height="600">'
        f"<figcaption>{caption}</figcaption></figure>"
    )


@pytest.mark.parametrize(
    ("rule", "caption", "verdict"),
    [
        ("caption-date-form", "Sailors wave at Norfolk, Va., April 9, 2024.", PASS),
        ("caption-date-form", "Sailors wave at Norfolk, Va., Apr. 9, 2024.", FAIL),
        ("caption-date-form", "Sailors wave at Norfolk, Va., January 9, 2024.", FAIL),
        ("caption-date-form", "Sailors wave at Norfolk, Va., 9 Jan. 2024.", FAIL),
        ("caption-date-form", "Sailors wave at Norfolk, Va.", None),
        ("caption-weekday", "Sailors wave at Norfolk, Va., Tuesday, April 9, 2024.", FAIL),
        ("caption-weekday", "Sailors wave at Norfolk, Va., April 9, 2024.", PASS),
        ("caption-on-date", "Sailors wave at Norfolk, Va., on April 9, 2024.", FAIL),
        ("caption-on-date", "Sailors wave on the pier, April 9, 2024.", PASS),
        ("caption-facts", "Sailors wave at Norfolk, Va., April 9, 2024.", PASS),
        ("caption-facts", "Sailors wave aboard the USS Nimitz, April 9, 2024.", PASS),
        ("caption-facts", "A destroyer departs Naval Station Norfolk, April 9, 2024.", PASS),
        ("caption-facts", "NORFOLK, Va. (April 9, 2024) A destroyer departs.", PASS),
        ("caption-facts", "Sailors wave from a boat.", FAIL),
        ("caption-facts", "Brig. Gen. Craig LaFave", None),
    ],
)
def test_advice(rule: str, caption: str, verdict: Verdict | None) -> None:
    assert worst(rule, figure(caption)) is verdict


def test_what_is_missing_is_named() -> None:
    (outcome,) = outcomes("caption-facts", article_of(figure("Sailors wave from a boat.")))
    assert "when and where" in outcome.message


def test_the_form_to_write_is_named() -> None:
    (outcome,) = outcomes("caption-date-form", article_of(figure("Sailors wave, January 9, 2024.")))
    assert "Jan. 9, 2024" in outcome.suggestion


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "body",
    [
        figure("Troops land in Normandy on Tuesday, 6 June 1944."),
        figure("Jets over burning oil fields (U.S. Air Force archive photo)"),
        figure("Jets over burning oil fields", "/i/910115-F-AB123-1001.JPG"),
        figure("Historical picture of the pier, seen on Monday, May 3, 2023"),
        figure("(U.S. Army photo by Sgt. Jane Doe)"),
    ],
)
def test_pictures_of_the_past_and_credits_alone_are_left_alone(rule: str, body: str) -> None:
    assert worst(rule, body) is None


@pytest.mark.parametrize("rule", RULES)
def test_english_only(rule: str) -> None:
    body = figure("Marineros saludan desde un barco el lunes, 9 Jan. 2024.")
    assert worst(rule, body, lang="es") is None


def test_an_old_article_is_judged_by_its_own_day() -> None:
    head = '<meta property="article:published_time" content="2016-01-15">'
    body = figure("Sailors wave at Norfolk, Va., January 9, 2016.")
    assert worst("caption-date-form", body, head=head) is FAIL
    assert worst("caption-date-form", body) is None


@pytest.mark.parametrize(
    "text", ["A" * 20000, "A " * 20000, "Jan. 3, 2024, " * 5000, "in a " * 9000, "_" * 50000]
)
def test_hostile_captions_and_alternatives_are_read_in_bounded_time(text: str) -> None:
    body = figure(text).replace('alt="A boat"', f'alt="{text}"')
    article = article_of(body)
    for rule in CATALOGUE.rules.values():
        if rule.subject in ("images", "figures"):
            outcomes(rule.id, article)
    assert article.figures
