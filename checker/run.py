"""A run: targets or saved pages in, a Report out."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import batched, islice
from queue import SimpleQueue

from checker import __version__, engine
from checker.catalog import Catalogue
from checker.engine import Selection
from checker.loading.loader import Loader, open_loader
from checker.loading.options import Options, Target
from checker.loading.redact import redact_url
from checker.loading.static import problem_page
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
    targets: Sequence[Target],
    options: Options,
    judge: Judge,
    jobs: int,
    budget: float | None = None,
) -> Iterator[Page]:
    """Load the targets, ``jobs`` at a time, each worker with a loader of its own; in the order of the targets. One with
    a problem is not loaded, and none is begun once ``budget`` seconds are over: their pages say so."""
    end = time.monotonic() + budget if budget is not None else None
    with ExitStack() as stack:
        wanted = sum(target.problem is None for target in targets)
        workers = max(1, min(jobs, wanted))
        loaders: SimpleQueue[Loader] = SimpleQueue()
        for _ in range(workers if wanted else 0):
            loaders.put(stack.enter_context(open_loader(options)))

        def load(target: Target) -> Page:
            if target.problem is not None:
                return _unloaded(target, target.problem, options)
            if end is not None and time.monotonic() >= end:
                said = f"not begun: the time budget of {budget:g} s was over"
                return _unloaded(target, Problem(Trouble.TIME_BUDGET, said), options)
            loader = loaders.get()
            try:
                return loader.load(target, judge.pictures_of)
            finally:
                loaders.put(loader)

        if workers == 1:
            yield from map(load, targets)
            return
        executor = stack.enter_context(ThreadPoolExecutor(workers))
        yield from _ordered(executor, load, targets, ahead=2 * workers)


def _unloaded(target: Target, problem: Problem, options: Options) -> Page:
    """The page of a target that nobody looked at, so that it lacks nothing in particular."""
    page = problem_page(target, problem, options)
    return replace(page, url=redact_url(page.url), missing=())


def _ordered(
    executor: ThreadPoolExecutor,
    load: Callable[[Target], Page],
    targets: Iterable[Target],
    ahead: int,
) -> Iterator[Page]:
    """Results in order, with at most ``ahead`` pages loaded and not yet taken."""
    waiting = iter(targets)
    futures: list[Future[Page]] = [
        executor.submit(load, target) for target in islice(waiting, ahead)
    ]
    while futures:
        page = futures.pop(0).result()
        futures.extend(executor.submit(load, target) for target in islice(waiting, 1))
        yield page


def report(
    seen: Iterable[Page],
    judge: Judge,
    spool: Spool,
    progress: Progress = lambda audit: None,
    notes: tuple[str, ...] = (),
    renders: int = 1,
) -> Report:
    """Judge pages as they come and gather the report. Each ``renders`` pages are one, loaded so often."""
    used: set[str] = set()
    for same in batched(seen, renders):
        audit = merged([judge.audit(page) for page in same])
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
        notes=notes,
        criteria=tuple(catalogue.criteria.values()),
    )


def now() -> str:
    """The time of the run, ISO 8601 in UTC; SOURCE_DATE_EPOCH (seconds) where a build must be reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
