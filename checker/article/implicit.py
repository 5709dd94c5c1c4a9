"""The roles that HTML elements have by themselves. Source: HTML-AAM 1.0, ARIA in HTML."""

from __future__ import annotations

from bs4.element import Tag

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
_DEPENDING = frozenset(
    "a area h1 h2 h3 h4 h5 h6 img input select section form header footer li td th summary".split()
)
_TEXT_INPUTS = frozenset(("text", "email", "tel", "url"))
NO_ROLE_INPUTS = frozenset("password date month week time datetime-local color file hidden".split())
_NAMING = ("aria-label", "aria-labelledby")
_SECTIONING = frozenset("article aside main nav section".split())
_SVG = "http://www.w3.org/2000/svg"


def role(tag: Tag) -> str:
    """The role that the element has without a role attribute; "" for none (div, span and the like)."""
    if tag.namespace == _SVG:
        return (
            "link"
            if tag.name == "a" and (tag.has_attr("href") or tag.has_attr("xlink:href"))
            else ""
        )
    if tag.name not in _DEPENDING:
        return _SIMPLE.get(tag.name, "")
    match tag.name:
        case "a" | "area":
            return "link" if tag.has_attr("href") else ""
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            return "heading"
        case "img":
            return _img(tag)
        case "input":
            return _input(tag)
        case "select":
            return "listbox" if tag.has_attr("multiple") or _size(tag) > 1 else "combobox"
        case "section" | "form":
            named = any(str(tag.get(name, "")).strip() for name in _NAMING)
            return ("region" if tag.name == "section" else "form") if named else ""
        case "header" | "footer":
            inside = any(parent.name in _SECTIONING for parent in tag.parents)
            return "" if inside else ("banner" if tag.name == "header" else "contentinfo")
        case "li":
            return (
                "listitem"
                if tag.parent is not None and tag.parent.name in ("ul", "ol", "menu")
                else ""
            )
        case "td":
            return "gridcell" if _grid(tag) else "cell"
        case "th":
            return (
                "rowheader"
                if str(tag.get("scope", "")).lower() in ("row", "rowgroup")
                else "columnheader"
            )
        case "summary":
            return "button" if tag.parent is not None and tag.parent.name == "details" else ""
        case name:
            return _SIMPLE.get(name, "")


def _img(tag: Tag) -> str:
    """An image with an empty alternative and nothing else to name it is decorative."""
    if tag.has_attr("alt") and tag.get("alt") == "":
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


def _grid(tag: Tag) -> bool:
    table = next((parent for parent in tag.parents if parent.name == "table"), None)
    return table is not None and str(table.get("role", "")).strip().lower() in ("grid", "treegrid")
