"""Documents in frames, as articles of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bs4.element import Tag

from checker.page import Mode, Page

if TYPE_CHECKING:
    from checker.article import Article


def documents(article: Article) -> Iterator[tuple[Tag, Article]]:
    """Frames and their documents, where these are known: written in srcdoc, or read by the browser."""
    read = {id(tag): document.html for tag, document in article.frames}
    for tag in article.elements("iframe"):
        html = read.get(id(tag)) or (str(tag["srcdoc"]) if tag.get("srcdoc") else None)
        if html is not None:
            page = Page(target="", url=article.page.url, mode=Mode.STATIC, html=html, loaded_at="")
            yield tag, type(article)(page)
