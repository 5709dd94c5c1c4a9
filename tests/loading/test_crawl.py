"""Crawling a real server: links, depth, patterns, robots.txt, rate, duplicates, faults, traps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from checker import cli
from checker.loading import addresses, crawl
from checker.loading.crawl import Crawl, Plan
from checker.loading.options import Options, Target
from checker.loading.stop import Stop
from checker.page import Trouble
from tests.loading.servers import Answer, Asked, Site, serve

FAST = Plan(rate=1000)


def page(*links: str, head: str = "") -> bytes:
    anchors = "".join(f"<a href='{link}'>A link to {link}</a>" for link in links)
    return (
        f"<!doctype html><html lang=en><head><title>An article of the site</title>{head}</head>"
        f"<body><main><h1>Article</h1><p>Text of the article.</p>{anchors}</main></body></html>"
    ).encode()


@contextmanager
def site(pages: dict[str, bytes | Answer], robots: str | int = 404) -> Iterator[Site]:
    """A server of the pages by path and query; ``{home}`` in them is its address."""

    def answer(asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            status, body = (200, robots.encode()) if isinstance(robots, str) else (robots, b"")
            return status, {"Content-Type": "text/plain"}, body
        found = pages.get(asked.path, (404, {"Content-Type": "text/html"}, b"<p>Not here."))
        status, headers, body = (
            (200, {"Content-Type": "text/html; charset=utf-8"}, found)
            if isinstance(found, bytes)
            else found
        )
        home = f"http://127.0.0.1:{running.port}".encode()
        return status, headers, body.replace(b"{home}", home)

    with serve(answer) as running:
        yield running


def crawled(
    running: Site, plan: Plan = FAST, start: str = "/"
) -> tuple[dict[str, Target], tuple[str, ...]]:
    source = Crawl(f"http://127.0.0.1:{running.port}{start}", plan, Options(retries=0), Stop())
    home = f"http://127.0.0.1:{running.port}"
    found = {target.text.replace(home, ""): target for target in source.targets()}
    return found, tuple(note.replace(home, "") for note in source.notes())


def test_pages_are_found_breadth_first_each_once_without_fragments_and_tracking() -> None:
    pages: dict[str, bytes | Answer] = {
        "/": page(
            "/b", "/a#part", "/a?utm_source=x", "a", "mailto:a@b.gov", "javascript:x()", "#top"
        ),
        "/a": page("/c?b=2&a=1", "/"),
        "/b": page("/c?a=1&b=2", "https://www.other.gov/x", "//127.0.0.1:1/y", "/a b"),
        "/c?a=1&b=2": page(),
        "/a%20b": page(),
    }
    with site(pages) as running:
        found, notes = crawled(running)
        assert running.paths() == ["/robots.txt", "/", "/b", "/a", "/c?a=1&b=2", "/a%20b"]
    assert list(found) == ["/", "/b", "/a", "/c?a=1&b=2", "/a%20b"]
    assert all(target.answer and not target.problem for target in found.values())
    assert notes == ()


def test_depth_and_patterns_bound_it() -> None:
    pages: dict[str, bytes | Answer] = {
        "/": page("/news/1", "/about"),
        "/news/1": page("/news/2", "/news/print/1"),
        "/news/2": page("/news/3"),
        "/about": page(),
    }
    with site(pages) as running:
        assert list(crawled(running, Plan(rate=1000, depth=0))[0]) == ["/"]
        assert list(crawled(running, Plan(rate=1000, depth=1))[0]) == ["/", "/news/1", "/about"]
        chosen = Plan(rate=1000, include=("/news/*",), exclude=("*/print/*", "/news/3"))
        found, notes = crawled(running, chosen)
    assert list(found) == ["/", "/news/1", "/news/2"]
    assert notes == ("crawl of /: 3 addresses were left out by --include and --exclude",)


def test_robots_txt_is_obeyed_and_what_it_forbids_is_told() -> None:
    pages: dict[str, bytes | Answer] = {
        "/": page("/search?q=1", "/open", "/private/open"),
        "/open": page(),
        "/private/open": page(),
        "/search?q=1": page(),
    }
    robots = "User-agent: *\nDisallow: /*?q=\nDisallow: /private/\nAllow: /private/open\n"
    with site(pages, robots) as running:
        found, notes = crawled(running)
        assert list(found) == ["/", "/open", "/private/open"]
        assert "/search?q=1" not in running.paths()
        assert notes == (
            "crawl of /: 1 addresses were not visited, as robots.txt forbids them: /search?q=1",
        )
        found, notes = crawled(running, Plan(rate=1000, robots=False))
        assert "/search?q=1" in found
        assert notes == ("crawl of /: robots.txt was not read (--robots ignore)",)


@pytest.mark.parametrize(
    ("robots", "words"),
    [
        ("User-agent: presscheck\nDisallow: /\n", "robots.txt forbids the address"),
        (503, "robots.txt did not come: the server answered 503"),
    ],
)
def test_a_site_that_lets_no_robot_in_is_broken_and_nothing_is_asked(
    robots: str | int, words: str
) -> None:
    with site({"/": page()}, robots) as running:
        found, _ = crawled(running)
        assert running.paths() == ["/robots.txt"]
    problem = found["/"].problem
    assert problem is not None
    assert problem.kind is Trouble.SOURCE
    assert words in problem.message


class Unhurried(Stop):
    """Says how long it was to wait, and does not."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


