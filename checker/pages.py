"""Pages by a key that does not change from run to run, and patterns of them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from urllib.parse import parse_qsl, urlencode, urlsplit

from checker.report import Audit

_TRACKING = ("utm_", "fbclid", "gclid", "mc_", "_ga")
LOCAL = "."


def page_key(audit: Audit) -> str:
    """``www.agency.gov/news/a/?id=3``: the address without scheme, fragment and tracking; for a file that nobody
    published its path, from ``./``."""
    if not audit.url:
        path = (audit.source_path or audit.target).replace("\\", "/")
        return path if path.startswith("/") else f"{LOCAL}/{path.removeprefix('./')}"
    parts = urlsplit(audit.url)
    kept = [(k, v) for k, v in parse_qsl(parts.query, True) if not k.lower().startswith(_TRACKING)]
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{parts.netloc.rsplit('@', 1)[-1].lower()}{parts.path or '/'}{query}"


def host_of(key: str) -> str:
    """The host of a page's key; ``.`` for local files, empty for absolute paths."""
    return key.split("/", 1)[0]


def covers(pattern: str, key: str) -> bool:
    """Whether a pattern of pages (``*`` and ``?``, with or without scheme) fits a page's key."""
    plain = pattern.removeprefix("https://").removeprefix("http://")
    return fnmatchcase(key, plain) or fnmatchcase(key, f"{LOCAL}/{plain.removeprefix('./')}")
