"""Pages in two windows of one browser: whose turn it is to be looked at, and who must have the browser alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LISTENING = 0.2


class Turns:
    """One browser's. Pages come and settle at the same time; one at a time is looked at, so that nothing that takes
    the processor stands in its way but what is loading."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside: list[Stay] = []
        self._wanting = 0
        self._looking = threading.Lock()

    @contextmanager
    def stay(self, *, alone: bool = False) -> Iterator[Stay]:
        """While a page is in the browser; ``alone``: with no other, for which it is waited."""
        mine = Stay(self._looking, alone)
        with self._changed:
            self._wanting += alone
            try:
                self._changed.wait_for(lambda: self._room(mine))
            finally:
                self._wanting -= alone
            for other in self._inside:
                other.shared = mine.shared = True
            self._inside.append(mine)
        try:
            yield mine
        finally:
            mine.rest()
            with self._changed:
                self._inside.remove(mine)
                self._changed.notify_all()

    def _room(self, mine: Stay) -> bool:
        if mine.alone:
            return not self._inside
        return not self._wanting and not any(other.alone for other in self._inside)


class Stay:
    """A page's time in the browser. ``shared`` says that another page was there at any moment of it."""

    def __init__(self, looking: threading.Lock, alone: bool) -> None:
        self.alone = alone
        self.shared = False
        self._looking = looking
        self._mine = False

    def look(self, meanwhile: Callable[[], object]) -> bool:
        """Wait until it is this page's turn to be looked at, and call ``meanwhile`` every now and then; whether there
        was a wait."""
        if self._mine:
            return False
        waited = not self._looking.acquire(blocking=False)
        while waited and not self._looking.acquire(timeout=_LISTENING):
            meanwhile()
        self._mine = True
        return waited

    def rest(self) -> None:
        """It is another's turn."""
        if self._mine:
            self._mine = False
            self._looking.release()