@pytest.mark.parametrize(
    ("rate", "robots", "pause"),
    [
        (0.1, 404, 10),
        (1000, "User-agent: *\nCrawl-delay: 30\n", 30),
        (0.02, "User-agent: *\nCrawl-delay: 1\n", 50),
    ],
)
def test_the_rate_and_the_crawl_delay_are_held(
    rate: float, robots: str | int, pause: float
) -> None:
    stop = Unhurried()
    with site({"/": page("/a"), "/a": page()}, robots) as running:
        start = f"http://127.0.0.1:{running.port}/"
        assert len(list(Crawl(start, Plan(rate=rate), Options(), stop).targets())) == 2
    first, *later = stop.waits  # of robots.txt and two pages
    assert first < 0
    assert len(later) == 2
    assert all(0 < wait <= pause for wait in later)
    assert sum(later) > pause


def test_duplicates_are_told_once_under_their_canonical_address() -> None:
    def named(path: str) -> str:
        return f"<link rel=canonical href='{{home}}{path}'>"

    pages: dict[str, bytes | Answer] = {
        "/": page("/print", "/x", "/self", "/away", "/gone"),
        "/print": page(head=named("/story")),
        "/story": page(head=named("/story")),
        "/x": page(head=named("/y")),
        "/y": page(head=named("/x")),  # each names the other
        "/self": page(head=named("/self#a")),
        "/away": page(head="<link rel=canonical href=https://www.other.gov/>"),
        "/gone": page(head=named("/missing")),
    }
    with site(pages) as running:
        found, notes = crawled(running)
    assert list(found) == ["/", "/self", "/away", "/story", "/y", "/missing"]
    problem = found["/missing"].problem
    assert problem is not None
    assert problem.message.startswith("the server answered 404")
    assert notes == ("crawl of /: 3 addresses are duplicates, told under their canonical address",)


def test_redirects_and_files_are_no_pages_of_their_own() -> None:
    pages: dict[str, bytes | Answer] = {
        "/": page("/old", "/new", "/out", "/report.pdf", "/data", "/feed"),
        "/old": (301, {"Location": "/new"}, b""),
        "/out": (302, {"Location": "http://localhost.invalid/"}, b""),
        "/new": page(),
        "/data": (200, {"Content-Type": "application/json"}, b"{}"),
        "/feed": (200, {"Content-Type": "application/rss+xml"}, b"<rss/>"),
    }
    with site(pages) as running:
        found, notes = crawled(running)
        assert "/report.pdf" not in running.paths()
    assert list(found) == ["/", "/old", "/out"]
    assert found["/out"].problem is not None
    assert sorted(note.partition(": ")[2] for note in notes) == [
        "1 addresses redirect to pages that are told under their own",
        "2 links lead to files that are no HTML",
    ]


