"""Charts as geometry: what a template draws as SVG, and the table of the same numbers that stands behind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

WIDTH, HEIGHT = 380, 236
LEFT, RIGHT, TOP, BOTTOM = 44, 94, 14, 30
_LABEL = 15  # the least distance between two labels
_MARKED = 24  # the most points of which each is marked


@dataclass(frozen=True)
class Series:
    """Numbers by a name; ``kind`` names its colour and its mark. None is not known."""

    name: str
    kind: str
    values: Sequence[int | None]


@dataclass(frozen=True)
class Tick:
    """A label of an axis and where it is."""

    place: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Line:
    """A series drawn: its strokes, marked points, its label at the end."""

    series: Series
    strokes: tuple[str, ...]
    marks: tuple[tuple[float, float], ...]
    end: float
    last: int | None


@dataclass(frozen=True)
class Bar:
    """A number drawn."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Chart:
    """A chart: its title, what it shows in a sentence, and its table (a row a run)."""

    id: str
    title: str
    told: str
    series: tuple[Series, ...]
    moments: tuple[str, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    zero: float
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = field(default=())


def lines(id: str, title: str, moments: Sequence[str], series: Sequence[Series]) -> Chart:
    """A line for each series, a point for each run."""
    top = _top(max((v for each in series for v in each.values if v is not None), default=0))
    xs = _places(len(moments))
    drawn = [_line(each, xs, top) for each in series]
    ends = _apart([line.end for line in drawn])
    return Chart(
        id=id,
        title=title,
        told=" ".join(_told(each) for each in series),
        series=tuple(series),
        moments=tuple(moments),
        across=_across(moments, xs),
        up=tuple(Tick(_y(value, top), f"{value:,}") for value in _steps(top)),
        zero=_y(0, top),
        lines=tuple(
            Line(line.series, line.strokes, line.marks, end, line.last)
            for line, end in zip(drawn, ends, strict=True)
        ),
    )


def bars(id: str, title: str, moments: Sequence[str], above: Series, below: Series) -> Chart:
    """For each run a bar up and a bar down from the middle."""
    up, down = (_top(max((value or 0 for value in each.values), default=0)) for each in (above, below))  # fmt: skip
    up, down = max(up, _top(down // 6)), max(down, _top(up // 6))  # room for their labels
    scale = (HEIGHT - BOTTOM - TOP) / (up + down)
    middle = TOP + up * scale
    xs = _places(len(moments))
    width = round(min(26.0, max(2.0, (WIDTH - LEFT - RIGHT) / max(1, len(moments)) * 0.7)), 1)
    drawn = []
    for x, new, gone in zip(xs, above.values, below.values, strict=True):
        tall, deep = round((new or 0) * scale, 1), round((gone or 0) * scale, 1)
        left = round(x - width / 2, 1)
        drawn.append(Bar(above.kind, left, round(middle - tall, 1), width, tall))
        drawn.append(Bar(below.kind, left, round(middle, 1), width, deep))
    ticks = (
        Tick(TOP, f"{up:,}"),
        Tick(round(middle, 1), "0"),
        Tick(HEIGHT - BOTTOM, f"{down:,}"),
    )
    return Chart(
        id=id,
        title=title,
        told=f"{above.name} above, {below.name.lower()} below. {_last(above)} {_last(below)}",
        series=(above, below),
        moments=tuple(moments),
        across=_across(moments, xs),
        up=ticks,
        zero=round(middle, 1),
        bars=tuple(drawn),
    )


def _line(series: Series, xs: Sequence[float], top: int) -> Line:
    strokes: list[str] = []
    points: list[tuple[float, float]] = []
    run: list[str] = []
    for x, value in zip(xs, series.values, strict=True):
        if value is None:
            strokes.append(" ".join(run))
            run = []
            continue
        points.append((x, _y(value, top)))
        run.append(f"{x},{_y(value, top)}")
    strokes.append(" ".join(run))
    known = [value for value in series.values if value is not None]
    return Line(
        series,
        tuple(stroke for stroke in strokes if " " in stroke),
        tuple(points if len(points) <= _MARKED else points[-1:]),
        points[-1][1] if points else _y(0, top),
        known[-1] if known else None,
    )


def _places(number: int) -> list[float]:
    inner = WIDTH - LEFT - RIGHT
    return [round(LEFT + inner * (n + 0.5) / number, 1) for n in range(number)]


def _y(value: int, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)


def _top(highest: int) -> int:
    """A round number from which the axis goes down: 1, 2, 4, 5, 8, 10 …"""
    unit = 1
    while True:
        for step in (1, 2, 4, 6, 8):
            if highest <= step * unit:
                return max(2, step * unit)
        unit *= 10


def _steps(top: int) -> list[int]:
    return [0, top // 2, top]


def _apart(places: Sequence[float]) -> list[float]:
    """Places moved as little as keeps labels from lying on each other."""
    order = sorted(range(len(places)), key=lambda n: places[n])
    moved = list(places)
    for one, other in pairwise(order):
        moved[other] = max(moved[other], moved[one] + _LABEL)
    lowest = HEIGHT - BOTTOM + 4.0
    for each in reversed(order):
        moved[each] = round(min(moved[each], lowest), 1)
        lowest = moved[each] - _LABEL
    return moved


def _across(moments: Sequence[str], xs: Sequence[float]) -> tuple[Tick, ...]:
    """The first, the last and one in the middle."""
    if not moments:
        return ()
    last = len(moments) - 1
    chosen = sorted({0, last // 2, last} if last > 3 else {0, last})
    times = [datetime.fromisoformat(each) for each in moments]
    if times[0].date() == times[-1].date():
        style = "{0:%H:%M}"
    else:
        style = "{0:%b} {0.day}" if times[0].year == times[-1].year else "{0:%b} {0:%Y}"
    return tuple(Tick(xs[n], style.format(times[n])) for n in chosen)


def _told(series: Series) -> str:
    known = [value for value in series.values if value is not None]
    if not known:
        return f"{series.name}: not known."
    if len(known) == 1 or known[0] == known[-1]:
        return f"{series.name}: {known[-1]:,}."
    return f"{series.name}: from {known[0]:,} to {known[-1]:,}."


def _last(series: Series) -> str:
    value = series.values[-1] if series.values else None
    return f"{series.name} with the newest run: {'not known' if value is None else format(value, ',')}."
