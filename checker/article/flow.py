"""An article as it is read: its lines of text and its pictures, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from bs4.element import PageElement, Tag

from checker.article.images import Image
from checker.article.setting import Settings, tokens
from checker.article.text import TEXT, fold

if TYPE_CHECKING:
    from checker.article import Article

_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody td tfoot th
    thead tr ul
    """.split()
)  # WHATWG HTML, "Flow content" as user agents display it, and br
_PART = re.compile(r"caption|credit|attribution|photographer|byline|copyright|virin|title")
_LABELS = frozenset("strong b span cite small em i dt".split())


@dataclass(frozen=True, eq=False)
class Line:
    """Text between two breaks. ``tag`` is the element that holds it; ``linked``: all of it is links or buttons."""

    text: str
    tag: Tag
    linked: bool


@dataclass
class Flow:
    """Lines and pictures of the article's body, and which stretch of them each element holds."""

    items: list[Line | Image] = field(default_factory=list)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.positions = {id(each): at for at, each in enumerate(self.items)}
        self._lengths = [
            0,
            *accumulate(len(each.text) if isinstance(each, Line) else 0 for each in self.items),
        ]
        self._lines = [
            0,
            *accumulate(isinstance(each, Line) and not each.linked for each in self.items),
        ]

    def span(self, tag: Tag) -> tuple[int, int]:
        """First and one past the last index of what the element holds."""
        return self.spans.get(id(tag), (0, 0))

    def length(self, start: int, end: int) -> int:
        """Characters of text between two indexes."""
        return self._lengths[end] - self._lengths[start]

    def count(self, start: int, end: int) -> int:
        """Lines between two indexes, those of links and buttons apart."""
        return self._lines[end] - self._lines[start]

    def lines(self, start: int, end: int) -> list[Line]:
        """The lines between two indexes, those of links and buttons apart."""
        return [
            each for each in self.items[start:end] if isinstance(each, Line) and not each.linked
        ]


def read(article: Article, body: Tag) -> Flow:
    """Read the body once. Furniture, hidden parts and what stands apart are left out."""
    reader = _Reader(article.settings, {id(image.tag): image for image in article.images})
    reader.walk(body)
    return Flow(reader.items, reader.spans)


class _Reader:
    def __init__(self, settings: Settings, images: dict[int, Image]) -> None:
        self._settings = settings
        self._images = images
        self._text: list[str] = []
        self._holder: Tag | None = None
        self._plain = False
        self.items: list[Line | Image] = []
        self.spans: dict[int, tuple[int, int]] = {}

    def walk(self, body: Tag) -> None:
        """Iterative: hostile pages nest deep."""
        work: list[tuple[Tag, Iterator[PageElement], int, bool]] = [
            (body, iter(body.contents), 0, True)
        ]
        while work:
            tag, children, start, breaks = work[-1]
            for child in children:
                if isinstance(child, Tag):
                    if image := self._images.get(id(child)):
                        self._picture(image)
                    if not self._skipped(child, image is not None):
                        stops = child.name in _BLOCKS or _is_part(child)
                        if stops:
                            self._break()
                        work.append((child, iter(child.contents), len(self.items), stops))
                        break
                elif type(child) in TEXT:
                    self._add(str(child), tag)
            else:
                if breaks:
                    self._break()
                self.spans[id(tag)] = (start, len(self.items))
                work.pop()

    def _skipped(self, tag: Tag, pictured: bool) -> bool:
        if tag.name in _SILENT or (pictured and tag.name in ("svg", "object", "img", "input")):
            return True
        if tag.name == "template":
            return not tag.has_attr("shadowrootmode")
        setting = self._settings[tag]
        return (
            setting.concealed
            or setting.apart
            or bool(setting.furniture and setting.furniture not in _SPOKEN)
        )

    def _picture(self, image: Image) -> None:
        self._break()
        self.items.append(image)

    def _add(self, text: str, tag: Tag) -> None:
        blank = text.isspace()
        if blank and not self._text:
            return
        self._text.append(text)
        if not blank:
            self._holder = self._holder or tag
            if not self._plain and any(map(str.isalnum, text)):
                self._plain = self._settings[tag].link is None

    def _break(self) -> None:
        if not self._text:
            return
        text = fold(self._text[0] if len(self._text) == 1 else "".join(self._text))
        if text and self._holder is not None:
            self.items.append(Line(text, _block(self._holder), not self._plain))
        self._text, self._holder, self._plain = [], None, False


_SILENT = frozenset("script style noscript button select textarea option head title".split())
_SPOKEN = frozenset({"byline", "author", "authors", "tag", "tags"})


def _is_part(tag: Tag) -> bool:
    """Whether an inline element is, by its class names, a part of a caption of its own."""
    return tag.name in ("span", "cite", "small", "em", "strong", "i", "b") and is_part(tag)


def is_part(tag: Tag) -> bool:
    """Whether class names or the id say caption, credit, VIRIN or the like."""
    return _name_part(tokens(tag))


@lru_cache(maxsize=4096)
def _name_part(words: tuple[str, ...]) -> bool:
    return any(map(_PART.search, words))


def _block(tag: Tag) -> Tag:
    """The element that a line stands in: out of plain inline elements, up to the block or the named part."""
    current = tag
    while current.parent is not None and current.name not in _BLOCKS and not is_part(current):
        current = current.parent
    return current
