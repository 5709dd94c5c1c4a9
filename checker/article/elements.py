"""The elements of a page, looked up: by name, attribute, id and place."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from bs4.element import Tag

from checker.article.index import Index
from checker.document import Document


class Elements(ABC):
    """Of one document."""

    def __init__(self) -> None:
        self._by_names: dict[tuple[str, ...], list[Tag]] = {}

    @property
    @abstractmethod
    def document(self) -> Document:
        """The document whose elements they are."""

    @cached_property
    def index(self) -> Index:
        """What one walk over the document finds: elements by name and attribute, their order, their texts."""
        return Index(self.document)

    def elements(self, *names: str) -> Sequence[Tag]:
        """Elements of these names (all where none is given) in document order, shadow trees included; not those of
        inert templates and of noscript, which no reader with scripts gets."""
        index = self.index
        if len(names) == 1:
            return index.by_name.get(names[0], ())
        if not names:
            return index.elements
        if names not in self._by_names:
            kinds = (index.by_name.get(name, ()) for name in dict.fromkeys(names))
            self._by_names[names] = self.in_order(kinds)
        return self._by_names[names]

    def text(self, tag: Tag) -> str:
        """The element's text as ``text.text_of`` reads it; quick, and found once."""
        return self.index.text(tag)

    def within(self, tag: Tag, *names: str) -> Iterator[Tag]:
        """The elements in an element of the document, of these names (all where none is given), in document order:
        those that ``tag.find_all`` gives, a good deal quicker."""
        return self.index.within(tag, *names)

    def with_attribute(self, name: str) -> Sequence[Tag]:
        """Those of ``elements`` that have the attribute, in document order."""
        return self.index.by_attribute.get(name, ())

    def with_any(self, names: Iterable[str]) -> list[Tag]:
        """Those of ``elements`` that have one of the attributes, in document order."""
        found = {id(tag): tag for name in names for tag in self.with_attribute(name)}
        return self.in_order((found.values(),))

    @property
    def attributes(self) -> Iterable[str]:
        """The names of the attributes that ``elements`` have."""
        return self.index.by_attribute.keys()

    def in_order(self, groups: Iterable[Iterable[Tag]]) -> list[Tag]:
        """Elements of several kinds in document order; no element is in two of them."""
        tags, numbers = self.document.tags, self.index.numbers
        found = sorted(map(numbers.__getitem__, map(id, chain.from_iterable(groups))))
        return list(map(tags.__getitem__, found))

    @cached_property
    def by_id(self) -> dict[str, Tag]:
        """The elements by their ids, the first of each as browsers take it."""
        found: dict[str, Tag] = {}
        for tag in self.with_attribute("id"):
            identity = tag.attrs["id"]
            if isinstance(identity, str) and identity:
                found.setdefault(identity, tag)
        return found

    @property
    def root(self) -> Tag | None:
        """The element ``html``."""
        return next(iter(self.elements("html")), None)

    @property
    def page_body(self) -> Tag | None:
        """The element ``body``; a set of frames has none."""
        return next(iter(self.elements("body")), None)
