"""Ways through the tree of elements, quicker than asking BeautifulSoup, which builds a filter for each question."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag


def enclosing(tag: Tag, *names: str) -> Tag | None:
    """The nearest element of these names around an element."""
    around = tag.parent
    while around is not None and around.name not in names:
        around = around.parent
    return around


def below(tag: Tag) -> Iterator[Tag]:
    """The elements within an element, in document order."""
    return (each for each in tag.descendants if isinstance(each, Tag))
