"""Two windows of one browser: pages that are there at the same time see, disturb and show nothing of each other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest

from checker import catalog, run
from checker.engine import Selection
from checker.loading import browser_start
from checker.loading.browser import Browser, open_windows
from checker.loading.browser_driver import BrowserBroken
from checker.loading.options import Options, Render, Target
from checker.loading.pool import Pool
from checker.loading.stop import Stop
from checker.page import Page, Trouble
from checker.run import Judge
from tests.loading.browsing import QUICK, article, site, text, visit
from tests.loading.servers import Answer, Asked, serve

pytestmark = pytest.mark.browser

_LONG = 60.0
PATIENT = replace(QUICK, timeout=_LONG, settle=1, script_timeout=30)
MEMORY = """<script src=/script-meet></script><script>
const said = () => `${document.cookie}|${localStorage.name}|${sessionStorage.name}`;
const before = said(), name = location.search.slice(1);
document.cookie = `name=${name}`;
localStorage.name = sessionStorage.name = name;
</script><script src=/script-meet?again></script>
<p id=said></p><script>document.getElementById('said').textContent = `${before} ${said()}`</script>"""
COLOURED = "<style>body {{ background: {} }}</style><script src=/script-meet></script>"
PAGES = {
    "/memory": article(MEMORY),
    "/opens": article("<script>open('/plain')</script><script src=/script-meet></script>"),
    "/meets": article("<script src=/script-meet></script>"),
    "/plain": article(""),
    "/red": article(COLOURED.format("red")),
    "/blue": article(COLOURED.format("blue")),
    "/loop": article("<script>setTimeout(() => { while (true) {} }, 200)</script>"),
    "/dialogs": article("<script>setTimeout(() => { while (true) alert('Again') }, 200)</script>"),
    "/windows": article("<script>setInterval(() => open('/windows'), 100)</script>"),
    "/greedy": article(
        "<script>const held = []; setInterval(() => {"
        " for (let i = 0; i < 4; i++) held.push(new Uint8Array(16 << 20).fill(1)); }, 10)</script>"
    ),
    "/held": article("<script src=/script-held></script>"),
}


class Meeting:
    """A site whose pages wait for each other: ``/script-meet`` is answered when as many have asked for it as are to
    meet, ``/script-held`` when a page is asked for again."""

    def __init__(self, number: int = 1) -> None:
        self.together = threading.Barrier(number)
        self.again = threading.Event()
        self._seen: set[str] = set()
        self._lock = threading.Lock()
        self._answer = site(PAGES)

    def __call__(self, asked: Asked) -> Answer:
        if not asked.path.startswith("/script-"):
            with self._lock:
                if asked.path in self._seen and asked.path != "/windows":
                    self.again.set()
                self._seen.add(asked.path)
            return self._answer(asked)
        if asked.path.startswith("/script-meet"):
            self.together.wait(_LONG)
        else:
            self.again.wait(_LONG)
        return 200, {"Content-Type": "text/javascript", "Cache-Control": "no-store"}, b""


@contextmanager
def windows(options: Options = PATIENT) -> Iterator[tuple[Browser, ...]]:
    with open_windows(options) as opened:
        assert len(opened) == 2
        yield opened


def at_once(opened: tuple[Browser, ...], *urls: str, pictures: tuple[int, ...] = ()) -> list[Page]:
    with ThreadPoolExecutor(len(opened)) as threads:
        return list(threads.map(lambda two: visit(*two, *pictures), zip(opened, urls, strict=True)))


type Met = tuple[Meeting, Callable[[str], str]]


@pytest.fixture
def meeting() -> Iterator[Met]:
    answers = Meeting(2)
    with serve(answers) as server:
        yield answers, lambda path: f"http://localhost:{server.port}{path}"


def test_neither_page_knows_of_the_other(meeting: Met) -> None:
    _, at = meeting
    nothing = "|undefined|undefined"
    with windows() as opened:
        for _ in range(2):  # nor of the page before
            pages = at_once(opened, at("/memory?one"), at("/memory?two"))
            said = [text(page, "#said") for page in pages]
            assert said == [f"{nothing} name=one|one|one", f"{nothing} name=two|two|two"]
            assert [page.notes for page in pages] == [pages[0].notes] * 2


def test_windows_that_a_page_opens_are_its_own(meeting: Met) -> None:
    _, at = meeting
    with windows() as opened:
        opens, other = at_once(opened, at("/opens"), at("/meets"))
        assert any("opened other windows" in note for note in opens.notes)
        assert not any("windows" in note for note in other.notes)
        assert other.problem is None
        opens, other = at_once(tuple(reversed(opened)), at("/opens"), at("/meets"))
        assert any("opened other windows" in note for note in opens.notes)
        assert not any("windows" in note for note in other.notes)


def test_each_picture_is_of_its_own_page(meeting: Met) -> None:
    answers, at = meeting
    with windows() as opened:
        pages = at_once(opened, at("/red"), at("/blue"), pictures=(4, 5, 6))
        with ExitStack() as alone:
            answers.together = threading.Barrier(1)
            expected = [
                visit(opened[0], at("/red"), 4, 5, 6),
                visit(opened[0], at("/blue"), 4, 5, 6),
            ]
            alone.close()
    assert len(expected[0].pictures) > 1
    assert [page.pictures for page in pages] == [page.pictures for page in expected]
    assert expected[0].pictures[0].data != expected[1].pictures[0].data


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/loop", "keeps the browser busy"),
        ("/dialogs", "dialogs without end"),
        ("/windows", "windows without end"),
        ("/greedy", "too much memory"),
    ],
)
def test_what_one_page_does_to_the_browser_is_not_told_of_the_other(
    meeting: Met, path: str, told: str
) -> None:
    answers, at = meeting
    with windows(replace(PATIENT, browser_memory=900, retries=0)) as opened:
        hostile, held = at_once(opened, at(path), at("/held"))
        assert hostile.problem is not None
        assert told in hostile.problem.message
        answers.again.set()
        alone = visit(opened[1], at("/held"))
    assert answers.again.is_set()
    assert held.problem is None
    assert (held.html, held.notes, held.axe) == (alone.html, alone.notes, alone.axe)
    assert (held.requests, held.rendering) == (alone.requests, alone.rendering)


def test_what_is_given_to_a_browser_as_a_whole_leaves_it_one_window() -> None:
    with open_windows(replace(QUICK, headers=(("X-Sent", "yes"),))) as opened:
        assert len(opened) == 1


def test_no_browser_is_started_once_they_were_ended(meeting: Met) -> None:
    _, at = meeting
    with windows() as opened:
        sessions = [browser._session for browser in opened]
    for session in sessions:
        with pytest.raises(BrowserBroken, match="over"):
            session.start()
    page = visit(opened[1], at("/plain"))
    assert page.problem is not None
    assert page.problem.kind is Trouble.BROWSER


def test_two_browsers_have_four_pages_at_a_time_in_order() -> None:
    answers = Meeting(4)
    judge = Judge(catalog.load(()), Selection(only=frozenset({"page-load"})))
    started: list[object] = []
    usual = browser_start.start
    with serve(answers) as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr(browser_start, "start", lambda *those: started.append(1) or usual(*those))
        urls = [f"http://localhost:{server.port}/meets?{number}" for number in range(8)]
        options = replace(PATIENT, render=Render.ALWAYS)
        targets = [Target(url, url=url) for url in urls]
        pages = list(run.pages(targets, options, judge, 2))
    assert [page.target for page in pages] == urls
    assert not [page for page in pages if page.problem]
    assert len(started) == 2


def test_one_job_is_one_page_at_a_time() -> None:
    with ExitStack() as stack:
        assert Pool(PATIENT, 1, Stop(), stack).most == 1
        assert Pool(PATIENT, 2, Stop(), stack).most == 4
        assert Pool(replace(PATIENT, render=Render.NEVER), 2, Stop(), stack).most == 2
        assert Pool(replace(PATIENT, grid="http://hub:4444"), 2, Stop(), stack).most == 2
