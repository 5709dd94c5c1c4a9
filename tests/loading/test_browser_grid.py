"""Browsers of a Selenium Grid: the server from its jar, a hub and nodes as processes; nodes are killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checker import catalog, run
from checker.engine import Selection
from checker.loading import served
from checker.loading.axe_store import Parts
from checker.loading.browser import Browser, BrowserBroken, open_browser
from checker.loading.browser_session import Process, Session
from checker.loading.credentials import OptionError
from checker.loading.options import Options, Target
from checker.page import Page, Trouble
from checker.run import Judge
from tests.loading.browsing import QUICK, article, browser, site, visit, visit_file
from tests.loading.grid import Grid, grid, missing
from tests.loading.servers import Answer, Asked, serve

needs_grid = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(missing()), reason=missing() or "none"),
]


by_hand = pytest.mark.skipif(
    not os.environ.get("PRESSCHECK_GRID_TESTS"),
    reason="a minute more of nodes and browsers: set PRESSCHECK_GRID_TESTS",
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grid]:
    with grid(tmp_path_factory.mktemp("grid"), 2) as made:
        yield made


def with_grid(made: Grid, **more: object) -> Options:
    return replace(QUICK, grid=made.address, **more)


def seen(page: Page) -> tuple[object, ...]:
    assert page.axe is not None
    assert page.rendering is not None
    return page.problem, page.html, page.axe, page.status, page.requests, page.rendering.boxes


class TestAGrid:
    pytestmark = needs_grid

    def test_a_page_is_what_a_browser_of_this_machine_sees(self, running: Grid) -> None:
        pages = {"/": article('<img src="/40x30.png"><p style="color:#bbb">Pale.')}
        with serve(site(pages)) as server:
            url = f"http://localhost:{server.port}/"
            with browser() as opened:
                here = visit(opened, url)
            with browser(with_grid(running)) as opened:
                there = visit(opened, url)
        assert seen(there) == seen(here)
        assert there.axe is not None
        assert any(rule.nodes for rule in there.axe.rules)
        assert not any("root" in note for note in there.notes)

    @by_hand
    def test_credentials_go_to_the_target_through_the_grid(self, running: Grid) -> None:
        options = with_grid(running, headers=(("X-Staging", "let-me-in"),))
        with serve(site({"/": article("")})) as server, browser(options) as opened:
            assert visit(opened, f"http://localhost:{server.port}/").problem is None
        sent = [asked.headers.get("x-staging") for asked in server.asked if asked.path == "/"]
        assert "let-me-in" in sent

    def test_a_local_file_is_served_where_the_grid_reaches_it(
        self, running: Grid, tmp_path: Path
    ) -> None:
        (tmp_path / "page.html").write_bytes(article("<p>From a file.")[2])
        with browser(with_grid(running, serve_at="localhost")) as opened:
            page = visit_file(opened, tmp_path / "page.html")
        assert page.problem is None
        assert "From a file." in page.html

    def test_a_page_that_hangs_gives_its_browser_back(self, running: Grid) -> None:
        hangs = article("<script>setTimeout(() => { for (;;); }, 300)</script>")
        pages = {"/hangs": hangs, "/": article("")}
        options = with_grid(running, timeout=3, settle=1)
        with serve(site(pages)) as server, browser(options) as opened:
            hung = visit(opened, f"http://localhost:{server.port}/hangs")
            fine = visit(opened, f"http://localhost:{server.port}/")
        assert hung.problem is not None
        assert hung.problem.kind is Trouble.TIME_OUT
        assert fine.problem is None
        running.wait_idle()

    def test_a_node_that_dies_under_a_page_costs_a_try_elsewhere(self, running: Grid) -> None:
        killed: list[str] = []

        def answer(asked: Asked) -> Answer:
            if asked.path == "/" and not killed:
                killed.append(running.busy())
                running.kill(killed[0])
            return site({"/": article("<p>Seen in the end.")})(asked)

        running.wait_idle()
        try:
            with serve(answer) as server, browser(with_grid(running)) as opened:
                page = visit(opened, f"http://localhost:{server.port}/")
        finally:
            running.add_node()
        assert killed
        assert page.problem is None
        assert "Seen in the end." in page.html
        assert any(note.startswith("loaded at try 2") for note in page.notes)

    def test_a_run_that_is_killed_gives_its_browsers_back(
        self, running: Grid, tmp_path: Path
    ) -> None:
        runs: list[subprocess.Popen[bytes]] = []

        def answer(asked: Asked) -> Answer:
            if asked.path == "/" and runs[0].poll() is None:
                runs[0].kill()
            return site({"/": article("")})(asked)

        running.wait_idle()
        with serve(answer) as server:
            command = [sys.executable, "-m", "checker", "audit", "--grid", running.address]
            runs.append(subprocess.Popen([*command, f"http://localhost:{server.port}/"]))
            runs[0].wait(60)
        running.wait_idle()

    def test_a_run_goes_on_with_the_nodes_that_are_left(self, running: Grid) -> None:
        killed: list[str] = []

        def answer(asked: Asked) -> Answer:
            if asked.path == "/3" and not killed:
                killed.append(next(iter(running.up())))
                running.kill(killed[0])
            return site({f"/{number}": article(f"<p>{number}.") for number in range(9)})(asked)

        running.wait_idle()
        options = with_grid(running, timeout=3)
        try:
            with serve(answer) as server:
                urls = [f"http://localhost:{server.port}/{number}" for number in range(9)]
                judge = Judge(catalog.load(), Selection(only=frozenset({"page-load"})))
                pages = list(run.pages([Target(url, url=url) for url in urls], options, judge, 2))
        finally:
            running.add_node()
        assert killed
        assert [page.url for page in pages] == urls
        assert [page.problem for page in pages] == [None] * 9

    @by_hand
    def test_more_jobs_than_browsers_wait_for_those_that_there_are(self, running: Grid) -> None:
        running.wait_idle()
        options = with_grid(running, timeout=3)
        with serve(site({f"/{number}": article("") for number in range(8)})) as server:
            urls = [f"http://localhost:{server.port}/{number}" for number in range(8)]
            judge = Judge(catalog.load(), Selection(only=frozenset({"page-load"})))
            pages = list(run.pages([Target(url, url=url) for url in urls], options, judge, 4))
        assert [page.problem for page in pages] == [None] * 8
        assert all(page.rendering for page in pages)

    @by_hand
    def test_a_page_is_given_up_after_two_tries_elsewhere(self, running: Grid) -> None:
        killed: list[str] = []

        def answer(asked: Asked) -> Answer:
            if asked.path == "/":
                killed.append(asked.path)
                running.kill_browsers()
            return site({"/": article("")})(asked)

        running.wait_idle()
        with serve(answer) as server, browser(with_grid(running)) as opened:
            page = visit(opened, f"http://localhost:{server.port}/")
        assert len(killed) == 3
        assert page.problem is not None
        assert page.problem.kind is Trouble.BROWSER
        assert "tried 3 times" in page.notes


def test_a_hub_that_is_not_there_is_told_without_its_password() -> None:
    options = replace(QUICK, grid="http://user:hunter22@127.0.0.1:1")
    with pytest.raises(BrowserBroken, match="no Selenium Grid at") as raised, open_browser(options):
        pass
    assert "hunter22" not in str(raised.value)


def test_a_server_that_is_no_grid_is_told() -> None:
    with serve(site({"/status": article("")})) as server:
        options = replace(QUICK, grid=f"http://localhost:{server.port}")
        with pytest.raises(BrowserBroken, match="no answer of a Grid 4"), open_browser(options):
            pass


def test_a_grid_without_nodes_is_waited_for_and_told() -> None:
    empty = 200, {"Content-Type": "application/json"}, b'{"value": {"ready": false, "nodes": []}}'
    with serve(site({"/status": empty})) as server:
        options = replace(QUICK, grid=f"http://localhost:{server.port}", timeout=1)
        started = time.monotonic()
        with pytest.raises(BrowserBroken, match="has no node that is up"), open_browser(options):
            pass
    assert time.monotonic() - started >= 1


def test_a_local_file_is_not_tested_where_the_grid_does_not_reach_it(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(article("")[2])
    options = replace(QUICK, grid="http://hub.example.gov:4444")
    nowhere = served.Served()
    far = Browser(options, nowhere, Session(Process(options, nowhere, Parts())))
    page = far.load(Target("page.html", path=path, root=tmp_path), lambda _: ())
    assert page.problem is not None
    assert "--serve-at" in page.problem.message


@pytest.mark.parametrize(
    ("options", "place"),
    [
        (Options(), "127.0.0.1"),
        (Options(grid="http://localhost:4444"), "127.0.0.1"),
        (Options(grid="http://127.0.0.1:4444"), "127.0.0.1"),
        (Options(grid="https://hub.example.gov"), ""),
        (Options(grid="https://hub.example.gov", serve_at="ci-7"), "ci-7"),
    ],
)
def test_where_local_files_are_served(options: Options, place: str) -> None:
    assert served.listening_at(options) == place


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(OptionError, match=r"--serve-at 203\.0\.113\.1: not an address of this"):
        served.check(Options(grid="http://hub.example.gov", serve_at="203.0.113.1"))
