"""What a run tells while it goes on: on a terminal, piped, and for machines."""

from __future__ import annotations

import errno
import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checker import progress
from checker.page import Problem, Trouble
from checker.report import Audit
from tests import support_report

COMMAND = Path(sys.executable).parent / "presscheck"


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def lost() -> Audit:
    problem = Problem(Trouble.TIME_OUT, "no answer")
    return replace(support_report.clean(), results=(), problem=problem)


def test_the_line_says_done_failing_not_tested_rate_and_time_left() -> None:
    clock = Clock()
    stream = io.StringIO()
    with progress.shown(1_000, clock=clock, stream=stream) as shown:
        shown(support_report.clean())
        clock.now += 4.9
        shown(support_report.faulty())
        assert stream.getvalue() == ""
        clock.now += 0.1
        shown(lost())
        shown(support_report.clean())
        clock.now += 5
        shown(support_report.clean())
    assert stream.getvalue().splitlines() == [
        "presscheck: 3/1000 pages, 1 failing, 1 not tested, 0.6 pages/s, 27 min 42 s left",
        "presscheck: 5/1000 pages, 1 failing, 1 not tested, 0.5 pages/s, 33 min 10 s left",
    ]


def test_advice_and_warnings_alone_do_not_make_a_page_failing() -> None:
    faulty = support_report.faulty()
    mild = replace(
        faulty, results=tuple(each for each in faulty.results if each.severity.value != "error")
    )
    assert any(mild.findings())
    tally = progress.Tally(None, 0.0)
    tally.add(mild)
    assert (tally.done, tally.failing) == (1, 0)


def test_pages_of_an_earlier_run_say_nothing_of_the_rate_and_an_unknown_total_nothing_of_the_end() -> (
    None
):
    tally = progress.Tally(4, 0.0)
    tally.add(support_report.clean(), resumed=True)
    assert tally.left(10.0) is None
    tally.add(support_report.clean())
    assert tally.line(10.0) == "2/4 pages, 0 failing, 0 not tested, 0.1 pages/s, 20 s left"
    assert progress.Tally(None, 0.0, done=3).line(3.0) == (
        "3 pages, 0 failing, 0 not tested, 1.0 pages/s"
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for number in range(3):
        page = f"<!doctype html><html lang=en><title>Article {number}</title><main><img src=a.jpg>"
        (tmp_path / f"{number}.html").write_text(page)
    return tmp_path


def test_a_terminal_shows_a_line_that_goes_away_and_the_log_tells_each_page(site: Path) -> None:
    ours, theirs = pty.openpty()
    run = [COMMAND, "audit", ".", "--render", "never", "--only", "image-alt-missing"]
    with subprocess.Popen(
        [*run, "--log-json", "log"],
        cwd=site,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm-256color"},
    ) as process:
        os.close(theirs)
        shown = b"".join(_read(ours))
        assert process.stdout is not None
        told = process.stdout.read()
    os.close(ours)
    assert process.returncode == 1
    assert b"3/3 pages, 3 failing, 0 not tested" in shown
    assert shown.rstrip().endswith((b"\x1b[2K", b"\x1b[?25h"))  # wiped, the cursor is back
    assert b"\x1b" not in told
    events = [json.loads(line) for line in (site / "log").read_text().splitlines()]
    assert [each["event"] for each in events] == ["start", "page", "page", "page", "end"]
    assert [each["errors"] for each in events[1:4]] == [1, 1, 1]
    assert events[-1]["exit_code"] == 1
    assert [each["seconds"] for each in events] == sorted(each["seconds"] for each in events)


def _read(handle: int) -> Iterator[bytes]:
    """Everything that a terminal is sent, until its other side is closed."""
    while True:
        try:
            part = os.read(handle, 4096)
        except OSError as error:
            if error.errno == errno.EIO:
                return
            raise
        if not part:
            return
        yield part


def test_a_log_that_cannot_be_written_is_told_before_anything_is_done(site: Path) -> None:
    ran = subprocess.run(
        [COMMAND, "audit", ".", "--render", "never", "--log-json", "none/log", "--json", "r.json"],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "--log-json none/log: cannot be written" in ran.stderr
    assert not (site / "r.json").exists()
