"""Judging on a Dask cluster: a real scheduler and two worker processes, which die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from checker import catalog, cli, run
from checker.engine import Selection
from checker.page import Trouble
from checker.report import Audit
from checker.workers import WorkerDied
from tests.test_workers import OPTIONS, add, die, site

distributed = pytest.importorskip("distributed")

from checker.cluster import Cluster, ClusterError  # noqa: E402

ROOT = str(Path(__file__).parent.parent)
ENV = os.environ | {
    "PYTHONPATH": ROOT,
    "SOURCE_DATE_EPOCH": "1790000000",
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2",
}


@dataclass(frozen=True)
class Processes:
    """A scheduler's address, and its process and that of its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: subprocess.Popen[bytes]


@contextmanager
def cluster(folder: Path, *options: str) -> Iterator[Processes]:
    """A scheduler with workers; ``options`` are the workers'."""
    with ExitStack() as stack:

        def start(*command: str) -> subprocess.Popen[bytes]:
            with (folder / f"{command[0]}.log").open("ab") as log:
                process = subprocess.Popen(
                    [sys.executable, "-m", "distributed.cli.dask_" + command[0], *command[1:]],
                    env=ENV,
                    cwd=folder,
                    stdout=log,
                    stderr=log,
                )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            return process

        here = ("--host", "127.0.0.1", "--no-dashboard")
        first = start("scheduler", *here, "--port", "0", "--scheduler-file", "address")
        end = time.monotonic() + 120
        while not (folder / "address").exists():
            assert first.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)
        second = start("worker", "--scheduler-file", "address", *here, *options, "--nthreads", "1")
        with distributed.Client(scheduler_file=str(folder / "address"), timeout=120) as client:
            client.wait_for_workers(1, timeout=120)
            address = client.scheduler.address
        yield Processes(address, first, second)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, each started again when it dies."""
    with (
        cluster(tmp_path_factory.mktemp("cluster"), "--nworkers", "2") as processes,
        distributed.Client(processes.address, timeout=120) as client,
    ):
        client.wait_for_workers(2, timeout=120)
        yield processes.address


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_a_worker_killed_in_mid_run_loses_no_page(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    monkeypatch.chdir(tmp_path)
    targets = site(tmp_path, 30)
    targets.append(targets[0].__class__("none.html", path=tmp_path / "none.html"))
    judge = run.Judge(catalog.load(), Selection())
    alone = list(run.audited(targets, OPTIONS, judge, 1))
    with Cluster(scheduler, judge) as workers:
        assert (workers.size, workers.patient) == (2, False)
        pids = list(distributed.get_client(scheduler).run(os.getpid).values())
        found: list[Audit] = []
        for audit in run.audited(targets, OPTIONS, judge, 2, workers=workers):
            if not found:
                os.kill(pids[0], signal.SIGKILL)
            found.append(audit)
    assert found == alone
    assert alone[1].source_path == "1.html"
    assert alone[-1].problem is not None
    assert alone[-1].problem.kind is Trouble.UNREADABLE


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_work_that_kills_every_worker_is_tried_three_times(scheduler: str, tmp_path: Path) -> None:
    with Cluster(scheduler, 40) as workers:
        with pytest.raises(WorkerDied, match="every worker"):
            workers.call(die, str(tmp_path), 99)
        assert len(list(tmp_path.iterdir())) == 3
    distributed.get_client(scheduler).wait_for_workers(2, timeout=120)  # each is started again


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
@pytest.mark.parametrize("dying", ["scheduler", "workers"])
def test_a_cluster_that_dies_whole_costs_its_pages_not_the_run(
    dying: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    monkeypatch.chdir(tmp_path)
    targets = site(tmp_path, 12)
    judge = run.Judge(catalog.load(), Selection())
    alone = list(run.audited(targets, OPTIONS, judge, 1))
    found: list[Audit] = []
    with (
        cluster(tmp_path, "--nworkers", "1", "--no-nanny") as processes,
        Cluster(processes.address, judge) as workers,
    ):
        monkeypatch.setattr("checker.cluster._PATIENCE", 3.0)
        for audit in run.audited(targets, OPTIONS, judge, 2, workers=workers):
            if not found:
                (processes.scheduler if dying == "scheduler" else processes.workers).kill()
            found.append(audit)
    tested = [audit for audit in found if audit.problem is None]
    lost = [audit.problem for audit in found if audit.problem is not None]
    assert tested == [audit for audit in alone if audit.target in {each.target for each in tested}]
    assert [audit.target for audit in found] == [audit.target for audit in alone]
    assert lost
    assert {problem.kind for problem in lost} == {Trouble.WORKER}
    assert any("no worker, or no scheduler" in problem.message for problem in lost)


def test_without_a_scheduler_it_is_told_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checker.cluster._PATIENCE", 1.0)
    with pytest.raises(ClusterError, match=r"--cluster 127\.0\.0\.1:9"), Cluster("127.0.0.1:9", 0):
        pass
    (page,) = site(tmp_path, 1)
    with pytest.raises(SystemExit) as ended:
        cli.main(["audit", str(page.path), "--render", "never", "--cluster", "127.0.0.1:9"])
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_cluster_judges_what_the_command_asks(
    scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site(tmp_path, 3)
    with pytest.raises(SystemExit) as ended:
        cli.main(
            ["audit", str(tmp_path), "--render", "never", "--cluster", scheduler, "--json", "-"]
        )
    assert ended.value.code == 1
    assert capsys.readouterr().out.count('"page-load"') >= 3


def test_the_shared_thing_reaches_the_workers(scheduler: str) -> None:
    with Cluster(scheduler, 40) as workers:
        assert [workers.call(add, number) for number in range(3)] == [40, 41, 42]
