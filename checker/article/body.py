"""Which element holds the article's own content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4.element import Tag

if TYPE_CHECKING:
    from checker.article import Article


def find_body(article: Article) -> Tag | None:
    """The article element or main that holds the headline and the text."""
    for name in ("article", "main"):
        for tag in article.elements(name):
            return tag
    return article.document.soup.body
