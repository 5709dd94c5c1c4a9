"""Page work on other machines: the workers of a Dask cluster, which gives the work of one that died to another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Concatenate, Self
from uuid import uuid4

from distributed import Client, WorkerPlugin, get_worker
from distributed.scheduler import KilledWorker

from checker import __version__
from checker.workers import RETRIES, WorkerDied

_PATIENCE = 30.0
"""Seconds for the scheduler to answer, and for the first worker to come."""


class ClusterError(ValueError):
    """No cluster that can be used; the message is one line and says what to do."""


class _Shared(WorkerPlugin):
    """What the workers share, those that come later too: scattered data is lost with those that have it."""

    def __init__(self, shared: object) -> None:
        self.shared = shared


def _do[T](name: str, work: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    held: Any = get_worker().plugins[name]
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
            stack.callback(client.unregister_worker_plugin, self._name)
            self._executor = client.get_executor(pure=False)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._executor.shutdown(wait=False)
        self._stack.close()

    def call[**P, T](
        self, work: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """See Workers."""
        try:
            future = self._executor.submit(_do, self._name, work, args, kwargs)
            result: T = future.result()
        except KilledWorker:
            raise WorkerDied("every worker of the cluster that tried it died") from None
        except (CancelledError, OSError, RuntimeError) as error:
            raise WorkerDied(f"the cluster lost it ({type(error).__name__})") from None
        return result


def _version() -> str:
    return __version__


def _allowed(dask_scheduler: Any) -> int:
    return int(dask_scheduler.allowed_failures)
