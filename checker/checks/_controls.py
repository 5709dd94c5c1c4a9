"""What on a page a reader may operate, and so a script may have made a control of something else."""

from __future__ import annotations

from bs4.element import Tag

from checker.article import Article
from checker.article.keyboard import tabbable, value

_LINKS = frozenset({"a", "area"})
_FIELDS = frozenset("text search email tel url password number date submit image hidden".split())
_SCRIPTED = frozenset({"button", "switch", "checkbox", "slider", "menuitem"})


def controls(article: Article) -> list[Tag]:
    """What may be a control of something on the page: not links to elsewhere and fields to write in."""
    return [tag for tag in article.elements() if _operable(article, tag)]


def seen(article: Article, tag: Tag) -> bool:
    """Whether the element is there to be seen, as far as is known."""
    box = article.box(tag)
    return not article.hidden(tag) and (box is None or (box[2] > 1 and box[3] > 1))


def _operable(article: Article, tag: Tag) -> bool:
    if tag.name in ("audio", "video", "iframe") or not seen(article, tag):
        return False
    if value(tag, "role").lower() in _SCRIPTED or tag.has_attr("onclick"):
        return True
    if tag.name in _LINKS:
        return value(tag, "href").lower().startswith(("#", "javascript:"))
    if tag.name in ("input", "textarea", "select"):
        return tag.name == "input" and value(tag, "type").lower() not in ("", *_FIELDS)
    return tag.name == "button" or tabbable(tag)
