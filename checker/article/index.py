"""A document's index, built by one walk in document order: what checks ask a thousand times a page is looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from bs4.element import NavigableString, PageElement, Tag

from checker.article.text import TEXT, fold, inert, text_of
from checker.document import Document

_BREAK = NavigableString(" ")


class Index:
    """``elements`` are those that readers get: none within inert templates and noscript. ``by_name`` and
    ``by_attribute`` hold the same. ``numbers`` are the places of all elements in document order, by their ids.
    ``texts`` are the pieces that ``text_of`` puts together; a line break is a blank that stands nowhere.
    """

    def __init__(self, document: Document) -> None:
        self._tags = document.tags
        self.numbers = {id(tag): at for at, tag in enumerate(document.tags)}
        self.elements: list[Tag] = []
        self.texts: list[NavigableString] = []
        self.by_name: dict[str, list[Tag]] = defaultdict(list)
        self.by_attribute: dict[str, list[Tag]] = defaultdict(list)
        self._spans: dict[int, tuple[int, int]] = {}
        self._said: dict[int, str] = {}
        self._walk(document.soup)

    def _walk(self, soup: Tag) -> None:
        """Iterative: hostile pages nest deep."""
        elements, texts, spans = self.elements, self.texts, self._spans
        by_name, by_attribute = self.by_name, self.by_attribute
        work: list[tuple[Tag, Iterator[PageElement], int]] = [(soup, iter(soup.contents), 0)]
        while work:
            holder, children, start = work[-1]
            for node in children:
                if isinstance(node, Tag):
                    elements.append(node)
                    by_name[node.name].append(node)
                    for name in node.attrs:
                        by_attribute[name].append(node)
                    if node.name == "br":
                        texts.append(_BREAK)
                    if not node.contents:
                        spans[id(node)] = len(texts), len(texts)
                    elif not inert(node):
                        work.append((node, iter(node.contents), len(texts)))
                        break
                elif isinstance(node, NavigableString) and type(node) in TEXT:
                    texts.append(node)
            else:
                spans[id(holder)] = start, len(texts)
                work.pop()

    def span(self, tag: Tag) -> tuple[int, int] | None:
        """The first and one past the last of the ``texts`` in an element; None where they are inert."""
        return self._spans.get(id(tag))

    def text(self, tag: Tag) -> str:
        """``text_of`` the element, found once."""
        said = self._said.get(id(tag))
        if said is None:
            span = self._spans.get(id(tag))
            said = text_of(tag) if span is None else fold("".join(self.texts[slice(*span)]))
            self._said[id(tag)] = said
        return said

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

    @cached_property
    def _ends(self) -> list[int]:
        """By the number of an element, that of the first behind its end."""
        ends = list(range(1, len(self._tags) + 1))
        for at in range(len(self._tags) - 1, -1, -1):
            parent = self.numbers.get(id(self._tags[at].parent))
            if parent is not None and ends[parent] < ends[at]:
                ends[parent] = ends[at]
        return ends
