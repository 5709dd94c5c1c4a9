"""Browsers and drivers that are killed, hang or grow: the page in hand is tried again or told, the next ones load."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checker import catalog, cli, run
from checker.engine import Selection
from checker.loading import browser_tab
from checker.loading.browser import Browser
from checker.loading.browser_driver import Driver
from checker.loading.browser_session import Running, Session
from checker.loading.options import Render, Target
from checker.loading.processes import started, taken
from checker.page import Page, Trouble
from checker.run import Judge
from tests.loading import browsing
from tests.loading.browsing import QUICK, article, site, text, visit
from tests.loading.grid import descendants
from tests.loading.servers import Answer, Asked, Site, serve

pytestmark = pytest.mark.browser

GREEDY = """<script>
const held = [];
setInterval(() => { for (let i = 0; i < 4; i++) held.push(new Uint8Array(16 << 20).fill(1)); }, 10);
</script>"""
PAGES = {
    "/": article(""),
    "/loop": article("<script>while (true) {}</script>"),
    "/greedy": article(GREEDY),
    **{f"/{number}": article(f"<p>Story {number}</p>") for number in range(6)},
}
BOUNDED = replace(QUICK, timeout=5, settle=2, browser_memory=900, retries=0)


def killed(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def browser_of(browser: Browser) -> int:
    assert browser._session.running is not None
    return int(browser._session.running.driver.capabilities["goog:processID"])


def driver_of(browser: Browser) -> int:
    assert browser._session.running is not None
    process = browser._session.running.driver.service.process
    assert process is not None
    return process.pid


class Killing:
    """A site that kills what it is told to when a page is asked for the first time."""

    def __init__(self) -> None:
        self.at: dict[str, int] = {}
        self._answer = site(PAGES)

    def __call__(self, asked: Asked) -> Answer:
        if process := self.at.pop(asked.path, 0):
            killed(process)
        return self._answer(asked)


type Killed = tuple[Site, Killing]


@pytest.fixture
def killing() -> Iterator[Killed]:
    answers = Killing()
    with serve(answers) as server:
        yield server, answers


def test_killed_in_mid_page_costs_a_try(killing: Killed) -> None:
    server, answers = killing
    with browsing.browser(replace(QUICK, retries=1)) as browser:
        old = browser_of(browser)
        answers.at["/1"] = old
        page = visit(browser, f"http://localhost:{server.port}/1")
        assert page.problem is None
        assert text(page, "p + p") == "Story 1"
        assert any("loaded at try 2" in note for note in page.notes)
        assert browser_of(browser) != old
        assert not taken(old)


def test_a_page_needs_its_browser_not_the_driver(killing: Killed) -> None:
    server, answers = killing
    with browsing.browser() as browser:
        old = browser_of(browser)
        answers.at["/1"] = driver_of(browser)
        for number in (1, 2):
            page = visit(browser, f"http://localhost:{server.port}/{number}")
            assert page.problem is None
            assert text(page, "p + p") == f"Story {number}"
    assert not taken(old), "the browser of a driver that is gone is still there"


@pytest.mark.parametrize("victim", [browser_of, driver_of])
def test_killed_between_pages_costs_nothing(
    killing: Killed, victim: Callable[[Browser], int]
) -> None:
    server, _ = killing
    with browsing.browser() as browser:
        visit(browser, f"http://localhost:{server.port}/1")
        killed(victim(browser))
        page = visit(browser, f"http://localhost:{server.port}/2")
        assert page.problem is None
        assert page.axe is not None


def test_a_page_that_eats_memory_is_ended_and_told(killing: Killed) -> None:
    server, _ = killing
    with browsing.browser(BOUNDED) as browser:
        old = browser_of(browser)
        page = visit(browser, f"http://localhost:{server.port}/greedy")
        assert page.problem is not None
        assert page.problem.kind is Trouble.BROWSER
        assert "too much memory" in page.problem.message
        assert visit(browser, f"http://localhost:{server.port}/").problem is None
        assert browser_of(browser) != old


def test_the_bound_of_memory_is_the_users(killing: Killed, tmp_path: Path) -> None:
    server, _ = killing
    report = tmp_path / "report.json"
    with pytest.raises(SystemExit) as ended:
        cli.main(
            [
                *("audit", f"http://localhost:{server.port}/greedy", "--render", "always"),
                *("--browser-memory", "700", "--retries", "0", "--json", str(report)),
            ]
        )
    assert ended.value.code == 3
    (page,) = json.loads(report.read_text("utf-8"))["audits"]
    assert page["problem"]["kind"] == "browser"
    told = page["problem"]["message"]
    assert "--browser-memory 700" in told


def test_a_browser_that_has_grown_is_replaced_before_the_next_page(killing: Killed) -> None:
    server, _ = killing
    with browsing.browser() as browser:
        visit(browser, f"http://localhost:{server.port}/1")
        old = browser_of(browser)
        assert visit(browser, f"http://localhost:{server.port}/2").problem is None
        assert browser_of(browser) == old
        size = taken(old) >> 20
        browser._session.process.options = replace(QUICK, browser_memory=max(1, size))
        assert visit(browser, f"http://localhost:{server.port}/3").problem is None
        assert browser_of(browser) != old


def renderers(browser: Browser) -> set[int]:
    """The processes in which pages of the browser run."""
    return {
        number
        for number in descendants(browser_of(browser))
        if b"--type=renderer" in Path(f"/proc/{number}/cmdline").read_bytes()
    }


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes in /proc")
def test_after_so_many_pages_a_window_gets_another_process_and_an_empty_cache(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(browser_tab, "_PAGES", 3)
    style = 200, {"Content-Type": "text/css", "Cache-Control": "max-age=3600"}, b"p { color: #111 }"
    styled = article('<link rel="stylesheet" href="/kept.css"><p>Styled')
    with serve(site({"/": styled, "/kept.css": style})) as server, browsing.browser() as browser:
        seen = []
        for _ in range(4):
            page = visit(browser, f"http://localhost:{server.port}/")
            asked = [one.path for one in server.asked].count("/kept.css")
            seen.append((renderers(browser), asked, page))
    (first, *_), (second, *_), (third, *_), (fourth, *_) = seen
    assert first <= second
    assert second - third, "the process of the pages before is still there"
    assert third <= fourth
    assert [asked for _, asked, _ in seen] == [1, 1, 2, 2]
    assert [page.problem for *_, page in seen] == [None] * 4
    assert len({(page.html, repr(page.rendering)) for *_, page in seen}) == 1


def test_no_page_of_a_run_is_lost_or_told_twice(killing: Killed) -> None:
    """Two browsers; one is killed, one page hangs for ever."""
    server, answers = killing
    names = ["/0", "/1", "/loop", "/2", "/3", "/4", "/5"]
    targets = [Target(name, url=f"http://localhost:{server.port}{name}") for name in names]
    judge = Judge(catalog.load(()), Selection(only=frozenset({"page-load", "axe-image-alt"})))
    options = replace(QUICK, timeout=8, retries=1, render=Render.ALWAYS)
    done: list[str] = []
    begun: list[int] = []
    lock = threading.Lock()
    usual = Session.begun

    def made_ready(self: Session, driver: Driver) -> Running:
        made = usual(self, driver)
        with lock:
            begun.append(int(driver.capabilities["goog:processID"]))
            if len(begun) == 1:
                answers.at["/3"] = begun[0]
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "begun", made_ready)
        pages: list[Page] = []
        for page in run.pages(targets, options, judge, 2):
            pages.append(page)
            done.append(page.target)
    assert done == names
    problems = {page.target: page.problem for page in pages if page.problem}
    assert set(problems) == {"/loop"}
    assert problems["/loop"].kind is Trouble.TIME_OUT
    assert len(begun) > 2
    assert not [process for process in begun if taken(process)]


def test_what_a_script_started_is_found() -> None:
    import subprocess

    with subprocess.Popen(["sh", "-ec", "sleep 30; true"]) as script:
        try:
            while started(script.pid) == script.pid:
                assert script.poll() is None
            child = started(script.pid)
            assert taken(child) > 0
        finally:
            killed(started(script.pid))
            script.wait()
    assert started(os.getpid()) == os.getpid()
