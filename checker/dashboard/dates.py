"""Times and days (ISO 8601, UTC) as people read them, and the days between two."""

from __future__ import annotations

from datetime import date, datetime

from checker.outputs import _words

_FAR = 10_000


def day(moment: str) -> str:
    """November 3, 2026; ``never`` for what is empty."""
    known = _read(moment)
    return f"{known:%B} {known.day}, {known.year}" if known else _odd(moment)


def short(moment: str) -> str:
    """Nov 3, 2026."""
    known = _read(moment)
    return f"{known:%b} {known.day}, {known.year}" if known else _odd(moment)


def age(moment: str, today: str) -> str:
    """How long before a day that was."""
    gone = between(moment[:10], today)
    return "" if gone == _FAR else "today" if gone <= 0 else _words.many(gone, "day")


def between(one: str, other: str) -> int:
    """Days from a day to another; far away where one is no day."""
    try:
        return (date.fromisoformat(other) - date.fromisoformat(one)).days
    except ValueError:
        return _FAR


def _read(moment: str) -> datetime | None:
    try:
        return datetime.fromisoformat(moment)
    except ValueError:
        return None


def _odd(moment: str) -> str:
    return _words.line(moment, 40) or "never"
