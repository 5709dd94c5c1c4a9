"""What a document shows, in the few terms that tell an article from an error page, a login wall or nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from bs4.element import NavigableString, Tag, TemplateString

from checker.document import Document

_UNSHOWN = frozenset(
    {"script", "style", "noscript", "head", "title", "meta", "link", "base", "textarea"}
)
_FURNITURE = frozenset({"header", "footer", "nav", "aside"})
_FURNITURE_ROLES = frozenset({"banner", "navigation", "contentinfo", "complementary", "search"})
# What readers see or use even where it has no text.
_SHOWN = (
    "img, picture, svg, video, audio, canvas, iframe, frame, object, embed, input:not([type=hidden i]), button, select,"
    " math, meter, progress, h1, h2, h3, h4, h5, h6, a[href], [role], [aria-label], [style*=background i]"
)
_WAITING = re.compile(r"(loading|please wait|one moment)[\s.…!]*", re.IGNORECASE)
_REFRESH = re.compile(r"\s*+(\d++)[.\d]*+\s*+[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_REDIRECT = re.compile(r"\bredirect", re.IGNORECASE)
_BY_SCRIPT = re.compile(
    r"\b(?:window|document|self|top|parent)?\.?\blocation(?:\.href)?\s*=\s*[\"']([^\"']{1,2000})[\"']"
    r"|\blocation\.(?:replace|assign)\s*\(\s*[\"']([^\"']{1,2000})[\"']"
)
_DATED = re.compile(r"^(article:published_time|article:author)$", re.IGNORECASE)
_KIND = re.compile(r"^og:type\Z")
_ARTICLE = re.compile(r"^article$", re.IGNORECASE)
_PASSWORD = re.compile(r"^password$", re.IGNORECASE)
_ANY = re.compile("^(?!\0)")
MANY = 250
_FEW = 30
_LIMIT = 200
"""So many elements of a kind are looked at: hostile pages have any number, at any depth."""


class Content:
    """A view of a parsed document. Text in open shadow roots (``<template shadowrootmode>``) is shown text."""

    def __init__(self, document: Document) -> None:
        self.soup = document.soup
        self._by_name: dict[str, list[Tag]] = defaultdict(list)
        for tag in document.tags:
            self._by_name[tag.name].append(tag)

    def named(self, name: str, /, **attributes: re.Pattern[str]) -> list[Tag]:
        """The elements of that name whose attributes have values that the patterns find."""
        return [
            tag
            for tag in self._by_name.get(name, ())
            if all(pattern.search(str(tag.get(key, "\0"))) for key, pattern in attributes.items())
        ]

    @cached_property
    def title(self) -> str:
        """The document's title, white space collapsed."""
        tag = next(
            (tag for tag in self.named("title")[:_LIMIT] if not tag.find_parent("svg")),
            None,
        )
        return _collapsed(tag.get_text()) if tag else ""

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The texts of h1 and h2 outside of header, navigation and footer, those of h1 first."""
        tags = [*self.named("h1")[:_LIMIT], *self.named("h2")[:_LIMIT]]
        return tuple(_collapsed(tag.get_text(" ")) for tag in tags if not _in_furniture(tag))

    @cached_property
    def opening(self) -> str:
        """The first words of ``text``: ``_FEW`` and one more, where there are so many."""
        words: list[str] = []
        for text in self._strings(self.soup, furniture=True):
            words.extend(text.split())
            if len(words) > _FEW:
                break
        return " ".join(words[: _FEW + 1])

    @cached_property
    def text(self) -> str:
        """All shown text. Of most pages only the ``opening`` need be asked."""
        return _collapsed(" ".join(self._strings(self.soup, furniture=True)))

    @cached_property
    def main_text(self) -> str:
        """The shown text without that of header, navigation, footer and aside."""
        return _collapsed(" ".join(self._strings(self.soup, furniture=False)))

    @cached_property
    def words(self) -> int:
        """How many words ``main_text`` has; of a long one more than ``MANY``."""
        number = 0
        for text in self._strings(self.soup, furniture=False):
            number += len(text.split())
            if number > MANY:
                break
        return number

    @cached_property
    def scripted(self) -> bool:
        """Whether the document has scripts."""
        return "script" in self._by_name

    @cached_property
    def is_article(self) -> bool:
        """Whether the markup itself says that this is an article or shows one: a figure, a byline, a date of
        publication."""
        pictured = [*self.named("figure"), *self.named("time", datetime=_ANY)]
        return bool(
            self.named("meta", property=_DATED)
            or self.named("meta", property=_KIND, content=_ARTICLE)
            or self.named("figcaption")
            or any(tag.find_parent("article") is not None for tag in pictured)
        )

    def password_field(self) -> Tag | None:
        """The first password field of the page's own content, not one in its header, navigation or footer."""
        fields = self.named("input", type=_PASSWORD)[:_LIMIT]
        return next((field for field in fields if not _in_furniture(field)), None)

    def shows_something(self) -> bool:
        """Whether there is text, a picture or a control to see."""
        waits = self.scripted and _WAITING.match(self.opening) and _WAITING.fullmatch(self.text)
        if self.opening and not waits:
            return True
        return any(not _unshown(tag) for tag in self.soup.select(_SHOWN, limit=_LIMIT))

    def sent_on(self) -> str:
        """The address to which a page without content of its own sends its readers ("?" where it names none)."""
        if len(self.opening.split()) > _FEW or self.soup.find(["img", "figure", "article"]):
            return ""
        for tag in self.soup.find_all(
            "meta", attrs={"http-equiv": re.compile(r"^refresh$", re.IGNORECASE)}
        ):
            found = _REFRESH.match(str(tag.get("content", "")))
            if found and int(found[1][:6]) <= 10:
                return _collapsed(found[2]) or "?"
        if self.shows_something() and not _REDIRECT.search(self.text):
            return ""
        scripts = [tag.get_text() for tag in self.soup.find_all("script") if not tag.get("src")]
        if (
            len(scripts) == 1
            and len(scripts[0]) < 2000
            and (moved := _BY_SCRIPT.search(scripts[0]))
        ):
            return moved[1] or moved[2]
        return ""

    def _strings(self, root: Tag, *, furniture: bool) -> Iterator[str]:
        """Texts in order, without recursion: pages are hostile and may be deep."""
        stack: list[object] = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, Tag):
                if node.name in _UNSHOWN or (
                    node.name == "template" and not node.get("shadowrootmode")
                ):
                    continue
                if not furniture and _is_furniture(node):
                    continue
                stack.extend(reversed(node.contents))
            elif isinstance(node, NavigableString) and not _is_special(node):
                yield str(node)


def _is_special(node: NavigableString) -> bool:
    """Comments, doctypes and the like; text inside a template is a class of its own, and is text."""
    return type(node) not in (NavigableString, TemplateString)


def _is_furniture(tag: Tag) -> bool:
    return tag.name in _FURNITURE or (
        "role" in tag.attrs and str(tag["role"]).lower() in _FURNITURE_ROLES
    )


def _in_furniture(tag: Tag) -> bool:
    """Inside of what pages share. A header within main or an article is the article's own."""
    for parent in tag.parents:
        if parent.name in ("main", "article"):
            return False
        if _is_furniture(parent):
            return True
    return False


def _unshown(tag: Tag) -> bool:
    return any(parent.name in ("noscript", "head", "script", "style") for parent in tag.parents)


def _collapsed(text: str) -> str:
    return " ".join(text.split())
