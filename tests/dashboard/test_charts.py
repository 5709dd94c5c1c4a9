"""Charts as geometry: every number inside the picture, labels apart, what is not known left out."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from checker.dashboard import charts, dates, places
from checker.dashboard.charts import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Series

NUMBERS = st.lists(st.none() | st.integers(0, 10**7), min_size=1, max_size=60)


def days(number: int) -> list[str]:
    return [f"2026-{1 + n // 28:02}-{1 + n % 28:02}T06:00:00Z" for n in range(number)]


@given(st.lists(NUMBERS, min_size=1, max_size=3))
def test_lines_stay_inside_and_labels_apart(values: list[list[int | None]]) -> None:
    size = min(map(len, values))
    series = [Series(f"S{n}", "error", each[:size]) for n, each in enumerate(values)]
    chart = charts.lines("x", "X", days(size), series)
    for line in chart.lines:
        points = [*line.marks, *((float(x), float(y)) for stroke in line.strokes
                                 for x, y in re.findall(r"(\S+),(\S+)", stroke))]  # fmt: skip
        for x, y in points:
            assert LEFT <= x <= WIDTH - RIGHT
            assert TOP <= y <= HEIGHT - BOTTOM
        drawn = sum(stroke.count(",") for stroke in line.strokes)
        assert drawn <= sum(value is not None for value in line.series.values)
        assert len(line.marks) <= 24
    ends = sorted(line.end for line in chart.lines)
    assert all(round(b - a, 1) >= 15 for a, b in pairwise(ends))
    assert max(ends) <= HEIGHT - BOTTOM + 4


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=60))
def test_bars_stand_on_the_line_and_stay_inside(pairs: list[tuple[int, int]]) -> None:
    chart = charts.bars("x", "X", days(len(pairs)), Series("New", "error", [a for a, _ in pairs]),
                        Series("Fixed", "pass", [b for _, b in pairs]))  # fmt: skip
    assert len(chart.bars) == 2 * len(pairs)
    for bar in chart.bars:
        assert bar.y >= TOP - 0.2
        assert bar.y + bar.height <= HEIGHT - BOTTOM + 0.2
        edge = bar.y + bar.height if bar.kind == "error" else bar.y
        assert abs(edge - chart.zero) <= 0.2
    assert all(b.place - a.place >= 12 for a, b in pairwise(chart.up))


def test_what_is_not_known_breaks_the_line() -> None:
    chart = charts.lines("x", "X", days(5), [Series("E", "error", [1, 2, None, 4, 5])])
    assert len(chart.lines[0].strokes) == 2
    assert chart.told == "E: from 1 to 5."
    unknown = charts.lines("x", "X", days(2), [Series("E", "error", [None, None])])
    assert unknown.told == "E: not known."
    assert unknown.lines[0].last is None


def test_the_axis_tells_hours_days_or_years() -> None:
    def ticks(*moments: str) -> list[str]:
        return [each.text for each in charts.lines("x", "X", moments, []).across]

    assert ticks("2026-03-01T06:00:00Z", "2026-03-01T09:30:00Z") == ["06:00", "09:30"]
    assert ticks("2026-03-01T06:00:00Z", "2026-04-02T09:30:00Z") == ["Mar 1", "Apr 2"]
    assert ticks("2025-12-30T06:00:00Z", "2026-04-02T09:30:00Z") == ["Dec 2025", "Apr 2026"]
    assert len(ticks(*days(52))) == 3


def test_ages() -> None:
    assert dates.age("2026-03-01T06:00:00Z", "2026-03-01") == "today"
    assert dates.age("2026-02-27T06:00:00Z", "2026-03-01") == "2 days"
    assert dates.age("soon", "2026-03-01") == ""
    assert dates.day("") == "never"


@given(st.text(max_size=120))
def test_a_name_in_a_path_is_one_plain_segment(name: str) -> None:
    made = places.slug(name)
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", made)
    assert len(made) <= 100
    assert ".." not in made
    assert made == name or made.startswith("x-")


def test_names_that_differ_have_paths_that_differ() -> None:
    names = ["a", "A", "a ", "á", "local files", "x-1", "../a", "a/b", "a.", "\ud800"]
    names += [places.slug(name) for name in names[1:]]
    assert len({places.slug(name) for name in names}) == len(names)
