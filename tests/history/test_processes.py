"""Real processes on one history: two writers at once, one that is killed, one whose disk is full."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import func, select

from checker.gate import Policy
from checker.history import reading, runs, tables
from checker.history.database import History, open_history
from checker.history.queries import runs as queries
from checker.history.writing import record
from checker.outputs import json
from tests.history.reports import SITE, Page, Rule, day, held, report, sizes

ALT = "image-alt"
ROOT = Path(__file__).parent.parent.parent

STOPPING = """
import sys, time
from pathlib import Path
from checker.history import reading
from checker.history.database import open_history
from checker.history.writing import record

def stop(pages):
    print(pages, flush=True)
    time.sleep(600)

record(open_history(sys.argv[1], create=True), reading.report(Path(sys.argv[2])), progress=stop)
"""


def file(folder: Path, number: int, pages: Mapping[str, Page]) -> Path:
    path = folder / f"report-{number}.json"
    path.write_text("".join(json.write(report(number, pages), Policy())), "utf-8")
    return path


def importing(address: str, *files: Path) -> subprocess.Popen[str]:
    """A process of ours that imports the files."""
    return subprocess.Popen(
        [sys.executable, "-m", "checker", "history", "import", "--record", address, *map(str, files)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip


def many(number: int) -> dict[str, Page]:
    """A site of 300 pages: each with a fault that stays, one that comes and goes, one in the banner."""
    return {
        f"p{n}": {ALT: Rule(("stays.jpg", *(["odd.jpg"] if number % 2 else []))), "caption": Rule()}
        for n in range(300)
    }


def test_two_writers_at_once_lose_nothing(address: str, tmp_path: Path) -> None:
    files = [file(tmp_path, number, many(number)) for number in range(1, 7)]
    # The two meet on one report; each has others of the same site, out of order.
    shares = (files[0], files[4], files[2]), (files[3], files[2], files[5], files[1])
    writers = [importing(address, *share) for share in shares]
    ended = [(*writer.communicate(timeout=120), writer.returncode) for writer in writers]
    assert [code for _, _, code in ended] == [0, 0], ended
    said = "".join(out for out, _, _ in ended)
    assert said.count("nothing changed") == 1
    alone = open_history(f"sqlite:///{tmp_path}/alone.db", create=True)
    for each in files:
        record(alone, reading.report(each))
    together = open_history(address)
    assert held(together) == held(alone)
    assert sizes(together) == sizes(alone)
    assert len(held(together)["runs"]) == 6


def test_a_run_that_was_killed_half_way_is_shown_and_can_be_repeated(
    address: str, tmp_path: Path
) -> None:
    history = open_history(address, create=True)
    record(history, report(1, many(1)))
    before = held(history)
    path = file(tmp_path, 2, many(2))
    writer = subprocess.Popen(
        [sys.executable, "-c", STOPPING, address, str(path)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    try:
        assert (
            int(writer.stdout.readline()) == 200
        )  # it is in its transaction and has written in it
        assert _states(history) == ["running", "complete"]
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
    assert _states(history) == ["died", "complete"]
    after = held(history)
    assert {**after, "runs": before["runs"]} == before
    assert record(history, reading.report(path)).pages == 300
    assert _states(history) == ["complete", "complete"]


def _states(history: History) -> list[str]:
    with history.reading() as connection:
        return [run.state for run in queries.runs(connection, runs.now(), site=SITE)]


def test_a_run_is_dead_when_it_is_silent_for_long() -> None:
    moment = runs.now()
    silent = runs.stamp(moment - runs.SILENT * 2)
    assert runs.died(silent, "elsewhere/1", moment)
    assert not runs.died(runs.stamp(moment), "elsewhere/1", moment)
    assert not runs.died(runs.stamp(moment), f"{runs.host()}/{os.getpid()}", moment)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits a process's files")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/history.db"
    history = open_history(address, create=True)
    record(history, report(1, {"a": {ALT: Rule(("a.jpg",))}}))
    before = held(history)
    path = file(tmp_path, 2, many(2))
    full = 256 * 1024
    ran = subprocess.run(
        [sys.executable, "-m", "checker", "history", "import", "--record", address, str(path)],
        cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (full, full)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, len(ran.stderr.splitlines())) == (3, 1), ran.stderr
    assert ran.stderr.startswith(f"presscheck: sqlite:///{tmp_path}/history.db: ")
    assert {**held(history), "runs": before["runs"]} == before
    assert record(history, reading.report(path)).pages == 300
    with history.reading() as connection:
        query = select(func.count()).where(tables.page_runs.c.run > 0)
        assert connection.execute(query).scalar_one() == 301
    assert day(2) in [row[2] for row in held(history)["runs"]]
