"""Turns of pages in one browser."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from checker.loading.browser_turns import Turns


def test_a_page_that_was_never_with_another_is_not_shared() -> None:
    turns = Turns()
    with turns.stay() as one:
        assert not one.shared
    with turns.stay() as two, turns.stay() as three:
        assert two.shared
    assert three.shared
    assert not one.shared


def test_one_page_is_looked_at_at_a_time_and_the_other_listens() -> None:
    turns = Turns()
    listened = threading.Event()
    with ThreadPoolExecutor(1) as thread, turns.stay() as one:
        assert not one.look(lambda: None)
        assert not one.look(lambda: None)

        def other() -> bool:
            with turns.stay() as two:
                return two.look(listened.set)

        waited = thread.submit(other)
        assert listened.wait(10)
        assert not waited.done()
        one.rest()
        assert waited.result(10)


def test_what_ends_a_stay_ends_its_turn() -> None:
    turns = Turns()
    with turns.stay() as one:
        one.look(lambda: None)
    with turns.stay() as two:
        assert not two.look(lambda: None)


def test_alone_waits_for_those_inside_and_keeps_others_out() -> None:
    turns = Turns()
    inside: list[str] = []
    wanting = threading.Event()
    with ThreadPoolExecutor(2) as threads:
        with turns.stay() as first:

            def alone() -> bool:
                wanting.set()
                with turns.stay(alone=True) as stay:
                    inside.append("alone")
                    return stay.shared

            waiting = threads.submit(alone)
            assert wanting.wait(10)
            while not turns._wanting:
                pass

            def later() -> None:
                with turns.stay():
                    inside.append("later")

            after = threads.submit(later)
            assert not inside
        assert not waiting.result(10)
        after.result(10)
    assert inside == ["alone", "later"]
    assert not first.shared
