"""Targets -> Pages: in a browser where there is one, else without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Protocol

from checker.clean import one_line
from checker.loading import credentials
from checker.loading.axe_store import Parts
from checker.loading.options import Options, Render, Target
from checker.loading.redact import redact_text, redact_url, scrub
from checker.loading.static import load_file, problem_page, unrendered
from checker.page import Missing, Page, Problem, Trouble
from checker.verdict import Cause

type PicturesOf = Callable[[Page], Iterable[int]]
"""Says, of a page without pictures, of which elements a report will want one."""


class NoSlot(Exception):
    """A Selenium Grid has no free browser for one more loader; those that have one go on. The message says for how
    long it was waited for."""


class Loader(Protocol):
    """Loads pages, one at a time."""

    def load(self, target: Target, pictures_of: PicturesOf) -> Page:
        """The page; what went wrong is its problem. Raises NoSlot."""
        ...


@contextmanager
def open_loader(options: Options, parts: Parts | None = None) -> Iterator[Loader]:
    """A loader as ``Options.render`` wants it, whose ``load`` raises for no page (but NoSlot, as this
    does). Loaders of one run may share the ``parts`` that ``--axe incremental`` has seen.

    Without a browser pages are loaded all the same and lack their rendering: out of reach for ``never`` and ``auto``,
    broken for ``always`` and where a browser is there but does not start. Raises OptionError for a file that an
    option names and that cannot be used.
    """
    with open_loaders(options, parts, 1) as (loader,):
        yield loader


@contextmanager
def open_loaders(
    options: Options, parts: Parts | None = None, most: int = 2
) -> Iterator[tuple[Loader, ...]]:
    """The same, as several that share a browser where that can be, at most so many: each may be used in a thread of its
    own, and a page's waits are then another's work."""
    credentials.check(options)
    if options.serve_at:
        from checker.loading import served  # a server: only for a browser elsewhere

        served.check(options)
    with ExitStack() as stack:
        chosen = _chosen(options, stack, parts, most)
        yield tuple(_Steady(loader, options) for loader in chosen)


def unrendering(options: Options) -> tuple[Missing, ...] | None:
    """Why no page will be rendered: it is not wanted, or there is no browser. None where one will be asked to. Raises
    OptionError as ``open_loader`` does."""
    credentials.check(options)
    if options.render is Render.NEVER:
        return unrendered(Cause.OUT_OF_REACH, "no browser: --render never")
    if options.render is Render.ALWAYS or options.grid:
        return None
    from checker.loading.browser_driver import NoBrowser  # selenium: only when a browser is wanted
    from checker.loading.browser_start import find

    try:
        find()
    except NoBrowser as error:
        return unrendered(Cause.OUT_OF_REACH, _safe(str(error), options))
    return None


def without_browser(options: Options, gaps: tuple[Missing, ...]) -> Loader:
    """A loader whose ``load`` raises for no page. ``gaps`` say why nothing is rendered (``unrendering``)."""
    return _Steady(StaticLoader(options, gaps), options)


def _chosen(
    options: Options, stack: ExitStack, parts: Parts | None, most: int
) -> tuple[Loader, ...]:
    if options.render is Render.NEVER:
        gaps = unrendered(Cause.OUT_OF_REACH, "no browser: --render never")
        return (StaticLoader(options, gaps),)
    from checker.loading import browser

    try:
        return stack.enter_context(browser.open_windows(options, parts, most))
    except browser.NoBrowser as error:
        wanted = options.render is Render.ALWAYS
        cause = Cause.BROKEN if wanted else Cause.OUT_OF_REACH
        reason = f"--render always, but {error}" if wanted else str(error)
    except browser.BrowserBroken as error:
        cause, reason = Cause.BROKEN, f"the browser does not start: {error}"
    return (StaticLoader(options, unrendered(cause, _safe(reason, options))),)


class StaticLoader:
    """Loads files and addresses without a browser. ``gaps`` say why nothing is rendered."""

    def __init__(self, options: Options, gaps: tuple[Missing, ...]) -> None:
        self._options = options
        self._gaps = gaps

    def load(self, target: Target, pictures_of: PicturesOf) -> Page:
        """The page as its source has it; nobody asks for pictures of what was not rendered."""
        if target.answer is None and not target.url:
            return load_file(target, self._options, self._gaps)
        from checker.loading.http import load_answer, load_url  # httpx: not for files

        if target.answer is not None:
            return load_answer(target, target.answer, self._options, self._gaps)
        return load_url(target, self._options, self._gaps)


class _Steady:
    """A loader that one bad page does not stop: what its loading raised is the page's problem."""

    def __init__(self, inner: Loader, options: Options) -> None:
        self._inner = inner
        self._options = options
        gaps = unrendered(Cause.OUT_OF_REACH, "an archive has no server for a browser to ask")
        self._archive = StaticLoader(options, gaps)

    def load(self, target: Target, pictures_of: PicturesOf) -> Page:
        """The page of the inner loader, or a page that says why there is none."""
        try:
            page = (self._archive if target.archived else self._inner).load(target, pictures_of)
            return scrub(page, self._options, target.url) if "@" in target.url else page
        except NoSlot:
            raise
        except Exception as error:  # noqa: BLE001  told as broken, never as a pass; a KeyboardInterrupt ends the run
            said = _safe(f"{type(error).__name__}: {error}", self._options, target.url)
            problem = Problem(Trouble.LOAD_ERROR, f"the loading of the page died: {said}")
        page = problem_page(target, problem, self._options)
        return replace(page, url=redact_url(page.url))


def _safe(reason: str, options: Options, address: str = "") -> str:
    """The reason in one bounded line without secrets."""
    return redact_text(one_line(reason), credentials.secrets_of(options, address))[:500]
