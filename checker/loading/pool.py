"""Loaders that threads share: as many as pages are loaded at a time, opened as they are needed."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from checker.loading.axe_store import Parts
from checker.loading.loader import Loader, NoSlot, PicturesOf, open_loaders
from checker.loading.options import Options, Render, Target
from checker.loading.redact import redact_url
from checker.loading.static import problem_page
from checker.loading.stop import Stop
from checker.page import Page, Problem, Trouble

_WINDOWS = 2
_SLOT_PATIENCE = 300.0
"""Seconds that a page waits for a browser of a Grid that others use, as the Grid's own queue has it."""


@dataclass(eq=False)
class _Place:
    """A browser, or what loads without one: how many loaders it has, and those that have no page."""

    windows: int = 1
    idle: list[Loader] = field(default_factory=list)

    def free(self) -> float:
        """The part of it that has no page."""
        return len(self.idle) / self.windows


class Pool:
    """Loads targets, in at most ``jobs`` browsers (or what loads without one) that are opened as threads need them:
    where no page is to be loaded, none is. As many threads as ``most`` says are of use: where there are several
    browsers, each has two windows, and the waits of a page in one are the work of the other's."""

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
        self._places: list[_Place] = []
        self._freed = threading.Condition()
        self._jobs = jobs
        several = jobs > 1 and options.render is not Render.NEVER and not options.grid
        self._windows = _WINDOWS if several else 1
        self.most = jobs * self._windows

    def load(self, target: Target, pictures_of: PicturesOf) -> Page:
        """The page of a target, unless it has a problem or the run ends."""
        since = time.monotonic()
        while True:
            try:
                page = self._loaded(target, pictures_of)
                ended = self._stop.problem() if self._stop.interrupted and page.problem else None
                return unloaded(target, ended, self._options) if ended else page
            except NoSlot as error:
                if not self._fewer() and time.monotonic() - since > _SLOT_PATIENCE:
                    return unloaded(target, Problem(Trouble.BROWSER, str(error)), self._options)

    def _loaded(self, target: Target, pictures_of: PicturesOf) -> Page:
        place, loader = self._take()
        try:
            problem = target.problem or self._stop.problem()
            if problem is not None:
                return unloaded(target, problem, self._options)
            if loader is None:
                loader = self._opened(place)
            return loader.load(target, pictures_of)
        except NoSlot:
            loader = None  # it has no browser: the next page is not for it
            raise
        finally:
            with self._freed:
                if loader is None:
                    self._places.remove(place)
                else:
                    place.idle.append(loader)
                self._freed.notify_all()

    def _take(self) -> tuple[_Place, Loader | None]:
        """A place and its loader, None where that is to be opened: a browser that has no page, else a new one, else
        one that has one page."""
        with self._freed:
            self._freed.wait_for(self._room)
            place = max(self._places, key=_Place.free, default=None)
            if place is None or (place.free() < 1 and len(self._places) < self._jobs):
                place = _Place()
                self._places.append(place)
                return place, None
            return place, place.idle.pop()

    def _room(self) -> bool:
        return len(self._places) < self._jobs or any(place.idle for place in self._places)

    def _opened(self, place: _Place) -> Loader:
        loaders = self._stack.enter_context(open_loaders(self._options, self._parts, self._windows))
        with self._freed:
            place.windows = len(loaders)
            place.idle += loaders[1:]
            self._freed.notify_all()
        return loaders[0]

    def _fewer(self) -> bool:
        """One job less, where there is another: a Grid has no browser for this one, and the others, which have, take
        its page. False where it is the last."""
        with self._freed:
            if self._jobs == 1:
                return False
            self._jobs -= 1
            return True


def unloaded(target: Target, problem: Problem, options: Options) -> Page:
    """The page of a target that nobody looked at, so that it lacks nothing in particular."""
    page = problem_page(target, problem, options)
    return replace(page, url=redact_url(page.url), missing=())
