"""A set of texts in few bytes."""

from __future__ import annotations

import tracemalloc
from random import Random

from checker.marks import Marks


def test_it_is_a_set() -> None:
    chance = Random(1)
    marks = Marks()
    known: set[str] = set()
    for _ in range(5_000):
        text = f"https://www.agency.gov/{chance.randrange(3_000)}/"
        assert (text in marks) == (text in known)
        assert marks.add(text) == (text not in known)
        known.add(text)
        assert len(marks) == len(known)
    assert all(text in marks for text in known)


def test_any_text_will_do() -> None:
    marks = Marks()
    assert [marks.add(text) for text in ("", "\udcff", "\0", "", "\udcff", "\0")] == [True] * 3 + [
        False
    ] * 3


def test_many_take_few_bytes_each() -> None:
    tracemalloc.start()
    try:
        marks = Marks()
        for number in range(20_000):
            marks.add(f"https://www.agency.gov/news/{number:06}/")
        assert tracemalloc.get_traced_memory()[0] < 48 * len(marks)
    finally:
        tracemalloc.stop()
