"""What a picture's markup and address say without loading it: sources, file name, size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from bs4.element import Tag

from checker.article.tree import below

_LAZY = (
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-lazy",
    "data-url",
    "data-image",
    "data-full-src",
)
_ADDRESSES = ("src", "data", "href", "xlink:href")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_COMMA = re.compile(r",\s+|,$")
_NUMBER = re.compile(r"\s*\+?(\d{1,5})(?:\.\d+)?(?:px)?\s*", re.I)
_STYLE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d{1,5})(?:\.\d+)?px", re.I)
_AFPIMS = re.compile(r"/\d{4}/[A-Z][a-z]{2}/\d{1,2}/\d+/(\d+)/(\d+)/\d+/[^/]+$")
_WORDPRESS = re.compile(r"-(\d{2,4})x(\d{2,4})\.\w{3,4}$")

type Size = tuple[int | None, int | None]


def sources(tag: Tag) -> tuple[str, ...]:
    """Addresses of the picture as written, the shown one first; placeholders of lazy loading (data:) go last."""
    found = dict.fromkeys(each.strip() for each in _sources(tag) if each.strip())
    return tuple(sorted(found, key=lambda each: each.startswith("data:")))


def _sources(tag: Tag) -> Iterator[str]:
    attributes = tag.attrs
    for key in _LAZY:
        if key in attributes:
            yield str(attributes[key])
    if tag.name not in ("a", "area", "svg"):
        for key in _ADDRESSES:
            if key in attributes:
                yield str(attributes[key])
    yield from _candidates(tag)
    parent = tag.parent
    if parent is not None and parent.name == "picture":
        for source in below(parent):
            if source.name == "source":
                yield from _candidates(source)


def _candidates(tag: Tag) -> Iterator[str]:
    """The addresses of a srcset; a comma inside an address is one only without a blank after it (WHATWG)."""
    for key in _SETS:
        for part in _COMMA.split(str(tag.attrs[key]).strip()) if key in tag.attrs else ():
            words = part.split()
            if words:
                yield words[0].rstrip(",")


@lru_cache(maxsize=1024)
def file_name(address: str) -> str:
    """The last part of the address's path, unescaped; empty for data: and the like."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return (
        unquote(parts.path).rsplit("/", 1)[-1]
        if parts.scheme not in ("data", "blob", "javascript")
        else ""
    )


def written_size(tag: Tag) -> Size:
    """Width and height in CSS pixels as the attributes or the inline style say; None where they do not."""
    written = _STYLE.findall(str(tag.attrs["style"])) if "style" in tag.attrs else ()
    style = {key.lower(): int(value) for key, value in written}
    return (
        style.get("width", _pixels(tag.attrs.get("width"))),
        style.get("height", _pixels(tag.attrs.get("height"))),
    )


def _pixels(value: object) -> int | None:
    match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) if match else None


def addressed_size(address: str) -> Size:
    """The size that content systems write into addresses: AFPIMS' /670/394/0/NAME.JPG, WordPress' NAME-300x200.jpg."""
    for pattern in (_AFPIMS, _WORDPRESS):
        if match := pattern.search(address.split("?", 1)[0]):
            return int(match[1]), int(match[2])
    return None, None
