"""What a picture is for: content, decoration, furniture or tracking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bs4.element import Tag

from checker.article import address, virin
from checker.article.setting import FURNITURE, Setting, tokens


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


@dataclass(frozen=True)
class View:
    """What the role follows from."""

    tag: Tag
    kind: Kind
    setting: Setting
    sources: tuple[str, ...]
    size: address.Size
    in_body: bool
    decorative: bool
    named: bool
    repeated: bool  # the page shows the same file three times or more
    linked_text: str  # of the link or button around it


def classify(view: View) -> tuple[Role, str]:
    """The role and, in a few words, why. A picture of the article's text whose size nobody knows is content."""
    sides = [side for side in view.size if side is not None]
    longer = max(sides, default=None)
    if _tracks(view, longer, len(sides)):
        return Role.TRACKING, "a tracking pixel"
    name = address.file_name(view.sources[0]) if view.sources else ""
    words = set(_WORDS.findall(name.rpartition(".")[0].lower()))
    if reason := _furniture(view, words, longer, name):
        return Role.FURNITURE, reason
    if view.decorative and len(sides) == 2 and min(sides) <= ICON:
        return Role.DECORATION, "as thin as a rule, with an empty alternative"
    if reason := _decoration(view, words, longer, len(sides), name):
        return Role.DECORATION, reason
    return Role.CONTENT, "a picture in the article's text"


def _tracks(view: View, longer: int | None, known: int) -> bool:
    if longer is not None and longer <= _DOT and known == 2:
        return view.kind is not Kind.SVG
    return longer is None and any(_TRACKERS.match(source) for source in view.sources)


def _furniture(view: View, words: set[str], longer: int | None, name: str) -> str:
    setting = view.setting
    if setting.apart:
        return "in navigation, header, footer or aside"
    if setting.furniture:
        return f"named {setting.furniture}"
    if not view.in_body:
        return "outside the article's text"
    if view.kind is Kind.INPUT or (setting.link is not None and setting.link.name == "button"):
        return "a button"
    if found := words & _FURNITURE_FILES or ({"flag"} if {"us", "flag"} <= words else set()):
        return f"its file is named {min(found)}"
    if longer is None and not setting.figure and name.lower().endswith(".svg"):
        return "a drawing of unknown size"
    if (
        longer is None
        and not setting.figure
        and (view.repeated or (view.linked_text and not _PHOTO.search(name)))
    ):
        return "a repeated mark" if view.repeated else "beside a link's text"
    own = FURNITURE.intersection(tokens(view.tag))
    return f"named {min(own)}" if own else ""


def _decoration(view: View, words: set[str], longer: int | None, known: int, name: str) -> str:
    if longer is not None and known == 2 and longer <= ICON:
        return "as small as an icon"
    if words & _SPACER_FILES and not view.named:
        return "a spacer"
    if view.kind is Kind.BACKGROUND:
        return "" if longer is not None and longer > _LARGE else "a background"
    if view.setting.aria_hidden or (view.decorative and not view.tag.has_attr("alt")):
        return "marked as decoration"
    if view.kind in (Kind.SVG, Kind.GRAPHIC):
        shown = view.named and (longer or 0) > ICON
        return "" if shown or view.setting.figure is not None else "a drawn mark"
    if view.decorative and longer is None and not _photographic(view, name):
        return "an empty alternative, and nothing says that it is a photograph"
    return ""


def _photographic(view: View, name: str) -> bool:
    return (
        bool(_PHOTO.search(name))
        or view.setting.figure is not None
        or view.tag.get("itemprop") == "image"
        or virin.in_file_name(name) is not None
    )
