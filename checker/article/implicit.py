"""The roles that HTML elements have by themselves. Source: HTML-AAM 1.0, ARIA in HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bs4.element import Tag

from checker.article.tree import enclosing

_SIMPLE = {
    "address": "group",
    "article": "article",
    "aside": "complementary",
    "blockquote": "blockquote",
    "button": "button",
    "caption": "caption",
    "code": "code",
    "datalist": "listbox",
    "dd": "definition",
    "del": "deletion",
    "details": "group",
    "dfn": "term",
    "dialog": "dialog",
    "dt": "term",
    "em": "emphasis",
    "fieldset": "group",
    "figure": "figure",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "hr": "separator",
    "ins": "insertion",
    "main": "main",
    "math": "math",
    "menu": "list",
    "meter": "meter",
    "nav": "navigation",
    "ol": "list",
    "optgroup": "group",
    "option": "option",
    "output": "status",
    "p": "paragraph",
    "progress": "progressbar",
    "search": "search",
    "strong": "strong",
    "sub": "subscript",
    "sup": "superscript",
    "table": "table",
    "tbody": "rowgroup",
    "textarea": "textbox",
    "tfoot": "rowgroup",
    "thead": "rowgroup",
    "time": "time",
    "tr": "row",
    "ul": "list",
}
_INPUTS = {
    "button": "button",
    "checkbox": "checkbox",
    "image": "button",
    "number": "spinbutton",
    "radio": "radio",
    "range": "slider",
    "reset": "button",
    "submit": "button",
}
NO_ROLE_INPUTS = frozenset("password date month week time datetime-local color file hidden".split())
_NAMING = ("aria-label", "aria-labelledby")
_SECTIONING = ("article", "aside", "main", "nav", "section")
_LISTS = ("ul", "ol", "menu")
_SVG = "http://www.w3.org/2000/svg"


def role(tag: Tag) -> str:
    """The role that the element has without a role attribute; "" for none (div, span and the like)."""
    if tag.namespace == _SVG:
        linked = tag.name == "a" and ("href" in tag.attrs or "xlink:href" in tag.attrs)
        return "link" if linked else ""
    depending = _DEPENDING.get(tag.name)
    return depending.role(tag) if depending else _SIMPLE.get(tag.name, "")


@lru_cache(maxsize=256)
def names_of(roles: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the elements that may have one of the roles by themselves."""
    simple = (name for name, role in _SIMPLE.items() if role in roles)
    return (
        *simple,
        *(name for name, may in _DEPENDING.items() if not may.roles.isdisjoint(roles)),
    )


def _link(tag: Tag) -> str:
    return "link" if "href" in tag.attrs else ""


def _img(tag: Tag) -> str:
    """An image with an empty alternative and nothing else to name it is decorative."""
    if tag.attrs.get("alt") == "":
        return "presentation"
    return "img"


def _input(tag: Tag) -> str:
    kind = str(tag.get("type", "")).strip().lower()
    if kind in _INPUTS:
        return _INPUTS[kind]
    if kind in NO_ROLE_INPUTS:
        return ""
    if tag.get("list"):
        return "combobox"
    return "searchbox" if kind == "search" else "textbox"


def _size(tag: Tag) -> int:
    size = str(tag.get("size", ""))
    return int(size) if size.isdecimal() and len(size) < 8 else 1


def _select(tag: Tag) -> str:
    return "listbox" if "multiple" in tag.attrs or _size(tag) > 1 else "combobox"


def _section(tag: Tag) -> str:
    named = any(str(tag.attrs.get(name, "")).strip() for name in _NAMING)
    return ("region" if tag.name == "section" else "form") if named else ""


def _header(tag: Tag) -> str:
    if enclosing(tag, *_SECTIONING) is not None:
        return ""
    return "banner" if tag.name == "header" else "contentinfo"


def _li(tag: Tag) -> str:
    return "listitem" if tag.parent is not None and tag.parent.name in _LISTS else ""


def _td(tag: Tag) -> str:
    table = enclosing(tag, "table")
    grid = table is not None and str(table.get("role", "")).strip().lower() in ("grid", "treegrid")
    return "gridcell" if grid else "cell"


def _th(tag: Tag) -> str:
    scope = str(tag.get("scope", "")).lower()
    return "rowheader" if scope in ("row", "rowgroup") else "columnheader"


def _summary(tag: Tag) -> str:
    return "button" if tag.parent is not None and tag.parent.name == "details" else ""


@dataclass(frozen=True)
class _Depending:
    """A role that depends on the element's attributes or place, and all that it may be."""

    role: Callable[[Tag], str]
    roles: frozenset[str]


_DEPENDING = {
    name: _Depending(role, frozenset(roles))
    for name, role, roles in (
        ("a", _link, ("link",)),
        ("area", _link, ("link",)),
        ("img", _img, ("img", "presentation")),
        ("input", _input, (*_INPUTS.values(), "combobox", "searchbox", "textbox")),
        ("select", _select, ("listbox", "combobox")),
        ("section", _section, ("region",)),
        ("form", _section, ("form",)),
        ("header", _header, ("banner",)),
        ("footer", _header, ("contentinfo",)),
        ("li", _li, ("listitem",)),
        ("td", _td, ("gridcell", "cell")),
        ("th", _th, ("rowheader", "columnheader")),
        ("summary", _summary, ("button",)),
    )
}
