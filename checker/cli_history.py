"""The commands on the history: import, list, prune."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker import cli_recording

if TYPE_CHECKING:
    from checker.history.database import History

type Command = Callable[..., Any]

_AGE = re.compile(r"(\d{1,4})([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 31, "y": 366}


class Age(click.ParamType[timedelta]):
    """A number of days, weeks, months or years: 90d, 26w, 12m, 2y. Months and years are counted long."""

    name = "AGE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        if isinstance(value, timedelta):
            return value
        found = _AGE.fullmatch(str(value).strip().lower())
        if not found:
            self.fail(f"{value!r} is no age such as 90d, 26w, 12m or 2y", param, ctx)
        return timedelta(days=int(found[1]) * _DAYS[found[2]])


@click.group()
def history() -> None:
    """Keep what was found over months, in SQLite or PostgreSQL."""


def told(command: Command) -> Command:
    """A database that does not answer is exit 3: trying again may help."""

    @wraps(command)
    def run(**values: Any) -> int:
        from checker.history.errors import Unavailable

        try:
            code: int = command(**values)
        except Unavailable as error:
            click.echo(f"presscheck: {error}", err=True)
            return 3
        return code

    return run


@contextmanager
def opened(values: dict[str, Any], *, create: bool = False) -> Iterator[History]:
    """The history that the options name. Raises UsageError without an address, HistoryError where it cannot be used."""
    place = cli_recording.address(values)
    if not place:
        raise click.UsageError(
            f"say where the history is: --record ADDRESS, {cli_recording.VARIABLE} or record = in the configuration"
        )
    from checker.history.database import open_history

    found = open_history(place, create=create)
    try:
        yield found
    finally:
        found.close()


@history.command("import")
@click.argument(
    "reports",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="REPORT...",
)
@cli_recording.options
@told
def import_(reports: tuple[Path, ...], site: str, **values: Any) -> int:
    """Record JSON reports, in any order; one that is there already changes nothing."""
    from checker.history import reading
    from checker.history.errors import HistoryError, Unavailable
    from checker.history.writing import record

    refused = 0
    with opened(values, create=True) as there:
        for path in reports:
            try:
                found = record(there, reading.report(path), site=site)
            except Unavailable:
                raise
            except HistoryError as error:
                click.echo(f"presscheck: {path}: not recorded: {error}", err=True)
                refused += 1
            else:
                click.echo(f"{path}: {cli_recording.summary(found)}")
    return 2 if refused else 0


@history.command("list")
@click.option("--site", default="", metavar="NAME", help="Only the runs of this site.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@cli_recording.RECORD
@told
def list_(site: str, as_json: bool, **values: Any) -> int:
    """List the runs, the newest first: complete, running, died half-way, or pruned."""
    from checker.history import runs
    from checker.history.queries import runs as listed

    with opened(values) as there, there.reading() as connection:
        found = listed.runs(connection, runs.now(), site=site)
    lines = listed.as_json(found) if as_json else listed.as_table(found)
    for line in lines:
        click.echo(line)
    return 0


@history.command()
@click.option(
    "--keep", type=click.IntRange(1), metavar="N", help="Keep the newest N runs of a site."
)
@click.option(
    "--older-than", type=Age(), metavar="AGE", help="Prune what is older: 90d, 26w, 12m, 2y."
)
@click.option("--site", default="", metavar="NAME", help="Only this site.")
@cli_recording.RECORD
@told
def prune(keep: int | None, older_than: timedelta | None, site: str, **values: Any) -> int:
    """Take the details of old runs out; their counts stay, and so does the day on which what is open was first seen."""
    from checker.history import pruning, runs

    if keep is None and older_than is None:
        raise click.UsageError("say what to prune: --keep N or --older-than AGE")
    moment = runs.now()
    before = runs.stamp(moment - older_than) if older_than else None
    with opened(values) as there:
        done = pruning.prune(there, moment, keep=keep, before=before, site=site)
    if site and not done:
        raise click.UsageError(f"no site {site!r} in the history")
    for each in done:
        upto = f" up to {each.to}" if each.runs else ""
        died = f", {each.died} that died forgotten" if each.died else ""
        number = "1 run" if each.runs == 1 else f"{each.runs} runs"
        click.echo(f"{each.site}: {number} pruned{upto}{died}")
    return 0
