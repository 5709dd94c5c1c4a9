"""Accessible names, as far as markup decides them.

Sources: Accessible Name and Description Computation 1.2, HTML Accessibility API Mappings 1.0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bs4.element import NavigableString, PageElement, Tag

from checker.article.access import Access
from checker.article.aria import tables
from checker.article.keyboard import value
from checker.article.text import TEXT, fold

_BLOCK = frozenset(
    """address article aside blockquote br caption dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
_LABELLED = frozenset("button input meter output progress select textarea".split())
_NATIVELY = _LABELLED | frozenset("img area fieldset table figure svg optgroup option".split())
_DEFAULTS = {"submit": "Submit", "reset": "Reset"}
_DEEPEST = 120
_FIELD_ROLES = frozenset(("textbox", "searchbox", "combobox", "listbox", "spinbutton", "slider"))


class Names:
    """Names of a page's elements. ``heeding`` what is hidden by the browser, or only by the markup: where the two
    differ, a name cannot be told."""

    def __init__(self, access: Access, *, by_browser: bool = True) -> None:
        self._access = access
        self._by_browser = by_browser
        self._known: dict[int, str] = {}

    def name(self, tag: Tag) -> str:
        """The element's accessible name, spaces folded; empty where it has none."""
        known = self._known.get(id(tag))
        if known is None:
            known = fold(self._name(tag, frozenset(), referenced=False, inside=False))
            self._known[id(tag)] = known
        return known

    def description(self, tag: Tag) -> str:
        """What aria-describedby or aria-description say of it, spaces folded."""
        return fold(self._referenced(tag, "aria-describedby", frozenset())) or value(
            tag, "aria-description"
        )

    def _hidden(self, tag: Tag) -> bool:
        if "aria-hidden" in tag.attrs and value(tag, "aria-hidden").lower() == "true":
            return True
        return self._access.hidden(tag) if self._by_browser else self._access.dark(tag)

    def _name(self, tag: Tag, seen: frozenset[int], *, referenced: bool, inside: bool) -> str:
        """``referenced``: another element names this one; ``inside``: it is met on the way through content."""
        if id(tag) in seen or (inside and self._hidden(tag)):
            return ""
        seen = seen | {id(tag)}
        attributes = tag.attrs
        if (
            not referenced
            and "aria-labelledby" in attributes
            and (found := self._referenced(tag, "aria-labelledby", seen))
        ):
            return found
        role = self._access.role(tag)
        if (inside or referenced) and role in _FIELD_ROLES and (found := self._field_value(tag)):
            return found
        if "aria-label" in attributes and (found := value(tag, "aria-label")):
            return found
        presentational = (
            "role" in attributes
            and self._access.explicit_role(tag) in ("none", "presentation")
            and not self._access.conflicts(tag)
        )
        natively = tag.name in _NATIVELY and not presentational
        if natively and (found := fold(self._native(tag, seen))):
            return found
        if self._from_content(role, referenced, inside, tag):
            found = self._content(tag, seen, referenced)
            if found.strip():
                return found
        if presentational or (tag.name == "img" and attributes.get("alt") == ""):
            return ""
        return value(tag, "title") or (
            value(tag, "placeholder") if tag.name in ("input", "textarea") else ""
        )

    def _from_content(self, role: str, referenced: bool, inside: bool, tag: Tag) -> bool:
        if role in tables().named_by_content:
            return True
        return (referenced or inside) and tag.name not in ("iframe", "select", "textarea", "svg")

    def _referenced(self, tag: Tag, attribute: str, seen: frozenset[int]) -> str:
        parts = []
        for identity in value(tag, attribute).split():
            target = self._access.by_id(tag, identity)
            if target is not None:
                parts.append(self._name(target, seen - {id(target)}, referenced=True, inside=False))
        return " ".join(part for part in parts if part.strip())

    def _field_value(self, tag: Tag) -> str:
        if tag.name == "input":
            return value(tag, "value")
        if tag.name == "select":
            options = tag.find_all("option")
            chosen = [each for each in options if each.has_attr("selected")] or options[:1]
            return " ".join(fold(each.get_text()) for each in chosen)
        if tag.name == "textarea":
            return fold(tag.get_text())
        return value(tag, "aria-valuetext") or value(tag, "aria-valuenow")

    def _native(self, tag: Tag, seen: frozenset[int]) -> str:
        """What the element's own attributes and children name it by (HTML-AAM, section 4.1)."""
        if tag.name in _LABELLED and (found := self._labels(tag, seen)):
            return found
        match tag.name:
            case "img" | "area":
                return value(tag, "alt")
            case "input":
                return self._input(tag)
            case "fieldset":
                return self._child(tag, "legend", seen)
            case "table":
                return self._child(tag, "caption", seen)
            case "figure":
                return self._child(tag, "figcaption", seen)
            case "svg":
                title = _child_of(tag, "title")
                return fold(title.get_text()) if title is not None else ""
            case "optgroup" | "option":
                return value(tag, "label")
            case _:
                return ""

    def _input(self, tag: Tag) -> str:
        kind = value(tag, "type").lower()
        if kind == "image":
            return value(tag, "alt")
        if kind in ("button", "submit", "reset"):
            return value(tag, "value") if tag.has_attr("value") else _DEFAULTS.get(kind, "")
        return ""

    def _child(self, tag: Tag, name: str, seen: frozenset[int]) -> str:
        child = _child_of(tag, name)
        return self._name(child, seen, referenced=True, inside=False) if child is not None else ""

    def labels(self, tag: Tag) -> Iterator[Tag]:
        """The label elements of a form control: those that name its id, and the one that it stands in."""
        identity = value(tag, "id")
        yield from self._access.labels(tag, identity) if identity else ()
        around = next((parent for parent in tag.parents if parent.name == "label"), None)
        if around is not None and not value(around, "for"):
            yield around

    def _labels(self, tag: Tag, seen: frozenset[int]) -> str:
        parts = (
            self._name(label, seen, referenced=True, inside=False) for label in self.labels(tag)
        )
        return " ".join(part for part in parts if part.strip())

    def _content(self, tag: Tag, seen: frozenset[int], referenced: bool) -> str:
        """Names of what stands in the element, one after the other; its mere text below a depth that no article has."""
        if len(seen) > _DEEPEST:
            return tag.get_text(" ")
        if len(tag.contents) == 1 and tag.name != "slot" and "aria-owns" not in tag.attrs:
            (only,) = tag.contents
            if type(only) is NavigableString:  # as most have
                return str(only)
        parts: list[str] = []
        inside = not (referenced and self._hidden(tag))
        for child in self._children(tag):
            if isinstance(child, Tag):
                text = self._name(child, seen, referenced=False, inside=inside)
                parts.append(f" {text} " if child.name in _BLOCK else text)
            elif type(child) in TEXT:
                parts.append(str(child))
        return "".join(parts)

    def _children(self, tag: Tag) -> Sequence[PageElement]:
        """The flat tree's children: those of the shadow root, slots filled; else its own, and what it owns."""
        for each in tag.contents:
            if isinstance(each, Tag) and each.name == "template" and "shadowrootmode" in each.attrs:
                return each.contents
        if tag.name != "slot" and "aria-owns" not in tag.attrs:
            return tag.contents
        if tag.name == "slot" and (host := _host(tag)) is not None:
            wanted = value(tag, "name")
            filled = [
                c
                for c in host.contents
                if (value(c, "slot") if isinstance(c, Tag) else "") == wanted
            ]
            return [
                c for c in filled if not (isinstance(c, Tag) and c.name == "template")
            ] or tag.contents
        owned = (self._access.by_id(tag, each) for each in value(tag, "aria-owns").split())
        return [*tag.contents, *(each for each in owned if each is not None)]


def _child_of(tag: Tag, name: str) -> Tag | None:
    """The first of its children of that name."""
    inside = (each for each in tag.contents if isinstance(each, Tag))
    return next((each for each in inside if each.name == name), None)


def _host(slot: Tag) -> Tag | None:
    root = next(
        (
            each
            for each in slot.parents
            if each.name == "template" and each.has_attr("shadowrootmode")
        ),
        None,
    )
    return root.parent if root is not None else None
