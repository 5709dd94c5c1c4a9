"""Runs that go on: begun, kept alive, dropped; whether one died is told, never stored."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, update

from checker.clean import printable
from checker.history import rows, tables
from checker.history.database import History

SILENT = timedelta(minutes=10)
"""After this without a sign of life a run counts as dead."""


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A time as the tables have it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def start(history: History, *, site: str = "", claim: str | None = None, expected: int = 0) -> int:
    """Begin a run of this process; its number. ``claim`` is the id of the report that is being imported. Raises
    Unavailable."""
    moment = stamp(now())
    with history.writing() as connection:
        number = None
        if site:
            rows.add_missing(connection, tables.sites, [{"name": site}])
            number = rows.numbers(connection, tables.sites, "name", [site])[site]
        values = {"state": "running", "made_at": moment, "seen_at": moment, "writer": _writer()}
        made: int = connection.execute(
            insert(tables.runs)
            .values(site=number, claim=claim, expected=expected, **values)
            .returning(tables.runs.c.number)
        ).scalar_one()
        return made


def touch(history: History, run: int, done: int) -> None:
    """Say that the run is alive and how many pages are done. Raises Unavailable."""
    with history.writing() as connection:
        connection.execute(
            update(tables.runs)
            .where(tables.runs.c.number == run)
            .values(seen_at=stamp(now()), done=done)
        )


def drop(history: History, run: int) -> None:
    """Forget a run that was begun and has nothing to record. Raises Unavailable."""
    with history.writing() as connection:
        table = tables.runs
        connection.execute(delete(table).where(table.c.number == run, table.c.state == "running"))


def died(seen_at: str, writer: str, moment: datetime) -> bool:
    """Whether a run that is not complete will never be: its process is gone from this host, or silent for long."""
    if seen_at < stamp(moment - SILENT):
        return True
    where, _, process = writer.rpartition("/")
    return where == host() and os.name == "posix" and not _alive(int(process))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _writer() -> str:
    return f"{host()}/{os.getpid()}"


def host() -> str:
    """This machine, as runs name it."""
    return printable(socket.gethostname())[:200]
