"""Text as a reader meets it."""

from __future__ import annotations

from math import inf

from bs4.element import CData, NavigableString, Tag

TEXT = (NavigableString, CData)
"""The classes of text that readers get: not those of scripts, styles, templates and comments."""


_MAY_BE_INERT = ("noscript", "template")


def fold(text: str) -> str:
    """The text with every run of white space as one blank, none at the ends."""
    return " ".join(text.split())


def text_of(tag: Tag, most: int | None = None) -> str:
    """The element's text, spaces folded, line breaks as spaces; without scripts, styles and inert templates. Of a text
    of more than ``most`` characters, more than so many of its start."""
    size = 0
    limit = enough = inf if most is None else most
    parts: list[str] = []
    work = [iter(tag.contents)]
    while work:
        for node in work[-1]:
            if isinstance(node, Tag):
                if node.name == "br":
                    parts.append(" ")
                if node.contents and (node.name not in _MAY_BE_INERT or not inert(node)):
                    work.append(iter(node.contents))
                    break
            elif type(node) in TEXT:
                parts.append(str(node))
                size += len(parts[-1])
                if size > enough:
                    text = fold("".join(parts))
                    if len(text) > limit:
                        return text
                    enough = 2 * size  # it is blanks, mostly: look again when there is as much more
        else:
            work.pop()
    return fold("".join(parts))


def inert(tag: Tag) -> bool:
    """Whether nobody with scripts gets what stands in the element: noscript, a template that is no shadow root."""
    return tag.name == "noscript" or (tag.name == "template" and "shadowrootmode" not in tag.attrs)
