"""Audits on disk: walked as often as needed, one in memory at a time.

Of a page's results all but a few are word for word those of other pages: what does not apply, what passed, what was out
of reach. They are kept once, and every page that is read has the same objects.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from types import TracebackType
from typing import Self

import msgspec

from checker.clean import plain
from checker.report import Audit, Result

_SHORT = 1_000
"""Bytes of a result that is kept once at most: longer ones tell much, and are a page's own."""
_KINDS = 2_048
"""So many results are kept at most."""


@dataclass(frozen=True)
class _Sealed(Audit):
    """An audit whose results are still JSON."""

    results: tuple[msgspec.Raw, ...]  # type: ignore[assignment]


_sealed = msgspec.json.Decoder(_Sealed)
_result = msgspec.json.Decoder(Result)
_line = msgspec.json.Decoder(tuple[Audit, tuple[int | Result, ...]])


class Spool:
    """A temporary file of audits in the order in which they were added. Deleted when it is closed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed by __exit__
        self._length = 0
        self._kept: list[Result] = []
        self._numbers: dict[bytes, int] = {}
        self._objects: dict[int, int] = {}
        self._held: list[Result] = []

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
        results, numbers = audit.results, self._objects
        parts: list[int | msgspec.Raw | None] = [numbers.get(id(result)) for result in results]
        for at, part in enumerate(parts):
            if part is None:
                parts[at] = self._part(results[at])
        self._file.seek(0, 2)
        told = encoded(replace(audit, results=())), msgspec.json.encode(parts)
        self._file.write(b"[%b,%b]\n" % told)
        self._length += 1

    def _part(self, result: Result) -> int | msgspec.Raw:
        """The number under which the result is kept, or its JSON where it is a page's own."""
        data = encoded(result)
        if (number := self._numbers.get(data)) is not None:
            return number
        if len(data) > _SHORT or len(self._kept) == _KINDS or _of_a_place(result):
            return msgspec.Raw(data)
        number = self._numbers[data] = len(self._kept)
        kept = _alike(data)
        self._objects[id(kept)] = self._objects[id(result)] = number
        self._kept.append(kept)
        self._held.append(result)  # most pages after this one have the same object
        return number

    def __iter__(self) -> Iterator[Audit]:
        place, kept = 0, self._kept
        for _ in range(self._length):
            self._file.seek(place)
            line = self._file.readline()
            place = self._file.tell()
            audit, parts = _line.decode(line)
            results = [kept[part] if isinstance(part, int) else part for part in parts]
            yield Audit(**{**vars(audit), "results": tuple(results)})

    def __len__(self) -> int:
        return self._length


def _of_a_place(result: Result) -> bool:
    """Whether it tells of an element, as no other page will."""
    return any(finding.outcome.where is not None for finding in result.judged)


def decoded(data: bytes) -> Audit:
    """The audit that ``encoded`` wrote."""
    sealed = _sealed.decode(data)
    results = [
        _alike(data) if len(data) <= _SHORT else _result.decode(data)
        for data in map(bytes, sealed.results)
    ]
    return Audit(**{**vars(sealed), "results": tuple(results)})


@lru_cache(_KINDS)
def _alike(data: bytes) -> Result:
    """The result of that JSON, once for all pages that have it."""
    return _result.decode(data)


def encoded(said: Audit | Result) -> bytes:
    """An audit or a result as one line of JSON."""
    try:
        return msgspec.json.encode(said)
    except UnicodeEncodeError:  # a lone surrogate in some page's text
        return msgspec.json.encode(plain(msgspec.to_builtins(said)))
