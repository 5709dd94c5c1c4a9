"""How far a run is: a line that changes on a terminal, a line now and then where it is piped, and JSON lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TextIO

import msgspec
from rich.console import Console

from checker.clean import one_line, plain
from checker.report import Audit, Report, count
from checker.verdict import Severity, Verdict

PAUSE = 5.0
"""Seconds between two lines where standard error is no terminal."""

STANDARD_OUTPUT = "-"
type Clock = Callable[[], float]


@dataclass
class Tally:
    """Pages so far. ``total`` is None where it is not known (a crawl); ``since`` a moment of the run's clock. Pages
    with an error are ``failing``."""

    total: int | None
    since: float
    done: int = 0
    failing: int = 0
    not_tested: int = 0
    resumed: int = 0

    def add(self, audit: Audit, *, resumed: bool = False) -> None:
        """Count a page."""
        self.done += 1
        self.resumed += resumed
        self.failing += any(
            finding.outcome.verdict is Verdict.FAIL and finding.severity is Severity.ERROR
            for finding in audit.judged()
        )
        self.not_tested += audit.problem is not None

    def rate(self, now: float) -> float:
        """Pages a second, without those of an earlier run."""
        return (self.done - self.resumed) / max(now - self.since, 1e-9)

    def left(self, now: float) -> float | None:
        """Seconds to the end, as far as can be said."""
        fresh = self.done - self.resumed
        if self.total is None or not fresh:
            return None
        return (self.total - self.done) / self.rate(now)

    def line(self, now: float) -> str:
        """All of it in words."""
        of = "" if self.total is None else f"/{self.total}"
        said = (
            f"{self.done}{of} pages, {self.failing} failing, {self.not_tested} not tested, "
            f"{self.rate(now):.1f} pages/s"
        )
        left = self.left(now)
        return said if left is None else f"{said}, {_span(left)} left"


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


class Shown:
    """What a run tells while it goes on. Called with each audit, in order."""

    def __init__(self, tally: Tally, clock: Clock) -> None:
        self.tally = tally
        self._clock = clock
        self._tellers: list[Callable[[Audit, bool], object]] = []

    def __call__(self, audit: Audit, *, resumed: bool = False) -> None:
        self.tally.add(audit, resumed=resumed)
        for tell in self._tellers:
            tell(audit, resumed)

    def also(self, teller: Callable[[Audit, bool], object]) -> None:
        """Add somebody to be told."""
        self._tellers.append(teller)


@contextmanager
def shown(
    total: int | None, *, clock: Clock = time.monotonic, stream: TextIO | None = None
) -> Iterator[Shown]:
    """Progress on ``stream`` (standard error): animated on a terminal; where it is piped a line every ``PAUSE``
    seconds, so none at all of a run that is shorter."""
    console = Console(file=stream, stderr=stream is None, markup=False, highlight=False)
    run = Shown(Tally(total, clock()), clock)
    if console.is_terminal and not console.is_dumb_terminal and total != 1:
        from checker.progress_bar import bar  # not where nobody sees it

        with bar(console, lambda: run.tally.line(clock())):
            yield run
        return
    run.also(_lines(run, stream or sys.stderr, clock))
    yield run


def _lines(run: Shown, stream: TextIO, clock: Clock) -> Callable[[Audit, bool], object]:
    told = [clock()]

    def tell(audit: Audit, resumed: bool) -> None:
        now = clock()
        if now - told[0] >= PAUSE:
            told[0] = now
            print(f"presscheck: {run.tally.line(now)}", file=stream, flush=True)

    return tell


class Log:
    """JSON lines for machines: ``start``, a ``page`` each, ``end``. ``seconds`` count from the start."""

    def __init__(self, stream: IO[bytes], clock: Clock, warn: Callable[[str], object]) -> None:
        self._stream: IO[bytes] | None = stream
        self._clock = clock
        self._start = clock()
        self._warn = warn

    def start(self, **facts: Any) -> None:
        """The run begins."""
        self._write("start", facts)

    def page(self, audit: Audit, resumed: bool) -> None:
        """A page is done."""
        counts = count([audit])
        problem = audit.problem
        self._write(
            "page",
            {
                "target": one_line(audit.target),
                "url": one_line(audit.url),
                "not_tested": {"kind": problem.kind.value, "message": problem.message}
                if problem
                else None,
                "errors": counts.errors,
                "warnings": counts.warnings,
                "advice": counts.advice,
                "reviews": counts.reviews,
                "broken": counts.broken,
                "out_of_reach": counts.out_of_reach,
                "passed": counts.passed,
                "resumed": resumed,
            },
        )

    def end(self, report: Report, exit_code: int, *, interrupted: bool) -> None:
        """The run is over and its reports are written."""
        facts = {"counts": msgspec.to_builtins(report.counts), "exit_code": exit_code}
        self._write("end", {**facts, "interrupted": interrupted})

    def _write(self, event: str, facts: dict[str, Any]) -> None:
        if self._stream is None:
            return
        said = {"event": event, "seconds": round(self._clock() - self._start, 3), **facts}
        try:
            self._stream.write(msgspec.json.encode(plain(said)) + b"\n")
            self._stream.flush()
        except OSError as error:
            self._warn(f"--log-json: not written on: {error.strerror}")
            self._stream = None


class LogError(ValueError):
    """A log that cannot be written; the message is one line."""


@contextmanager
def log(
    place: str | None, warn: Callable[[str], object], clock: Clock = time.monotonic
) -> Iterator[Log | None]:
    """The log to a file or to standard output (``-``), if any. Raises LogError for a file that cannot be written."""
    if not place:
        yield None
        return
    with ExitStack() as stack:
        try:
            stream: IO[bytes] = (
                sys.stdout.buffer
                if place == STANDARD_OUTPUT
                else stack.enter_context(Path(place).open("wb"))
            )
        except OSError as error:
            raise LogError(f"--log-json {place}: cannot be written: {error.strerror}") from None
        yield Log(stream, clock, warn)
