"""Page work on other machines: the workers of a Dask cluster, which gives the work of one that died to another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, wait
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Any, Concatenate, Self
from uuid import uuid4

from distributed import Client, WorkerPlugin, get_worker
from distributed.client import ClosedClientError
from distributed.scheduler import KilledWorker

from checker import __version__
from checker.workers import RETRIES, WorkerDied

_PATIENCE = 30.0
"""Seconds for the scheduler to answer, for the first worker to come, and for one to come again when all have gone."""
_LOOK = 1.0
"""Seconds between two looks whether the cluster still has workers."""


_ALONE = f"the cluster has had no worker, or no scheduler, for {_PATIENCE:.0f} seconds"


class ClusterError(ValueError):
    """No cluster that can be used; the message is one line and says what to do."""


class _Shared(WorkerPlugin):
    """What the workers share, those that come later too: scattered data is lost with those that have it."""

    def __init__(self, shared: object) -> None:
        self.shared = shared


def _do[T](name: str, work: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    held: Any = get_worker().plugins.get(name)
    if held is None:
        raise WorkerDied("its scheduler was started anew, and knows nothing of this run")
    return work(held.shared, *args, **kwargs)


class Cluster:
    """The workers of the scheduler at ``address``. ``shared`` reaches each of them once.

    Raises ClusterError where nobody answers, or a worker has another presscheck. How often what killed its worker is
    tried elsewhere is the scheduler's to say (``allowed-failures``); ``patient`` says that it is more than ours.
    """

    far = True

    def __init__(self, address: str, shared: object) -> None:
        self._address = address
        self._shared = shared
        self._name = f"presscheck-{uuid4()}"
        self._stack = ExitStack()
        self._looking = threading.Lock()
        self._looked = 0.0
        self._alone_since: float | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            try:
                client = stack.enter_context(Client(self._address, timeout=_PATIENCE))  # type: ignore[no-untyped-call]
                client.wait_for_workers(1, timeout=_PATIENCE)
                versions = set(client.run(_version, on_error="ignore").values())
                self.patient = client.run_on_scheduler(_allowed) > RETRIES
            except (OSError, TimeoutError, ValueError, ImportError) as error:
                said = f"{type(error).__name__}: {error}".splitlines()[0][:300]
                raise ClusterError(f"--cluster {self._address}: {said}") from None
            if versions - {__version__}:
                raise ClusterError(
                    f"--cluster {self._address}: its workers have presscheck {', '.join(sorted(versions))}, "
                    f"this is {__version__}: install the same"
                )
            self.size = sum(client.nthreads().values())
            client.register_plugin(_Shared(self._shared), name=self._name)
            self._client = client
            stack.callback(self._leave)
            self._executor = client.get_executor(pure=False)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _leave(self) -> None:
        """Take back what is not done, and what the workers share; a scheduler that has gone has neither."""
        if self._client.status == "running":
            with suppress(OSError, ClosedClientError):
                self._executor.shutdown(wait=False)
                self._client.unregister_worker_plugin(self._name)

    def call[**P, T](
        self, work: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """See Workers."""
        if self._alone_since is not None and self._alone():
            raise WorkerDied(_ALONE)
        try:
            future = self._executor.submit(_do, self._name, work, args, kwargs)
            while not wait([future], timeout=_LOOK).done:
                if self._alone():
                    if self._client.status != "closed":  # else there is nobody to tell
                        future.cancel()
                    raise WorkerDied(_ALONE)
            result: T = future.result()
        except KilledWorker:
            raise WorkerDied("every worker of the cluster that tried it died") from None
        except (CancelledError, ClosedClientError, OSError, RuntimeError) as error:
            raise WorkerDied(f"the cluster lost it ({type(error).__name__})") from None
        self._alone_since = None
        return result

    def _alone(self) -> bool:
        """Whether nobody has been there to do any work for as long as is waited for somebody."""
        with self._looking:
            now = time.monotonic()
            if now - self._looked >= _LOOK:
                self._looked = now
                if self._has_workers():
                    self._alone_since = None
                elif self._alone_since is None:
                    self._alone_since = now
            return self._alone_since is not None and now - self._alone_since >= _PATIENCE

    def _has_workers(self) -> bool:
        try:
            return self._client.status == "running" and bool(self._client.nthreads())
        except (OSError, ClosedClientError):
            return False


def _version() -> str:
    return __version__


def _allowed(dask_scheduler: Any) -> int:
    return int(dask_scheduler.allowed_failures)
