"""What the keyboard reaches, by markup alone, and how attributes are read. Source: HTML, 6.6 (focus)."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag

_DISABLED = frozenset("button input select textarea fieldset".split())
_NATURAL = frozenset("a area button select textarea iframe embed input summary audio video".split())
_TAKING = frozenset(("tabindex", "contenteditable"))


def value(tag: Tag, name: str) -> str:
    """The attribute's text, without white space at the ends; empty where there is none."""
    found = tag.attrs.get(name)
    if not found:
        return ""
    if type(found) is str:  # as most are
        return found.strip()
    return (" ".join(found) if isinstance(found, list) else str(found)).strip()


def above(tag: Tag) -> Iterator[Tag]:
    """The element and those around it, innermost first."""
    current: Tag | None = tag
    while current is not None and current.name != "[document]":
        yield current
        current = current.parent


def may_focus(tag: Tag) -> bool:
    """Whether the element is of a kind that can take the focus: most are not, and nothing else need be asked."""
    return tag.name in _NATURAL or not _TAKING.isdisjoint(tag.attrs)


def focusable(tag: Tag) -> bool:
    """Whether the element takes the focus, by script at least, were it shown."""
    return may_focus(tag) and not disabled(tag) and (_by_nature(tag) or tabindex(tag) is not None)


def tabbable(tag: Tag) -> bool:
    """Whether the keyboard reaches the element, were it shown."""
    if not focusable(tag) or (tabindex(tag) or 0) < 0:
        return False
    return not any("inert" in each.attrs for each in above(tag))


def disabled(tag: Tag) -> bool:
    """Whether a form control is switched off, by itself or its fieldset (not one in the fieldset's legend)."""
    if tag.name not in _DISABLED:
        return False
    if tag.has_attr("disabled"):
        return True
    inner: Tag = tag
    for each in tag.parents:
        if each.name == "fieldset" and each.has_attr("disabled") and inner.name != "legend":
            return True
        inner = each
    return False


def tabindex(tag: Tag) -> int | None:
    """The tabindex attribute as a number; None where there is none or it is none."""
    text = value(tag, "tabindex") if "tabindex" in tag.attrs else ""
    return int(text) if text.lstrip("+-").isdecimal() and len(text) < 8 else None


def _by_nature(tag: Tag) -> bool:
    match tag.name:
        case "a" | "area":
            return tag.has_attr("href") or tag.has_attr("xlink:href")
        case "button" | "select" | "textarea" | "iframe" | "embed":
            return True
        case "input":
            return value(tag, "type").lower() != "hidden"
        case "summary":
            return tag.parent is not None and tag.parent.name == "details"
        case "audio" | "video":
            return tag.has_attr("controls")
        case _:
            return (
                tag.has_attr("contenteditable") and value(tag, "contenteditable").lower() != "false"
            )
