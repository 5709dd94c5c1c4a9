"""Tokens: who may read, or write one site, over HTTP. The secret is shown once and kept as a digest only.

SHA-256 without salt or stretching is right here: the secret is 256 bits from the system's random source, not a
password that somebody chose, so that no list of guesses shortens the search, and no two are alike. A slow hash would
only make each request dear, for whoever floods the server too.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from checker.clean import one_line
from checker.history import tables
from checker.history.database import History
from checker.history.errors import HistoryError
from checker.history.runs import stamp
from checker.history.values import site_name

_FORM = re.compile(r"pc_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NOBODY = hashlib.sha256(b"").hexdigest()
_table = tables.tokens


class Scope(StrEnum):
    """What a token lets do: read every site, or write one. A token that writes does not read."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True)
class Token:
    """A token without its secret. ``name`` is public and stands in logs; ``site`` is empty for one that reads; times
    are ISO 8601 in UTC, ``revoked_at`` empty while it is not revoked."""

    name: str
    scope: Scope
    site: str
    note: str
    made_at: str
    expires_at: str
    revoked_at: str

    def live(self, moment: datetime) -> bool:
        """Whether it is neither revoked nor expired."""
        return not self.revoked_at and stamp(moment) < self.expires_at


def create(
    history: History,
    scope: Scope,
    moment: datetime,
    lasting: timedelta,
    *,
    site: str = "",
    note: str = "",
) -> tuple[Token, str]:
    """A new token and its secret, which nobody can read again. Raises HistoryError for a token to write without a site
    or to read with one, Unavailable."""
    if (scope is Scope.WRITE) != bool(site):
        raise HistoryError("a token to write is for one site (--site); one to read reads them all")
    name, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    made = Token(
        name=name,
        scope=scope,
        site=site_name(site) if site else "",
        note=one_line(note)[:200],
        made_at=stamp(moment),
        expires_at=stamp(moment + lasting),
        revoked_at="",
    )
    values = {each: getattr(made, each) for each in Token.__dataclass_fields__}
    with history.writing() as connection:
        connection.execute(insert(_table).values(values | {"digest": _digest(secret)}))
    return made, f"pc_{name}_{secret}"


def listed(connection: Connection) -> list[Token]:
    """All tokens, the newest last."""
    return [_token(row) for row in connection.execute(select(_table).order_by(_table.c.number))]


def revoke(history: History, name: str, moment: datetime) -> Token:
    """Revoke a token by its public name, or by the whole token. Raises HistoryError where there is none of that name,
    Unavailable."""
    given = _FORM.fullmatch(name)
    wanted = _table.c.name == (given[1] if given else name)
    with history.writing() as connection:
        connection.execute(
            update(_table).where(wanted, _table.c.revoked_at == "").values(revoked_at=stamp(moment))
        )
        row = connection.execute(select(_table).where(wanted)).first()
    if row is None:
        shown = given[1] if given else one_line(name)[:20]
        raise HistoryError(f"no token {shown!r}; `presscheck token list` has their names")
    return _token(row)


def find(connection: Connection, given: str, moment: datetime) -> Token | None:
    """The live token that was given, or None. The name finds the row, the secret's digest is compared in constant time,
    against nobody's where there is no such name."""
    form = _FORM.fullmatch(given)
    if form is None:
        return None
    row = connection.execute(select(_table).where(_table.c.name == form[1])).first()
    same = hmac.compare_digest(_digest(form[2]), row.digest if row else _NOBODY)
    if row is None or not same:
        return None
    token = _token(row)
    return token if token.live(moment) else None


def any_live(connection: Connection, moment: datetime) -> bool:
    """Whether anybody holds a live token."""
    return any(each.live(moment) for each in listed(connection))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _token(row: Row[Any]) -> Token:
    values = {each: getattr(row, each) for each in Token.__dataclass_fields__}
    return Token(**values | {"scope": Scope(row.scope)})
