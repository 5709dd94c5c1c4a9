"""Crawling: from one address to the pages of its host, breadth first, by links in the markup as served.

Robots.txt is obeyed (RFC 9309, read by protego), the rate is held, and what was left out is told.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from protego import Protego

from checker.document import TooLarge, load
from checker.loading import fetch
from checker.loading.addresses import canonical, key, leads_to_page, links
from checker.loading.encoding import decode
from checker.loading.failure import FetchError
from checker.loading.options import Options, Target
from checker.loading.redact import redact_url
from checker.loading.stop import Interrupted, Stop
from checker.page import Problem, Trouble

AGENT = "presscheck"
MOST_PAGES = 10_000
_ROBOTS_LIMIT = 500 * 1024  # RFC 9309, 2.5: parsers read this much at least
_LONGEST_DELAY = 60.0
_SHOWN = 5


@dataclass(frozen=True)
class Plan:
    """What a user may say of a crawl. ``depth`` counts clicks from the start; ``include`` and ``exclude`` are patterns
    of addresses (``*`` and ``?``); ``rate`` is requests a second; ``most`` pages, 0 for our own bound."""

    depth: int | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    rate: float = 5.0
    most: int = 0
    robots: bool = True


@dataclass(frozen=True)
class _Link:
    url: str
    depth: int
    found_on: str = ""


class Crawl:
    """The pages that a start address leads to, each once, as targets that carry what their server sent."""

    def __init__(self, start: str, plan: Plan, options: Options, stop: Stop) -> None:
        self._start = start
        self._plan = plan
        self._options = options
        self._stop = stop
        self._host = urlsplit(start).netloc.rpartition("@")[2].lower()
        self._robots: Protego | None = None
        self._pause = 1 / plan.rate
        self._asked = float("-inf")
        self._waiting: deque[_Link] = deque()
        self._known: set[bytes] = set()
        self._given: set[bytes] = set()
        self._folded: set[bytes] = set()
        self._left: Counter[str] = Counter()
        self._refused: list[str] = []
        self._pages = 0

    def targets(self) -> Iterator[Target]:
        """The pages, in the order in which they are found. A link that leads to no page is a target that says so; so is
        the rest of a crawl that was cut short."""
        fault = self._read_robots() if self._plan.robots else None
        if fault is None and not self._may(self._start):
            fault = "robots.txt forbids the address"
        if fault is not None:
            said = f"not crawled: {fault} (--robots ignore goes on all the same)"
            yield self._told(_Link(self._start, 0), Problem(Trouble.SOURCE, said))
            return
        self._known.add(key(self._start))
        self._waiting.append(_Link(self._start, 0))
        most = self._plan.most or MOST_PAGES
        while self._waiting:
            if self._pages >= most:
                yield self._cut(most)
                return
            link = self._waiting.popleft()
            if problem := self._stop.problem():
                self._pages += 1
                yield self._told(link, problem)
                continue
            if (target := self._visit(link)) is not None:
                self._pages += 1
                yield target

    def notes(self) -> tuple[str, ...]:
        """What the crawl left out, once it is over."""
        home = redact_url(self._start)
        said = [f"crawl of {home}: {number} {what}" for what, number in sorted(self._left.items())]
        if self._refused:
            number = len(self._refused)
            shown = ", ".join(self._refused[:_SHOWN])
            more = " and more" if number > _SHOWN else ""
            said.append(
                f"crawl of {home}: {number} addresses were not visited, as robots.txt forbids them: {shown}{more}"
            )
        if not self._plan.robots:
            said.append(f"crawl of {home}: robots.txt was not read (--robots ignore)")
        return tuple(said)

    def _visit(self, link: _Link) -> Target | None:
        """Ask for a page; None where it is no page of its own."""
        self._hold_rate()
        try:
            with self._stop.breakable():
                answer = fetch.get(link.url, self._options)
        except Interrupted:
            return self._told(
                link, self._stop.problem() or Problem(Trouble.INTERRUPTED, "interrupted")
            )
        except FetchError as error:
            return self._told(link, Problem(error.kind, str(error)))
        if urlsplit(answer.url).netloc.lower() != self._host:
            return self._outside(link, answer)
        if answer.status >= 400:
            said = f"the server answered {answer.status}"
            return self._told(link, Problem(Trouble.HTTP_ERROR, said))
        if link.depth and not _is_html(answer):
            self._left["links lead to files that are no HTML"] += 1
            return None
        return self._page(link, answer)

    def _outside(self, link: _Link, answer: fetch.Answer) -> Target | None:
        if link.depth:
            self._left["links lead to other hosts by a redirect"] += 1
            return None
        said = f"not crawled: it redirects to another host, {redact_url(answer.url)[:200]}: start there"
        return self._told(link, Problem(Trouble.SOURCE, said))

    def _page(self, link: _Link, answer: fetch.Answer) -> Target | None:
        """The page unless it was given under another address; what it links to waits."""
        here = key(answer.url)
        self._known.add(here)
        if here in self._given:
            self._left["addresses redirect to pages that are told under their own"] += 1
            return None
        try:
            soup = load(decode(answer.body, answer.header("content-type")).text).soup
        except TooLarge as error:
            return self._told(link, Problem(Trouble.TOO_LARGE, str(error)))
        if self._plan.depth is None or link.depth < self._plan.depth:
            for address in links(soup, answer.url):
                self._add(_Link(address, link.depth + 1, link.url))
        if self._is_folded(here, canonical(soup, answer.url), link):
            return None
        self._given.add(here)
        return Target(redact_url(link.url), url=link.url, answer=answer)

    def _is_folded(self, here: bytes, address: str, link: _Link) -> bool:
        """Whether the page names another one as canonical that is told in its place."""
        there = key(address) if address else here
        if there in (here, key(link.url)) or there in self._folded or not self._wanted(address):
            return False
        if there not in self._given and there not in self._known:
            self._known.add(there)
            self._waiting.append(_Link(address, link.depth, link.url))
        self._folded.add(here)
        self._left["addresses are duplicates, told under their canonical address"] += 1
        return True

    def _add(self, link: _Link) -> None:
        name = key(link.url)
        if name in self._known or not self._same_host(link.url) or not leads_to_page(link.url):
            return
        if len(self._waiting) > 20 * (self._plan.most or MOST_PAGES):
            return  # hostile: more than is ever visited, and the cut is told
        self._known.add(name)
        if not self._chosen(link.url):
            self._left["addresses were left out by --include and --exclude"] += 1
        elif not self._may(link.url):
            self._refused.append(redact_url(link.url)[:200])
        else:
            self._waiting.append(link)

    def _wanted(self, url: str) -> bool:
        return self._same_host(url) and self._chosen(url) and self._may(url)

    def _same_host(self, url: str) -> bool:
        return urlsplit(url).netloc.lower() == self._host

    def _chosen(self, url: str) -> bool:
        plan = self._plan
        within = not plan.include or any(_fits(pattern, url) for pattern in plan.include)
        return within and not any(_fits(pattern, url) for pattern in plan.exclude)

    def _may(self, url: str) -> bool:
        return self._robots is None or bool(self._robots.can_fetch(url, AGENT))

    def _read_robots(self) -> str | None:
        """Read the host's robots.txt; why nothing may be crawled, if so (RFC 9309, 2.3.1.3 and 2.3.1.4)."""
        parts = urlsplit(self._start)
        self._hold_rate()
        try:
            answer = fetch.get(f"{parts.scheme}://{parts.netloc}/robots.txt", self._options)
        except FetchError as error:
            return f"robots.txt did not come: {error}"
        if answer.status >= 500:
            return f"robots.txt did not come: the server answered {answer.status}"
        if answer.status == 200:
            text = answer.body[:_ROBOTS_LIMIT].decode("utf-8", "replace")
            self._robots = Protego.parse(text)
            delay = self._robots.crawl_delay(AGENT) or 0.0
            self._pause = max(self._pause, min(float(delay), _LONGEST_DELAY))
        return None

    def _hold_rate(self) -> None:
        self._stop.sleep(self._asked + self._pause - time.monotonic())
        self._asked = time.monotonic()

    def _told(self, link: _Link, problem: Problem) -> Target:
        if link.found_on and problem.kind not in (Trouble.INTERRUPTED, Trouble.TIME_BUDGET):
            said = f"{problem.message}; linked from {redact_url(link.found_on)}"
            problem = replace(problem, message=said)
        return Target(redact_url(link.url), url=link.url, problem=problem)

    def _cut(self, most: int) -> Target:
        said = f"the crawl ended after {most} pages; {len(self._waiting)} or more were found beyond them"
        kind = Trouble.LEFT_OUT if self._plan.most else Trouble.SOURCE
        advice = "" if self._plan.most else ": raise --max-pages"
        text = f"the rest of the crawl of {redact_url(self._start)}"
        return Target(text, problem=Problem(kind, said + advice))


def _is_html(answer: fetch.Answer) -> bool:
    kind = answer.header("content-type").partition(";")[0].strip().lower()
    return kind in ("", "text/html", "application/xhtml+xml")


def _fits(pattern: str, url: str) -> bool:
    """A pattern fits the whole address, with or without its scheme, or its path."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    return any(
        fnmatchcase(text, pattern) for text in (url, url.partition("://")[2], path, parts.path)
    )
