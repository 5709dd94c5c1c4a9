"""When no further page may be begun: an interrupted run, a time budget that is over."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from checker.page import Problem, Trouble


class Interrupted(BaseException):
    """The run was interrupted while it waited for something that it can do without."""


class Stop:
    """Asked before a page is begun. ``budget`` is seconds from now on."""

    def __init__(self, budget: float | None = None) -> None:
        self._budget = budget
        self._end = None if budget is None else time.monotonic() + budget
        self._interrupted = threading.Event()
        self._breakable = False

    @property
    def interrupted(self) -> bool:
        """Whether ``interrupt`` was called."""
        return self._interrupted.is_set()

    def problem(self) -> Problem | None:
        """Why no page may be begun now; None as long as one may."""
        if self.interrupted:
            return Problem(Trouble.INTERRUPTED, "not tested: the run was interrupted")
        if self._end is not None and time.monotonic() >= self._end:
            said = f"not begun: the time budget of {self._budget:g} s was over"
            return Problem(Trouble.TIME_BUDGET, said)
        return None

    def interrupt(self) -> None:
        """End the run after what is in hand. For a signal's handler, in the main thread: what the main thread waits for
        in ``breakable`` is broken off by Interrupted."""
        self._interrupted.set()
        if self._breakable:
            self._breakable = False
            raise Interrupted

    @contextmanager
    def breakable(self, *, late: bool = False) -> Iterator[None]:
        """A wait of the main thread that may be broken off: nothing in it stays half done and is used later. Of an
        interrupted run it is not begun, unless ``late``."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        self._breakable = True
        try:
            if self.interrupted and not late:
                raise Interrupted
            yield
        finally:
            self._breakable = False

    def sleep(self, seconds: float) -> None:
        """Wait, unless interrupted."""
        if seconds > 0:
            self._interrupted.wait(seconds)
