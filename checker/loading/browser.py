"""Pages in a browser: headless Chromium or Chrome, driven by Selenium. Only the modules ``browser*`` and ``axe`` of
this package import selenium."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import replace

from selenium.common.exceptions import WebDriverException

from checker.loading import browser_grid, browser_pictures, browser_start, certificates, credentials
from checker.loading.axe_store import Parts
from checker.loading.browser_credentials import Credentials
from checker.loading.browser_driver import BrowserBroken, NoBrowser
from checker.loading.browser_session import Process, Running, Session
from checker.loading.browser_tab import DIED, Gone, Hung
from checker.loading.browser_turns import Stay
from checker.loading.browser_visit import Visit
from checker.loading.browser_world import ScriptFailed
from checker.loading.chrome_net import Failed
from checker.loading.http import http_probe
from checker.loading.options import Options, Target
from checker.loading.redact import scrub
from checker.loading.served import (
    LOOPBACK,
    ORIGIN,
    OUT_OF_REACH,
    Served,
    Site,
    listening_at,
)
from checker.loading.sight import Sight, page_of
from checker.loading.static import document_of, problem_page, unrendered
from checker.page import Missing, Need, Page, Problem, Trouble
from checker.verdict import Cause

__all__ = ["Browser", "BrowserBroken", "NoBrowser", "open_browser", "open_windows"]

type PicturesOf = Callable[[Page], Iterable[int]]

_PASSING = (502, 503, 504)  # a gateway's trouble may be over at the next try


@contextmanager
def open_browser(options: Options, parts: Parts | None = None) -> Iterator[Browser]:
    """A browser that has started. ``parts`` are what ``--axe incremental`` has seen in the run so far. Raises
    NoBrowser, BrowserBroken."""
    with open_windows(options, parts, 1) as (browser,):
        yield browser


@contextmanager
def open_windows(
    options: Options, parts: Parts | None = None, most: int = 2
) -> Iterator[tuple[Browser, ...]]:
    """The same, by its windows, at most so many: each may be used in a thread of its own."""
    with ExitStack() as stack:
        served = stack.enter_context(Served(listening_at(options) or LOOPBACK))
        process = Process(options, served, parts or Parts())
        stack.callback(process.close)
        sessions = [Session(process)]
        if sessions[0].start().tab.channel is not None and not _of_whole(options):
            sessions += _others(process, most - 1)
        yield tuple(Browser(options, served, session) for session in sessions)


def _others(process: Process, most: int) -> Iterator[Session]:
    for number in range(1, most + 1):
        session = Session(process, number)
        try:
            session.start()
        except BrowserBroken:  # it has no other window
            return
        yield session


def _of_whole(options: Options) -> bool:
    """Whether something is asked for that is given to a browser as a whole."""
    return bool(options.headers or options.basic_auth or options.ca_file or options.insecure)


class Browser:
    """Loads pages in a window, one at a time, each as a reader who has never been there. A page that hangs or kills
    the browser costs that browser; the next page gets a new one."""

    def __init__(self, options: Options, served: Served, session: Session) -> None:
        self._options = options
        self._served = served
        self._session = session
        self._turns = session.process.turns

    def load(self, target: Target, pictures_of: PicturesOf) -> Page:
        """The page as a browser shows it; what went wrong is its problem. ``pictures_of`` says, of the page without
        pictures, of which elements to take one."""
        if target.url:
            return self._load(target, None, pictures_of)
        if not listening_at(self._options):
            problem = Problem(Trouble.UNREADABLE, OUT_OF_REACH)
            return scrub(problem_page(target, problem, self._options), self._options)
        document = document_of(target)
        if isinstance(document, Problem):
            return scrub(problem_page(target, document, self._options), self._options)
        return self._load(target, Site.of(target, document, self._options), pictures_of)

    def _load(self, target: Target, site: Site | None, pictures_of: PicturesOf) -> Page:
        """What it comes to beside another page; with the browser alone where that was of no use, for files (the server
        shows one site at a time), and where the browser is to be replaced."""
        process = self._session.process
        alone = site is not None or process.grown()
        while True:
            with (
                self._turns.stay(alone=alone) as stay,
                nullcontext() if site is None else self._served.show(site),
            ):
                if alone and process.grown():
                    process.end(process.driver)
                with suppress(_Disturbed):
                    return self._tried(target, site, pictures_of, stay)
            alone = True

    def _tried(
        self, target: Target, site: Site | None, pictures_of: PicturesOf, stay: Stay
    ) -> Page:
        """Raises _Disturbed where another page may be the cause of what went wrong."""
        url = f"{ORIGIN}{site.page}" if site else target.url
        before: list[str] = []
        without = ""
        problem = Problem(Trouble.LOAD_ERROR, "it was never tried")
        tries = _Tries(self._options)
        while tries.another():
            stay.rest()
            try:
                sight = self._visit(url, without, site, stay)
                stay.rest()
            except Failed as error:
                problem = error.problem
                if error.final:
                    break
            except Hung as error:
                self._lost(stay)
                problem = Problem(Trouble.TIME_OUT, f"the page keeps the browser busy: {error}")
                without = f"axe failed: {error}" if str(error).startswith("axe") else ""
            except (Gone, ScriptFailed, *DIED) as error:
                reason = self._session.greed() or _said(error)
                self._lost(stay)
                tries.lost = not isinstance(error, ScriptFailed)
                problem = Problem(Trouble.BROWSER, f"the page could not be read: {reason}")
            except BrowserBroken as error:
                tries.lost = error.passing
                problem = Problem(Trouble.BROWSER, f"the browser does not start again: {error}")
            else:
                if not (sight.document.status in _PASSING and tries.left):
                    sight = replace(sight, notes=(*self._told(before), *sight.notes))
                    page = scrub(self._page(sight, target, site), self._options)
                    return self._illustrated(page, sight.view, pictures_of, stay)
                problem = sight.problem or problem
            before.append(problem.message)
        return scrub(self._problem(target, problem, before), self._options)

    def _lost(self, stay: Stay) -> None:
        """The browser is of no use any more. Raises _Disturbed."""
        self._session.end()
        if stay.shared:
            raise _Disturbed

    def _visit(self, url: str, without: str, site: Site | None, stay: Stay) -> Sight:
        """One try, with certificates of the user's own authority let in as they turn up."""
        tries = 3
        while True:
            tries -= 1
            if pin := certificates.pin(url, self._options):
                self._session.admit({pin})
            running = self._session.ready(url)
            visit = Visit(running.tab, None if without else running.axe, self._options, without)
            with self._credentials(running, url, site):
                sight = visit.see(url, running.name, stay)
            if visit.spent:
                self._lost(stay)
                return sight
            pins = certificates.missing_pins(sight.requests, self._options)
            if not tries or not self._session.admit(pins):
                return sight

    def _credentials(
        self, running: Running, url: str, site: Site | None
    ) -> Credentials | nullcontext[None]:
        if site is not None or not credentials.headers_for(url, url, self._options):
            return nullcontext()
        return Credentials(running.driver, url, self._options)

    def _page(self, sight: Sight, target: Target, site: Site | None) -> Page:
        page = page_of(sight, target, self._options, site)
        if site is not None:
            return page
        if page.problem is not None:
            gap = Missing(Need.HTTP_PROBE, Cause.OUT_OF_REACH, "the page did not load")
            return replace(page, missing=(*page.missing, gap))
        probe = http_probe(page.url, self._options)
        if isinstance(probe, Missing):
            return replace(page, missing=(*page.missing, probe))
        return replace(page, probe=probe)

    def _illustrated(
        self, page: Page, view: bytes | None, pictures_of: PicturesOf, stay: Stay
    ) -> Page:
        if not self._options.pictures or page.problem is not None or page.rendering is None:
            return page
        running = self._session.running
        if running is None:
            return page
        wanted = list(pictures_of(page))
        pictures = browser_pictures.take(running.tab, page.rendering, view, wanted)
        if stay.shared and not running.tab.alive():
            self._lost(stay)
        return replace(page, pictures=pictures)

    def _problem(self, target: Target, problem: Problem, before: list[str]) -> Page:
        gaps = unrendered(Cause.BROKEN, problem.message)
        if target.url:
            needs = (Need.TRANSPORT, Need.TLS, Need.HTTP_PROBE)
            gaps += tuple(Missing(need, Cause.BROKEN, problem.message) for need in needs)
        page = problem_page(target, problem, self._options, gaps)
        tries = len(before)
        notes = (f"tried {tries} times",) if tries > 1 else ()
        return replace(page, notes=(*self._aside(), *notes))

    def _told(self, before: list[str]) -> tuple[str, ...]:
        """What a reader should know of the loading."""
        tries = f"loaded at try {len(before) + 1}; before: {'; '.join(before)}"
        return (*self._aside(), *((tries,) if before else ()))

    def _aside(self) -> Iterator[str]:
        if browser_start.as_root() and not self._options.grid:
            yield "the browser ran as root, without its sandbox"
        if self._options.client_cert is not None:
            yield "the client certificate was not used: a browser without a window cannot be given one"


class _Disturbed(Exception):
    """The browser was lost while another page was in it too: nobody knows of which."""


class _Tries:
    """How often a page is tried: as ``--retries`` says; one whose browser of a Grid was ``lost``, twice more elsewhere,
    however often that is."""

    def __init__(self, options: Options) -> None:
        self.left = options.retries + 1
        self.lost = False
        self._elsewhere = browser_grid.LOST_TRIES if options.grid else None

    def another(self) -> bool:
        """Whether there is one more; it is taken. ``left`` are those after it."""
        if self.lost and self._elsewhere is not None:
            self.lost = False
            self._elsewhere -= 1
            return self._elsewhere >= 0
        self.lost = False
        self.left -= 1
        return self.left >= 0


def _said(error: BaseException) -> str:
    text = error.msg if isinstance(error, WebDriverException) else str(error)
    return (text or type(error).__name__).strip().splitlines()[0][:300]
