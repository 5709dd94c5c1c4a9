"""What the commands that judge pages share: the rules and the profile that were chosen, how many pages at a time."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker import cli_options

if TYPE_CHECKING:
    from checker.run import Judge
    from checker.workers import Workers


def judge_of(values: dict[str, Any]) -> Judge:
    from checker import catalog
    from checker.engine import Selection
    from checker.run import Judge
    from checker.workers import PAGES

    gc.set_threshold(*PAGES)
    catalogue = catalog.load(values["rules"])
    if values["profile"] != "auto":
        known_profile(values["profile"], catalogue.profiles)
    selection = Selection(
        profile=values["profile"],
        only=cli_options.rule_ids("--only", values["only"], catalogue.rules),
        skip=cli_options.rule_ids("--skip", values["skip"], catalogue.rules),
        severity=cli_options.severities(values["set"], catalogue.rules),
    )
    return Judge(catalogue, selection)


def known_profile(name: str, known: Any) -> None:
    from checker import strict

    if name not in known:
        raise click.UsageError(f"no profile {name!r}{strict.nearest(name, ['auto', *known])}")


def foresee(texts: Sequence[str], jobs: int | None, cluster: str) -> None:
    """Begin to make ready for other processes, where the targets look like many pages."""
    many = len(texts) >= _WORTH_PROCESSES or any(
        Path(text).is_dir() or (text.startswith("@") and _is_long(Path(text[1:]))) for text in texts
    )
    if many and not cluster and (jobs or default_jobs(None)) > 1:
        from checker.workers import prepare

        prepare()


def _is_long(listed: Path) -> bool:
    """Whether a list has lines enough, as far as it can be read without taking them from who reads it next."""
    try:
        if not listed.is_file():
            return True
        with listed.open("rb") as lines:
            return sum(1 for _ in islice(lines, _WORTH_PROCESSES)) == _WORTH_PROCESSES
    except OSError:  # told where its targets are asked for
        return False


_WORTH_PROCESSES = 32
"""From so many pages on, processes save more than their start takes."""


@contextmanager
def workers(
    judge: Judge, jobs: int | None, total: int | None, cluster: str
) -> Iterator[tuple[int, Workers | None]]:
    """How many pages are loaded at a time, and who judges them: the cluster, processes of this machine where there are
    pages enough, or None for this one. Raises ClusterError."""
    number = jobs or default_jobs(total)
    if cluster:
        try:
            from checker.cluster import Cluster
        except ImportError:
            raise click.UsageError("--cluster needs Dask: install presscheck[cluster]") from None
        with Cluster(cluster, judge) as far:
            if far.patient:
                click.echo(
                    "presscheck: the scheduler tries pages that kill workers more than twice: start it with "
                    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=2",
                    err=True,
                )
            yield jobs or far.size, far
    elif number > 1 and (total is None or total >= _WORTH_PROCESSES):
        from checker.workers import Processes

        with Processes(number, judge) as near:
            yield number, near
    else:
        yield number, None


_PAGE_MEMORY = 1 << 30
"""Bytes that are reckoned for a page at a time: a browser (500 to 900 MiB in two windows on
articles), its driver, a worker."""


def default_jobs(targets: int | None) -> int:
    """How many pages are loaded at a time: as many as this machine has cores and memory for, eight at most; no more
    than there are, where that is known."""
    from checker.loading.processes import available

    most = min(os.cpu_count() or 1, 8)
    if (left := available()) is not None:
        most = max(1, min(most, left // _PAGE_MEMORY))
    return most if targets is None else max(1, min(targets, most))
