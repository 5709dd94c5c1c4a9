"""A run: targets or saved pages in, a Report out."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice

from checker import __version__
from checker.engine import Engine
from checker.loading.axe_store import Parts
from checker.loading.loader import (
    Loader,
    NoSlot,
    PicturesOf,
    open_loader,
    unrendering,
    without_browser,
)
from checker.loading.options import Options, Render, Target
from checker.loading.redact import redact_url
from checker.loading.static import packed, problem_page
from checker.loading.stop import Interrupted, Stop
from checker.page import Missing, Page, Problem, Trouble
from checker.report import Audit, Counting, Report
from checker.spool import Spool, decoded, encoded
from checker.stable import merged
from checker.verdict import Verdict
from checker.workers import WorkerDied, Workers

type Progress = Callable[[Audit], object]

_SLOT_PATIENCE = 300.0
"""Seconds that a page waits for a browser of a Grid that others use, as the Grid's own queue has it."""


@dataclass(frozen=True)
class Judge(Engine):
    """A catalogue and a selection, ready to judge pages."""

    def merged(self, same: Sequence[Page]) -> Audit:
        """The audit of a page that was loaded once or more often (see ``stable``)."""
        return merged([self.audit(page) for page in same])

    def pictures_of(self, page: Page) -> list[int]:
        """Numbers of the elements that the report will show."""
        return _shown(self.audit(page))


def _shown(audit: Audit) -> list[int]:
    """Numbers of the elements that failed or need a look."""
    wanted: dict[int, None] = {}
    for finding in audit.findings():
        where = finding.outcome.where
        if (
            where
            and where.element is not None
            and finding.outcome.verdict is not Verdict.NOT_TESTED
        ):
            wanted[where.element] = None
    return list(wanted)


class _Once:
    """Judges a page when its loader asks of what to take pictures, so that it need not be judged again."""

    def __init__(self, judge: Callable[[Page], Audit]) -> None:
        self._judge = judge
        self._known: tuple[Page, Audit] | None = None

    def pictures_of(self, page: Page) -> list[int]:
        """Numbers of the elements that the report will show; none where the judging failed."""
        self._known = None
        try:
            audit = self._judge(page)
        except WorkerDied:
            return []
        self._known = page, audit
        return _shown(audit)

    def audit(self, page: Page) -> Audit:
        """The audit of the loaded page: the one that is known, where nothing but pictures came to it."""
        if self._known is not None:
            before, audit = self._known
            if replace(page, pictures=()) == before:
                return replace(audit, pictures=page.pictures)
        return self._judge(page)


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
        loading = _Loading(options, jobs, stop, stack)

        def load(target: Target) -> Page:
            return loading.load(target, judge.pictures_of)

        def lost(target: Target) -> Page:
            return _unloaded(target, stop.problem() or _LOST, options)

        yield from _ordered(load, lost, targets, jobs, stop)


def audited(
    targets: Iterable[Target],
    options: Options,
    judge: Judge,
    jobs: int,
    stop: Stop | None = None,
    *,
    renders: int = 1,
    workers: Workers | None = None,
) -> Iterator[Audit]:
    """Load the targets as ``pages`` does, each ``renders`` times, and judge them; in the order of the targets.

    ``workers`` share the judge. Pages are judged there, and loaded there as well where no browser is to render them. A
    page on which they die again and again is NOT_TESTED.
    """
    stop = stop or Stop()
    gaps = unrendering(options) if workers else None
    with ExitStack() as stack:
        loading = _Loading(options, jobs, stop, stack)

        def lost(target: Target, problem: Problem | None = None) -> Audit:
            return judge.audit(_unloaded(target, problem or stop.problem() or _LOST, options))

        def audit(page: Page) -> Audit:
            return judge.audit(page) if workers is None else decoded(workers.call(judged, [page]))

        def render(target: Target) -> Audit:
            if not options.pictures:  # nothing of the page is asked for once it is loaded
                return audit(loading.load(target, lambda page: ()))
            once = _Once(audit)
            return once.audit(loading.load(target, once.pictures_of))

        def work(target: Target) -> Audit:
            problem = target.problem or stop.problem()
            if problem is not None:
                return lost(target, problem)
            try:
                if workers is not None and gaps is not None:
                    sent = packed(target) if workers.far else target
                    if workers.far and sent.path and sent.html is None:  # unreadable
                        return decoded(_load_and_judge(judge, target, options, gaps, renders))
                    return decoded(workers.call(_load_and_judge, sent, options, gaps, renders))
                return merged([render(target) for _ in range(renders)])
            except WorkerDied as error:
                return lost(target, Problem(Trouble.WORKER, f"judging it failed: {error}"))

        rendered = options.render is not Render.NEVER and jobs > 1
        apart = workers is not None or (rendered and not options.pictures)
        yield from _ordered(work, lost, targets, jobs, stop, more=jobs if apart else 0)


def _load_and_judge(
    judge: Judge, target: Target, options: Options, gaps: tuple[Missing, ...], renders: int
) -> bytes:
    """In a worker: the audit of a target that no browser renders, encoded."""
    steady = without_browser(options, gaps)
    return encoded(judge.merged([steady.load(target, judge.pictures_of) for _ in range(renders)]))


def judged(judge: Judge, same: Sequence[Page]) -> bytes:
    """In a worker: the audit of a page's renders, encoded."""
    return encoded(judge.merged(same))


