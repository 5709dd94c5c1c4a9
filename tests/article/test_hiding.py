"""What markup and styles keep from everyone, against a walk up from each element."""

from __future__ import annotations

import pytest
from bs4.element import Tag
from hypothesis import given
from hypothesis import strategies as st

from checker.article import Article
from checker.page import Mode, Page

NEVER = frozenset(
    "head script style noscript datalist title meta link base param source track".split()
)
TAGS = (
    "<p>",
    "<div hidden>",
    "<details>",
    "<details open>",
    "<summary>",
    "<dialog>",
    "<dialog open>",
    "<input type=hidden>",
    "<input>",
    "<template>",
    "<template shadowrootmode=open hidden>",
    "<noscript>",
    "<datalist>",
    "<svg><title>x</title></svg>",
)
ENDS = tuple(f"</{name}>" for name in ("p", "div", "details", "summary", "dialog", "template"))


def article_of(html: str) -> Article:
    return Article(Page("a", "https://www.example.gov/", Mode.STATIC, html, "2026-01-01T00:00:00Z"))


def dark(tag: Tag) -> bool:
    """By definition, slowly: an element is dark by itself or by one around it."""
    around = tag.parent
    if around is not None and dark(around):
        return True
    if tag.name == "template":
        return not tag.has_attr("shadowrootmode")
    if tag.name in NEVER and not str(tag.namespace).endswith("svg"):
        return True
    if tag.name == "input" and tag.get("type") == "hidden":
        return True
    if tag.name == "dialog" and not tag.has_attr("open"):
        return True
    closed = around is not None and around.name == "details" and not around.has_attr("open")
    if around is not None and closed and tag is not around.find("summary", recursive=False):
        return True
    return tag.has_attr("hidden")


@given(st.lists(st.sampled_from(TAGS + ENDS), max_size=25).map("".join))
def test_what_is_kept_from_everyone(html: str) -> None:
    article = article_of(f"<body>{html}")
    for tag in article.document.tags:
        assert article.access.dark(tag) is dark(tag), (tag.name, html)


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("", True),
        ("p { display: block }", False),
        ("p { color: red }", True),
        ("div { display: none }", True),
        ("b { visibility: hidden }", True),
        ("b { VISIBILITY: Hidden } p { display: block }", True),
        ("div { display: NONE } p { display: block }", True),
    ],
)
def test_styles_hide_and_take_back_what_markup_hides(style: str, kept: bool) -> None:
    article = article_of(f"<style>{style}</style><body><div><p hidden><b>x</b></p></div>")
    (tag,) = article.elements("b")
    assert article.access.dark(tag) is kept


@pytest.mark.parametrize(
    ("media", "kept"),
    [
        ("", True),
        ("all", True),
        ("Screen", True),
        ("print, only  screen", True),
        ("not print", True),
        ("not screen", False),
        ("print", False),
        ("(max-width: 30em)", False),
        ("screen and (max-width: 30em)", False),
    ],
)
def test_a_style_sheet_that_is_not_for_every_screen_hides_nothing(media: str, kept: bool) -> None:
    article = article_of(f'<style media="{media}">p {{ display: none }}</style><body><p>x</p>')
    (tag,) = article.elements("p")
    assert article.access.dark(tag) is kept
    assert article.locate(tag).line == 1
