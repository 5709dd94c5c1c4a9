"""POST /api/runs against a real server: what is recorded, and everything that is refused."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
from limits import parse

from checker.dashboard.access import Access
from checker.dashboard.api_routes import application, routes
from checker.dashboard.guard import HEADERS, Limits
from checker.history import pruning, runs
from checker.history.database import open_history
from checker.history.writing import record
from tests.dashboard.conftest import Api, serving, written
from tests.dashboard.serving import served
from tests.history import postgres
from tests.history.reports import SITE, Rule, held, report, sizes

ONE = {"a": {"image-alt": Rule(("a.jpg",))}}


def refused(answer: httpx.Response, status: int, said: str) -> None:
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert answer.json()["status"] == status
    assert said in answer.json()["detail"]


def test_a_report_is_recorded_once(api: Api) -> None:
    body = written(report(1, ONE))
    first = api.post(body)
    assert first.status_code == 201
    assert (first.json()["site"], first.json()["pages"], first.json()["new"]) == (SITE, 1, 1)
    assert first.headers["location"] == f"/api/runs/{first.json()['id']}"
    before = held(api.history)
    again = api.post(body)
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert held(api.history) == before
    assert record(api.history, report(1, ONE), site=SITE).already


def test_without_a_token_nothing_is_written_or_read(api: Api) -> None:
    before = sizes(api.history)
    answer = api.client.post(f"{api.base}/api/runs", content=written(report(1, ONE)))
    refused(answer, 401, "needs a token")
    assert answer.headers["www-authenticate"] == "Bearer"
    refused(api.post(b"{}", token=f"pc_{'0' * 12}_{'A' * 43}"), 401, "unknown, revoked or expired")
    refused(api.post(b"{}", authorization="Basic eDp5"), 401, "needs a token")
    refused(api.post(b"{}", token=api.read), 403, "may not write")
    refused(api.post(b"{}", query="?site=www.other.gov"), 403, f"writes {SITE} only")
    assert sizes(api.history) == before


def test_what_is_no_report_is_refused(api: Api) -> None:
    whole = written(report(1, ONE))
    later = whole.replace(b'"version": "1.0"', b'"version": "2.0"', 1)
    assert later != whole
    refused(api.post(b""), 400, "empty")
    refused(api.post(b"{}", query="?site="), 400, "site takes a name")
    refused(api.post(whole, content_type="text/plain"), 415, "application/json")
    refused(api.post(whole, content_encoding="gzip"), 415, "not compressed")
    for body in (b"nothing", b"{}", b"[" * 100_000, b"\xff\x00", whole[:-9]):
        refused(api.post(body), 422, "")
    refused(api.post(later), 422, "version 2.0")
    assert sizes(api.history)["runs"] == 0


def test_a_report_that_is_too_large_is_refused_while_it_comes(api: Api) -> None:
    refused(api.post(b" " * 300_001), 413, "at most 300000 bytes")

    def chunks() -> Iterator[bytes]:
        for _ in range(6):
            yield b" " * 60_000

    refused(api.post(chunks()), 413, "at most 300000 bytes")


def test_a_report_older_than_what_was_pruned_conflicts(api: Api) -> None:
    for day in (2, 3):
        assert api.post(written(report(day, ONE))).status_code == 201
    pruning.prune(api.history, runs.now(), keep=1)
    refused(api.post(written(report(1, ONE))), 409, "older than the runs that were pruned")


def test_hostile_text_is_kept_as_text(api: Api) -> None:
    evil = "</script><script>alert(1)</script>\x00\x1b[31m'); DROP TABLE runs;--"
    assert api.post(written(report(1, {evil: {"image-alt": Rule((evil,))}}))).status_code == 201
    assert sizes(api.history)["findings"] == 1


def test_every_answer_has_the_security_headers(api: Api) -> None:
    for answer in (api.get("/healthz"), api.get("/nowhere"), api.post(b"")):
        for name, value in HEADERS.items():
            assert answer.headers[name] == value


def test_the_log_is_json_without_secrets(api: Api) -> None:
    api.post(written(report(1, ONE)))
    api.client.get(f"{api.base}/healthz%0a?token={api.read}")
    text = json.dumps(api.lines)
    for token in (api.read, api.write):
        assert token not in text
        assert token.split("_", 2)[2] not in text
    assert api.lines[0] | {"time": "", "milliseconds": 0} == {
        "time": "",
        "client": "127.0.0.1",
        "method": "POST",
        "path": "/api/runs",
        "status": 201,
        "token": api.write.split("_")[1],
        "milliseconds": 0,
    }
    assert api.lines[1]["path"] == "/healthz "


def test_who_asks_too_often_waits(tmp_path: Path) -> None:
    history = open_history(f"sqlite:///{tmp_path}/x.db", create=True)
    app = application(
        routes(Access(history)), limits=Limits(writes=parse("2/hour")), log=lambda _: None
    )
    with served(app) as base, httpx.Client(trust_env=False) as client:
        answers = [client.post(f"{base}/api/runs") for _ in range(3)]
        assert [each.status_code for each in answers] == [401, 401, 429]
        assert 0 < int(answers[2].headers["retry-after"]) <= 3601
        assert client.get(f"{base}/healthz").status_code == 200
    history.close()


def test_a_locked_file_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    place = f"sqlite:///{tmp_path}/x.db"
    open_history(place, create=True).close()
    history = open_history(place, wait=0.2)
    with serving(history) as api:
        other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        busy = api.post(written(report(1, ONE)))
        refused(busy, 503, "try again later")
        assert "x.db" not in busy.text
        assert busy.headers["retry-after"]
        other.execute("ROLLBACK")
        assert api.post(written(report(1, ONE))).status_code == 201
    history.close()


def test_a_server_that_goes_away_is_told(server: postgres.Server) -> None:
    history = open_history(server.create("gone"), create=True)
    with serving(history) as api:
        server.stop()
        try:
            refused(api.get("/healthz"), 503, "does not answer")
            refused(api.post(b"{}"), 503, "does not answer")
        finally:
            server.start()
        assert api.get("/healthz").status_code == 200
        assert api.post(written(report(1, ONE))).status_code == 201
    history.close()
