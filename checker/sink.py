"""The tree that the parser builds, as BeautifulSoup: one node after the other, in document order."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import BeautifulSoup
from bs4.element import (
    AttributeValueList,
    Comment,
    Doctype,
    NavigableString,
    PageElement,
    ProcessingInstruction,
    Script,
    Stylesheet,
    Tag,
    TemplateString,
)

from checker import nodes

NUMBER = "data-presscheck"
"""The attribute by which a rendered page's markup carries the numbers of its elements."""
VEILED = "\\1\ue000\\2"
"""What stands for ``(shadowroot)(mode)`` where the parser is not to know it."""

_MULTIPLE = frozenset({"class", "rel", "rev", "headers", "accesskey", "dropzone"})
_STRINGS: dict[str, type[NavigableString]] = {
    "script": Script,
    "style": Stylesheet,
    "template": TemplateString,
}

type _Attributes = tuple[tuple[str, str | None], ...]
_TEXT: nodes.Kinds = {NavigableString}
_INERT: dict[str, nodes.Kinds] = {name: {kind} for name, kind in _STRINGS.items()}
_VEIL = re.compile("(shadowroot)\ue000(mode)", re.I)


class TooLarge(ValueError):
    """A document with more of something than is judged; the message says so in a line, and what to do."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: too large to be judged: split the page into several")


class Sink:
    """A tree sink whose handles are bs4 nodes, and bare texts until they are appended. Nodes come in document
    order, so each is linked as it comes: ``append()`` of bs4 would search for the neighbours that are known here, at
    nearly half the speed. What is called for each node is a closure: methods take a quarter longer."""

    def __init__(self, most_elements: int, most_text: int, *, veiled: bool) -> None:
        self.numbers: dict[int, int] = {}
        self.tags: list[Tag] = []
        self.nodes: list[PageElement] = []
        self._unveil: Callable[[str], str] = _unveiled if veiled else str
        self._soup = BeautifulSoup("", "html.parser")
        self.create_element = _making(
            self.tags, self.numbers, most_elements, _unveiled if veiled else None
        )
        self.create_text = self._unveil
        self.append = _linking(self._soup, self.nodes, most_text)

    def create_document(self) -> Tag:
        return self._soup

    def create_doctype(self, name: str, public_id: str | None, system_id: str | None) -> Doctype:
        return Doctype.for_name_and_ids(name, public_id, system_id)

    def create_comment(self, data: str) -> Comment:
        return Comment(self._unveil(data))

    def create_pi(self, target: str, data: str) -> ProcessingInstruction:
        return ProcessingInstruction(f"{target} {data}")


def _unveiled(text: str) -> str:
    return _VEIL.sub(r"\1\2", text)


def _making(
    tags: list[Tag], numbers: dict[int, int], most: int, unveil: Callable[[str], str] | None
) -> Callable[[str, str, _Attributes], Tag]:
    """Makes elements, and notes them and their numbers."""
    made, element = tags.append, nodes.element

    def create(name: str, namespace: str, attrs: _Attributes) -> Tag:
        if len(tags) >= most:
            raise TooLarge(f"more than {most:,} elements")
        if unveil is not None:
            attrs = tuple((unveil(key), unveil(value or "")) for key, value in attrs)
        values: nodes.Attributes = {}
        for key, value in attrs:
            values[key] = (
                AttributeValueList((value or "").split()) if key in _MULTIPLE else value or ""
            )
        number = values.pop(NUMBER, None)
        inert = name in _STRINGS and "shadowrootmode" not in values
        tag = element(name, namespace, values, _INERT[name] if inert else _TEXT)
        made(tag)
        if number is not None and isinstance(number, str) and number.isascii() and number.isdigit():
            numbers[id(tag)] = int(number)
        return tag

    return create


def _linking(
    soup: Tag, found: list[PageElement], most: int
) -> Callable[[Tag, PageElement | str], None]:
    """Appends what comes in document order, and notes it."""
    last: PageElement = soup
    length = 0
    make, linked = nodes.text, found.append

    def append(parent: Tag, given: PageElement | str) -> None:
        nonlocal last, length
        if isinstance(given, PageElement):
            child = given
        else:
            if parent.name in _STRINGS and "shadowrootmode" not in parent.attrs:
                child = _STRINGS[parent.name](given)
            else:
                length += len(given)
                if length > most:
                    raise TooLarge(f"more than {most:,} characters of text")
                child = make(given)
        siblings = parent.contents
        if siblings:
            before = siblings[-1]
            before.next_sibling = child
            child.previous_sibling = before
        siblings.append(child)
        child.parent = parent
        last.next_element = child
        child.previous_element = last
        last = child
        linked(child)

    return append
