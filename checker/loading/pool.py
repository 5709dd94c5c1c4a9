"""Loaders that threads share: as many as pages are loaded at a time, opened as they are needed."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from dataclasses import replace

from checker.loading.axe_store import Parts
from checker.loading.loader import Loader, NoSlot, PicturesOf, open_loader
from checker.loading.options import Options, Target
from checker.loading.redact import redact_url
from checker.loading.static import problem_page
from checker.loading.stop import Stop
from checker.page import Page, Problem, Trouble

_SLOT_PATIENCE = 300.0
"""Seconds that a page waits for a browser of a Grid that others use, as the Grid's own queue has it."""


class Pool:
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
                return unloaded(target, ended, self._options) if ended else page
            except NoSlot as error:
                dropped = self._fewer()
                if not dropped and time.monotonic() - since > _SLOT_PATIENCE:
                    return unloaded(target, Problem(Trouble.BROWSER, str(error)), self._options)
            finally:
                if not dropped:
                    self._free.release()

    def _loaded(self, target: Target, pictures_of: PicturesOf) -> Page:
        problem = target.problem or self._stop.problem()
        if problem is not None:
            return unloaded(target, problem, self._options)
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


def unloaded(target: Target, problem: Problem, options: Options) -> Page:
    """The page of a target that nobody looked at, so that it lacks nothing in particular."""
    page = problem_page(target, problem, options)
    return replace(page, url=redact_url(page.url), missing=())
