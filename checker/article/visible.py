"""Whether readers see an element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4.element import Tag

if TYPE_CHECKING:
    from checker.article import Article

_STYLED_AWAY = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_NEVER_SHOWN = frozenset({"noscript", "template", "script", "style", "head", "datalist"})


def unseen(article: Article, tag: Tag) -> bool:
    """Whether nobody sees the element: by the browser where one laid the page out, else by what markup alone hides.
    An element whose box is a pixel, or ends before the page begins, is there for screen readers only."""
    hidden = article.hidden(tag)
    if hidden is None:
        return hidden_by_markup(tag)
    box = article.box(tag)
    if hidden or box is None:
        return hidden
    x, y, width, height = box
    return (width <= 1 or height <= 1 or x + width <= 0 or y + height <= 0) and _bare(tag)


def hidden_by_markup(tag: Tag) -> bool:
    """Whether attributes of the element or of one around it hide it, without any style sheet."""
    return any(hides(each) for each in (tag, *tag.parents))


def hides(tag: Tag) -> bool:
    """Whether the element's own name and attributes hide it."""
    if tag.name in _NEVER_SHOWN:
        return not (tag.name == "template" and "shadowrootmode" in tag.attrs)
    if "hidden" in tag.attrs or (tag.name == "input" and tag.attrs.get("type") == "hidden"):
        return True
    return "style" in tag.attrs and bool(_STYLED_AWAY.search(str(tag.attrs["style"])))


def _bare(tag: Tag) -> bool:
    """Whether no element stands in it: the box of a holder says nothing of what overflows it."""
    return tag.find(True) is None
