"""Findings for spreadsheets and for data tools: CSV and Parquet, written whole before the first byte is sent."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, fields
from importlib.util import find_spec
from typing import IO, Any

from checker.dashboard.problems import Refused
from checker.history import statement
from checker.history.database import Reader
from checker.history.queries import findings
from checker.history.queries.findings import Filter, Order
from checker.history.queries.found import FoundRow
from checker.history.queries.runs import Site
from checker.outputs import csv

_AT_ONCE = 1000
_MEMORY = 4 * 2**20
type Write = Callable[[Reader, Wanted, IO[bytes]], None]

COLUMNS = tuple(each.name for each in fields(FoundRow))


@dataclass(frozen=True)
class Wanted:
    """What is exported: findings of a site that fit, as of a day."""

    site: Site
    filter: Filter
    today: str


def written(write: Write, connection: Reader, wanted: Wanted) -> IO[bytes]:
    """The export in a file in memory, or on disk where it is large. Raises OSError for a full disk."""
    with ExitStack() as stack:
        stream = stack.enter_context(tempfile.SpooledTemporaryFile(_MEMORY, prefix="presscheck-"))
        write(connection, wanted, stream)
        stream.seek(0)
        stack.pop_all()  # the caller's now
        return stream


def as_csv(connection: Reader, wanted: Wanted, stream: IO[bytes]) -> None:
    """RFC 4180: the coverage statement alone in the first record, then the names of columns, then the findings by age.
    A cell that a spreadsheet would run as a formula begins with an apostrophe."""
    stream.write(csv.line((statement.coverage(connection, wanted.site),)).encode())
    stream.write(csv.line(COLUMNS).encode())
    for batch in _batches(connection, wanted):
        for row in batch:
            stream.write(csv.line(tuple(_text(getattr(row, name)) for name in COLUMNS)).encode())


def as_parquet(connection: Reader, wanted: Wanted, stream: IO[bytes]) -> None:
    """A Parquet table, the coverage statement in its metadata as ``coverage``. Raises Refused (501) where pyarrow is
    not installed."""
    if find_spec("pyarrow") is None:
        raise Refused(501, "Parquet needs pyarrow: pip install 'presscheck[parquet]'")
    import pyarrow
    from pyarrow import parquet

    kinds = {"int": pyarrow.int64(), "bool": pyarrow.bool_(), "str": pyarrow.string()}
    schema = pyarrow.schema(
        [(each.name, kinds[str(each.type).partition(" ")[0]]) for each in fields(FoundRow)],
        metadata={"coverage": statement.coverage(connection, wanted.site)},
    )
    with parquet.ParquetWriter(stream, schema) as writer:
        for batch in _batches(connection, wanted):
            columns = {name: [getattr(row, name) for row in batch] for name in COLUMNS}
            writer.write_table(pyarrow.table(columns, schema=schema))


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The file's bytes; it is closed after them."""
    with stream:
        while chunk := stream.read(2**16):
            yield chunk


def _batches(connection: Reader, wanted: Wanted) -> Iterator[list[FoundRow]]:
    after = None
    while batch := findings.find(
        connection, wanted.site.number, wanted.filter, wanted.today, after=after, limit=_AT_ONCE
    ):
        yield batch
        after = findings.place(batch[-1], Order.OLDEST)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case _:
            return str(value)