class _Loading:
    """Loads targets, in at most ``jobs`` loaders that are opened as threads need them: where no page is to be loaded,
    none is."""

    def __init__(
        self,
        options: Options,
        jobs: int,
        stop: Stop,
        stack: ExitStack,
    ) -> None:
        self._options = options
        self._stop = stop
        self._stack = stack
        self._parts = Parts()
        self._idle: list[Loader] = []
        self._lock = threading.Lock()
        self._jobs = jobs
        self._free = threading.Semaphore(jobs)

    def load(self, target: Target, pictures_of: PicturesOf) -> Page:
        """The page of a target, unless it has a problem or the run ends."""
        since = time.monotonic()
        while True:
            self._free.acquire()
            dropped = False
            try:
                page = self._loaded(target, pictures_of)
                ended = self._stop.problem() if self._stop.interrupted and page.problem else None
                return _unloaded(target, ended, self._options) if ended else page
            except NoSlot as error:
                dropped = self._fewer()
                if not dropped and time.monotonic() - since > _SLOT_PATIENCE:
                    return _unloaded(target, Problem(Trouble.BROWSER, str(error)), self._options)
            finally:
                if not dropped:
                    self._free.release()

    def _loaded(self, target: Target, pictures_of: PicturesOf) -> Page:
        problem = target.problem or self._stop.problem()
        if problem is not None:
            return _unloaded(target, problem, self._options)
        loader = self._take()
        usable = True
        try:
            return loader.load(target, pictures_of)
        except NoSlot:
            usable = False  # it has no browser: the next page is not for it
            raise
        finally:
            if usable:
                with self._lock:
                    self._idle.append(loader)

    def _fewer(self) -> bool:
        """One job less, where there is another: a Grid has no browser for this one, and the others, which have, take
        its page. False where it is the last."""
        with self._lock:
            if self._jobs == 1:
                return False
            self._jobs -= 1
            return True

    def _take(self) -> Loader:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._stack.enter_context(open_loader(self._options, self._parts))


@contextmanager
def _threads(number: int, stop: Stop) -> Iterator[ThreadPoolExecutor | None]:
    """Threads, where one is not enough; nobody waits for those of an interrupted run."""
    if number == 1:
        yield None
        return
    executor = ThreadPoolExecutor(number)
    try:
        yield executor
    finally:
        executor.shutdown(wait=not stop.interrupted, cancel_futures=True)


def _unloaded(target: Target, problem: Problem, options: Options) -> Page:
    """The page of a target that nobody looked at, so that it lacks nothing in particular."""
    page = problem_page(target, problem, options)
    return replace(page, url=redact_url(page.url), missing=())


def _ordered[T](
    work: Callable[[Target], T],
    lost: Callable[[Target], T],
    targets: Iterable[Target],
    jobs: int,
    stop: Stop,
    more: int = 0,
) -> Iterator[T]:
    """What ``work`` makes of the targets, in order: ``jobs`` at a time and ``more`` in hand, with at most twice as many
    not yet taken. Of an interrupted run nothing is waited for: what is not done is ``lost``."""
    waiting = iter(targets)
    begun: deque[tuple[Target, Future[T] | None]] = deque()
    with _threads(jobs + more, stop) as executor:
        ahead = 2 * (jobs + more) if executor else 1
        while True:
            for target in islice(waiting, ahead - len(begun)):
                begun.append((target, executor.submit(work, target) if executor else None))
            if not begun:
                return
            target, future = begun.popleft()
            made: T | None = None
            try:
                with stop.breakable():
                    made = future.result() if future else work(target)
            except Interrupted:
                if future and future.done() and not future.cancelled():
                    made = future.result()
            yield lost(target) if made is None else made


_LOST = Problem(Trouble.INTERRUPTED, "not tested: the run was interrupted")


def audits(seen: Iterable[Page], judge: Judge) -> Iterator[Audit]:
    """Judge pages as they come."""
    return map(judge.audit, seen)


def report(
    seen: Iterable[Page],
    judge: Judge,
    spool: Spool,
    progress: Progress = lambda audit: None,
    notes: tuple[str, ...] = (),
) -> Report:
    """Judge pages as they come and gather the report."""
    return gathered(audits(seen, judge), judge, spool, progress, lambda: notes)


def gathered(
    judged: Iterable[Audit],
    judge: Judge,
    spool: Spool,
    progress: Progress = lambda audit: None,
    notes: Callable[[], tuple[str, ...]] = lambda: (),
) -> Report:
    """The report of audits, taken as they come. ``notes`` are asked for when all are there."""
    used: set[str] = set()
    engines: set[str] = set()
    browsers: set[str] = set()
    counting = Counting()
    for audit in judged:
        used.add(audit.profile)
        engines.add(audit.axe_version)
        browsers.add(audit.browser)
        counting.add(audit)
        spool.add(audit)
        progress(audit)
    catalogue = judge.catalogue
    return Report(
        tool_version=__version__,
        rules_version=catalogue.version,
        made_at=now(),
        rules=tuple(catalogue.rules.values()),
        profiles=tuple(profile for profile in catalogue.profiles.values() if profile.id in used),
        counts=counting.counts(),
        audits=spool,
        axe_versions=tuple(sorted(engines - {""})),
        browsers=tuple(sorted(browsers - {""})),
        notes=notes(),
        criteria=tuple(catalogue.criteria.values()),
    )


def now() -> str:
    """The time of the run, ISO 8601 in UTC; SOURCE_DATE_EPOCH (seconds) where a build must be reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
