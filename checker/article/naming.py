"""Text alternatives of pictures: what assistive technology reads for one.

The order is that of the HTML Accessibility API Mappings (https://www.w3.org/TR/html-aam-1.0/): aria-labelledby,
aria-label, the element's own way (alt, an SVG's title, a label), title.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from bs4.element import Tag

from checker.article.text import fold, text_of
from checker.article.tree import enclosing

_WITH_ALT = frozenset({"img", "input", "area"})
_INVISIBLE = frozenset({"Cf", "Zs", "Zl", "Zp", "Cc"})


def visible(text: str) -> str:
    """The text folded; empty where nothing of it shows (spaces of all kinds, zero-width characters)."""
    if not text or all(unicodedata.category(character) in _INVISIBLE for character in text):
        return ""
    return fold(text)


def named(tag: Tag, by_id: Mapping[str, Tag]) -> tuple[str, str]:
    """The picture's accessible name and the attribute or element that gives it; two empty texts where none does."""
    if text := _referenced(tag, "aria-labelledby", by_id):
        return text, "aria-labelledby"
    attributes, drawn = tag.attrs, tag.name == "svg"
    for source in ("aria-label", "alt") if tag.name in _WITH_ALT else ("aria-label",):
        if source in attributes and (text := visible(str(attributes[source]))):
            return text, source
    if text := _own(tag):
        return text, "title element" if drawn else "label"
    if not drawn and "title" in attributes and (text := visible(str(attributes["title"]))):
        return text, "title"
    return "", ""


def described(tag: Tag, by_id: Mapping[str, Tag]) -> str:
    """The text of aria-describedby: no name, but an alternative that the ICT Testing Baseline accepts (6.1)."""
    return _referenced(tag, "aria-describedby", by_id)


def _referenced(tag: Tag, attribute: str, by_id: Mapping[str, Tag]) -> str:
    if attribute not in tag.attrs:
        return ""
    texts: list[str] = []
    for identity in str(tag.get(attribute, "")).split():
        other = by_id.get(identity)
        if other is not None:
            texts.append(
                visible(str(other.get("aria-label") or other.get("alt") or ""))
                or visible(text_of(other))
            )
    return fold(" ".join(texts))


def _own(tag: Tag) -> str:
    """An SVG's own title, or the label around an image button."""
    if tag.name == "svg":
        title = next(
            (each for each in tag.contents if isinstance(each, Tag) and each.name == "title"), None
        )
        return visible(text_of(title)) if title is not None else ""
    if tag.name == "input":
        label = enclosing(tag, "label")
        return visible(text_of(label)) if label is not None else ""
    return ""
