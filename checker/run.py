"""A run: targets or saved pages in, a Report out."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import batched, islice

from checker import __version__, engine
from checker.catalog import Catalogue
from checker.engine import Selection
from checker.loading.loader import Loader, open_loader
from checker.loading.options import Options, Target
from checker.loading.redact import redact_url
from checker.loading.static import problem_page
from checker.loading.stop import Interrupted, Stop
from checker.page import Page, Problem, Trouble
from checker.report import Audit, Report, count
from checker.spool import Spool
from checker.stable import merged
from checker.verdict import Verdict

type Progress = Callable[[Audit], object]


@dataclass(frozen=True)
class Judge:
    """A catalogue and a selection, ready to judge pages."""

    catalogue: Catalogue
    selection: Selection

    def audit(self, page: Page) -> Audit:
        return engine.audit(page, self.catalogue, self.selection)

    def pictures_of(self, page: Page) -> list[int]:
        """Numbers of the elements that the report will show: those that failed or need a look."""
        wanted: dict[int, None] = {}
        for finding in self.audit(page).findings():
            where = finding.outcome.where
            if (
                where
                and where.element is not None
                and finding.outcome.verdict is not Verdict.NOT_TESTED
            ):
                wanted[where.element] = None
        return list(wanted)


def pages(
    targets: Iterable[Target],
    options: Options,
    judge: Judge,
    jobs: int,
    stop: Stop | None = None,
) -> Iterator[Page]:
    """Load the targets, ``jobs`` at a time, each worker with a loader of its own; in the order of the targets. One with
    a problem is not loaded, and none is begun once ``stop`` says why not: their pages say so."""
    stop = stop or Stop()
    with ExitStack() as stack:
        loaders = _Loaders(options, stack)

        def load(target: Target) -> Page:
            problem = target.problem or stop.problem()
            if problem is not None:
                return _unloaded(target, problem, options)
            loader = loaders.take()
            try:
                page = loader.load(target, judge.pictures_of)
            finally:
                loaders.give(loader)
            ended = stop.problem() if stop.interrupted and page.problem else None
            return _unloaded(target, ended, options) if ended else page

        executor = stack.enter_context(_pool(jobs, stop)) if jobs > 1 else None
        yield from _ordered(executor, load, targets, 2 * jobs, stop, options)


class _Loaders:
    """Loaders, opened as workers need them: where no page is to be loaded, none is."""

    def __init__(self, options: Options, stack: ExitStack) -> None:
        self._options = options
        self._stack = stack
        self._idle: list[Loader] = []
        self._lock = threading.Lock()

    def take(self) -> Loader:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            return self._stack.enter_context(open_loader(self._options))

    def give(self, loader: Loader) -> None:
        with self._lock:
            self._idle.append(loader)


@contextmanager
def _pool(jobs: int, stop: Stop) -> Iterator[ThreadPoolExecutor]:
    """Workers; nobody waits for those of an interrupted run."""
    executor = ThreadPoolExecutor(jobs)
    try:
        yield executor
    finally:
        executor.shutdown(wait=not stop.interrupted, cancel_futures=True)


def _unloaded(target: Target, problem: Problem, options: Options) -> Page:
    """The page of a target that nobody looked at, so that it lacks nothing in particular."""
    page = problem_page(target, problem, options)
    return replace(page, url=redact_url(page.url), missing=())


def _ordered(
    executor: ThreadPoolExecutor | None,
    load: Callable[[Target], Page],
    targets: Iterable[Target],
    ahead: int,
    stop: Stop,
    options: Options,
) -> Iterator[Page]:
    """Pages in order, with at most ``ahead`` loaded and not yet taken. Of an interrupted run no page is waited for."""
    waiting = iter(targets)
    begun: deque[tuple[Target, Future[Page] | None]] = deque()
    while True:
        for target in islice(waiting, ahead - len(begun) if executor else 1):
            begun.append((target, executor.submit(load, target) if executor else None))
        if not begun:
            return
        target, future = begun.popleft()
        page: Page | None = None
        try:
            with stop.breakable():
                page = future.result() if future else load(target)
        except Interrupted:
            if future and future.done() and not future.cancelled():
                page = future.result()
        yield page or _unloaded(target, stop.problem() or _LOST, options)


_LOST = Problem(Trouble.INTERRUPTED, "not tested: the run was interrupted")


def audits(
    seen: Iterable[Page], judge: Judge, renders: int = 1, stop: Stop | None = None
) -> Iterator[Audit]:
    """Judge pages as they come. Each ``renders`` pages are one, loaded so often. A page that is being judged when the
    run is interrupted is given up."""
    stop = stop or Stop()
    for same in batched(seen, renders):
        try:
            with stop.breakable(late=True):
                audit = merged([judge.audit(page) for page in same])
        except Interrupted:
            lost = replace(same[0], html="", source=None, rendering=None, axe=None)
            audit = judge.audit(replace(lost, problem=lost.problem or _LOST, missing=()))
        yield audit


def report(
    seen: Iterable[Page],
    judge: Judge,
    spool: Spool,
    progress: Progress = lambda audit: None,
    notes: tuple[str, ...] = (),
    renders: int = 1,
) -> Report:
    """Judge pages as they come and gather the report."""
    return gathered(audits(seen, judge, renders), judge, spool, progress, lambda: notes)


def gathered(
    judged: Iterable[Audit],
    judge: Judge,
    spool: Spool,
    progress: Progress = lambda audit: None,
    notes: Callable[[], tuple[str, ...]] = lambda: (),
) -> Report:
    """The report of audits, taken as they come. ``notes`` are asked for when all are there."""
    used: set[str] = set()
    for audit in judged:
        used.add(audit.profile)
        spool.add(audit)
        progress(audit)
    catalogue = judge.catalogue
    return Report(
        tool_version=__version__,
        rules_version=catalogue.version,
        made_at=now(),
        rules=tuple(catalogue.rules.values()),
        profiles=tuple(profile for profile in catalogue.profiles.values() if profile.id in used),
        counts=count(spool),
        audits=spool,
        axe_versions=tuple(sorted({a.axe_version for a in spool if a.axe_version})),
        browsers=tuple(sorted({a.browser for a in spool if a.browser})),
        notes=notes(),
        criteria=tuple(catalogue.criteria.values()),
    )


def now() -> str:
    """The time of the run, ISO 8601 in UTC; SOURCE_DATE_EPOCH (seconds) where a build must be reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
