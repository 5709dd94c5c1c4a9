"""Text as a reader meets it."""

from __future__ import annotations

import re

from bs4.element import CData, NavigableString, PageElement, Tag

_SPACES = re.compile(r"\s+")
_TEXT = (NavigableString, CData)


def fold(text: str) -> str:
    """The text with every run of white space as one blank, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def text_of(tag: Tag) -> str:
    """The element's text, spaces folded, line breaks as spaces; without scripts, styles and inert templates."""
    return fold(
        "".join(
            " " if isinstance(each, Tag) else str(each)
            for each in tag.descendants
            if (each.name == "br" if isinstance(each, Tag) else type(each) in _TEXT)
            and not _inert(each, tag)
        )
    )


def _inert(string: PageElement, top: Tag) -> bool:
    for parent in string.parents:
        if parent is top:
            return False
        if parent.name == "noscript" or (
            parent.name == "template" and not parent.has_attr("shadowrootmode")
        ):
            return True
    return False
