"""Page work in other processes. One that dies costs the page that it had a retry, at most two; never the run."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import pkgutil
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import lru_cache
from multiprocessing import forkserver
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Concatenate, Protocol, Self

from checker import checks

PAGES = 100_000, 5, 5
"""For ``gc.set_threshold``: a document has some ten thousand objects and is taken apart when it was judged, so the
collector need not come by for each of them."""
RETRIES = 2
"""How often what killed its process is tried again."""


class WorkerDied(Exception):
    """Every process that took the work died of it; the message says so in a line."""


class Workers(Protocol):
    """Processes that share one thing (a catalogue) and do work with it. Threads may call them at the same time.
    ``far`` ones are on machines that have none of our files."""

    far: bool

    def call[**P, T](
        self, work: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """``work(shared, *args)`` in another process: what it returned or raised; function, arguments and result are
        pickled. Raises WorkerDied."""
        ...


class Processes:
    """Processes of this machine. ``shared`` reaches each of them once."""

    far = False

    def __init__(self, number: int, shared: object) -> None:
        self._number = number
        self._shared = shared
        self._stack = ExitStack()
        self._renewing = threading.Lock()
        self._alone = threading.Lock()

    def __enter__(self) -> Self:
        folder = self._stack.enter_context(TemporaryDirectory(prefix="presscheck-"))
        path = Path(folder) / "shared"
        path.write_bytes(pickle.dumps(self._shared))
        self._path = str(path)
        self._pool = _pool(self._number)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=kind is None, cancel_futures=True)
        self._stack.close()

    def call[**P, T](
        self, work: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """See Workers. When a process dies nobody knows of what: all that its pool had is done again, one by one."""
        pool = self._pool
        try:
            return pool.submit(_do, self._path, work, args, kwargs).result()
        except BrokenProcessPool:
            self._renew(pool)
        for _ in range(RETRIES):
            with self._alone, _pool(1) as single:
                try:
                    return single.submit(_do, self._path, work, args, kwargs).result()
                except BrokenProcessPool:
                    continue
        raise WorkerDied("every process that tried it died")

    def _renew(self, broken: ProcessPoolExecutor) -> None:
        with self._renewing:
            if self._pool is broken:
                self._pool = _pool(self._number)


def prepare() -> None:
    """Begin to load what every process needs, in the background: those to come then start at once, and have it in
    common. Nothing where the system cannot do that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return
    multiprocessing.set_forkserver_preload(common())
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # as it heeds none
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def common() -> list[str]:
    """The modules that judging a page takes, and what each process imports anew of the script that it comes from."""
    names = (module.name for module in pkgutil.iter_modules(checks.__path__, "checker.checks."))
    script = (
        "checker.cli" in sys.modules and getattr(sys.modules["__main__"], "__spec__", None) is None
    )
    return ["checker.run", *names, *(["checker.cli"] if script else [])]


def _pool(number: int) -> ProcessPoolExecutor:
    methods = multiprocessing.get_all_start_methods()
    if "forkserver" in methods:
        prepare()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    return ProcessPoolExecutor(
        number, mp_context=context, initializer=_begin, initargs=(dict(os.environ),)
    )


def _begin(environment: dict[str, str]) -> None:
    """In a new process: an interrupt is the parent's to heed, and nobody outlives the parent."""
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _do[T](path: str, work: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    return work(_shared(path), *args, **kwargs)


@lru_cache(maxsize=1)
def _shared(path: str) -> object:
    """What the parent wrote there; kept out of the garbage collector's way."""
    shared = pickle.loads(Path(path).read_bytes())  # written by the parent, in a folder of its own
    gc.freeze()
    gc.set_threshold(*PAGES)
    return shared
