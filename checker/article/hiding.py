"""What markup and the page's own styles keep from everyone, without layout. Source: HTML, 15.3 (rendering)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from bs4.element import Tag

from checker.article.keyboard import value
from checker.article.styles import style_rules

if TYPE_CHECKING:
    from checker.article import Article

_NEVER_SHOWN = frozenset(
    "head script style template noscript datalist title meta link base param source track".split()
)
_SVG = "http://www.w3.org/2000/svg"
_HIDING = re.compile(r"display|visibility|\ball\b|\\", re.I)
"""What a style says that may hide an element: these properties, all of them at once, or an escape."""
_SHOWN = frozenset(
    "block inline inline-block flex inline-flex grid inline-grid table table-cell list-item".split()
)
"""What ``display`` mostly says of elements that are shown: a rule that says so hides nothing."""


class Hiding:
    """What of an article nobody gets, browser or not."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._styles: dict[int, Mapping[str, str]] = {}

    def keeps(self, tag: Tag) -> bool:
        """Whether the element is kept from everyone."""
        return id(tag) in self._kept

    @cached_property
    def _kept(self) -> set[int]:
        return self._unlit | self._styled_away() if self._hiding_styles else self._unlit

    @cached_property
    def _unlit(self) -> set[int]:
        """The elements that markup keeps from everyone, by themselves or with one around them."""
        unlit: set[int] = set()
        for tag in self._withheld():
            if id(tag) not in unlit:
                unlit.update((id(tag), *map(id, self._article.within(tag))))
        return unlit

    def _withheld(self) -> Iterator[Tag]:
        """The elements that are kept from everyone whatever is around them; a shadow root is none."""
        article = self._article
        for name in _NEVER_SHOWN | {"input", "dialog"}:
            yield from filter(_is_dark, article.elements(name))
        for details in article.elements("details"):
            if "open" not in details.attrs:
                inside = [each for each in details.contents if isinstance(each, Tag)]
                summary = next((each for each in inside if each.name == "summary"), None)
                yield from (each for each in inside if each is not summary and not _is_root(each))
        if not self._hiding_styles:  # else what they display decides
            yield from (each for each in article.with_attribute("hidden") if not _is_root(each))

    def _styled_away(self) -> set[int]:
        """The elements that the page's own styles hide, by themselves or with one around them. Only those are asked for
        their style that a rule may hide or show again: there are few."""
        told = self._told()
        gone: set[int] = set()
        unseen: set[int] = set()
        for tag in self._article.document.tags:
            mine, holder = id(tag), tag.parent
            around = id(holder)
            if mine in told or "hidden" in tag.attrs or _is_template(holder):
                style = self.style(tag)
                invisible = style.get("visibility", "").lower() in ("hidden", "collapse")
                away = not _is_root(tag) and _not_displayed(tag, style.get("display", "").lower())
            else:
                invisible, away = around in unseen, False
            if invisible:
                unseen.add(mine)
            if away or around in gone:
                gone.add(mine)
        return gone | unseen

    def _told(self) -> set[int]:
        """The elements of which the page's own styles say something that may hide them or show them again."""
        document = self._article.document
        selectors = (
            selector
            for sheet in document.sheets
            if _HIDING.search(sheet)
            for selector, said in style_rules(sheet)
            if _may_hide(said)
        )
        told = {id(tag) for selector in dict.fromkeys(selectors) for tag in document.of(selector)}
        styled = (tag for tag in document.tags if "style" in tag.attrs)
        told.update(id(tag) for tag in styled if _HIDING.search(_inline(tag)))
        return told

    @cached_property
    def _hiding_styles(self) -> bool:
        """Whether the page's own styles may hide something: most that there are speak of other things."""
        return self._styled and any(
            ("style" in tag.attrs and _HIDING.search(_inline(tag)))
            or (tag.name == "style" and _HIDING.search("".join(map(str, tag.contents))))
            for tag in self._article.document.tags
        )

    @cached_property
    def _styled(self) -> bool:
        article = self._article
        if article.elements("style") or article.with_attribute("style"):
            return True
        inert = article.elements("noscript") or article.elements(
            "template"
        )  # what is in them counts
        return bool(inert) and any(
            tag.name == "style" or "style" in tag.attrs for tag in article.document.tags
        )

    def style(self, tag: Tag) -> Mapping[str, str]:
        """The element's style by the page's own style sheets; empty where it has none."""
        if not self._styled:
            return {}
        if id(tag) not in self._styles:
            self._styles[id(tag)] = self._article.document.style(tag)
        return self._styles[id(tag)]


def _inline(tag: Tag) -> str:
    return str(tag.attrs["style"])


def _may_hide(said: Mapping[str, tuple[str, bool]]) -> bool:
    """Whether declarations may hide an element, or take back that others do."""
    display, _ = said.get("display", ("inline", False))
    return display not in _SHOWN or "visibility" in said or "all" in said


def _not_displayed(tag: Tag, display: str) -> bool:
    return display == "none" or ("hidden" in tag.attrs and display in ("", "inline"))


def _is_template(tag: Tag | None) -> bool:
    """Whether it is a template: what stands in one inherits nothing."""
    return tag is not None and tag.name == "template"


def _is_dark(tag: Tag) -> bool:
    """Whether an element of these names is kept from everyone."""
    match tag.name:
        case "template":
            return not _is_root(tag)
        case "input":
            return value(tag, "type").lower() == "hidden"
        case "dialog":
            return "open" not in tag.attrs
        case _:
            return tag.namespace != _SVG


def _is_root(tag: Tag) -> bool:
    """Whether the element is a shadow root as markup has it."""
    return tag.name == "template" and "shadowrootmode" in tag.attrs
