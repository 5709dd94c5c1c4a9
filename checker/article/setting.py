"""What surrounds an element: landmarks, furniture, links, and what keeps readers or assistive technology from it.

Each element's setting follows from its parent's, so a page is read once however many pictures stand in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bs4.element import Tag

_WORDS = re.compile(r"[a-z]+|[0-9]+")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CONCEALED = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.I)
_APART_ROLES = frozenset(
    "banner navigation complementary contentinfo search menu menubar toolbar".split()
)
APART = ("nav", "aside", "header", "footer")
"""The elements that may stand apart by their name."""
_UNRENDERED = frozenset("audio video canvas object iframe datalist".split())
_PLAIN = frozenset(
    "p span div ul ol li dl dt dd b i em strong small br h1 h2 h3 h4 h5 h6 table tbody tr td th time cite".split()
)
_TELLING = frozenset("id class role aria-hidden hidden style".split())
"""A plain element without one of these is set as what is around it."""
FURNITURE = frozenset(
    """logo logos icon icons sprite social share sharing sharethis addthis breadcrumb breadcrumbs navbar menu banner
    search avatar byline bio author authors profile related recommended recirc recirculation sidebar teaser promo
    masthead footer pagination pager comments captcha tags tag newsletter signup subscribe badge emoji identifier
    trending popular""".split()
)
"""Words in class names and ids that say: not a picture of the article."""


@dataclass(frozen=True, eq=False)
class Setting:
    """Where an element stands: of the element itself and what is around it. ``link`` and ``figure`` are the nearest."""

    apart: bool = False  # in nav, aside, footer, or a header or footer of the page
    furniture: str = ""  # the word that says so
    sectioned: bool = False  # inside article or main: header and footer are the article's
    link: Tag | None = None
    figure: Tag | None = None
    aria_hidden: bool = False
    concealed: bool = False  # by the markup: hidden, display:none, fallback content


def tokens(tag: Tag) -> tuple[str, ...]:
    """The words of an element's id and class names, in lower case: "wp-block-image" is three."""
    attributes = tag.attrs
    if not attributes:
        return ()
    classes, identity = attributes.get("class"), attributes.get("id")
    names = " ".join(classes) if isinstance(classes, list) else ""
    return _words(f"{names} {identity}" if identity else names)


@lru_cache(maxsize=4096)
def _words(names: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(_HUMPS.sub(" ", names).lower()))


def apart(tag: Tag, sectioned: bool = False) -> bool:
    """Whether an element is by name or role not of the content: navigation, asides, the page's header and footer."""
    if role := tag.attrs.get("role"):
        return str(role) in _APART_ROLES
    if tag.name not in APART:
        return False
    if tag.name in ("header", "footer"):
        return not sectioned and not any(
            parent.name in ("article", "main") or parent.attrs.get("role") == "main"
            for parent in tag.parents
        )
    return True


class Settings:
    """Settings of a document's elements, each found once. ``body`` is the element that holds the article: names of
    classes on it and around it say nothing of what is in it. ``cards`` are elements known to show other articles."""

    def __init__(self, body: Tag | None, cards: frozenset[int] = frozenset()) -> None:
        self._known: dict[int, Setting] = {}
        self._cards = cards
        self._around = frozenset(
            () if body is None else (id(body), *(id(parent) for parent in body.parents))
        )

    def __getitem__(self, tag: Tag) -> Setting:
        known = self._known.get(id(tag))
        return self._read(tag) if known is None else known

    def _read(self, tag: Tag) -> Setting:
        around = self._known.get(id(tag.parent))
        if around is not None:
            setting = self._known[id(tag)] = self._step(tag, around)
            return setting
        chain: list[Tag] = []
        current: Tag | None = tag
        while current is not None and id(current) not in self._known:
            chain.append(current)
            current = current.parent
        setting = self._known[id(current)] if current is not None else Setting()
        for each in reversed(chain):
            setting = self._known[id(each)] = self._step(each, setting)
        return setting

    def _step(self, tag: Tag, above: Setting) -> Setting:
        """The element's setting: what is around it, but for what it changes itself."""
        name, attributes, around = tag.name, tag.attrs, tag.parent
        unrendered = around is not None and around.name in _UNRENDERED
        plain = name in _PLAIN and (not attributes or _TELLING.isdisjoint(attributes))
        if plain and id(tag) not in self._cards and not unrendered:
            return above
        changes: dict[str, Any] = {}
        if (
            not above.apart
            and (name in APART or "role" in attributes)
            and apart(tag, above.sectioned)
        ):
            changes["apart"] = True
        if not above.furniture and id(tag) not in self._around and (word := self._furniture(tag)):
            changes["furniture"] = word
        if not above.sectioned and name in ("article", "main"):
            changes["sectioned"] = True
        if name in ("button", "summary") or (name in ("a", "area") and "href" in attributes):
            changes["link"] = tag
        if name == "figure" or attributes.get("role") == "figure":
            changes["figure"] = tag
        if (
            "aria-hidden" in attributes
            and not above.aria_hidden
            and str(attributes["aria-hidden"]).lower() == "true"
        ):
            changes["aria_hidden"] = True
        may = unrendered or "hidden" in attributes or "style" in attributes
        if may and not above.concealed and (unrendered or concealed(tag)):
            changes["concealed"] = True
        return _changed(above, changes) if changes else above

    def _furniture(self, tag: Tag) -> str:
        return "related story" if id(tag) in self._cards else _furniture(tokens(tag))


@lru_cache(maxsize=4096)
def _furniture(words: tuple[str, ...]) -> str:
    """The first of the words that says furniture."""
    return next((word for word in words if word in FURNITURE), "")


def _changed(setting: Setting, changes: dict[str, Any]) -> Setting:
    """As ``dataclasses.replace``, which takes three times as long: a page has hundreds."""
    new = object.__new__(Setting)
    vars(new).update(vars(setting), **changes)
    return new


def concealed(tag: Tag) -> bool:
    """Whether the element's own markup hides it from everyone."""
    style = tag.attrs.get("style")
    return "hidden" in tag.attrs or (isinstance(style, str) and bool(_CONCEALED.search(style)))
