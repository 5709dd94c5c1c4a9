"""Exports, metrics and the feed against a real server, each read by the program that it is for."""

from __future__ import annotations

import csv
import io
from typing import Any

import feedparser
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pyarrow import parquet

from checker.dashboard import exports
from checker.history import runs, tokens
from checker.history.writing import record
from tests.dashboard.conftest import Api
from tests.history.reports import SITE, Rule, report

EVIL = '=HYPERLINK("http://evil.example","x")</title><script>alert(1)</script>\x00&'
PATHS = ("/api/findings.csv", "/api/findings.parquet", "/api/feed.atom")


@pytest.fixture(autouse=True)
def recorded(api: Api) -> None:
    record(api.history, report(1, {"a": {"image-alt": Rule(("one.jpg", "two.jpg"))}}), site=SITE)
    record(
        api.history, report(2, {"a": {"image-alt": Rule(("one.jpg", EVIL))}, "b": None}), site=SITE
    )


def listed(api: Api, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get(f"/api/findings?site={SITE}{query}").json()["items"]
    return found


def test_csv_says_what_the_list_says_below_its_coverage(api: Api) -> None:
    answer = api.get(f"/api/findings.csv?site={SITE}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, names, *rows = csv.reader(io.StringIO(answer.content.decode(), newline=""))
    assert head[0].startswith(f"{SITE}: 1 of 2 known pages were tested")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    items = listed(api)
    assert [(each["number"], each["rule"], each["open"]) for each in found] == [
        (str(each["number"]), each["rule"], "true") for each in items
    ]
    assert [each["message"] for each in found] == [each["message"] for each in items]


def test_csv_is_written_past_one_batch(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "_AT_ONCE", 2)
    text = api.get(f"/api/findings.csv?site={SITE}&state=all").text
    rows = list(csv.reader(io.StringIO(text)))[2:]
    assert len(rows) == len({row[0] for row in rows}) == 3


def test_parquet_is_the_same_list(api: Api) -> None:
    answer = api.get(f"/api/findings.parquet?site={SITE}&state=all")
    table = parquet.read_table(io.BytesIO(answer.content))
    assert table.to_pylist() == listed(api, "&state=all")
    assert table.schema.metadata[b"coverage"].decode().startswith(f"{SITE}: 1 of 2 known pages")


def test_metrics_are_of_the_last_run(api: Api) -> None:
    answer = api.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = {each.name: each.samples for each in text_string_to_metric_families(answer.text)}
    counts = {each.labels["count"]: each.value for each in families["presscheck_last_run"]}
    assert (counts["pages"], counts["pages_not_tested"], counts["errors"]) == (2, 1, 2)
    (made,) = families["presscheck_last_run_timestamp_seconds"]
    assert made.labels == {"site": SITE}
    assert sum(each.value for each in families["presscheck_open_findings"]) == len(listed(api))


def test_the_feed_is_read_by_a_feed_reader(api: Api) -> None:
    answer = api.get(f"/api/feed.atom?site={SITE}")
    read = feedparser.parse(
        answer.content, response_headers={"content-type": answer.headers["content-type"]}
    )
    assert (read.bozo, read.version) == (False, "atom10")
    assert read.feed.updated == "2026-03-02T06:00:00Z"
    assert "does not mean that a page conforms" in read.feed.subtitle
    newest, older = read.entries
    assert (newest.updated, older.updated) == ("2026-03-02T06:00:00Z", "2026-03-01T06:00:00Z")
    assert newest.link == f"https://{SITE}/a/"
    assert newest.content[0].type == "text/plain"
    assert "</title><script>alert(1)</script>" in newest.content[0].value
    assert len({each.id for each in read.entries}) == 2
    record(
        api.history, report(3, {"a": {"image-alt": Rule(("one.jpg", EVIL, "3.jpg"))}}), site=SITE
    )
    later = feedparser.parse(api.get(f"/api/feed.atom?site={SITE}").content)
    assert {each.id for each in read.entries} < {each.id for each in later.entries}


@pytest.mark.parametrize("path", [*(f"{path}?site={SITE}" for path in PATHS), "/metrics"])
def test_they_need_a_token_that_reads(api: Api, path: str) -> None:
    assert api.client.get(api.base + path).status_code == 401
    assert api.get(path, token=api.write).status_code == 403
    tokens.revoke(api.history, api.read, runs.now())
    assert api.get(path).status_code == 401


@pytest.mark.parametrize("path", PATHS)
def test_no_site_no_file(api: Api, path: str) -> None:
    assert api.get(path).status_code == 400
    assert api.get(f"{path}?site=nobody").status_code == 404
