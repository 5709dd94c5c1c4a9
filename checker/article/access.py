"""What assistive technology meets: roles, what is hidden, what scripts may change. As far as markup decides it, and the
browser's word on what is seen where a browser was there.

Sources: WAI-ARIA 1.2, HTML Accessibility API Mappings 1.0, HTML.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from bs4.element import Tag

from checker.article import implicit
from checker.article.aria import tables
from checker.article.hiding import Hiding
from checker.article.keyboard import above, focusable, value
from checker.page import Mode
from checker.rendering import Focus

if TYPE_CHECKING:
    from checker.article import Article


class Access:
    """A page's elements as assistive technology meets them. Ids count within their tree: a shadow tree is its own."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._rendered = article.page.rendering is not None
        self._roles: dict[int, str] = {}
        self._exposed: dict[int, bool] = {}
        self._hiding = Hiding(article)

    def by_id(self, tag: Tag, identity: str) -> Tag | None:
        """The first element of that id in the tree of ``tag``."""
        found = self.all_by_id(tag, identity)
        return found[0] if found else None

    def all_by_id(self, tag: Tag, identity: str) -> list[Tag]:
        """Every element of that id in the tree of ``tag``."""
        return self._ids.get((self._tree(tag), identity), [])

    @cached_property
    def _ids(self) -> dict[tuple[int, str], list[Tag]]:
        ids: dict[tuple[int, str], list[Tag]] = defaultdict(list)
        for tag in self._article.with_attribute("id"):
            if identity := value(tag, "id"):
                ids[self._tree(tag), identity].append(tag)
        return ids

    def labels(self, tag: Tag, identity: str) -> list[Tag]:
        """The label elements of the tree of ``tag`` that are for that id, if ``tag`` is the first to have it."""
        return (
            self._labels.get((self._tree(tag), identity), [])
            if self.by_id(tag, identity) is tag
            else []
        )

    @cached_property
    def _labels(self) -> dict[tuple[int, str], list[Tag]]:
        labels: dict[tuple[int, str], list[Tag]] = defaultdict(list)
        for tag in self._article.elements("label"):
            if target := value(tag, "for"):
                labels[self._tree(tag), target].append(tag)
        return labels

    def _tree(self, tag: Tag) -> int:
        """What tells the tree of an element: its shadow root, else 0 for the document."""
        if not self._shadows:
            return 0
        return next((id(each) for each in tag.parents if id(each) in self._shadows), 0)

    @cached_property
    def _shadows(self) -> frozenset[int]:
        """The shadow roots."""
        return frozenset(
            id(tag) for tag in self._article.elements("template") if tag.has_attr("shadowrootmode")
        )

    def role(self, tag: Tag) -> str:
        """The element's role, or "" for none: the first role of its attribute that there is, unless it says
        presentation or none of an element that must not vanish (presentational roles conflict resolution)."""
        known = self._roles.get(id(tag))
        if known is None:
            explicit = self.explicit_role(tag) if "role" in tag.attrs else ""
            if explicit in ("none", "presentation") and self.conflicts(tag):
                explicit = ""
            known = self._roles[id(tag)] = explicit or implicit.role(tag)
        return known

    def of_roles(self, *roles: str) -> list[Tag]:
        """The page's elements of these roles, in document order."""
        article, names = self._article, implicit.names_of(roles)
        plain = (tag for tag in article.elements(*names) if "role" not in tag.attrs)
        may = (article.with_attribute("role"), plain if names else ())
        return [tag for tag in article.in_order(may) if self.role(tag) in roles]

    def explicit_role(self, tag: Tag) -> str:
        """The first role of the role attribute that exists, or ""."""
        known = tables().roles
        return next((word for word in value(tag, "role").lower().split() if word in known), "")

    def conflicts(self, tag: Tag) -> bool:
        """Whether a presentational role is ignored: the element takes the focus or has a global state or property."""
        names = tables().globals
        return focusable(tag) or any(key in names and key != "aria-hidden" for key in tag.attrs)

    def hidden(self, tag: Tag) -> bool:
        """Whether nobody gets the element: the browser's word, else the markup's and that of the page's own styles."""
        said = self._article.hidden(tag) if self._rendered else None
        return self._hiding.keeps(tag) if said is None else said

    def exposed(self, tag: Tag) -> bool:
        """Whether assistive technology gets the element."""
        known = self._exposed.get(id(tag))
        if known is None:
            known = id(tag) not in self._veiled and not self.hidden(tag)
            self._exposed[id(tag)] = known
        return known

    def veiled(self, tag: Tag) -> bool:
        """Whether aria-hidden keeps the element from assistive technology."""
        return id(tag) in self._veiled

    @cached_property
    def _veiled(self) -> set[int]:
        """The elements that aria-hidden, theirs or of one around them, keeps from assistive technology."""
        veiled: set[int] = set()
        for tag in self._article.with_attribute("aria-hidden"):
            if id(tag) not in veiled and value(tag, "aria-hidden").lower() == "true":
                veiled.update((id(tag), *map(id, self._article.within(tag))))
        return veiled

    def dark(self, tag: Tag) -> bool:
        """Whether markup or the page's own styles keep the element from everyone."""
        return self._hiding.keeps(tag)

    def style(self, tag: Tag) -> Mapping[str, str]:
        """The element's style by the page's own style sheets; empty where it has none."""
        return self._hiding.style(tag)

    @cached_property
    def scripted(self) -> bool:
        """Whether the page has scripts."""
        return any(
            value(tag, "type").lower() not in _DATA for tag in self._article.elements("script")
        )

    @cached_property
    def unsettled(self) -> bool:
        """Whether scripts that did not run could still change the page: no browser was there, or some did not load."""
        if self._article.page.mode is Mode.STATIC:
            return self.scripted
        return bool(self._article.page.lost("script"))

    @property
    def focus(self) -> Focus | None:
        """The way of the keyboard, where a browser went it."""
        rendering = self._article.page.rendering
        return rendering.focus if rendering is not None else None

    @cached_property
    def stops(self) -> frozenset[int]:
        """The numbers of the elements at which the keyboard stopped."""
        return frozenset(stop.element for stop in self.focus.stops) if self.focus else frozenset()

    @cached_property
    def foreign_styles(self) -> bool:
        """Whether style sheets that nobody read could still hide things: no browser was there, or some did not load."""
        if self._article.page.mode is Mode.RENDERED:
            return bool(self._article.page.lost("stylesheet"))
        return any(
            "stylesheet" in [word.lower() for word in tag.get("rel") or ()]
            for tag in self._article.elements("link")
        )

    def in_custom_element(self, tag: Tag, *, inside: bool) -> bool:
        """Whether the element stands in, or where ``inside`` holds, an element that only a script that did not run
        would bring to life."""
        around = (*above(tag), *(tag.find_all(True) if inside else ()))
        settled = self._article.page.mode is Mode.RENDERED and not self.unsettled
        return not settled and any("-" in each.name for each in around)

    def waiting(self, tag: Tag) -> bool:
        """Whether a script that nobody ran may fill the element: it, or something in or around it, is a handle for
        scripts (an id, a data attribute, an unknown element)."""
        if self.in_custom_element(tag, inside=True):
            return True
        return self.unsettled and any(
            each.has_attr("id") or any(key.startswith(_HANDLES) for key in each.attrs)
            for each in (tag, *tag.find_all(True))
        )


_DATA = (
    "application/ld+json",
    "application/json",
    "text/template",
    "text/html",
    "speculationrules",
    "importmap",
)
_HANDLES = ("data-", "ng-", "v-", "x-", ":", "@", "on")
