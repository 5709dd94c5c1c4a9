"""Reports from files: bounded, mapped instead of read, checked before any of them is used."""

from __future__ import annotations

from mmap import mmap
from pathlib import Path

from checker import bounded
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
        raw = bounded.mapped(path, largest)
    except OSError as error:
        raise HistoryError(f"{name}: cannot be read: {error.strerror or error}") from None
    if not raw:
        raise HistoryError(f"{name}: is empty")
    return parse(raw, name)


def parse(raw: bytes | mmap, name: str) -> Report:
    """The report in its bytes; ``name`` is for messages. Raises HistoryError."""
    try:
        return json.read(raw, name)
    except json.ReportError as error:
        raise HistoryError(one_line(str(error))[:500]) from None
