"""One command as a whole: how long it takes and how much memory it and its children hold at most."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_EVERY = 0.5
_MEGABYTE = 1024.0


@dataclass
class Ran:
    """What came of a command. ``series`` are moments (seconds) with the megabytes held then; ``code`` None: it did not
    end within its limit and was killed."""

    seconds: float
    code: int | None
    out: str
    told: str
    series: list[tuple[float, float]] = field(default_factory=list)

    @property
    def peak(self) -> float:
        """Megabytes at most: proportional set size, so that what processes share counts once."""
        return max((held for _, held in self.series), default=0.0)


def run(
    command: Sequence[object],
    limit: float,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    every: float = _EVERY,
) -> Ran:
    """Run a command to its end, or kill it with all that it started after ``limit`` seconds. Python keeps byte code, as
    it does by default and as packages are installed: who forbids it would have our modules compiled at each start."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    started = time.monotonic()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env={**kept, "SE_AVOID_STATS": "true", **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    ended = threading.Event()
    series: list[tuple[float, float]] = []

    def watch() -> None:
        while True:
            series.append((time.monotonic() - started, held(process.pid)))
            if ended.wait(every):
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        out, told = process.communicate(timeout=limit)
        code: int | None = process.returncode
    except subprocess.TimeoutExpired:
        for number in [*descendants(process.pid), process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        out, told = process.communicate()
        code = None
    seconds = time.monotonic() - started
    ended.set()
    watcher.join()
    return Ran(seconds, code, out, told, series)


def held(process: int) -> float:
    """Megabytes that a process and its descendants hold."""
    return sum(_share(number) for number in [process, *descendants(process)]) / _MEGABYTE


def _share(number: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1])
    return 0.0


def descendants(parent: int) -> Iterator[int]:
    """Numbers of the processes that it started, and those that they did, innermost first."""
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                yield from descendants(child)
                yield child
