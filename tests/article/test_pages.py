"""Whole articles: the body, the pictures' roles, and each figure's words, as the file beside the page states them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from checker.article import Article
from checker.article.figures import Figure
from checker.article.roles import Role
from checker.page import Mode, Page

PAGES = sorted((Path(__file__).parent.parent / "pages").glob("*.html"))
FACTS = ("title", "caption", "description", "credit", "virin")


def article_of(path: Path, url: str = "") -> Article:
    html = path.read_text(encoding="utf-8")
    return Article(Page(target=path.name, url=url, mode=Mode.STATIC, html=html, loaded_at=""))


def words(figure: Figure) -> dict[str, str]:
    said = {
        name: value.text
        for name in ("title", "caption", "credit", "virin")
        if (value := getattr(figure, name)) is not None
    }
    return {"file": figure.image.file_name, "description": figure.description, **said}


@pytest.fixture(params=PAGES, ids=[path.stem for path in PAGES])
def case(request: pytest.FixtureRequest) -> tuple[Article, dict[str, Any]]:
    path: Path = request.param
    expected = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    return article_of(path, expected["url"]), expected


def test_there_are_pages() -> None:
    assert len(PAGES) >= 6


def test_reconstructed_markup_says_so(case: tuple[Article, dict[str, Any]]) -> None:
    expected = case[1]
    assert isinstance(expected["reconstructed"], bool)
    assert bool(expected.get("reason")) is expected["reconstructed"]


def test_the_body_holds_the_article(case: tuple[Article, dict[str, Any]]) -> None:
    article, expected = case
    assert article.body is not None
    assert article.body.find("h1") is not None
    if "body" in expected:
        assert article.body in article.document.soup.select(expected["body"])


def test_roles(case: tuple[Article, dict[str, Any]]) -> None:
    article, expected = case
    roles = {image.file_name: image.role for image in article.images}
    stated = {
        **dict.fromkeys((figure["file"] for figure in expected["figures"]), Role.CONTENT),
        **dict.fromkeys(expected.get("furniture", ()), Role.FURNITURE),
        **dict.fromkeys(expected.get("decoration", ()), Role.DECORATION),
    }
    assert roles == stated


def test_figures(case: tuple[Article, dict[str, Any]]) -> None:
    article, expected = case
    found = [words(figure) for figure in article.figures]
    stated = [{"description": each.get("caption", ""), **each} for each in expected["figures"]]
    assert found == stated
