"""The pieces of a page's text, for those who look for words that run over several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4.element import NavigableString, Tag

from checker.article.tree import enclosing

if TYPE_CHECKING:
    from checker.article import Article


def spoken(article: Article, body: Tag) -> list[NavigableString]:
    """The pieces of text that readers may meet in the body: none of text fields, nor of slots that are filled."""
    texts, (start, end) = article.index.texts, article.index.span(body) or (0, 0)
    silent: set[int] = set()
    for tag in article.elements("textarea", "slot"):
        first, last = article.index.span(tag) or (0, 0)
        if first not in silent and (tag.name == "textarea" or _filled(tag)):
            silent.update(range(first, last))
    return [texts[at] for at in range(start, end) if at not in silent]


def _filled(slot: Tag) -> bool:
    """Whether the component's user filled the slot, so that nobody gets its own text."""
    shadow = enclosing(slot, "template")
    while shadow is not None and "shadowrootmode" not in shadow.attrs:
        shadow = enclosing(shadow, "template")
    host = shadow.parent if shadow else None
    return host is not None and any(
        isinstance(each, Tag) and each.get("slot", "") == slot.get("name", "")
        for each in host.contents
        if each is not shadow
    )
