"""Real pages: captions and credits of four articles of www.af.mil, saved in 2016, by the list beside them."""

from __future__ import annotations

import json
from typing import Any

from checker.article import Article
from checker.article.roles import Role
from tests.corpus import FOLDER, needs_corpus, page_of

pytestmark = needs_corpus


def rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        (FOLDER / "gov-pages" / "af.mil-images.json").read_text(encoding="utf-8")
    )
    assert found
    return found


def test_captions_and_credits_are_those_of_the_list() -> None:
    expected = {
        (row["page"], row["src"].rsplit("/", 1)[-1]): (
            row["caption"],
            row["caption_present"],
            row["credit_tail"],
            row["credit_present"],
        )
        for row in rows()
    }
    found = {}
    for path in sorted((FOLDER / "gov-pages" / "af.mil-2016-print").glob("*.html")):
        for figure in Article(page_of(path, "https://www.af.mil/News/")).figures:
            found[path.name, figure.image.file_name] = (
                figure.caption.text if figure.caption else "",
                figure.caption is not None,
                figure.credit.text if figure.credit else "",
                figure.credit is not None,
            )
    assert found == expected


def test_virins_of_file_names_are_not_shown_ones() -> None:
    for row in rows():
        article = Article(page_of(FOLDER / "gov-pages" / "af.mil-2016-print" / row["page"], ""))
        (figure,) = [each for each in article.figures if each.image.sources[0] == row["src"]]
        assert figure.virin is None
        assert figure.image.virin is not None
        assert figure.image.virin.number == row["virin_in_src"]


def test_every_page_has_a_body_that_is_not_the_whole_page() -> None:
    pages = sorted((FOLDER / "gov-pages").rglob("*.html"))
    assert len(pages) == 12
    for path in pages:
        article = Article(page_of(path, "https://www.example.gov/"))
        assert article.body is not None
        assert article.body.name not in ("body", "html", "form"), path.name


def test_photographs_of_a_gallery_have_their_lines() -> None:
    (path,) = (FOLDER / "gov-pages").rglob("*photos-week.html")
    figures = Article(page_of(path, "https://www.whitehouse.gov/")).figures
    assert len(figures) == 13
    assert all(figure.caption and figure.credit for figure in figures)
    assert {image.role for figure in figures for image in figure.images} == {Role.CONTENT}
