"""Reports from files: bounded, mapped instead of read, checked before any of them is used."""

from __future__ import annotations

import mmap
from pathlib import Path

from checker.clean import one_line
from checker.history.errors import HistoryError
from checker.outputs import json
from checker.report import Report

LARGEST = 4 * 2**30
"""Bytes of a report file: some 20,000 pages with a hundred findings each."""


def report(path: Path, largest: int = LARGEST) -> Report:
    """The report of a file, which stays mapped while the report is held. Raises HistoryError for one that cannot be
    read, is too large, or is no report of this major version."""
    name = one_line(str(path))
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, 2)
            if size > largest:
                raise HistoryError(f"{name}: {size} bytes; a report has at most {largest}")
            if not size:
                raise HistoryError(f"{name}: is empty")
            mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise HistoryError(f"{name}: cannot be read: {error.strerror or error}") from None
    return parse(mapped, name)


def parse(raw: bytes | mmap.mmap, name: str) -> Report:
    """The report in its bytes; ``name`` is for messages. Raises HistoryError."""
    try:
        return json.read(raw, name)
    except json.ReportError as error:
        raise HistoryError(one_line(str(error))[:500]) from None
