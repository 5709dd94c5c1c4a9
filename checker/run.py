"""A run: targets or saved pages in, a Report out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from checker import __version__, later  # noqa: F401  before anybody imports BeautifulSoup
from checker.document import forget
from checker.engine import Engine
from checker.loading.loader import unrendering, without_browser
from checker.loading.options import Options, Render, Target
from checker.loading.order import in_order
from checker.loading.pool import Pool, unloaded
from checker.loading.static import packed
from checker.loading.stop import Stop
from checker.page import Missing, Page, Problem, Trouble
from checker.pictured import Pictured, shown
from checker.report import Audit, Counting, Report
from checker.spool import Spool, decoded, encoded
from checker.stable import merged
from checker.workers import WorkerDied, Workers

type Progress = Callable[[Audit], object]


@dataclass(frozen=True)
class Judge(Engine):
    """A catalogue and a selection, ready to judge pages."""

    def merged(self, same: Sequence[Page]) -> Audit:
        """The audit of a page that was loaded once or more often (see ``stable``)."""
        return merged([self.audit(page) for page in same])

    def pictures_of(self, page: Page) -> list[int]:
        """Numbers of the elements that the report will show."""
        return list(shown(self.audit(page)))


class _Once:
    """Judges a page when its loader asks of what to take pictures, so that it need not be judged again."""

    def __init__(
        self, judge: Callable[[Page], Audit], number: int = 0, pictured: Pictured | None = None
    ) -> None:
        """``pictured`` is what the run has pictures of, where a report tells once what pages share; the page is the
        run's ``number``th, from 0."""
        self._judge = judge
        self._number = number
        self._pictured = pictured
        self._known: tuple[Page, Audit] | None = None

    def pictures_of(self, page: Page) -> list[int]:
        """Numbers of the elements that the report will show; none where the judging failed."""
        self._known = None
        try:
            audit = self._judge(page)
        except WorkerDied:
            return []
        self._known = page, audit
        return (
            list(shown(audit))
            if self._pictured is None
            else self._pictured.wanted(self._number, audit)
        )

    def audit(self, page: Page) -> Audit:
        """The audit of the loaded page: the one that is known, where nothing but pictures came to it."""
        if self._known is not None:
            before, audit = self._known
            if replace(page, pictures=()) == before:
                audit = replace(audit, pictures=page.pictures)
                if self._pictured is not None:
                    self._pictured.add(self._number, audit)
                return audit
        return self._judge(page)


def pages(
    targets: Iterable[Target],
    options: Options,
    judge: Judge,
    jobs: int,
    stop: Stop | None = None,
) -> Iterator[Page]:
    """Load the targets in ``jobs`` browsers (see Pool), or so many at a time without; in the order of the targets. One
    with a problem is not loaded, and none is begun once ``stop`` says why not: their pages say so."""
    stop = stop or Stop()
    with ExitStack() as stack:
        loading = Pool(options, jobs, stop, stack)

        def load(target: Target) -> Page:
            return loading.load(target, judge.pictures_of)

        def lost(target: Target) -> Page:
            return unloaded(target, stop.problem() or _LOST, options)

        yield from in_order(load, lost, targets, loading.most, stop)


def audited(
    targets: Iterable[Target],
    options: Options,
    judge: Judge,
    jobs: int,
    stop: Stop | None = None,
    *,
    renders: int = 1,
    workers: Workers | None = None,
    pictured: Pictured | None = None,
) -> Iterator[Audit]:
    """Load the targets as ``pages`` does, each ``renders`` times, and judge them; in the order of the targets.

    ``pictured``: of what pages share, only the first of them has a picture.
    ``workers`` share the judge. Pages are judged there, and loaded there as well where no browser is to render them. A
    page on which they die again and again is NOT_TESTED.
    """
    stop = stop or Stop()
    gaps = unrendering(options) if workers else None
    with ExitStack() as stack:
        loading = Pool(options, jobs, stop, stack)

        def lost(target: Target, problem: Problem | None = None) -> Audit:
            return judge.audit(unloaded(target, problem or stop.problem() or _LOST, options))

        def audit(page: Page) -> Audit:
            if workers is None:
                return judge.audit(page)
            forget()  # it is parsed anew where it is judged
            return decoded(workers.call(judged, [page]))

        def render(number: int, target: Target) -> Audit:
            if not options.pictures:  # nothing of the page is asked for once it is loaded
                return audit(loading.load(target, lambda page: ()))
            once = _Once(audit, number, pictured)
            return once.audit(loading.load(target, once.pictures_of))

        def work(numbered: tuple[int, Target]) -> Audit:
            number, target = numbered
            problem = target.problem or stop.problem()
            if problem is not None:
                return lost(target, problem)
            try:
                if workers is not None and gaps is not None:
                    sent = packed(target) if workers.far else target
                    if workers.far and sent.path and sent.html is None:  # unreadable
                        return decoded(_load_and_judge(judge, target, options, gaps, renders))
                    return decoded(workers.call(_load_and_judge, sent, options, gaps, renders))
                return merged([render(number, target) for _ in range(renders)])
            except WorkerDied as error:
                return lost(target, Problem(Trouble.WORKER, f"judging it failed: {error}"))

        rendered = options.render is not Render.NEVER and jobs > 1
        apart = workers is not None or (rendered and not options.pictures)
        more = jobs if apart else 0
        yield from in_order(
            work, lambda each: lost(each[1]), enumerate(targets), loading.most, stop, more
        )


def _load_and_judge(
    judge: Judge, target: Target, options: Options, gaps: tuple[Missing, ...], renders: int
) -> bytes:
    """In a worker: the audit of a target that no browser renders, encoded."""
    steady = without_browser(options, gaps)
    return encoded(judge.merged([steady.load(target, judge.pictures_of) for _ in range(renders)]))


def judged(judge: Judge, same: Sequence[Page]) -> bytes:
    """In a worker: the audit of a page's renders, encoded."""
    return encoded(judge.merged(same))


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
