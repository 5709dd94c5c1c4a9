"""Work on many things, several at a time, its results in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice

from checker.loading.stop import Interrupted, Stop

_HEED = 0.5
"""Seconds after which a wait looks up: a signal that comes just before the wait begins does not end it."""


def in_order[S, T](
    work: Callable[[S], T],
    lost: Callable[[S], T],
    targets: Iterable[S],
    jobs: int,
    stop: Stop,
    more: int = 0,
) -> Iterator[T]:
    """What ``work`` makes of the targets, in order: ``jobs`` at a time and ``more`` in hand, with at most twice as many
    not yet taken. Of an interrupted run nothing is waited for: what is not done is ``lost``."""
    waiting = iter(targets)
    begun: deque[tuple[S, Future[T] | None]] = deque()
    with _threads(jobs + more, stop) as executor:
        ahead = 2 * (jobs + more) if executor else 1
        while True:
            for target in islice(waiting, ahead - len(begun)):
                begun.append((target, executor.submit(work, target) if executor else None))
            if not begun:
                return
            target, future = begun.popleft()
            made: T | None = None
            try:
                with stop.breakable():
                    made = _awaited(future) if future else work(target)
            except Interrupted:
                if future and future.done() and not future.cancelled():
                    made = future.result()
            yield lost(target) if made is None else made


def _awaited[T](future: Future[T]) -> T:
    while not wait([future], _HEED).done:
        pass
    return future.result()


@contextmanager
def _threads(number: int, stop: Stop) -> Iterator[ThreadPoolExecutor | None]:
    """Threads, where one is not enough; nobody waits for those of an interrupted run."""
    if number == 1:
        yield None
        return
    executor = ThreadPoolExecutor(number)
    try:
        yield executor
    finally:
        executor.shutdown(wait=not stop.interrupted, cancel_futures=True)
