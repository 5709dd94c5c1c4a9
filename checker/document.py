"""HTML -> BeautifulSoup over the tree that browsers build, with source positions.

turbohtml's WHATWG parser fills the soup; nothing outside this module knows which parser did.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import turbohtml
from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag
from turbohtml.treebuild import TreeBuilder, parse_into

from checker import css, nodes, weight
from checker.sink import NUMBER as NUMBER
from checker.sink import VEILED, Sink
from checker.sink import TooLarge as TooLarge

MOST_ELEMENTS = 250_000
"""Documents with more are not judged. Depth is the parser's to bound: 512, as in Chromium."""

MOST_TEXT = 10_000_000
"""Documents with more characters of text, of attributes or of style sheets are not judged: twice the Bible. Scripts and
pictures in data: addresses do not count."""

_SHADOW = re.compile("(shadowroot)(mode)", re.I)
_SCOPE = re.compile(r":(?:scope|[\w-]*\\)", re.I)
"""A selector that has ``:scope``, or a pseudo-class with an escape, which may be the same."""


@dataclass(frozen=True)
class Document:
    """A parsed document. ``soup`` is plain BeautifulSoup; ``tags`` are its elements in order, ``nodes`` these and its
    texts and comments; the elements of a rendered page have numbers."""

    html: str
    soup: BeautifulSoup
    tags: list[Tag]
    nodes: list[PageElement]
    numbers: dict[int, int]

    def close(self) -> None:
        """Take the tree apart (see ``nodes.take_apart``): nothing can be asked of it any more."""
        nodes.take_apart(self.nodes)
        vars(self.soup).clear()

    def number(self, tag: Tag) -> int | None:
        """The element's number in the rendering, if it has one."""
        return self.numbers.get(id(tag))

    @cached_property
    def by_number(self) -> dict[int, Tag]:
        """The elements of a rendered page by number."""
        return {
            number: tag for tag in self.tags if (number := self.numbers.get(id(tag))) is not None
        }

    def turn(self, tag: Tag) -> tuple[int, int]:
        """The element's turn among its parent's elements of that name, from 1, and how many those are: found once for
        all of them, as hostile pages have any number."""
        if id(tag) not in self._turns and tag.parent is not None:
            likes: dict[str, list[Tag]] = {}
            for each in tag.parent.contents:
                if isinstance(each, Tag):
                    likes.setdefault(each.name, []).append(each)
            for same in likes.values():
                self._turns.update((id(tag), (at, len(same))) for at, tag in enumerate(same, 1))
        return self._turns[id(tag)]

    @cached_property
    def _turns(self) -> dict[int, tuple[int, int]]:
        return {}

    def position(self, tag: Tag) -> tuple[int, int] | None:
        """Line and column (from 1) of the element's start tag; None for an element that no tag in the markup made."""
        node = self._nodes.get(id(tag))
        if node is None or node.source_line is None or node.source_col is None:
            return None
        return node.source_line, node.source_col + 1

    @cached_property
    def _tree(self) -> turbohtml.Document:
        """The page in turbohtml's own elements; style sheets that are not for every screen are empty."""
        tree = turbohtml.parse(self.html, allow_declarative_shadow_roots=False)
        for sheet in tree.find_all("style"):
            if not css.on_screen(str(sheet.attrs.get("media") or "")):
                sheet.clear()
        return tree

    @cached_property
    def _nodes(self) -> dict[int, turbohtml.Element]:
        """turbohtml's own element of each: elements stand in the same order in both trees."""
        located = list(self._tree.iter_elements())
        if [tag.name for tag in self.tags] != [node.tag for node in located]:
            return {}
        return dict(zip(map(id, self.tags), located, strict=True))

    def style(self, tag: Tag) -> Mapping[str, str]:
        """The element's style by the page's own ``<style>`` and ``style`` (CSS cascade and inheritance, no layout, no
        at-rules, nothing of the browser's): long-hand properties as written. Empty where it is not known."""
        node = self._nodes.get(id(tag))
        if node is None:
            return {}
        return css.computed(node)

    @property
    def sheets(self) -> list[str]:
        """The texts of the style sheets that ``style`` reads, and of those whose type it does not know."""
        return [node.text for node in self._nodes.values() if node.tag == "style"]

    def of(self, selector: str) -> list[Tag]:
        """The elements of which ``style`` takes a rule with this selector to be; none where it is not valid."""
        nodes = self._by_node
        try:
            if _SCOPE.search(selector):  # for the cascade each element is its own scope
                found = [node for node in nodes if node.matches(selector)]
            else:
                found = self._tree.select(selector)
        except ValueError:
            return []
        return [nodes[node] for node in found if node in nodes]

    @cached_property
    def _by_node(self) -> dict[turbohtml.Element, Tag]:
        return dict(zip(self._nodes.values(), self.tags, strict=False))


def load(html: str) -> Document:
    """``parse``; who asks for the same page again gets the same document, which nobody changes, or the same refusal."""
    if _latest.found is None or _latest.html != html:
        _latest.found = None
        _latest.html, _latest.found = html, _parsed(html)
    if isinstance(_latest.found, TooLarge):
        raise _latest.found.with_traceback(None)
    return _latest.found


def own(html: str) -> Document:
    """The same, for one who will ``close`` it: nobody else gets it any more."""
    document = load(html)
    _latest.found = None
    return document


def forget() -> None:
    """Take apart what this thread asked for last: nobody will ask for it again."""
    document, _latest.html, _latest.found = _latest.found, "", None
    if isinstance(document, Document):
        document.close()


class _Latest(threading.local):
    """What a thread asked for last: those who load a page and who judge it ask in turn."""

    html: str = ""
    found: Document | TooLarge | None = None


_latest = _Latest()


def _parsed(html: str) -> Document | TooLarge:
    try:
        return parse(html)
    except TooLarge as error:
        return error.with_traceback(None)  # which would keep what was built


def parse(html: str) -> Document:
    """Parse a whole document as browsers do (WHATWG tree construction, scripting off); a declarative shadow root stays
    the template that it is written as. Raises TooLarge beyond ``MOST_ELEMENTS`` and ``MOST_TEXT``."""
    if len(html) > MOST_TEXT and (what := weight.names(html, MOST_TEXT)):
        raise TooLarge(what)
    # parse_into hands over no shadow root, so their attribute is veiled from it.
    # Bytes are made lower in a third of the time.
    shadows = b"shadowroot" in html.encode("utf-8", "surrogatepass").lower()
    veiled, count = _SHADOW.subn(VEILED, html) if shadows else (html, 0)
    sink = Sink(MOST_ELEMENTS, MOST_TEXT, veiled=bool(count))
    soup: object = parse_into(veiled, cast("TreeBuilder[Any]", sink))
    assert isinstance(soup, BeautifulSoup)
    if len(html) > MOST_TEXT and (what := weight.excess(sink.tags, MOST_TEXT)):
        raise TooLarge(what)
    return Document(html, soup, sink.tags, sink.nodes, sink.numbers)
