"""A document's index, built by one pass in document order: what checks ask a thousand times a page is looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bs4.element import CData, NavigableString, Tag

from checker.article.text import fold, inert, text_of
from checker.document import Document

_BREAK = NavigableString(" ")
_MAY_BE_INERT = ("noscript", "template")


class Index:
    """``elements`` are those that readers get: none within inert templates and noscript. ``by_name`` and
    ``by_attribute`` hold the same. ``numbers`` are the places of all elements in document order, by their ids.
    ``texts`` are the pieces that ``text_of`` puts together; a line break is a blank that stands nowhere.
    """

    def __init__(self, document: Document) -> None:
        self._tags = document.tags
        self.numbers = dict(zip(map(id, document.tags), range(len(document.tags)), strict=True))
        self.elements: list[Tag] = []
        self.texts: list[NavigableString] = []
        self.by_name: dict[str, list[Tag]] = defaultdict(list)
        self.by_attribute: dict[str, list[Tag]] = defaultdict(list)
        self._said: dict[int, str] = {}
        self._ends = self._found_ends()
        self._starts: list[int | None] = []
        self._read(document)

    def _found_ends(self) -> list[int]:
        """By the number of an element, that of the first behind its end."""
        tags, numbers = self._tags, self.numbers
        ends = list(range(1, len(tags) + 1))
        for at in range(len(tags) - 1, 0, -1):
            parent = numbers.get(id(tags[at].parent))
            if parent is not None and ends[parent] < ends[at]:
                ends[parent] = ends[at]
        return ends

    def _read(self, document: Document) -> None:
        """``_starts`` has, by the number of an element, how many ``texts`` stand before it; None within inert ones."""
        elements, texts, starts = self.elements, self.texts, self._starts
        by_name, by_attribute, numbers = self.by_name, self.by_attribute, self.numbers
        first = end = -1  # of the inert element that was met last
        for node in document.nodes:
            at = len(starts)
            if type(node) is NavigableString or type(node) is CData:
                if at > end or (at == end and numbers.get(id(node.parent), -1) < first):
                    texts.append(node)
            elif isinstance(node, Tag):
                if at < end:
                    starts.append(None)
                    continue
                starts.append(len(texts))
                elements.append(node)
                name = node.name
                by_name[name].append(node)
                for key in node.attrs:
                    by_attribute[key].append(node)
                if name == "br":
                    texts.append(_BREAK)
                elif name in _MAY_BE_INERT and inert(node):
                    first, end = at, self._ends[at]

    def span(self, tag: Tag) -> tuple[int, int] | None:
        """The first and one past the last of the ``texts`` in an element; None where they are inert."""
        at = self.numbers.get(id(tag))
        start = None if at is None else self._starts[at]
        if at is None or start is None or (tag.contents and inert(tag)):
            return None
        behind = self._ends[at]
        end = self._starts[behind] if behind < len(self._tags) else len(self.texts)
        assert end is not None, (
            "what stands behind an element of the page is no part of an inert one"
        )
        while end > start and (holder := self.texts[end - 1].parent) is not None:
            if self.numbers.get(id(holder), -1) >= at:
                break
            end -= 1
        return start, end

    def text(self, tag: Tag) -> str:
        """``text_of`` the element, found once."""
        said = self._said.get(id(tag))
        if said is None:
            said = self._said[id(tag)] = self._read_text(tag)
        return said

    def _read_text(self, tag: Tag) -> str:
        inside = tag.contents
        if not inside:
            return ""
        if len(inside) == 1 and type(inside[0]) is NavigableString:  # as most have
            return " ".join(inside[0].split())
        span = self.span(tag)
        return text_of(tag) if span is None else fold("".join(self.texts[slice(*span)]))

    def within(self, tag: Tag, *names: str) -> Iterator[Tag]:
        """The elements in an element, of these names (all where none is given), in document order: what
        ``tag.find_all`` gives, inert ones included."""
        at = self.numbers[id(tag)]
        inside = self._tags[at + 1 : self._ends[at]]
        return (each for each in inside if each.name in names) if names else iter(inside)

    def holds(self, outer: Tag, inner: Tag) -> bool:
        """Whether an element is the other or stands in it."""
        first, at = self.numbers[id(outer)], self.numbers.get(id(inner), -1)
        return first <= at < self._ends[first]
