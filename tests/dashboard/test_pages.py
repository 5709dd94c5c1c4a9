"""The dashboard served by a real server: the pages of the files, filters, who may read, what is refused."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup
from limits import parse

from checker.dashboard.access import Access
from checker.dashboard.app import create_app
from checker.dashboard.build import build
from checker.dashboard.guard import Limits
from checker.history import runs, tokens
from checker.history.database import History, open_history
from checker.history.tokens import Scope
from tests.dashboard import shown
from tests.dashboard.serving import served
from tests.dashboard.shown import CRITERIA, EVIL_SITE, LATER, WAIVED_SITE
from tests.history.reports import SITE

ENOUGH = Limits(reads=parse("100000/minute"))


@dataclass
class Desk:
    """A served dashboard of everything."""

    base: str
    history: History
    client: httpx.Client
    lines: list[dict[str, object]]

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(self.base + path, headers=headers)

    def soup(self, path: str) -> BeautifulSoup:
        answer = self.get(path)
        assert answer.status_code == 200, path
        return BeautifulSoup(answer.text, "lxml")

    def rows(self, path: str) -> list[str]:
        return [" ".join(row.get_text(" ").split()) for row in self.soup(path).select("#list > .row")]  # fmt: skip


@contextmanager
def serving(history: History, *, open_reading: bool = True) -> Iterator[Desk]:
    lines: list[dict[str, object]] = []
    access = Access(history, open_reading, clock=lambda: LATER)
    app = create_app(access, CRITERIA, limits=ENOUGH, log=lines.append)
    with served(app) as base, httpx.Client(trust_env=False, timeout=60) as client:
        yield Desk(base, history, client, lines)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    history = open_history(f"sqlite:///{tmp_path_factory.mktemp('kept')}/h.db", create=True)
    shown.everything(history)
    yield history
    history.close()


@pytest.fixture(scope="module")
def desk(kept: History) -> Iterator[Desk]:
    with serving(kept) as started:
        yield started


# The pages


def test_it_serves_the_pages_of_the_files(desk: Desk, tmp_path: Path) -> None:
    """Lists with filters differ by who filters; all else is byte for byte the same."""
    build(desk.history, tmp_path / "d", LATER, CRITERIA)
    same = 0
    for path in sorted((tmp_path / "d").rglob("*")):
        name = path.relative_to(tmp_path / "d").as_posix()
        if not path.is_file() or name.startswith("."):
            continue
        answer = desk.get(f"/{name}")
        assert answer.status_code == 200, name
        if name.rpartition("/")[2] not in ("findings.html", "fixed.html", "pages.html", "rules.html"):  # fmt: skip
            assert answer.content == path.read_bytes(), name
            same += 1
    assert same > 50


def test_the_top_and_a_site_without_a_file_name(desk: Desk) -> None:
    assert desk.get("/").text == desk.get("/index.html").text
    answer = desk.get(f"/sites/{SITE}/")
    assert (answer.status_code, answer.headers["location"]) == (307, "index.html")


def test_filters_in_the_address(desk: Desk) -> None:
    place = f"/sites/{WAIVED_SITE}/findings.html"
    every = desk.rows(place)
    assert every
    kinds = {kind: desk.rows(f"{place}?kind={kind}") for kind in ("error", "warning", "advice", "review")}  # fmt: skip
    assert sum(map(len, kinds.values())) == len(every)
    assert all(row.startswith("Error") for row in kinds["error"])
    waived = desk.rows(f"{place}?waived=yes")
    assert 0 < len(waived) < len(every)
    assert all("waived" in row for row in waived)
    assert len(desk.rows(f"{place}?waived=no")) == len(every) - len(waived)
    region = [len(desk.rows(f"{place}?region={name}")) for name in ("article", "template")]
    assert sum(region) == len(every)
    assert desk.rows(f"{place}?order=newest") == every[::-1]
    assert desk.rows(f"{place}?since=2026-11-25") == []
    assert desk.rows(f"{place}?kind=error&rule=image-alt&authority=law&waived=no")


def test_a_filter_stays_chosen_in_the_form(desk: Desk) -> None:
    form = desk.soup(f"/sites/{WAIVED_SITE}/findings.html?kind=error&since=2026-01-01").select_one("form")  # fmt: skip
    assert form is not None
    chosen = [option["value"] for option in form.select("option[selected]")]
    assert chosen == ["error"]
    field = form.select_one("[name=since]")
    assert field is not None
    assert field["value"] == "2026-01-01"


def test_lists_go_on_where_they_ended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.dashboard.lists.AT_ONCE", 3)
    monkeypatch.setattr("checker.dashboard.lists.page_list.__defaults__", ("", 3))
    for view in ("findings.html?order=newest", "findings.html?waived=no", "pages.html?tested=yes"):
        at, gathered = f"/sites/{WAIVED_SITE}/{view}", []
        for _ in range(10):
            page = desk.soup(at)
            gathered += [str(link["href"]) for link in page.select("#list > .row .what a")]
            onward = page.select_one(".pager a[rel=next]")
            if onward is None:
                break
            at = f"/sites/{WAIVED_SITE}/{view.partition('?')[0]}{onward['href']}"
        monkeypatch.undo()
        page = desk.soup(f"/sites/{WAIVED_SITE}/{view}")
        whole = [str(link["href"]) for link in page.select("#list > .row .what a")]
        assert gathered == whole
        monkeypatch.setattr("checker.dashboard.lists.AT_ONCE", 3)


def test_pages_and_rules_are_searched(desk: Desk) -> None:
    assert [row[:6] for row in desk.rows(f"/sites/{SITE}/pages.html?search=PAGE+B")] == ["Page b"]
    assert len(desk.rows(f"/sites/{SITE}/pages.html?tested=no")) == 1
    assert len(desk.rows(f"/sites/{WAIVED_SITE}/rules.html?search=contrast")) == 1
    assert desk.rows(f"/sites/{WAIVED_SITE}/rules.html?state=quiet&authority=law")


def test_an_answer_that_the_browser_has_is_not_sent_again(desk: Desk) -> None:
    place = f"{desk.base}/sites/{SITE}/index.html"
    first = desk.client.get(place)
    same = desk.client.get(place, headers={"if-none-match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")


# What is refused


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/sites/none.example.gov/index.html", 404),
        (f"/sites/{SITE}/nothing.html", 404),
        (f"/sites/{SITE}/page/0.html", 404),
        (f"/sites/{SITE}/page/%D9%A1.html", 404),
        (f"/sites/{SITE}/page/1.html?after=x", 200),
        (f"/sites/{SITE}/rule/none.html", 404),
        (f"/sites/{SITE}/rule/image-alt.html?after=x", 400),
        (f"/sites/{SITE}/run/00000000.html", 404),
        (f"/sites/{SITE}/run/a.html", 404),
        (f"/sites/{SITE}/fault/none.html", 404),
        (f"/sites/{SITE}/findings.html?kind=<script>", 400),
        (f"/sites/{SITE}/findings.html?kind=error&kind=error", 400),
        (f"/sites/{SITE}/findings.html?since=yesterday", 400),
        (f"/sites/{SITE}/findings.html?waiver=%D9%A1", 400),
        (f"/sites/{SITE}/findings.html?after=AAAA", 400),
        (f"/sites/{SITE}/findings.html?after=x&after=y", 400),
        (f"/sites/{SITE}/pages.html?search=%00", 400),
        ("/assets/none.css", 404),
        ("/assets/..%2f..%2fpyproject.toml", 404),
        (f"/sites/..%2f{SITE}/index.html", 404),
    ],
)
def test_a_nonsensical_address_is_refused_with_a_page(desk: Desk, path: str, status: int) -> None:
    answer = desk.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script>" not in answer.text
    assert "does not mean that a page conforms" in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_programs_are_answered_as_programs(desk: Desk) -> None:
    answer = desk.get("/api/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")  # fmt: skip
    assert desk.get(f"/api/findings?site={SITE}").json()["items"]


def test_nothing_is_changed_by_a_page(desk: Desk) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert desk.client.request(method, f"{desk.base}/sites/{SITE}/index.html").status_code == 405  # fmt: skip


def test_headers_let_nothing_in(desk: Desk) -> None:
    answer = desk.get(f"/sites/{SITE}/index.html")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; base-uri")
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_database_that_went_away_is_a_page_that_says_so(tmp_path: Path) -> None:
    history = open_history(f"sqlite:///{tmp_path}/h.db", create=True, wait=1)
    shown.three_runs(history)
    with serving(history) as desk:
        assert desk.get(f"/sites/{SITE}/index.html").status_code == 200
        history.close()
        for each in tmp_path.glob("h.db*"):
            each.unlink()
        (tmp_path / "h.db").mkdir()
        answer = desk.get(f"/sites/{SITE}/index.html")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        assert "The database does not answer" in answer.text
        assert str(tmp_path) not in answer.text
        assert desk.get("/api/sites").status_code == 503
    history.close()


# Who may read


@pytest.fixture(scope="module")
def guarded(kept: History) -> Iterator[Desk]:
    with serving(kept, open_reading=False) as started:
        yield started


def basic(password: str, name: str = "anybody") -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_a_browser_gives_a_read_token_as_password(guarded: Desk) -> None:
    _, read = tokens.create(guarded.history, Scope.READ, runs.now(), timedelta(days=9999))
    place = f"/sites/{SITE}/index.html"
    asked = guarded.get(place)
    assert asked.status_code == 401
    assert asked.headers["www-authenticate"].startswith("Basic realm=")
    assert SITE not in asked.text
    assert guarded.get(place, **basic(read)).status_code == 200
    assert guarded.get(place, authorization=f"Bearer {read}").status_code == 200
    assert guarded.get(f"/api/findings.csv?site={SITE}", **basic(read)).status_code == 200
    assert read not in str(guarded.lines)


def test_no_other_password_opens_a_page(guarded: Desk) -> None:
    token, read = tokens.create(guarded.history, Scope.READ, runs.now(), timedelta(days=9999))
    _, write = tokens.create(guarded.history, Scope.WRITE, runs.now(), timedelta(days=9999), site=SITE)  # fmt: skip
    for place in ("/", "/index.html", f"/sites/{SITE}/findings.html", f"/sites/{SITE}/page/1.html"):
        assert guarded.get(place).status_code == 401
        assert guarded.get(place, **basic(write)).status_code == 403
        for wrong in ("", "x", read[:-1], read + "x", read.upper()):
            assert guarded.get(place, **basic(wrong)).status_code == 401
        for odd in ("Basic", "Basic ===", "Basic /w==", f"Digest {read}"):
            assert guarded.get(place, authorization=odd).status_code == 401
    tokens.revoke(guarded.history, token.name, runs.now())
    assert guarded.get("/", **basic(read)).status_code == 401


def test_a_password_that_a_browser_keeps_writes_nothing(guarded: Desk) -> None:
    """Another site's page could make the browser send it along."""
    _, write = tokens.create(guarded.history, Scope.WRITE, runs.now(), timedelta(days=9999), site=SITE)  # fmt: skip
    answer = guarded.client.post(f"{guarded.base}/api/runs", content=b"{}",
                                 headers={**basic(write), "content-type": "application/json"})  # fmt: skip
    assert answer.status_code == 401


def test_a_dashboard_of_this_machine_asks_what_a_proxy_passes_on(kept: History) -> None:
    app = create_app(Access(kept, local=True), CRITERIA, limits=ENOUGH, log=lambda line: None)
    with served(app) as base, httpx.Client(trust_env=False, timeout=60) as client:
        assert client.get(f"{base}/index.html").status_code == 200
        for name in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
            answer = client.get(f"{base}/index.html", headers={name: "203.0.113.9"})
            assert answer.status_code == 401
            assert client.get(f"{base}/api/sites", headers={name: "x"}).status_code == 401


def test_hostile_sites_are_served_as_text(desk: Desk) -> None:
    page = desk.soup("/")
    link = next(a for a in page.select(".site a") if a.get_text() == EVIL_SITE)
    assert str(link["href"]).startswith("sites/x-")
    assert desk.get("/" + str(link["href"])).status_code == 200
