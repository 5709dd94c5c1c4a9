"""Sitemaps (sitemaps.org protocol 0.9): files and addresses, indexes, gzip, bounded.

Bounds are the protocol's: 50 MB uncompressed a sitemap, 50,000 entries; an index may name 50,000 sitemaps, of which we
read ``MOST_SITEMAPS``. No document type is read, so no entity is expanded.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from checker.bounded import NO_FILE, no_file
from checker.loading import fetch
from checker.loading.failure import FetchError
from checker.loading.options import Options
from checker.page import Trouble

LIMIT = 50 * 2**20
MOST_ENTRIES = 50_000
MOST_SITEMAPS = 500
_TOO_LARGE = f"larger than {LIMIT >> 20} MB, the most that a sitemap may be: split it by an index"
_NAME = re.compile(r"[^/]*sitemap[^/]*\.xml(\.gz)?", re.IGNORECASE)


class SitemapError(ValueError):
    """A sitemap that cannot be read; the message is one line and says why."""


@dataclass(frozen=True)
class Entry:
    """A page that a sitemap names, and when it says that it was changed (None where it does not say). Where a sitemap
    could not be read, ``url`` is its own address and ``fault`` says why."""

    url: str
    changed: date | None = None
    fault: str = ""


def is_sitemap(text: str) -> bool:
    """Whether a target is taken for a sitemap: the name has ``sitemap`` in it and ends in .xml or .xml.gz."""
    address = re.match(r"https?://", text, re.IGNORECASE)
    path = urlsplit(text).path if address else text.replace("\\", "/")
    return _NAME.fullmatch(path.rsplit("/", 1)[-1]) is not None


def read(text: str, options: Options) -> Iterator[Entry]:
    """The pages that a sitemap, or the sitemaps that an index names, name; each once. Raises SitemapError for a file
    that cannot be read; an address that gives no sitemap is an Entry with its fault."""
    waiting = [text]
    seen = {text}
    given: set[str] = set()
    for turn in range(MOST_SITEMAPS + 1):
        if not waiting:
            return
        place = waiting.pop(0)
        if turn == MOST_SITEMAPS:
            yield Entry(place, fault=f"not read: {MOST_SITEMAPS} sitemaps were read before it")
            return
        try:
            root = _parsed(_bytes(place, options), place)
        except SitemapError as error:
            if not place.startswith(("http://", "https://")):
                raise
            yield Entry(place, fault=str(error))
            continue
        if _local(root) == "sitemapindex":
            named = [urljoin(place, each.url) for each in _entries(root, "sitemap")]
            waiting += [each for each in dict.fromkeys(named) if each not in seen]
            seen.update(named)
            continue
        for entry in _entries(root, "url"):
            if entry.url not in given:
                given.add(entry.url)
                yield entry


def _bytes(place: str, options: Options) -> bytes:
    if place.startswith(("http://", "https://")):
        try:
            answer = fetch.get(place, options)
        except FetchError as error:
            if error.kind is Trouble.TOO_LARGE:
                raise SitemapError(_TOO_LARGE) from None
            raise SitemapError(f"the sitemap did not come: {error}") from None
        if answer.status != 200:
            raise SitemapError(f"the sitemap did not come: the server answered {answer.status}")
        data = answer.body
    else:
        if no_file(Path(place)):
            raise SitemapError(f"{place}: {NO_FILE}, no sitemap: give a file")
        try:
            with Path(place).open("rb") as file:
                data = file.read(LIMIT + 1)
        except (OSError, ValueError) as error:
            raise SitemapError(f"{place}: the sitemap cannot be read: {error}") from None
    if data[:2] == b"\x1f\x8b":
        data = _unpacked(data, place)
    if len(data) > LIMIT:
        raise SitemapError(f"{place}: {_TOO_LARGE}")
    return data


def _unpacked(data: bytes, place: str) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(data, LIMIT + 1)
    except zlib.error as error:
        raise SitemapError(f"{place}: no gzip: {error}") from None
    if len(plain) <= LIMIT and not unpacker.eof:
        raise SitemapError(f"{place}: the gzip is cut off")
    return plain


def _parsed(data: bytes, place: str) -> Element:
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        said = " ".join(str(error).split())[:200]
        raise SitemapError(f"{place}: is no sitemap: {said}") from None
    if _local(root) not in ("urlset", "sitemapindex"):
        raise SitemapError(f"{place}: is no sitemap: its first element is {_local(root)[:40]!r}")
    return root


def _entries(root: Element, name: str) -> Iterator[Entry]:
    found = (each for each in root if _local(each) == name)
    for number, each in enumerate(found):
        if number == MOST_ENTRIES:
            return
        parts = {_local(part): (part.text or "").strip() for part in each}
        if url := parts.get("loc", ""):
            yield Entry(url, _day(parts.get("lastmod", "")))


def _day(text: str) -> date | None:
    """A W3C date in UTC: a year, a month, a day or a time; a year or a month counts as its last day."""
    if found := re.fullmatch(r"(\d{4})(?:-(\d\d))?", text):
        year, month = int(found[1]), int(found[2] or 12)
        text = f"{year + month // 12:04}-{month % 12 + 1:02}-01"
        try:
            return date.fromordinal(date.fromisoformat(text).toordinal() - 1)
        except ValueError:
            return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date()


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
