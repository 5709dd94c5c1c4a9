"""Texts of which only is asked whether they were there: sixteen bytes each, for a million of them."""

from __future__ import annotations

import hashlib

_SIZE = 16
_EMPTY = bytes(_SIZE)
_FIRST = 64


def mark(text: str) -> bytes:
    """Sixteen bytes that stand for a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()


class Marks:
    """A set of texts that keeps their marks alone, in a table without objects."""

    def __init__(self) -> None:
        self._table = bytearray(_FIRST * _SIZE)
        self._number = 0

    def __contains__(self, text: str) -> bool:
        wanted = mark(text)
        place = self._place(wanted)
        return self._table[place : place + _SIZE] == wanted

    def __len__(self) -> int:
        return self._number

    def add(self, text: str) -> bool:
        """Add a text; whether it is new."""
        new = mark(text)
        place = self._place(new)
        if self._table[place : place + _SIZE] == new:
            return False
        self._table[place : place + _SIZE] = new
        self._number += 1
        if 4 * _SIZE * self._number > 3 * len(self._table):
            self._grow()
        return True

    def _place(self, wanted: bytes) -> int:
        """Where in the table a mark is, or the free place for it. No page foresees Python's own hash."""
        place = hash(wanted) * _SIZE % len(self._table)
        while (there := self._table[place : place + _SIZE]) != wanted and there != _EMPTY:
            place = (place + _SIZE) % len(self._table)
        return place

    def _grow(self) -> None:
        old = self._table
        self._table = bytearray(2 * len(old))
        for place in range(0, len(old), _SIZE):
            if (there := bytes(old[place : place + _SIZE])) != _EMPTY:
                place = self._place(there)
                self._table[place : place + _SIZE] = there
