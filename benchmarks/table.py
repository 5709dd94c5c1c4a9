"""Results as Markdown, and the part of docs/benchmarks.md that is made from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.measure import ROOT

DOC = ROOT / "docs" / "benchmarks.md"
_BEGIN, _END = "<!-- made by make bench: begin -->", "<!-- made by make bench: end -->"


@dataclass
class Row:
    """A tool's rounds: pages a second of each, megabytes at most, pages lost."""

    name: str
    pages: int = 0
    rates: list[float] = field(default_factory=list)
    peak: float = 0.0
    lost: int | None = 0
    missing: str = ""

    @property
    def rate(self) -> float:
        """The median."""
        return median(self.rates) if self.rates else 0.0


@dataclass(frozen=True)
class Target:
    """A ratio that must be reached: what it is of, what it came to (None: it could not be measured)."""

    name: str
    got: float | None
    bound: float
    most: bool = False

    def line(self) -> str:
        """Its row of the table of targets."""
        sign = "<=" if self.most else ">="
        if self.got is None:
            return f"| {self.name} | {sign} {self.bound:g} | not measured | |"
        met = self.got <= self.bound if self.most else self.got >= self.bound
        return f"| {self.name} | {sign} {self.bound:g} | {self.got:.2f} | {'yes' if met else '**no**'} |"


@dataclass
class Part:
    """One table with what it was measured on, and its targets."""

    title: str
    about: str
    head: Sequence[str]
    lines: Sequence[Sequence[str]]
    targets: list[Target] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def markdown(self) -> str:
        """The part as Markdown."""
        said = [f"### {self.title}", "", self.about, "", _line(self.head)]
        said += [f"|{' --- |' * len(self.head)}", *map(_line, self.lines)]
        if self.targets:
            said += ["", "| must reach | bound | ratio | met |", "| --- | --- | --- | --- |"]
            said += [target.line() for target in self.targets]
        said += [f"\n{note}" for note in self.notes]
        return "\n".join(said) + "\n"


def ratio(ours: Row, other: Row) -> float | None:
    """How many times as fast, the median of the rounds' own ratios; None where one was not measured."""
    pairs = [a / b for a, b in zip(ours.rates, other.rates, strict=False) if a and b]
    return median(pairs) if pairs else None


def speeds(rows: Sequence[Row], to: Row) -> list[Sequence[str]]:
    """Lines of a table of tools, each beside ``to``."""
    return [_speed(row, to) for row in rows]


SPEEDS = ("tool", "pages", "pages/s", "presscheck is", "peak MB", "lost")


def _speed(row: Row, to: Row) -> Sequence[str]:
    if row.missing:
        return (row.name, "", "", "", "", row.missing)
    times = ratio(to, row)
    beside = "" if row is to or times is None else f"{times:.2f}x"
    lost = "?" if row.lost is None else str(row.lost)
    return (row.name, str(row.pages), f"{row.rate:.2f}", beside, f"{row.peak:.0f}", lost)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def keep(name: str, text: str) -> None:
    """Put a part into docs/benchmarks.md in place of its former one; the rest of the document stays."""
    whole = DOC.read_text("utf-8")
    before, begin, rest = whole.partition(_BEGIN)
    inside, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{DOC} lacks its marks: {_BEGIN} and {_END}")
    parts = made(inside)
    parts[name] = text.strip()
    order = sorted(parts, key=lambda one: (ORDER.index(one) if one in ORDER else len(ORDER), one))
    tables = "\n\n".join(f"<!-- part {one} -->\n{parts[one]}" for one in order)
    DOC.write_text(f"{before}{begin}\n{tables}\n{end}{after}", encoding="utf-8")


ORDER = [
    "static",
    "static-saved",
    "rendered",
    "rendered-saved",
    "where",
    "incremental",
    "memory",
    "memory-archive",
    "memory-rendered",
    "start",
]


def made(text: str) -> dict[str, str]:
    """The parts that stand in a text, by their names."""
    found = {}
    for piece in text.partition(_END)[0].split("<!-- part ")[1:]:
        name, _, text = piece.partition(" -->")
        found[name] = text.strip()
    return found
