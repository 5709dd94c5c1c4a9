"""Audits on disk: walked as often as needed, one in memory at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Self

import msgspec

from checker.clean import plain
from checker.report import Audit

_decoder = msgspec.json.Decoder(Audit)


class Spool:
    """A temporary file of audits in the order in which they were added. Deleted when it is closed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed by __exit__
        self._length = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, audit: Audit) -> None:
        """Append an audit. Raises OSError where the disk takes no more."""
        self._file.seek(0, 2)
        self._file.write(encoded(audit) + b"\n")
        self._length += 1

    def __iter__(self) -> Iterator[Audit]:
        place = 0
        for _ in range(self._length):
            self._file.seek(place)
            line = self._file.readline()
            place = self._file.tell()
            yield decoded(line)

    def __len__(self) -> int:
        return self._length


def decoded(data: bytes) -> Audit:
    """The audit that ``encoded`` wrote."""
    return _decoder.decode(data)


def encoded(audit: Audit) -> bytes:
    """The audit as one line of JSON."""
    try:
        return msgspec.json.encode(audit)
    except UnicodeEncodeError:  # a lone surrogate in some page's text
        return msgspec.json.encode(plain(msgspec.to_builtins(audit)))
