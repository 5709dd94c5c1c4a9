"""Checks of text spacing that a style attribute forces upon readers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bs4.element import NavigableString, Tag

from checker.article import Article
from checker.article.keyboard import above
from checker.article.styles import declarations
from checker.article.text import fold
from checker.verdict import Outcome, failed, passed

_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|em|rem|pt|pc|in|cm|mm|%|)", re.I)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_SIZES = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
}
_KEPT = frozenset(("inherit", "unset", "revert", "revert-layer"))
_BY_TAG = {
    "h1": 2.0,
    "h2": 1.5,
    "h3": 1.17,
    "h5": 0.83,
    "h6": 0.67,
    "small": 5 / 6,
    "sub": 5 / 6,
    "sup": 5 / 6,
}
_OFF = re.compile(r"-\d{3,}")


def wide_enough(
    article: Article, *, style: str, at_least: float, wraps: bool = False
) -> Iterator[Outcome]:
    """Where a style attribute sets ``style`` with !important, which readers cannot override, it is ``at_least`` so many
    times the font size of the text. ``wraps``: only of text that surely breaks into lines (line height).
    What cannot be computed from the markup (calc, variables, viewport units) is not judged.
    Source: ACT rules 78fd32, 24afc2, 9e45ec; WCAG 2.1, 1.4.12."""
    for tag in article.with_attribute("style"):
        stated = declarations(str(tag["style"])).get(style)
        if stated is None or not stated[1] or stated[0].lower() in _KEPT:
            continue
        texts = [
            text
            for text in _governed(article, tag, style)
            if not wraps or _breaks(article, text, tag)
        ]
        sizes = [
            size for text in texts if (size := _ratio(article, tag, text, stated[0])) is not None
        ]
        if not sizes:
            continue
        least = min(sizes)
        if least >= at_least - 1e-6:
            yield passed()
        else:
            yield failed(
                f"{style}: {stated[0]} !important is {least:.2g} times the font size, and readers who need "
                f"{at_least:g} cannot change it",
                article.locate(tag),
                "Take !important away, or the whole declaration.",
            )


def _governed(article: Article, tag: Tag, style: str) -> Iterator[Tag]:
    """Elements with visible text of their own to which the declaration comes down."""
    for each in (tag, *tag.find_all(True)):
        if not any(type(child) is NavigableString and fold(str(child)) for child in each.contents):
            continue
        between = list(above(each))
        between = between[: next(i for i, one in enumerate(between) if one is tag)]
        if any(style in declarations(str(one.get("style", ""))) for one in between):
            continue
        if (
            each.namespace == tag.namespace
            and not article.access.hidden(each)
            and not _off_screen(article, each)
        ):
            yield each


def _off_screen(article: Article, tag: Tag) -> bool:
    box = article.box(tag)
    if box is not None:
        return box[0] + box[2] <= 0 or box[1] + box[3] <= 0
    return any(
        _OFF.match(str(article.access.style(each).get(side, "")))
        for each in above(tag)
        for side in ("left", "top", "right", "bottom", "text-indent", "margin-left", "margin-top")
    )


def _breaks(article: Article, text: Tag, tag: Tag) -> bool:
    """Whether the text surely stands on more than one line: by its box, else by its length and the width it gets
    (taken wide: half the font size a character)."""
    size = font_size(article, text)
    shown = fold("".join(str(child) for child in text.contents if type(child) is NavigableString))
    width = len(shown) * size / 2
    if any(article.access.style(each).get("white-space") in ("nowrap", "pre") for each in (text,)):
        return False
    box = article.box(text)
    room = float(box[2]) if box is not None else _room(article, text)
    return width > 1.2 * room if room is not None else width > 2500


def _room(article: Article, text: Tag) -> float | None:
    """The width that the page's styles give the text, in pixels; None where they do not say."""
    known = [
        pixels
        for each in above(text)
        for name in ("max-width", "width")
        if (pixels := _pixels(article.access.style(each).get(name, ""))) is not None
    ]
    return min(known[:1] or known) if known else None


def _pixels(text: str) -> float | None:
    match = _LENGTH.fullmatch(text.strip())
    return (
        float(match[1]) * _PIXELS[match[2].lower()]
        if match and match[2].lower() in _PIXELS
        else None
    )


def _ratio(article: Article, tag: Tag, text: Tag, stated: str) -> float | None:
    """The declared value in font sizes of the text that gets it."""
    match = _LENGTH.fullmatch(stated.strip())
    if match is None:
        return {"normal": 1.2, "initial": 1.2}.get(stated.strip().lower())
    number, unit = float(match[1]), match[2].lower()
    own, reader = font_size(article, tag), font_size(article, text)
    if not reader:
        return None
    match unit:
        case "":
            return number
        case "em":
            return number * own / reader
        case "%":
            return number / 100 * own / reader
        case "rem":
            return number * 16 / reader
        case _:
            return number * _PIXELS[unit] / reader


def font_size(article: Article, tag: Tag) -> float:
    """The element's font size in pixels by the page's own styles; a reader's 16 where they say nothing."""
    size = 16.0
    for each in reversed(list(above(tag))):
        size = _own_size(article, each, size)
    return size


def _own_size(article: Article, tag: Tag, inherited: float) -> float:
    stated = article.access.style(tag).get("font-size", "medium").lower()
    parent = (
        article.access.style(tag.parent).get("font-size", "medium").lower()
        if tag.parent
        else "medium"
    )
    if stated == parent and "font-size" not in str(tag.get("style", "")):
        return inherited * _BY_TAG.get(tag.name, 1.0)
    return _absolute(stated, inherited)


def _absolute(stated: str, inherited: float) -> float:
    sizes: Mapping[str, float] = _SIZES
    if stated in sizes:
        return sizes[stated]
    match = _LENGTH.fullmatch(stated)
    if match is None:
        return {"smaller": inherited / 1.2, "larger": inherited * 1.2}.get(stated, inherited)
    number, unit = float(match[1]), match[2].lower()
    match unit:
        case "em":
            return number * inherited
        case "%":
            return number / 100 * inherited
        case "rem":
            return number * 16
        case "":
            return inherited
        case _:
            return number * _PIXELS[unit]
