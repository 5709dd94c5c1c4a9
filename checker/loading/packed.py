"""Targets by the hundred thousand: packed, so that each takes few bytes until its turn comes."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator
from itertools import batched

from checker.loading.options import Target

_BLOCK = 128


class Packed:
    """Targets in order, walked as often as needed. All but the last few are kept in compressed blocks: addresses and
    paths of one site are much alike."""

    def __init__(self, targets: Iterable[Target] = ()) -> None:
        self._blocks: list[bytes] = []
        self._last: tuple[Target, ...] = ()
        for block in batched(targets, _BLOCK):
            if len(block) == _BLOCK:
                self._blocks.append(zlib.compress(pickle.dumps(block), 1))
            else:
                self._last = block

    def __iter__(self) -> Iterator[Target]:
        for block in self._blocks:
            yield from pickle.loads(zlib.decompress(block))  # our own, never from elsewhere
        yield from self._last

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._last)
