"""The API when things go wrong around it: a body that does not come, others that record, a full disk, a database that
goes away in mid-request, a package that is not installed, text that attacks from every field."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from limits import parse
from sqlalchemy import event, text

from checker.dashboard.access import Access
from checker.dashboard.api_routes import application, routes
from checker.dashboard.guard import Limits
from checker.history import runs, tokens
from checker.history.database import VERSION_TABLE, History, open_history
from checker.history.tokens import Scope
from checker.history.writing import record
from tests import support_report
from tests.dashboard.conftest import Api, serving, written
from tests.dashboard.serving import served
from tests.dashboard.test_api_writing import ONE, refused
from tests.history import postgres
from tests.history.reports import SITE, Rule, held, report, sizes

ROOT = Path(__file__).parents[2]


def _head(api: Api, length: int, *more: str) -> bytes:
    lines = (
        "POST /api/runs HTTP/1.1",
        f"Host: {api.base.removeprefix('http://')}",
        f"Authorization: Bearer {api.write}",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        *more,
    )
    return "\r\n".join([*lines, "", ""]).encode()


def _connected(api: Api) -> socket.socket:
    host, port = api.base.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=60)


@contextmanager
def patient(history: History, seconds: float) -> Iterator[Api]:
    """A server that waits so long for a report."""
    lasting = timedelta(days=1)
    _, write = tokens.create(history, Scope.WRITE, runs.now(), lasting, site=SITE)
    _, read = tokens.create(history, Scope.READ, runs.now(), lasting)
    often = Limits(reads=parse("10000/second"), writes=parse("10000/second"))
    app = application(routes(Access(history, patience=seconds)), limits=often, log=lambda _: None)
    with served(app) as base, httpx.Client(trust_env=False, timeout=60) as client:
        yield Api(base, history, write, read, client)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[History]:
    opened = open_history(f"sqlite:///{tmp_path}/x.db", create=True)
    yield opened
    opened.close()


def test_a_report_that_does_not_come_is_not_waited_for(here: History) -> None:
    with patient(here, 0.2) as api, _connected(api) as line:
        line.sendall(_head(api, 100_000) + b'{"version": ')
        answer = line.makefile("rb").readline()
        assert b" 408 " in answer
        assert sizes(here)["runs"] == 0


def test_one_more_than_four_at_once_comes_again(here: History) -> None:
    with patient(here, 60) as api:
        body = written(report(1, ONE))
        lines = [_connected(api) for _ in range(4)]
        try:
            for line in lines:
                line.sendall(_head(api, len(body), "Expect: 100-continue"))
                assert b" 100 " in line.recv(
                    100
                )  # the server has taken it up, and asks for its body
            answer = api.post(body)
            refused(answer, 503, "other reports are being recorded")
            assert answer.headers["retry-after"]
            assert api.client.get(f"{api.base}/healthz").status_code == 200
        finally:
            for line in lines:
                line.close()
        for _ in range(200):  # until the server has seen that they are gone
            answer = api.post(body)
            if answer.status_code != 503:
                break
        assert answer.status_code in (200, 201)


def test_a_full_database_is_told_and_nothing_is_lost(here: History) -> None:
    record(here, report(1, ONE), site=SITE)
    many = {f"page-{number}": {"image-alt": Rule((f"{number}.jpg",))} for number in range(200)}
    with serving(here) as api:
        before = held(here)

        @event.listens_for(here.engine, "begin")
        def full(connection: object) -> None:
            raw = connection.connection.driver_connection  # type: ignore[attr-defined]
            pages = raw.execute("PRAGMA page_count").fetchone()[0]
            raw.execute(f"PRAGMA max_page_count = {pages + room[0]}")

        room = [2]
        answer = api.post(written(report(2, many)))
        refused(answer, 503, "takes no more")
        after = held(here)
        assert len(after.pop("runs")) == len(before.pop("runs")) + 1  # the one that did not end
        assert after == before
        room[0] = 100_000
        assert api.post(written(report(2, many))).status_code == 201
        assert [run[1] for run in held(here)["runs"]] == ["complete", "complete"]


def test_a_database_that_goes_away_while_a_report_is_recorded(server: postgres.Server) -> None:
    history = open_history(server.create("away"), create=True)
    record(history, report(1, ONE), site=SITE)
    before = held(history)
    stopped = threading.Event()
    with serving(history) as api:

        @event.listens_for(history.engine, "before_cursor_execute")
        def gone(*found: object) -> None:
            if "INSERT INTO findings" in str(found[2]) and not stopped.is_set():
                stopped.set()
                server.stop()

        try:
            answer = api.post(written(report(2, {"b": {"image-alt": Rule(("b.jpg",))}})))
            assert stopped.is_set()
            refused(answer, 503, "does not answer")
        finally:
            server.start()
        assert held(history)["findings"] == before["findings"]
        again = api.post(written(report(2, {"b": {"image-alt": Rule(("b.jpg",))}})))
        assert again.status_code == 201
    history.close()


def test_a_later_schema_is_not_served(tmp_path: Path) -> None:
    place = f"sqlite:///{tmp_path}/x.db"
    history = open_history(place, create=True)
    with history.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    history.close()
    ran = subprocess.run(
        [sys.executable, "-m", "checker", "api", "--record", place, "--port", "0"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "later presscheck" in ran.stderr
    assert ran.stderr.count("\n") == 1
    found = sqlite3.connect(tmp_path / "x.db").execute(f"SELECT version_num FROM {VERSION_TABLE}")
    assert found.fetchone() == ("9999",)


def test_parquet_without_its_package_is_told(
    here: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(here, report(1, ONE), site=SITE)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with serving(here) as api:
        answer = api.get(f"/api/findings.parquet?site={SITE}")
        refused(answer, 501, "presscheck[parquet]")
        assert api.get(f"/api/findings.csv?site={SITE}").status_code == 200


def test_hostile_text_in_every_field_comes_out_as_text(history: History) -> None:
    with patient(history, 60) as api:
        answer = api.post(written(support_report.awkward()))
        assert answer.status_code == 201
        _check_texts(api)


def _check_texts(api: Api) -> None:
    for path in (
        f"/api/findings?site={SITE}&limit=1000",
        f"/api/pages?site={SITE}",
        f"/api/rules?site={SITE}",
        f"/api/runs?site={SITE}",
    ):
        found = api.get(path)
        assert found.status_code == 200
        assert found.headers["content-type"] == "application/json"
        assert found.headers["x-content-type-options"] == "nosniff"
        assert json.loads(found.content)
        assert "\x00" not in found.text
        assert "\x1b" not in found.text
    feed = api.get(f"/api/feed.atom?site={SITE}")
    assert feed.status_code == 200
    assert "<script" not in feed.text
    rows = api.get(f"/api/findings.csv?site={SITE}").text.splitlines()
    assert not any(cell.startswith(("=", "+", "@")) for row in rows[2:] for cell in row.split(","))
    assert "<script>alert" not in api.get("/metrics").text


def test_a_run_that_died_half_way_is_listed_as_such(api: Api) -> None:
    number = runs.start(api.history, site=SITE, expected=9)
    runs.touch(api.history, number, 4)
    with api.history.writing() as connection:
        connection.execute(
            text("UPDATE runs SET seen_at = '2020-01-01T00:00:00Z' WHERE number = :n"),
            {"n": number},
        )
    found = api.get(f"/api/runs?site={SITE}").json()["items"]
    assert [(each["state"], each["done"], each["expected"]) for each in found] == [("died", 4, 9)]


def test_two_that_post_at_once_lose_nothing(api: Api) -> None:
    bodies = [
        written(report(day, {f"p{day}": {"image-alt": Rule((f"{day}.jpg",))}})) for day in (1, 2)
    ]
    answers: list[httpx.Response] = []
    threads = [
        threading.Thread(target=lambda body=body: answers.append(api.post(body)))
        for body in bodies
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.status_code for each in answers) in ([200, 200, 201, 201], [201] * 4)
    found = sizes(api.history)
    assert (found["runs"], found["pages"], found["findings"]) == (2, 2, 2)
