"""What a page loads beside itself: every address in its markup, and what kind of thing is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bs4.element import Tag

_STYLE_URL = re.compile(
    r"""(?P<import>@import\s+(?:url\(\s*)?|url\(\s*)["']?(?P<address>[^"'()\s;]+)""", re.I
)
_FONT = re.compile(r"\.(?:woff2?|ttf|otf|eot)(?:[?#]|$)", re.I)
_CANDIDATE = re.compile(
    r"\s*,*\s*(\S*[^\s,])(?:\s+[^,]*)?(?:,|$)"
)  # HTML, srcset: an address, then a descriptor
_ACTIVE_LINKS = frozenset({"stylesheet", "preload", "modulepreload", "manifest"})


class Danger(StrEnum):
    """What a stranger can do who changes the thing on its way (https.cio.gov, mixed content)."""

    ACTIVE = "active"  # change the whole page: scripts, style sheets, fonts, frames
    PASSIVE = "passive"  # change what is shown: pictures, audio, video


@dataclass(frozen=True)
class Subresource:
    """An address that the page loads, as it stands in the element's markup."""

    element: Tag
    address: str
    danger: Danger


_ADDRESSES: dict[str, tuple[tuple[str, Danger], ...]] = {
    "script": (("src", Danger.ACTIVE), ("href", Danger.ACTIVE)),
    "iframe": (("src", Danger.ACTIVE),),
    "frame": (("src", Danger.ACTIVE),),
    "object": (("data", Danger.ACTIVE),),
    "embed": (("src", Danger.ACTIVE),),
    "use": (("href", Danger.ACTIVE), ("xlink:href", Danger.ACTIVE)),
    "img": (("src", Danger.PASSIVE), ("srcset", Danger.PASSIVE)),
    "source": (("src", Danger.PASSIVE), ("srcset", Danger.PASSIVE)),
    "audio": (("src", Danger.PASSIVE),),
    "video": (("src", Danger.PASSIVE), ("poster", Danger.PASSIVE)),
    "track": (("src", Danger.PASSIVE),),
    "image": (("href", Danger.PASSIVE), ("xlink:href", Danger.PASSIVE)),
    "input": (("src", Danger.PASSIVE),),
    "body": (("background", Danger.PASSIVE),),
    "table": (("background", Danger.PASSIVE),),
    "td": (("background", Danger.PASSIVE),),
    "th": (("background", Danger.PASSIVE),),
}

LOADING = (*_ADDRESSES, "link", "style")
"""The elements that may load something, but for others by their style."""


def subresources(tags: Iterable[Tag]) -> Iterator[Subresource]:
    """Every address that the elements load, in document order; links that a reader follows are none."""
    for tag in tags:
        for attribute, danger in _ADDRESSES.get(tag.name, ()):
            value = tag.attrs.get(attribute)
            if isinstance(value, str) and value.strip():
                for address in _candidates(value) if attribute == "srcset" else (value.strip(),):
                    yield Subresource(tag, address, danger)
        if tag.name == "link":
            yield from _link(tag)
        elif tag.name == "style":
            yield from _style(tag, "".join(str(each) for each in tag.contents))
        if isinstance(style := tag.attrs.get("style"), str) and "url(" in style:
            yield from _style(tag, style)


def _candidates(srcset: str) -> Iterator[str]:
    for match in _CANDIDATE.finditer(srcset):
        yield match[1]


def _link(tag: Tag) -> Iterator[Subresource]:
    href = tag.get("href")
    relations = {relation.lower() for relation in tag.get_attribute_list("rel") if relation}
    if isinstance(href, str) and href.strip() and relations & _ACTIVE_LINKS:
        picture = relations == {"preload"} and tag.get("as") in ("image", "audio", "video")
        yield Subresource(tag, href.strip(), Danger.PASSIVE if picture else Danger.ACTIVE)


def _style(tag: Tag, css: str) -> Iterator[Subresource]:
    for match in _STYLE_URL.finditer(css):
        active = match["import"].lower().startswith("@import") or _FONT.search(match["address"])
        yield Subresource(tag, match["address"], Danger.ACTIVE if active else Danger.PASSIVE)
