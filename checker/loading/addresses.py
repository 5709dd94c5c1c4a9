"""Addresses as a crawl compares them, and the links of a page."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from checker.marks import mark

_TRACKING = re.compile(r"utm_|fbclid$|gclid$|msclkid$|mc_[ce]id$|_ga$|_gl$", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_LONGEST = 2048
_MOST_LINKS = 10_000
"""A page's links beyond so many are not followed: no article has them."""


def key(url: str) -> bytes:
    """What two addresses of one page share: host in lower case, no default port, no fragment (but a single-page
    application's), no tracking, the query's parameters in one order, percent signs in one case."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port and parts.port != _PORTS.get(parts.scheme) else ""
    path = re.sub(r"%[0-9a-fA-F]{2}", lambda found: found[0].upper(), parts.path or "/")
    query = sorted(pair for pair in parse_qsl(parts.query, True) if not _TRACKING.match(pair[0]))
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    text = f"{parts.scheme.lower()}://{(parts.hostname or '').lower()}{port}{path}?{urlencode(query)}#{fragment}"
    return mark(text)


def visited(url: str) -> str:
    """The address to ask for: without fragment and tracking, else as it is written."""
    parts = urlsplit(urldefrag(url).url)
    query = parts.query
    if any(_TRACKING.match(name) for name, _ in parse_qsl(query, True)):
        kept = [part for part in query.split("&") if not _TRACKING.match(part)]
        query = "&".join(kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))


def links(soup: BeautifulSoup, url: str) -> Iterator[str]:
    """Web addresses that the page's links lead to, in order, as they are asked for."""
    base = _base(soup, url)
    for tag in soup.find_all(["a", "area"], href=True, limit=_MOST_LINKS):
        if not tag.has_attr("download") and (address := _absolute(base, str(tag["href"]))):
            yield address


def canonical(soup: BeautifulSoup, url: str) -> str:
    """The address that the page names as its canonical one; empty where it names none, or several."""
    named = {
        _absolute(_base(soup, url), str(tag["href"]))
        for tag in soup.find_all("link", href=True, limit=_MOST_LINKS)
        if "canonical" in [str(word).lower() for word in tag.get_attribute_list("rel")]
    }
    return named.pop() if len(named) == 1 else ""


def leads_to_page(url: str) -> bool:
    """Whether a name's ending lets HTML be there: ``.pdf`` and the like do not."""
    name = urlsplit(url).path.rpartition("/")[2]
    kind = (
        mimetypes.guess_type(f"x.{name.rpartition('.')[2]}", strict=True)[0]
        if "." in name
        else None
    )
    return kind is None or kind in (
        "text/html",
        "application/xhtml+xml",
        "application/x-msdos-program",
    )


def _base(soup: BeautifulSoup, url: str) -> str:
    tag = soup.find("base", href=True)
    return (_absolute(url, str(tag["href"])) if isinstance(tag, Tag) else "") or url


def _absolute(base: str, href: str) -> str:
    """An http(s) address, or empty."""
    text = re.sub(r"[\t\n\r]", "", href).strip(" \x00\x0b\x0c\x1f")
    if not text or text.startswith("#") or len(text) > _LONGEST:
        return ""
    try:
        whole = urljoin(base, text)
        parts = urlsplit(whole)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    if not sound or parts.username is not None or re.search(r"[\x00-\x20\x7f]", whole):
        return _spaced(whole) if sound and parts.username is None else ""
    return visited(whole)


def _spaced(whole: str) -> str:
    """Blanks inside of an address are written as browsers send them; other controls make it none."""
    text = whole.replace(" ", "%20")
    return "" if re.search(r"[\x00-\x20\x7f]", text) else visited(text)
