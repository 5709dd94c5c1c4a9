"""Targets that wait for their turn."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from checker.loading.options import Target
from checker.loading.packed import Packed
from checker.page import Problem, Trouble


def target(number: int) -> Target:
    """One of a site, each with another of the things that a target may have."""
    path = Path(f"site/news/story-{number:06}.html")
    left_out = Problem(Trouble.LEFT_OUT, "left out") if number % 7 == 3 else None
    if number % 3 == 1:
        return Target(f"{path}", url=f"https://www.agency.gov/{path}", problem=left_out)
    return Target(f"{path}", path=path, root=Path("site"), problem=left_out)


@pytest.mark.parametrize("number", [0, 1, 127, 128, 129, 1000])
def test_targets_come_as_they_were_and_as_often_as_they_are_asked_for(number: int) -> None:
    packed = Packed(map(target, range(number)))
    assert len(packed) == number
    for _ in range(2):
        assert list(packed) == list(map(target, range(number)))


def test_many_take_few_bytes_each() -> None:
    tracemalloc.start()
    try:
        pages = (f"https://www.agency.gov/news/{number:06}/" for number in range(20_000))
        packed = Packed(Target(page, url=page) for page in pages)
        assert tracemalloc.get_traced_memory()[0] < 50 * len(packed)
    finally:
        tracemalloc.stop()
