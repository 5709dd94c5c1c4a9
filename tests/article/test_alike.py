"""How much two texts have in common."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from checker.article.alike import short_text, similarity


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("A boat.", "a boat", 1.0),
        ("A red boat leaves", "A red boat", 6 / 7),
        ("A boat", "Sailors", 0.0),
        ("", "", 0.0),
        ("?", "!", 0.0),
    ],
)
def test_share(one: str, other: str, share: float) -> None:
    assert similarity(one, other) == pytest.approx(share)


def test_what_cannot_reach_the_bar_is_nothing() -> None:
    assert similarity("A red boat leaves", "A red boat", at_least=0.9) == 0.0


@given(st.text(max_size=80), st.text(max_size=80))
def test_between_nothing_and_all(one: str, other: str) -> None:
    assert 0.0 <= similarity(one, other) <= 1.0
    assert similarity(one, one) in (0.0, 1.0)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>A <b>boat</b></p>", "A boat"),
        ("<p>A boat that leaves</p>", None),
        ("<p>A boat <span aria-hidden=true>that leaves</span></p>", "A boat"),
        ("<p>" + "<i></i>" * 1000 + "</p>", None),
    ],
)
def test_short_text(html: str, text: str | None) -> None:
    tag = BeautifulSoup(html, "html.parser").p
    assert tag is not None
    assert short_text(tag, 10) == text
