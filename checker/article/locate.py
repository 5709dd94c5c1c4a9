"""Places of elements: selector, snippet, name, and the line of the source as served."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from bs4.element import Tag

from checker.article.text import fold, text_of
from checker.document import Document
from checker.verdict import Location

_SNIPPET = 300
_NAME = 120
_NAMING = ("aria-label", "alt", "title", "placeholder", "value", "name")
_TELLING = ("id", "src", "href", "alt", "action", "name", "for", "content", "class")


class Place(Location):
    """A location that is put into words when somebody reads them: most are of elements that pass, and nobody does."""

    __slots__ = ("_called", "_locator", "tag")

    def __init__(self, locator: Locator, tag: Tag, called: str) -> None:
        object.__setattr__(self, "_locator", locator)
        object.__setattr__(self, "tag", tag)
        object.__setattr__(self, "_called", called)

    tag: Tag

    def __getattr__(self, name: str) -> Any:
        """Of what ``Location`` has, nothing is there before the first is asked for."""
        return getattr(self.settled(), name)

    def settled(self, landmark: str = "", resource: str = "") -> Location:
        """The same in words."""
        where: Location = self._locator.words(self.tag, self._called, landmark, resource)
        return where


class Locator:
    """Locates elements of the judged document, and finds their counterparts in the source as served."""

    def __init__(self, document: Document, source: Document | None) -> None:
        self._document = document
        self._source = source

    def words(self, tag: Tag, name: str = "", landmark: str = "", resource: str = "") -> Location:
        """The element's place."""
        line, column = self._position(tag) or (None, None)
        return Location(
            selector=selector(tag, self._document),
            snippet=snippet(tag),
            name=fold(name or name_of(tag))[:_NAME],
            line=line,
            column=column,
            element=self._document.number(tag),
            landmark=landmark,
            resource=resource,
        )

    def find(self, where: Location) -> Tag | None:
        """The element of a place that came from ``locate`` or, by its number, from the browser."""
        if isinstance(where, Place):
            return where.tag
        if where.element is not None:
            return self._document.by_number.get(where.element)
        return self._by_selector.get(where.selector)

    @cached_property
    def _by_selector(self) -> dict[str, Tag]:
        return {selector(tag, self._document): tag for tag in self._document.tags}

    def _position(self, tag: Tag) -> tuple[int, int] | None:
        if self._source is None:
            return None
        twin = tag if self._source is self._document else self._twin(tag)
        return self._source.position(twin) if twin is not None else None

    def _twin(self, tag: Tag) -> Tag | None:
        """The source element that became this rendered one: the one with the same telling attributes and text, or,
        where several are alike in both trees, the one at the same turn. None where nothing tells."""
        for strict in (True, False):
            there = self._source_likes.of(tag, strict)
            if len(there) == 1:
                return there[0]
            here = self._likes.of(tag, strict)
            if there and len(there) == len(here):
                return there[self._likes.turn(tag, strict)]
        return None

    @cached_property
    def _likes(self) -> _Likes:
        return _Likes(self._document)

    @cached_property
    def _source_likes(self) -> _Likes:
        assert self._source is not None
        return _Likes(self._source)


class _Likes:
    """The elements of a document that look like another: of the same name and telling attributes and, when strict, the
    same start of their text. Texts are read only of those that may be asked for."""

    def __init__(self, document: Document) -> None:
        self._loose: dict[tuple[str, ...], list[Tag]] = defaultdict(list)
        for tag in document.tags:
            self._loose[_attributes(tag)].append(tag)
        self._strict: dict[tuple[str, ...], dict[str, list[Tag]]] = {}
        self._turns: dict[tuple[int, bool], int] = {}

    def of(self, tag: Tag, strict: bool) -> list[Tag]:
        """Those that look like it, in document order."""
        key = _attributes(tag)
        if not strict:
            return self._loose.get(key, [])
        if key not in self._strict:
            by_text: dict[str, list[Tag]] = defaultdict(list)
            for each in self._loose.get(key, ()):
                by_text[_start(each)].append(each)
            self._strict[key] = by_text
        return self._strict[key].get(_start(tag), [])

    def turn(self, tag: Tag, strict: bool) -> int:
        """The turn among them of an element of this document: found once for all, as there may be any number."""
        if (id(tag), strict) not in self._turns:
            likes = self.of(tag, strict)
            self._turns.update(((id(like), strict), turn) for turn, like in enumerate(likes))
        return self._turns[id(tag), strict]


def _attributes(tag: Tag) -> tuple[str, ...]:
    attributes = tag.attrs
    if not attributes:
        return (tag.name,)
    return (tag.name, *[f"{key}={attributes[key]}" for key in _TELLING if key in attributes])


def _start(tag: Tag) -> str:
    """The start of the element's text."""
    return fold("".join(str(s) for s in tag.find_all(string=True, limit=3)))[:60]


def selector(tag: Tag, document: Document) -> str:
    """A CSS selector of the document's element: from the nearest ancestor with an id, by ``nth-of-type``; ``>>>``
    enters a shadow root."""
    steps: list[str] = []
    current: Tag | None = tag
    while current is not None and current.parent is not None:
        if current.name == "template" and current.has_attr("shadowrootmode"):
            steps.append(">>>")
        else:
            identity = current.attrs.get("id")
            if isinstance(identity, str) and identity and not set(identity) & set(" \t\n\"'\\"):
                steps.append(f'{current.name}[id="{identity}"]')
                break
            turn, likes = document.turn(current)
            steps.append(current.name if likes == 1 else f"{current.name}:nth-of-type({turn})")
        current = current.parent if isinstance(current.parent, Tag) else None
    return " > ".join(reversed(steps)).replace("> >>> >", ">>>")


def snippet(tag: Tag) -> str:
    """The element's start tag, and its text where it is short."""
    attributes = "".join(
        f' {key}="{" ".join(value) if isinstance(value, list) else value}"'
        for key, value in tag.attrs.items()
    )
    start = f"<{tag.name}{attributes}>"
    text = text_of(tag, _SNIPPET)
    whole = f"{start}{text}</{tag.name}>" if text else start
    return whole if len(whole) <= _SNIPPET else whole[: _SNIPPET - 1] + "…"


def name_of(tag: Tag) -> str:
    """The words by which a person knows the element."""
    for key in _NAMING:
        value = tag.attrs.get(key)
        if isinstance(value, str) and value.strip():
            return value
    source = str(tag.get("src", "")).split("?", 1)[0]
    return text_of(tag, _NAME) or source.rsplit("/", 1)[-1]
