"""Memory over long runs: many pages beside few."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks import peers, server, small_site, tools
from benchmarks.measure import Ran
from benchmarks.parts import Sizes, addresses, site_files, site_folder
from benchmarks.table import Part, Target

ARCHIVE = (100, 10_000, 100_000)
"""Pages of the runs of ``memory_archive``."""


def memory(sizes: Sizes) -> Part:
    """Static memory: many pages beside few."""
    peaks, lines = [], []
    for number in sizes.memory:
        with tempfile.TemporaryDirectory() as folder:
            ran = tools.static("presscheck", 1).run(site_files(number), Path(folder))
        peaks.append(ran.peak)
        lines.append((f"{number}", f"{ran.peak:.0f}", f"{number / ran.seconds:.1f}", str(ran.code)))
    few, many = sizes.memory
    return Part(
        "Memory, static",
        "The JSON report is written too; one process.",
        ("pages", "peak MB", "pages/s", "exit code"),
        lines,
        [Target(f"{many} pages: times the memory of {few}", peaks[1] / peaks[0], 1.2, most=True)],
    )


def memory_archive(sizes: Sizes, numbers: Sequence[int] = ARCHIVE) -> Part:
    """Static memory over an archive: very many small pages, in one process and in two. It takes an hour, and 15 GB of
    disk for the report of 100,000 pages."""
    lines, targets = [], []
    peers.HOME.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=peers.HOME) as place:
        folder = Path(place)
        pages = small_site.write(folder / "pages", max(numbers))
        for jobs in (1, 2):
            peaks = []
            for number in numbers:
                ran, lost = _audited(pages[:number], jobs, folder)
                peaks.append(ran.peak)
                rate, code = f"{number / ran.seconds:.1f}", str(ran.code)
                lines.append((str(jobs), str(number), f"{ran.peak:.0f}", rate, str(lost), code))
            who = "one process" if jobs == 1 else "two processes"
            for number, peak in zip(numbers[1:], peaks[1:], strict=True):
                name = f"{who}, {number} pages: times the memory of {numbers[0]}"
                targets.append(Target(name, peak / peaks[0], 1.2, most=True))
    return Part(
        "Memory, static, an archive",
        "Small pages, about 3 kB each, no two alike; the JSON report is written too.",
        ("processes", "pages", "peak MB", "pages/s", "lost", "exit code"),
        lines,
        targets,
    )


def _audited(pages: Sequence[str], jobs: int, folder: Path) -> tuple[Ran, int]:
    """A run, and how many pages it lost by its log: its report may be too large to be read at once."""
    log = folder / "log.jsonl"
    log.unlink(missing_ok=True)
    tool = tools.static("presscheck", jobs, "--log-json", str(log), every=0.1)
    ran = tool.run(pages, folder)
    if ran.code is None:
        return ran, len(pages)
    end = json.loads(log.read_text("utf-8").splitlines()[-1])
    return ran, len(pages) - end["counts"]["pages"] + end["counts"]["pages_not_tested"]


def memory_rendered(sizes: Sizes) -> Part:
    """Memory of presscheck with its browsers over a long run, by tenths of its pages."""
    number = sizes.memory_rendered
    folder = site_folder(number)
    with server.serving(folder) as origin, tempfile.TemporaryDirectory() as place:
        log = Path(place) / "log.jsonl"
        tool = tools.rendered("presscheck, two browsers", 2, "--log-json", str(log))
        ran = tool.run(addresses(origin, folder, number), Path(place))
        lost = tool.lost(ran, Path(place), number)
        times = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    tenths = _tenths(ran.series, [said["seconds"] for said in times if said["event"] == "page"])
    first, second, last = tenths[0], tenths[1], tenths[-1]
    most = max(peak for *_, peak in tenths[1:])
    return Part(
        "Memory, rendered",
        f"{number} pages, two browsers, one run, {number / ran.seconds:.2f} pages/s, {lost} lost; processes and "
        "browsers together, shared memory once.",
        ("pages", "median MB", "peak MB"),
        [(pages, f"{usual:.0f}", f"{peak:.0f}") for pages, usual, peak in tenths],
        [
            Target("peak after the first tenth: times its peak", most / first[2], 1.1, most=True),
            Target(
                "median of the last tenth: times the second", last[1] / second[1], 1.1, most=True
            ),
            Target("pages lost", lost, 0, most=True),
        ],
        [f"Lost pages: {ran.told.strip()[-300:]}" if lost else ""],
    )


def _tenths(
    series: Sequence[tuple[float, float]], done: Sequence[float]
) -> list[tuple[str, float, float]]:
    """By tenths of the pages, by the moments at which they were done: which they are, the megabytes held, at most."""
    step = max(1, len(done) // 10)
    tenths = []
    for begin in range(0, len(done), step):
        end = min(begin + step, len(done))
        since = done[begin - 1] if begin else 0.0
        held = [held for at, held in series if since < at <= done[end - 1]] or [0.0]
        tenths.append((f"{begin + 1} to {end}", median(held), max(held)))
    return tenths