def test_a_link_that_leads_nowhere_says_where_it_stands() -> None:
    with site({"/": page("/a"), "/a": page("/gone")}) as running:
        problem = crawled(running)[0]["/gone"].problem
        assert problem is not None
        assert problem.kind is Trouble.HTTP_ERROR
        assert problem.message == (
            f"the server answered 404; linked from http://127.0.0.1:{running.port}/a"
        )


@pytest.mark.parametrize(("most", "kind"), [(20, Trouble.LEFT_OUT), (0, Trouble.SOURCE)])
def test_a_site_without_end_is_bounded_and_that_is_told(
    most: int, kind: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawl, "MOST_PAGES", 30)

    class Endless(dict[str, Any]):
        def get(self, path: str, default: Any = None) -> bytes:
            return page(*(f"{path.rstrip('/')}/{n}" for n in range(20)))

    with site(Endless()) as running:
        found, _ = crawled(running, Plan(rate=1000, most=most))
    assert len(found) == (most or 30) + 1
    last = list(found.values())[-1]
    assert last.problem is not None
    assert last.problem.kind is kind
    assert "the crawl ended after" in last.problem.message


def test_an_ended_run_asks_for_nothing_more_and_tells_what_was_found() -> None:
    with site({"/": page("/a", "/b"), "/a": page(), "/b": page()}) as running:
        stop = Stop()
        source = Crawl(f"http://127.0.0.1:{running.port}/", FAST, Options(), stop)
        targets = source.targets()
        next(targets)
        asked = len(running.asked)
        stop.interrupt()
        rest = list(targets)
        assert len(running.asked) == asked
    assert [t.problem.kind for t in rest if t.problem] == [Trouble.INTERRUPTED] * 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://A.gov", "http://a.gov:80/", True),
        ("https://a.gov/x#part", "https://a.gov/x", True),
        ("https://a.gov/#/x", "https://a.gov/#/y", False),
        ("https://a.gov/?a=1&b=", "https://a.gov/?b=&a=1&utm_medium=x", True),
        ("https://a.gov/%c3%a9", "https://a.gov/%C3%A9", True),
        ("https://a.gov/x", "https://a.gov/x/", False),
        ("https://a.gov/x?a=1", "https://a.gov/x?a=2", False),
        ("https://a.gov/X", "https://a.gov/x", False),
    ],
)
def test_addresses_of_one_page(one: str, other: str, same: bool) -> None:
    assert (addresses.key(one) == addresses.key(other)) is same


def test_the_command_asks_once_for_each_page_and_tells_the_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = [
        "--crawl",
        "--rate",
        "100",
        "--render",
        "never",
        "--only",
        "page-lang",
        "--json",
        "r.json",
    ]
    with site({"/": page("/a", "/gone"), "/a": page("/")}) as running:
        home = f"http://127.0.0.1:{running.port}"
        with pytest.raises(SystemExit) as ended:
            cli.main(["audit", f"{home}/", *arguments])
        assert running.paths().count("/a") == 1
    assert ended.value.code == 3
    report = json.loads(Path("r.json").read_text())
    told = {audit["target"].replace(home, ""): audit["problem"] for audit in report["audits"]}
    assert list(told) == ["/", "/a", "/gone"]
    assert told["/gone"]["kind"] == "http-error"


@pytest.mark.parametrize(
    "arguments",
    [
        ["page.html", "--crawl"],
        ["http:///x", "--crawl"],
        ["http://127.0.0.1:1/", "--crawl", "--sample-templates"],
        ["http://127.0.0.1:1/", "--crawl", "--rate", "0"],
    ],
)
def test_what_cannot_be_crawled_is_refused_in_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_bytes(page())
    with pytest.raises(SystemExit) as ended:
        cli.main(["audit", *arguments])
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
