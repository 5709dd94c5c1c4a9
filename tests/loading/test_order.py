"""Things worked on several at a time come in order; an interrupted run waits for none."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from types import FrameType

import pytest

from checker.cli_running import interruptible
from checker.loading.order import in_order
from checker.loading.stop import Stop


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_targets(jobs: int) -> None:
    turn = threading.Condition()
    done: list[int] = []

    def work(number: int) -> int:
        with turn:  # of each pair the later is done first
            if jobs > 1 and number % 2 == 0:
                turn.wait_for(lambda: number + 1 in done)
            done.append(number)
            turn.notify_all()
        return number * 10

    results = list(in_order(work, lambda number: -1, range(8), jobs, Stop()))
    assert results == [number * 10 for number in range(8)]


def is_waiting(frame: FrameType) -> bool:
    """Whether a thread waits for a result, not for another to start."""
    codes = [each.f_code for each, _ in traceback.walk_stack(frame)]
    return (
        codes[0] is threading.Condition.wait.__code__
        and threading.Thread.start.__code__ not in codes
    )


def test_a_signal_that_comes_just_before_the_wait_is_heeded() -> None:
    """It then interrupts no system call: its handler runs when the main thread comes by."""
    stop, over = Stop(), threading.Event()
    main = threading.get_ident()

    def work(number: int) -> str:
        over.wait(60)
        return "done"

    def signalled() -> None:
        while not is_waiting(sys._current_frames()[main]):
            if over.wait(0.001):
                return
        _thread.interrupt_main(signal.SIGINT)

    with interruptible(stop), ThreadPoolExecutor(1) as other:
        other.submit(signalled)
        results = list(in_order(work, lambda number: "lost", range(3), 2, stop))
        over.set()
    assert results == ["lost"] * 3
