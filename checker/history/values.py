"""Values as the tables have them: names, times, days, numbers, digests. Pure."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from checker.clean import one_line
from checker.history.errors import HistoryError

LARGEST = 2**31 - 1
SITE = 200
"""The most characters of a site's name."""


def site_name(name: str) -> str:
    """A site's name as it is kept. Raises HistoryError for an empty or overlong one."""
    clean = " ".join(one_line(name).split())
    if not clean or len(clean) > SITE:
        raise HistoryError(f"--site takes a name of 1 to {SITE} characters, such as www.agency.gov")
    return clean


def moment(text: str) -> str:
    """A time as the tables have it. Raises HistoryError for something else."""
    try:
        found = datetime.fromisoformat(text)
        utc = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise HistoryError(
            f"the report's time {one_line(text)[:40]!r} is none (ISO 8601)"
        ) from None
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def day(text: str) -> str:
    """A day as the tables have it; empty for something else, so that a waiver without an end excuses nothing."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def bounded(number: int) -> int:
    """A number that every database takes."""
    return min(max(number, 0), LARGEST)


def digest(*parts: object) -> str:
    """32 hexadecimal digits for texts and numbers."""
    text = "\0".join(map(str, parts))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
