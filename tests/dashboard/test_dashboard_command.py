"""``presscheck dashboard serve`` as it is started: who reads what, whom it refuses, that it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from checker.history import runs, tokens
from checker.history.database import open_history
from checker.history.tokens import Scope
from tests.dashboard import shown
from tests.dashboard.conftest import written
from tests.history.reports import SITE, Rule, report

COMMAND = [Path(sys.executable).parent / "presscheck", "dashboard", "serve", "--port", "0"]
PAGE = f"/sites/{SITE}/index.html"


@contextmanager
def started(place: str, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command and the address that it tells."""
    process = subprocess.Popen(
        [*COMMAND, "--record", place, *options], stderr=subprocess.PIPE, text=True
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
    address = f"sqlite:///{tmp_path}/x.db"
    history = open_history(address, create=True)
    shown.three_runs(history)
    history.close()
    return address


def token(place: str, scope: Scope) -> str:
    history = open_history(place)
    site = SITE if scope is Scope.WRITE else ""
    _, secret = tokens.create(history, scope, runs.now(), timedelta(days=1), site=site)
    history.close()
    return secret


def test_on_this_machine_everybody_reads_and_what_comes_in_is_shown(place: str) -> None:
    write = token(place, Scope.WRITE)
    with started(place) as (process, base), httpx.Client(trust_env=False) as client:
        assert "3 of 3 known pages" not in client.get(base + PAGE).text
        heads = {"authorization": f"Bearer {write}", "content-type": "application/json"}
        body = written(report(9, {"c": {"image-alt": Rule()}}))
        assert client.post(f"{base}/api/runs", content=body, headers=heads).status_code == 201
        assert "3 of 3 known pages" in client.get(base + PAGE).text
        assert client.get(base + PAGE, headers={"host": "rebound.example"}).status_code == 400
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (0, -signal.SIGTERM)


def test_under_another_name_reading_asks_for_a_token(place: str) -> None:
    read = token(place, Scope.READ)
    with (
        started(place, "--allow-host", "press.agency.gov") as (_, base),
        httpx.Client(trust_env=False, headers={"host": "press.agency.gov"}) as client,
    ):
        assert client.get(base + PAGE).status_code == 401
        assert client.get(base + PAGE, auth=("anybody", read)).status_code == 200


def test_an_address_that_others_reach_needs_a_token_first(place: str) -> None:
    command = [*COMMAND, "--record", place, "--host", "0.0.0.0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert "first make a token" in done.stderr
