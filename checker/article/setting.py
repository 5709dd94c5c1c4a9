"""What surrounds an element: landmarks, furniture, links, and what keeps readers or assistive technology from it.

Each element's setting follows from its parent's, so a page is read once however many pictures stand in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4.element import Tag

_WORDS = re.compile(r"[a-z]+|[0-9]+")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CONCEALED = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.I)
_APART_ROLES = frozenset(
    "banner navigation complementary contentinfo search menu menubar toolbar".split()
)
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


def tokens(tag: Tag) -> list[str]:
    """The words of an element's id and class names, in lower case: "wp-block-image" is three."""
    classes = tag.get("class")
    names = [*(classes if isinstance(classes, list) else ()), str(tag.get("id", ""))]
    text = " ".join(names)
    return _WORDS.findall(_HUMPS.sub(" ", text).lower()) if text.strip() else []


def apart(tag: Tag, sectioned: bool = False) -> bool:
    """Whether an element is by name or role not of the content: navigation, asides, the page's header and footer."""
    role = str(tag.get("role", ""))
    if role:
        return role in _APART_ROLES
    if tag.name in ("header", "footer"):
        return not sectioned and not any(
            parent.name in ("article", "main") or parent.get("role") == "main"
            for parent in tag.parents
        )
    return tag.name in ("nav", "aside")


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
        name = tag.name
        plain = name in _PLAIN and not _TELLING.intersection(tag.attrs)
        if plain and id(tag) not in self._cards and not _unrendered(tag):
            return above
        link = name in ("button", "summary") or (name in ("a", "area") and tag.has_attr("href"))
        furniture = above.furniture
        if not furniture and id(tag) not in self._around:
            furniture = self._furniture(tag)
        step = Setting(
            apart=above.apart or apart(tag, above.sectioned),
            furniture=furniture,
            sectioned=above.sectioned or name in ("article", "main"),
            link=tag if link else above.link,
            figure=tag if name == "figure" or tag.get("role") == "figure" else above.figure,
            aria_hidden=above.aria_hidden or str(tag.get("aria-hidden", "")).lower() == "true",
            concealed=above.concealed or concealed(tag) or _unrendered(tag),
        )
        return step

    def _furniture(self, tag: Tag) -> str:
        if id(tag) in self._cards:
            return "related story"
        return next((word for word in tokens(tag) if word in FURNITURE), "")


def _unrendered(tag: Tag) -> bool:
    return tag.parent is not None and tag.parent.name in _UNRENDERED


def concealed(tag: Tag) -> bool:
    """Whether the element's own markup hides it from everyone."""
    style = tag.get("style")
    return tag.has_attr("hidden") or (isinstance(style, str) and bool(_CONCEALED.search(style)))
