"""The cost table of docs/scale.md, reckoned from the figures that stand in docs/benchmarks.md.

``python -m benchmarks.scale`` writes it anew; ``make bench`` does so too."""

from __future__ import annotations

import math
import re

from benchmarks.measure import ROOT
from benchmarks.table import DOC, made

SCALE = ROOT / "docs" / "scale.md"
PAGES = 1_000_000
_BEGIN, _END = (
    "<!-- reckoned from benchmarks.md: begin -->",
    "<!-- reckoned from benchmarks.md: end -->",
)
_WAYS = {
    "static, two processes": ("static", "presscheck, two processes"),
    "rendered, two browsers, `--axe full`": (
        "rendered",
        "presscheck, two browsers, every default",
    ),
    "rendered, two browsers, `--axe incremental`, one template": (
        "incremental",
        "presscheck, two browsers, incremental",
    ),
}
"""The part and the row of benchmarks.md that each way is reckoned from: rows of other parts have the same names."""


def write() -> None:
    """Write the table into docs/scale.md. Raises ValueError where that has no place for it."""
    whole = SCALE.read_text("utf-8")
    before, begin, rest = whole.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{SCALE} lacks its marks: {_BEGIN} and {_END}")
    SCALE.write_text(f"{before}{begin}\n{table(DOC.read_text('utf-8'))}\n{end}{after}", "utf-8")


def table(benchmarks: str) -> str:
    """Machine-hours of 1,000,000 pages by way of running, from the rows of docs/benchmarks.md."""
    parts = made(benchmarks)
    lines = [
        "| on machines of two cores | pages/s measured | machine-hours | machines for 24 hours | for a week |",
        "| --- | --- | --- | --- | --- |",
    ]
    for way, (part, row) in _WAYS.items():
        rate = _rate(parts.get(part, ""), row)
        if rate is None:
            lines.append(f"| {way} | not measured | | | |")
            continue
        hours = PAGES / rate / 3600
        day, week = (math.ceil(hours / length) for length in (24, 168))
        lines.append(f"| {way} | {rate:.2f} | {hours:,.0f} | {day:,} | {week:,} |")
    return "\n".join(lines)


def _rate(part: str, row: str) -> float | None:
    """Pages a second of a tool's row; of several the last, which is on the most pages."""
    found = re.findall(rf"^\| {re.escape(row)} \| \d+ \| ([\d.]+) \|", part, re.MULTILINE)
    return float(found[-1]) or None if found else None


if __name__ == "__main__":
    write()
