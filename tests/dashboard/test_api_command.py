"""``presscheck api`` as it is started: where it listens, whom it refuses, that it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from checker.dashboard.serving import allowed_hosts, loopback
from checker.history import runs, tokens
from checker.history.database import open_history
from checker.history.tokens import Scope
from tests.dashboard.conftest import written
from tests.history.reports import SITE, Rule, report

COMMAND = Path(sys.executable).parent / "presscheck"


@contextmanager
def started(place: str, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command and the address that it tells."""
    process = subprocess.Popen(
        [COMMAND, "api", "--record", place, "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr
        told = process.stderr.readline()
        assert told.startswith("Serving sqlite:///"), told + process.stderr.read()
        yield process, told.rsplit(" ", 1)[1].strip()
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def place(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/x.db"


def test_a_report_goes_in_and_comes_out(place: str) -> None:
    history = open_history(place, create=True)
    _, token = tokens.create(history, Scope.WRITE, runs.now(), timedelta(days=1), site=SITE)
    history.close()
    with (
        started(place, "--open-reading") as (process, base),
        httpx.Client(trust_env=False) as client,
    ):
        assert base.startswith("http://127.0.0.1:")
        heads = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        body = written(report(1, {"a": {"image-alt": Rule(("a.jpg",))}}))
        assert client.post(f"{base}/api/runs", content=body, headers=heads).status_code == 201
        answer = client.get(f"{base}/api/findings", params={"site": SITE})
        assert (answer.status_code, len(answer.json()["items"])) == (200, 1)
        assert "server" not in answer.headers
        rebound = client.get(f"{base}/api/sites", headers={"host": "evil.example"})
        assert rebound.status_code == 400
        process.send_signal(signal.SIGTERM)
        assert process.stderr
        lines = [json.loads(line) for line in process.stderr]
        assert process.wait() == -signal.SIGTERM
    assert [each["status"] for each in lines] == [201, 200, 400]


def test_beyond_this_machine_only_with_a_token(place: str) -> None:
    ran = subprocess.run([COMMAND, "api", "--record", place, "--host", "0.0.0.0", "--port", "0"],
                         capture_output=True, text=True, check=False)  # fmt: skip
    assert ran.returncode == 2
    assert "first make a token" in ran.stderr


def test_an_address_that_is_taken(place: str) -> None:
    with started(place) as (_, base):
        port = base.rpartition(":")[2]
        ran = subprocess.run([COMMAND, "api", "--record", place, "--port", port],
                             capture_output=True, text=True, check=False, env=os.environ)  # fmt: skip
    assert ran.returncode == 2
    assert "in use" in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_what_is_loopback() -> None:
    assert all(map(loopback, ("localhost", "127.0.0.1", "127.8.8.8", "::1")))
    assert not any(map(loopback, ("0.0.0.0", "::", "10.0.0.1", "www.agency.gov", "")))
    assert "*" not in allowed_hosts("127.0.0.1", ())
    assert allowed_hosts("0.0.0.0", ()) == ["*"]
    assert "*" not in allowed_hosts("0.0.0.0", ("presscheck.agency.gov",))
