"""The commands of the dashboard: build, serve."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker import cli_recording, cli_serving
from checker.cli_history import opened, told

if TYPE_CHECKING:
    from checker.rule import Criterion


@click.group()
def dashboard() -> None:
    """Show the history to people: as files for any web host, or served live."""


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
    cli_serving.needs_packages()
    from checker.dashboard import build as building
    from checker.history import runs

    moment = as_of.replace(tzinfo=UTC) + timedelta(days=1, seconds=-1) if as_of else runs.now()
    with opened(values) as there:
        found = building.build(there, folder, moment, _criteria())
    sites = "1 site" if found.sites == 1 else f"{found.sites} sites"
    click.echo(f"{found.folder}: {sites}, {found.files} pages; open {found.folder / 'index.html'}")
    return 0


@dashboard.command()
@cli_serving.options
@told
def serve(
    host: str,
    port: int,
    open_reading: bool,
    allow_host: tuple[str, ...],
    max_report: int,
    **values: Any,
) -> int:
    """Serve the dashboard live, and the API beside it. On loopback everybody who reaches it may read; under a name of
    --allow-host, or beyond this machine, reading asks for a read token, unless --open-reading says otherwise."""
    with cli_serving.history_for(host, values) as history:
        from checker.dashboard import serving
        from checker.dashboard.access import Access
        from checker.dashboard.app import create_app

        local = serving.loopback(host) and not allow_host
        access = Access(history, open_reading, largest=max_report * 2**20, local=local)
        app = create_app(access, _criteria(), hosts=serving.allowed_hosts(host, allow_host))
        serving.serve(app, host, port, cli_serving.serves(history))
    return 0
