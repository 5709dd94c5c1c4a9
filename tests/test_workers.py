"""Work in other processes: one that dies costs what it had in hand a retry, never the run; none outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from checker import catalog, document, run, workers
from checker.engine import Selection
from checker.loading.options import Options, Render, Target
from checker.loading.pool import Pool
from checker.loading.static import load_file
from checker.page import Page, Trouble
from checker.workers import Processes, WorkerDied

OPTIONS = Options(render=Render.NEVER)
PAGE = "<!doctype html><html lang=en><title>Page {0}</title><main><h1>Page {0}</h1><img src={0}.jpg></main>"


def add(shared: int, number: int) -> int:
    return shared + number


def die(shared: int, marks: str, times: int) -> str:
    """Kills its own process, so many times."""
    if len(list(Path(marks).iterdir())) < times:
        (Path(marks) / str(os.getpid())).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def fail(shared: int) -> None:
    raise LookupError("as it would here")


def test_a_process_that_dies_costs_a_retry_and_then_the_work_and_nothing_else(
    tmp_path: Path,
) -> None:
    once, always = tmp_path / "once", tmp_path / "always"
    once.mkdir(), always.mkdir()
    with Processes(2, 40) as workers, ThreadPoolExecutor(6) as threads:
        good = [threads.submit(workers.call, add, number) for number in range(3)]
        first = threads.submit(workers.call, die, str(once), 1)
        last = threads.submit(workers.call, die, str(always), 99)
        more = [threads.submit(workers.call, add, number) for number in range(3, 6)]
        assert [each.result() for each in (*good, *more)] == [40, 41, 42, 43, 44, 45]
        assert first.result() == "done"
        with pytest.raises(WorkerDied, match="every process"):
            last.result()
        assert len(list(always.iterdir())) in (2, 3)  # it may have died in the queue of the first
        assert workers.call(add, 2) == 42
        with pytest.raises(LookupError, match="as it would here"):
            workers.call(fail)


def site(folder: Path, pages: int) -> list[Target]:
    """Targets of pages, the last of them empty, and one that a selection left out."""
    for number in range(pages):
        (folder / f"{number}.html").write_text(PAGE.format(number))
    (folder / f"{pages - 1}.html").write_text("")
    return [Target(f"{number}.html", path=folder / f"{number}.html") for number in range(pages)]


def test_processes_find_what_one_finds_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    targets = site(tmp_path, 12)
    judge = run.Judge(catalog.load(), Selection())
    alone = list(run.audited(targets, OPTIONS, judge, 1))
    with Processes(2, judge) as workers:
        found = list(run.audited(targets, OPTIONS, judge, 2, workers=workers))
        twice = list(run.audited(targets[:2], OPTIONS, judge, 2, renders=2, workers=workers))
        pages = run.pages(targets, OPTIONS, judge, 1)
        judged = [workers.call(run.judged, [page]) for page in pages]
    assert found == alone
    assert twice == alone[:2]
    assert [run.decoded(each) for each in judged] == alone
    assert found[-1].problem is not None


class _Deadly:
    """Workers that die of every page."""

    far = False

    def call(self, *args: object) -> bytes:
        raise WorkerDied("it died")


def test_a_page_that_no_worker_survives_is_not_tested(tmp_path: Path) -> None:
    judge = run.Judge(catalog.load(), Selection())
    for audit in run.audited(site(tmp_path, 3), OPTIONS, judge, 2, workers=_Deadly()):
        assert audit.problem is not None
        assert audit.problem.kind is Trouble.WORKER
        assert [result.verdict.value for result in audit.results] == ["not-tested"]


class _Elsewhere:
    """Workers that look at what this process still holds of the page that they are given."""

    far = False

    def __init__(self, judge: run.Judge) -> None:
        self._judge = judge
        self.held: list[object] = []

    def call(self, work: Callable[..., bytes], *args: object) -> bytes:
        self.held.append(document._latest.found)
        return work(self._judge, *args)


def test_of_a_page_that_is_judged_elsewhere_no_document_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[document.Document] = []

    def load(self: Pool, target: Target, pictures_of: object) -> Page:
        page = load_file(target, OPTIONS)
        seen.append(document.load(page.html))
        return page

    monkeypatch.setattr(Pool, "load", load)
    monkeypatch.setattr(run, "unrendering", lambda options: None)
    workers = _Elsewhere(run.Judge(catalog.load(), Selection()))
    audits = list(run.audited(site(tmp_path, 3)[:2], OPTIONS, workers._judge, 1, workers=workers))
    assert [audit.problem for audit in audits] == [None, None]
    assert workers.held == [None, None]
    assert not any(vars(each.soup) for each in seen)


ORPHAN = """
import os, sys
from checker.workers import Processes
from tests.test_workers import process_number
if __name__ == "__main__":
    with Processes(1, 0) as workers:
        print(workers.call(process_number), flush=True)
        sys.stdin.read()
"""


def process_number(shared: int) -> int:
    return os.getpid()


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_no_worker_outlives_a_parent_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(ORPHAN)
    root = str(Path(__file__).parent.parent)
    read, write = os.pipe()  # the worker holds its end until it is gone
    with subprocess.Popen(
        [sys.executable, str(script)],
        env=os.environ | {"PYTHONPATH": root},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=write,
    ) as parent:
        os.close(write)
        assert parent.stdout is not None
        assert int(parent.stdout.readline()) != parent.pid
        parent.kill()
    with os.fdopen(read, "rb") as end:
        end.read()  # returns when the last process that inherited it ended


@pytest.mark.parametrize(("pages", "begun"), [(31, False), (32, True)])
def test_processes_are_made_ready_for_long_lists_only(
    tmp_path: Path, pages: int, begun: bool
) -> None:
    listed = tmp_path / "list"
    listed.write_text("page.html\n" * pages, "utf-8")
    script = (
        "import sys\n"
        "from checker import cli_judging\n"
        "cli_judging.foresee([sys.argv[1]], 2, '')\n"
        "print('multiprocessing.forkserver' in sys.modules)\n"
    )
    command = [sys.executable, "-c", script, f"@{listed}"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == str(begun)


def test_what_a_script_imports_its_processes_have_in_common(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    main = sys.modules["__main__"]
    monkeypatch.setitem(sys.modules, "checker.cli", main)
    monkeypatch.setattr(main, "__spec__", None)  # as of the installed command
    assert "checker.cli" in workers.common()
    monkeypatch.setattr(main, "__spec__", run.__spec__)  # python -m checker
    assert "checker.cli" not in workers.common()
