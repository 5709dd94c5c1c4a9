"""An Atom feed (RFC 4287) of the findings of a site that are open, the newest first."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote
from xml.etree import ElementTree

from checker.clean import one_line, printable
from checker.history import statement
from checker.history.database import Reader
from checker.history.queries import findings, runs
from checker.history.queries.findings import Filter, Order
from checker.history.queries.found import FoundRow
from checker.history.queries.runs import Site

_SPACE = uuid.UUID("8a6f3f0e-6c0b-5c1f-9a55-4f0f6f1f2f3b")
_NEVER = "1970-01-01T00:00:00Z"


def atom(connection: Reader, site: Site, moment: datetime, limit: int) -> bytes:
    """The feed. Entries keep their id while a finding is there; found again after it was fixed, it is a new entry."""
    newest = findings.find(connection, site.number, Filter(), moment.date().isoformat(),
                           order=Order.NEWEST, limit=limit)  # fmt: skip
    last = runs.last(connection, site.number, moment)
    feed = ElementTree.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _add(feed, "id", _urn("feed", site.name))
    _add(feed, "title", f"presscheck: new findings of {site.name}")
    _add(feed, "subtitle", statement.coverage(connection, site))
    _add(feed, "updated", last.made_at if last else _NEVER)
    ElementTree.SubElement(
        feed, "link", rel="self", href=f"/api/feed.atom?site={quote(site.name, safe='')}"
    )
    _add(ElementTree.SubElement(feed, "author"), "name", "presscheck")
    _entries(feed, site, newest)
    body: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entries(feed: ElementTree.Element, site: Site, newest: Sequence[FoundRow]) -> None:
    for row in newest:
        entry = ElementTree.SubElement(feed, "entry")
        _add(entry, "id", _urn(site.name, row.page_key, row.rule, row.fingerprint, row.since_at))
        said = one_line(row.message)
        _add(
            entry,
            "title",
            f"{row.severity if row.verdict == 'fail' else row.verdict}: {row.rule}: {said}"[:300],
        )
        _add(entry, "updated", row.since_at)
        if row.url.startswith(("https://", "http://")):
            ElementTree.SubElement(
                entry, "link", rel="alternate", href=quote(row.url, safe="%/:=&?~#+!$,;'@()*[]")
            )
        text = "\n".join(
            part for part in (row.url or row.page_key, row.message, row.suggestion) if part
        )
        _add(entry, "content", text).set("type", "text")


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    child.text = printable(text)
    return child


def _urn(*parts: str) -> str:
    return uuid.uuid5(_SPACE, "\0".join(parts)).urn
