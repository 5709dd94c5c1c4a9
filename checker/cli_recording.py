"""Options and calls by which a run is recorded in a history."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from checker.history.database import History
    from checker.report import Audit, Report

type Command = Callable[..., Any]

VARIABLE = "PRESSCHECK_RECORD"
_NEEDED = ("sqlalchemy", "alembic", "psycopg")
_BEAT = 15.0  # seconds between two signs of life

RECORD = click.option(
    "--record",
    metavar="ADDRESS",
    help=f"The history: sqlite:///file.db or postgresql://user@host/name.  [env: {VARIABLE}]",
)
SITE = click.option(
    "--site",
    default="",
    metavar="NAME",
    help="The site's name in the history.  [default: the host of most pages]",
)


def options(command: Command) -> Command:
    """Adds --record and --site to a command."""
    return reduce(lambda inner, option: option(inner), (SITE, RECORD), command)


def address(values: dict[str, Any]) -> str:
    """The address that the option, the environment (for one with a password) or the configuration gives; empty
    without one. Raises UsageError where the packages for it are not installed."""
    given = _given(values)
    missing = [name for name in _NEEDED if find_spec(name) is None] if given else []
    if missing:
        raise click.UsageError(
            f"a history needs further packages ({', '.join(missing)}): pip install 'presscheck[history]'"
        )
    return given


def _given(values: dict[str, Any]) -> str:
    context = click.get_current_context(silent=True)
    source = context.get_parameter_source("record") if context else None
    variable = os.environ.get(VARIABLE, "")
    if variable and source is not click.core.ParameterSource.COMMANDLINE:
        return variable
    return str(values["record"] or "")


@dataclass
class Recorder:
    """Records a run: that it began, how far it is, what it found."""

    place: str
    site: str
    history: History | None = None
    run: int | None = None
    done: int = 0
    beaten: float = 0.0

    def begin(self, expected: int) -> None:
        """Say in the history that the run goes on. A database that does not answer now may do so at its end."""
        from checker.history import runs
        from checker.history.database import open_history
        from checker.history.errors import Unavailable

        try:
            self.history = open_history(self.place, create=True)
            self.run = runs.start(self.history, site=self.site, expected=expected)
        except Unavailable as error:
            click.echo(
                f"presscheck: {error}; the run is recorded at its end, if it can be", err=True
            )

    def progress(self, _: Audit | None) -> None:
        """A page is done."""
        from checker.history import runs
        from checker.history.errors import Unavailable

        self.done += 1
        if self.history is None or self.run is None or time.monotonic() - self.beaten < _BEAT:
            return
        self.beaten = time.monotonic()
        try:
            runs.touch(self.history, self.run, self.done)
        except Unavailable:  # told at the end, where it matters
            return

    def record(self, report: Report) -> bool:
        """Record the report; whether that could be done. Why not is told on standard error."""
        from checker.history.database import open_history
        from checker.history.errors import HistoryError
        from checker.history.writing import record

        try:
            if self.history is None:
                self.history = open_history(self.place, create=True)
            found = record(self.history, report, site=self.site, run=self.run)
        except HistoryError as error:
            click.echo(f"presscheck: not recorded: {error}", err=True)
            return False
        click.echo(f"Recorded in {self.history.name}: {summary(found)}", err=True)
        return True


class Unrecorded:
    """A run that nobody records."""

    def progress(self, _: Audit | None) -> None:
        """Nothing."""

    def record(self, _: Report) -> bool:
        """Nothing, successfully."""
        return True


@contextmanager
def recording(values: dict[str, Any], expected: int) -> Iterator[Recorder | Unrecorded]:
    """What records the run, if anything. Raises HistoryError, before anything ran, for an address, a database or a
    site's name that cannot be used."""
    place = address(values)
    if not place:
        yield Unrecorded()
        return
    from checker.history.values import site_name

    site = site_name(values["site"]) if values["site"] else ""
    recorder = Recorder(place, site)
    recorder.begin(expected)
    try:
        yield recorder
    finally:
        if recorder.history is not None:
            recorder.history.close()


def summary(found: Any) -> str:
    """A recorded report in a line: what ``checker.history.writing.Recorded`` says."""
    head = f"run {found.id[:12]} of {found.site}, {found.made_at}"
    if found.already:
        return f"{head}: was there already, nothing changed"
    pages = "1 page" if found.pages == 1 else f"{found.pages} pages"
    return f"{head}: {pages}, {found.new} new findings, {found.fixed} fixed"
