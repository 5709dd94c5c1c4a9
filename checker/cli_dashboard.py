"""The commands of the dashboard: build, serve."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker import cli_recording
from checker.cli_history import opened, told

if TYPE_CHECKING:
    from checker.rule import Criterion

_NEEDED = ("limits", "prometheus_client", "starlette", "uvicorn")
_PATIENCE = 10.0  # seconds that a request waits for the database


@click.group()
def dashboard() -> None:
    """Show the history to people: as files for any web host, or served live."""


def _packages() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise click.UsageError(
            f"the dashboard needs further packages ({', '.join(missing)}): pip install 'presscheck[dashboard]'"
        )


def _criteria() -> Mapping[str, Criterion]:
    from checker import catalog

    return catalog.load().criteria


@dashboard.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day of which the pages speak.  [default: today]",
)
@cli_recording.RECORD
@told
def build(folder: Path, as_of: datetime | None, **values: Any) -> int:
    """Write the dashboard into DIR: files for any web host, or to be opened from a disk. The same history and day give
    the same bytes. DIR must be new, empty, or an earlier dashboard, whose place the new one takes when it is whole."""
    _packages()
    from checker.dashboard import build as building
    from checker.history import runs

    moment = as_of.replace(tzinfo=UTC) + timedelta(days=1, seconds=-1) if as_of else runs.now()
    with opened(values) as there:
        found = building.build(there, folder, moment, _criteria())
    sites = "1 site" if found.sites == 1 else f"{found.sites} sites"
    click.echo(f"{found.folder}: {sites}, {found.files} pages; open {found.folder / 'index.html'}")
    return 0
