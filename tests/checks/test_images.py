"""What the checks of text alternatives say, beyond the rules' own examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from checker.article import Article
from checker.article.wording import Likeness, likeness
from checker.checks import images
from checker.page import Mode, Page
from checker.verdict import Outcome, Verdict


def outcomes(check: Callable[[Article], Iterator[Outcome]], body: str) -> list[Outcome]:
    html = f"<!doctype html><html lang=en><title>T</title><body><main><h1>H</h1>{body}</main>"
    page = Page(
        target="x", url="https://www.example.gov/", mode=Mode.STATIC, html=html, loaded_at=""
    )
    return list(check(Article(page)))


def verdicts(check: Callable[[Article], Iterator[Outcome]], body: str) -> list[Verdict]:
    return [outcome.verdict for outcome in outcomes(check, body)]


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("<img src=a.jpg>", Verdict.FAIL),
        ("<picture><source srcset=a.webp><img src=a.jpg></picture>", Verdict.FAIL),
        ("<input type=image src=a.png value=Search>", Verdict.FAIL),
        ("<div role=img></div>", Verdict.FAIL),
        ("<svg role=img></svg>", Verdict.FAIL),
        ("<img usemap=#m src=a.png alt=x><map name=m><area href=/b></map>", Verdict.FAIL),
        ("<img src=a.jpg aria-describedby=d><p id=d>A boat</p>", Verdict.PASS),  # ICT Baseline 6.1
        ("<svg role=img><title>A boat</title></svg>", Verdict.PASS),
        ("<input type=image src=a.png alt=Search>", Verdict.PASS),
        ("<object data=a.svg type=image/svg+xml>A boat</object>", None),
    ],
)
def test_missing(body: str, verdict: Verdict | None) -> None:
    found = verdicts(images.alternative_missing, body)
    assert found[-1:] == ([verdict] if verdict else [])


@pytest.mark.parametrize(
    "body",
    [
        "<svg><path/></svg>",
        "<img src=a.jpg alt=' '>",  # blank is another rule's
        "<img src=a.gif width=1 height=1>",
        "<style>.x { visibility: hidden }</style><p class=x><img src=a.jpg></p>",
        "<area>",
    ],
)
def test_missing_does_not_apply(body: str) -> None:
    assert verdicts(images.alternative_missing, body) == []


def test_the_message_names_the_file_and_the_link() -> None:
    (outcome,) = outcomes(images.alternative_missing, "<a href=/boats><img src=/i/boat.jpg></a>")
    assert "boat.jpg" in outcome.message
    assert "/boats" in outcome.message
    assert outcome.suggestion
    assert outcome.where is not None
    assert outcome.where.line == 1


@pytest.mark.parametrize(
    ("text", "source", "found"),
    [
        ("DSC_0419.JPG", "/i/DSC_0419.JPG", Likeness.FILE),
        ("other.png", "/i/a.jpg", Likeness.FILE),
        ("dsc_0419", "/i/DSC_0419.JPG", Likeness.FILE),
        ("090116 Sandia Cool.jpg", "/i/090116%20Sandia%20Cool.jpg", Likeness.FILE),
        ("/i/a.jpg", "/i/a.jpg", Likeness.ADDRESS),
        ("https://x.gov/i/a.jpg?w=3", "/i/a.jpg", Likeness.ADDRESS),
        ("C:\\pictures\\a.jpg", "/i/b.jpg", Likeness.ADDRESS),
        ("240415-A-EX530-1629", "/i/b.jpg", Likeness.VIRIN),
        ("harbor", "/i/harbor.jpg", Likeness.NONE),
        ("F-16", "/i/F-16.jpg", Likeness.NONE),
        ("Covid-19", "/i/covid-19.png", Likeness.NONE),
        ("2024", "/i/2024.png", Likeness.NONE),
        ("Screenshot of the file a.jpg", "/i/a.jpg", Likeness.NONE),
        ("Open settings.png to start", "/i/a.jpg", Likeness.NONE),
        ("Credit/debit cards", "/i/a.jpg", Likeness.NONE),
        ("https://www.example.gov/", "/i/a.jpg", Likeness.NONE),
        ("A boat", "", Likeness.NONE),
    ],
)
def test_likeness(text: str, source: str, found: Likeness) -> None:
    assert likeness(text, (source,)) is found
