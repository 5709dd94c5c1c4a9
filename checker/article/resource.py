"""What an element shows or points to, without what a rebuilt page changes: hosts of its own site, queries, sizes."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from bs4.element import Tag

from checker.article.address import sources
from checker.article.tree import below, enclosing
from checker.article.virin import in_file_name

if TYPE_CHECKING:
    from checker.article import Article

_LONGEST = 200
_PICTURES = frozenset("jpg jpeg png gif webp avif svg bmp tif tiff ico jfif".split())
_SIZE = re.compile(r"(?:-\d{2,5}x\d{2,5}|@\dx)(?=\.\w+$)")
_NAMES_A_PICTURE = frozenset(
    "id image img file filename src url path photo picture media asset guid key name".split()
)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/]*", re.I)
_ROOT = re.compile(r"^(?:\.{0,2}/)+")
_DRAWN = (
    "d",
    "points",
    "href",
    "xlink:href",
    "cx",
    "cy",
    "r",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "transform",
)
_MEDIA = frozenset("iframe frame embed object video audio track script".split())
_HOLDS_A_PICTURE = frozenset("figure picture figcaption".split())


def resource_of(article: Article, tag: Tag) -> str:
    """The picture, link target, media file, form action or field of an element; empty for one that has none."""
    match tag.name:
        case "a" | "area" | "link":
            relation = " ".join(tag.get_attribute_list("rel")) + " " if tag.name == "link" else ""
            return relation + target(article, str(tag["href"])) if tag.has_attr("href") else ""
        case "img" | "source":
            return _picture_of(tag)
        case "input" if tag.get("type") == "image":
            return _picture_of(tag)
        case "input" | "select" | "textarea" | "button":
            return _field(tag)
        case "svg":
            return _drawing(tag)
        case "form":
            return target(article, str(tag.get("action", "")))
        case "meta":
            kind = (
                tag.get("name")
                or tag.get("property")
                or tag.get("http-equiv")
                or tag.get("itemprop")
            )
            return f"meta {kind or 'charset'}".lower()[:_LONGEST]
        case name if name in _MEDIA:
            return _media(article, tag)
        case name if name in _HOLDS_A_PICTURE:
            holder = enclosing(tag, "figure") if name == "figcaption" else tag
            inside = below(holder) if holder is not None else ()
            shown = next((each for each in inside if each.name == "img"), None)
            return _picture_of(shown) if shown is not None else ""
        case _:
            return ""


def target(article: Article, address: str) -> str:
    """Where an address leads: path without query, on another host with its name; a fragment only where there is no
    more."""
    return article.once(_target, address)


def _target(article: Article, address: str) -> str:
    text = address.strip()
    if not text:
        return ""
    if text.startswith("#"):
        return text[:_LONGEST]
    parts = _split(article.resolve(text))
    if parts is None or parts.scheme not in ("http", "https", ""):
        return text.split("?", 1)[0][:_LONGEST]
    host = (parts.hostname or "").removeprefix("www.")
    path = _SESSION.sub("", unquote(parts.path))
    if not host or host == article.host.removeprefix("www."):
        return _ROOT.sub("", path)[:_LONGEST] or "/"
    return f"{host}{path}"[:_LONGEST]


def picture(address: str) -> str:
    """A picture by its VIRIN or file name: sizes that content systems write into the name go, and where a program
    serves pictures, what names one in the query counts."""
    text = address.strip()
    if text.startswith(("data:", "blob:")):
        return f"{text[:5]}{_digest(text)}"
    parts = _split(text)
    if parts is None:
        return text[:_LONGEST]
    name = unquote(parts.path).rstrip("/").rsplit("/", 1)[-1]
    if name.rsplit(".", 1)[-1].lower() not in _PICTURES and parts.query:
        named = [value for key, value in parse_qsl(parts.query) if key.lower() in _NAMES_A_PICTURE]
        if named:
            return " ".join(
                (name, *(unquote(each).split("?")[0].rsplit("/", 1)[-1] for each in named))
            )[:_LONGEST]
    name = _SIZE.sub("", name)
    virin = in_file_name(name)
    return virin.number if virin else name[:_LONGEST]


def _field(tag: Tag) -> str:
    """A form's field by its name, those of one name (radio buttons) by their values."""
    if not tag.has_attr("name"):
        return ""
    value = str(tag.get("value", "")) if tag.get("type") in ("radio", "checkbox") else ""
    return " ".join(("field", str(tag["name"]), value)).strip()[:_LONGEST]


def _picture_of(tag: Tag) -> str:
    found = sources(tag)
    return picture(found[0]) if found else ""


def _media(article: Article, tag: Tag) -> str:
    address = tag.get("src") or tag.get("data")
    if not address and tag.name in ("video", "audio"):
        inside = (each for each in below(tag) if each.name == "source")
        address = next((each.attrs["src"] for each in inside if "src" in each.attrs), "")
    if not address and tag.has_attr("srcdoc"):
        return f"srcdoc {_digest(str(tag['srcdoc']))}"
    return target(article, str(address or ""))


def _drawing(tag: Tag) -> str:
    """An SVG in the page by what it draws."""
    drawn = [
        f"{key}={each.attrs[key]}" for each in below(tag) for key in _DRAWN if key in each.attrs
    ]
    return f"svg {_digest(' '.join(drawn))}" if drawn else ""


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.hostname
    except ValueError:
        return None
    return parts


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
