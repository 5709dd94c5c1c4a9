"""Rows that are there once: looked up by digest, added where they are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

_AT_ONCE = 500

type Row = Mapping[str, Any]


def batches[T](items: Iterable[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """The items, so many at a time."""
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows."""
    for batch in batches(rows):
        connection.execute(insert(table), batch)


def add_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows that no unique constraint forbids. Writers that add the same rows do it in one order, so that
    they wait for each other and not in a circle."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    for batch in batches(rows):
        connection.execute(make(table).on_conflict_do_nothing(), batch)


def numbers(
    connection: Connection, table: Table, column: str, keys: Iterable[str], **scope: int
) -> dict[str, int]:
    """The numbers of the rows with these keys in a column."""
    found: dict[str, int] = {}
    for batch in batches(dict.fromkeys(keys)):
        query = select(table.c[column], table.c.number).where(table.c[column].in_(batch))
        for name, value in scope.items():
            query = query.where(table.c[name] == value)
        found.update((key, number) for key, number in connection.execute(query))
    return found


def once(
    connection: Connection, table: Table, wanted: Mapping[str, Row], **scope: int
) -> tuple[dict[str, int], list[str]]:
    """The numbers of rows by digest, and the digests that had to be added. For rows that no other writer adds
    meanwhile."""
    found = numbers(connection, table, "digest", wanted, **scope)
    missing = [key for key in wanted if key not in found]
    if missing:
        add(connection, table, [{"digest": key, **scope, **wanted[key]} for key in missing])
        found |= numbers(connection, table, "digest", missing, **scope)
    return found, missing
