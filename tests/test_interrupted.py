"""An interrupted run tells what is done, and waits for nobody."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from tests.loading.servers import Answer, Asked, serve
from tests.runs import (
    PAGE,
    RULES,
    arguments,
    begun,
    ended_within,
    finish,
    folder,
    reports,
    targets,
    whole,
)

__all__ = ["folder", "whole"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_run_tells_what_is_done_and_goes_on_later(
    folder: Path, whole: tuple[bytes, bytes], number: signal.Signals, jobs: str
) -> None:
    more = ["--journal", "j", "--log-json", "-", "--jobs", jobs]
    with begun(*arguments("r", *more)) as process:
        assert process.stdout is not None
        for _ in range(4):
            process.stdout.readline()
        process.send_signal(number)
        _, err = process.communicate()
    assert process.returncode == 3, err.decode()
    report = json.loads(Path("r.json").read_text())
    assert [each["target"] for each in report["audits"]] == targets(whole[0])
    problems = [each["problem"] for each in report["audits"]]
    assert problems[:3] == [None] * 3
    assert problems[-1] == {
        "kind": "interrupted",
        "message": "not tested: the run was interrupted",
    }
    assert b"Traceback" not in err
    assert finish(*arguments("r", "--journal", "j", "--resume")).returncode == 1
    assert reports("r") == whole


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_silent_server_does_not_hold_an_interrupted_run(folder: Path, jobs: str) -> None:
    """The page in hand is given up: its server would keep the run waiting for ten minutes."""
    asked: list[Asked] = []

    def answer(request: Asked) -> Answer:
        if request.path == "/silent":
            asked.append(request)
            while not over:
                time.sleep(0.01)
        return 200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.format(n=1).encode()

    over: list[bool] = []
    with serve(answer) as running:
        home = f"http://127.0.0.1:{running.port}"
        wanted: list[Any] = [f"{home}/first", f"{home}/silent", f"{home}/last"]
        more = ["--log-json", "-", "--json", "r.json", "--timeout", "600", "--jobs", jobs]
        with begun("audit", *wanted, *RULES, *more) as process:
            assert process.stdout is not None
            while b'"page"' not in process.stdout.readline():
                assert process.poll() is None
            while not asked:
                assert process.poll() is None
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            hung = ended_within(process, 60)
        over.append(True)
    assert not hung, hung
    assert process.returncode == 3
    audits = json.loads(Path("r.json").read_text())["audits"]
    assert [each["target"] for each in audits] == wanted
    assert audits[0]["problem"] is None
    assert audits[1]["problem"]["kind"] == "interrupted"
