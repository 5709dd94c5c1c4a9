"""Text as a reader meets it."""

from __future__ import annotations

import re

from bs4.element import CData, NavigableString, PageElement, Tag

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text with every run of white space as one blank, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def text_of(tag: Tag) -> str:
    """The element's text content, spaces folded; without scripts, styles and inert templates."""
    return fold(
        "".join(
            str(string)
            for string in tag.descendants
            if type(string) in (NavigableString, CData) and not _inert(string, tag)
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
