"""The address of a history: ``sqlite:///file.db`` or ``postgresql://user@host/name``."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from checker.clean import one_line
from checker.history.errors import HistoryError

_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
_SECRET = ("password", "sslpassword", "passfile")
_FORMS = "give sqlite:///file.db or postgresql://user@host/name"


def parse(address: str) -> URL:
    """The address as SQLAlchemy's. Raises HistoryError for one of another kind, or of no file."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise HistoryError(
            f"--record: {_shown(address)} is no database address; {_FORMS}"
        ) from None
    if url.drivername in _POSTGRESQL:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername != "sqlite":
        raise HistoryError(f"--record: {_shown(address)}: unknown kind of database; {_FORMS}")
    if not url.database or url.database == ":memory:" or url.host:
        raise HistoryError(f"--record: {_shown(address)} names no file; {_FORMS}")
    return url.set(query={})


def redacted(url: URL) -> str:
    """The address without its password, for messages."""
    open_part = {key: value for key, value in url.query.items() if key not in _SECRET}
    kind = url.drivername.partition("+")[0]
    shown = url.set(drivername=kind, query=open_part)
    return one_line(shown.render_as_string(hide_password=True))


def file_of(url: URL) -> Path | None:
    """The file of an SQLite address."""
    return Path(url.database) if url.drivername == "sqlite" and url.database else None


def _shown(address: str) -> str:
    """An address that nobody could read, without what may be a password in it."""
    hidden = re.sub(r"//[^/]*@", "//***@", address)
    return one_line(re.sub(r"[?].*", "?***", hidden))[:200]
