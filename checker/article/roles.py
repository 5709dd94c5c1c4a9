"""What a picture is for: content, decoration, furniture or tracking."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from checker.article import virin
from checker.article.setting import FURNITURE, tokens

if TYPE_CHECKING:
    from checker.article.images import Image


class Kind(StrEnum):
    """How a picture is marked up."""

    IMG = "img"
    PICTURE = "picture"  # an img with the sources of the picture element around it
    SVG = "svg"
    INPUT = "input"  # an image button
    OBJECT = "object"
    GRAPHIC = "graphic"  # another element with role img
    BACKGROUND = "background"  # by CSS; known only where a browser rendered the page


class Role(StrEnum):
    """What a picture is for, by where it stands, its size and its names; the author may have marked it otherwise."""

    CONTENT = "content"
    DECORATION = "decoration"
    FURNITURE = (
        "furniture"  # logos, icons, share buttons, navigation, portraits, cards of other articles
    )
    TRACKING = "tracking"


ICON = 48
"""The longer side of an icon, in CSS pixels, at most."""
_LARGE = 200
_DOT = 3
_TRACKERS = re.compile(
    r"^(?:https?:)?//(?:[\w.-]+\.)?(?:doubleclick\.net|google-analytics\.com|googletagmanager\.com|quantserve\.com"
    r"|scorecardresearch\.com|omtrdc\.net|2o7\.net|ads\.linkedin\.com|bat\.bing\.com|analytics\.twitter\.com"
    r"|facebook\.com/tr\b|t\.co/i/adsct)",
    re.I,
)
_PHOTO = re.compile(r"\.(?:jpe?g|webp|avif|heic|tiff?)$", re.I)
_WORDS = re.compile(r"[a-z]+")
_FURNITURE_FILES = frozenset(
    """logo logos icon icons sprite sprites avatar favicon button btn arrow seal crest facebook twitter linkedin
    instagram youtube flickr rss""".split()
)
_SPACER_FILES = frozenset("spacer blank transparent pixel clear bullet divider shim".split())


def classify(image: Image) -> tuple[Role, str]:
    """The role and, in a few words, why. A picture of the article's text whose size nobody knows is content."""
    if _tracks(image):
        return Role.TRACKING, "a tracking pixel"
    if reason := _elsewhere(image):
        return Role.FURNITURE, reason
    sides = _sides(image)
    longer = max(sides, default=None)
    name = image.file_name
    words = set(_WORDS.findall(name.rpartition(".")[0].lower()))
    if reason := _furniture(image, words, longer, name):
        return Role.FURNITURE, reason
    if image.decorative and len(sides) == 2 and min(sides) <= ICON:
        return Role.DECORATION, "as thin as a rule, with an empty alternative"
    if reason := _decoration(image, words, longer, len(sides), name):
        return Role.DECORATION, reason
    return Role.CONTENT, "a picture in the article's text"


def _sides(image: Image) -> list[int]:
    return [side for side in image.size if side is not None]


def _tracks(image: Image) -> bool:
    if image.kind is Kind.SVG and not image.sources:
        return False
    sides = _sides(image)
    if not sides:
        return any(_TRACKERS.match(source) for source in image.sources)
    return max(sides) <= _DOT and len(sides) == 2 and image.kind is not Kind.SVG


def _elsewhere(image: Image) -> str:
    """Where a picture stands that is none of the article's text."""
    if image.setting.apart:
        return "in navigation, header, footer or aside"
    if image.setting.furniture:
        return f"named {image.setting.furniture}"
    return "" if image.in_body else "outside the article's text"


def _furniture(image: Image, words: set[str], longer: int | None, name: str) -> str:
    setting = image.setting
    if image.kind is Kind.INPUT or (setting.link is not None and setting.link.name == "button"):
        return "a button"
    if found := words & _FURNITURE_FILES or ({"flag"} if {"us", "flag"} <= words else set()):
        return f"its file is named {min(found)}"
    if longer is None and not setting.figure and name.lower().endswith(".svg"):
        return "a drawing of unknown size"
    if (
        longer is None
        and not setting.figure
        and (image.repeated or (image.linked_text and not _PHOTO.search(name)))
    ):
        return "a repeated mark" if image.repeated else "beside a link's text"
    own = FURNITURE.intersection(tokens(image.tag))
    return f"named {min(own)}" if own else ""


def _decoration(image: Image, words: set[str], longer: int | None, known: int, name: str) -> str:
    if longer is not None and known == 2 and longer <= ICON:
        return "as small as an icon"
    if words & _SPACER_FILES and not image.name:
        return "a spacer"
    if image.kind is Kind.BACKGROUND:
        return "" if longer is not None and longer > _LARGE else "a background"
    if image.setting.aria_hidden or (image.decorative and "alt" not in image.tag.attrs):
        return "marked as decoration"
    if image.kind in (Kind.SVG, Kind.GRAPHIC):
        shown = image.name and (longer or 0) > ICON
        return "" if shown or image.setting.figure is not None else "a drawn mark"
    if image.decorative and longer is None and not _photographic(image, name):
        return "an empty alternative, and nothing says that it is a photograph"
    return ""


def _photographic(image: Image, name: str) -> bool:
    return (
        bool(_PHOTO.search(name))
        or image.setting.figure is not None
        or image.tag.get("itemprop") == "image"
        or virin.in_file_name(name) is not None
    )
