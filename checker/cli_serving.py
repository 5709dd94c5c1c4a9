"""The command that serves the API, and what every server of a history shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from checker import cli_recording
from checker.cli_history import told

if TYPE_CHECKING:
    from checker.history.database import History

type Command = Callable[..., Any]

NEEDED = ("limits", "prometheus_client", "starlette", "uvicorn")
_PATIENCE = 10.0  # seconds that a request waits for the database

_OPTIONS = (
    click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
                 help="Where it listens. Beyond this machine, only where a live token is."),
    click.option("--port", type=click.IntRange(0, 65535), default=8508, show_default=True),
    click.option("--open-reading", is_flag=True, help="Everybody who reaches it may read, without a token."),
    click.option("--allow-host", multiple=True, metavar="NAME", help="A name under which it is asked."),
    click.option("--max-report", type=click.IntRange(1, 4096), default=256, show_default=True, metavar="MIB",
                 help="The largest report that is taken."),
    cli_recording.RECORD,
)  # fmt: skip


def options(command: Command) -> Command:
    """Adds what says where a server listens and whom it answers."""
    return reduce(lambda inner, option: option(inner), reversed(_OPTIONS), command)


@contextmanager
def history_for(host: str, values: dict[str, Any]) -> Iterator[History]:
    """The history that is served at an address. Raises UsageError without one, without the packages, or for an address
    that others reach where nobody holds a live token."""
    place = cli_recording.address(values)
    if not place:
        raise click.UsageError(
            f"say where the history is: --record ADDRESS or {cli_recording.VARIABLE}"
        )
    needs_packages()
    from checker.dashboard import serving
    from checker.history import runs, tokens
    from checker.history.database import open_history

    history = open_history(place, create=True, wait=_PATIENCE)
    try:
        with history.reading() as connection:
            guarded = tokens.any_live(connection, runs.now())
        if not guarded and not serving.loopback(host):
            raise click.UsageError(
                f"--host {host} is reached by others: first make a token (presscheck token create)"
            )
        yield history
    finally:
        history.close()


def needs_packages() -> None:
    """Raises UsageError where those of the extra are not installed."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise click.UsageError(
            f"this needs further packages ({', '.join(missing)}): pip install 'presscheck[dashboard]'"
        )


@click.command()
@options
@told
def api(
    host: str,
    port: int,
    open_reading: bool,
    allow_host: tuple[str, ...],
    max_report: int,
    **values: Any,
) -> int:
    """Serve the history to other programs: reports in, lists, exports, metrics and a feed out. Behind a proxy that ends
    TLS."""
    with history_for(host, values) as history:
        from checker.dashboard import api_routes, serving
        from checker.dashboard.access import Access

        access = Access(history, open_reading, largest=max_report * 2**20)
        hosts = serving.allowed_hosts(host, allow_host)
        app = api_routes.application(api_routes.routes(access), hosts=hosts)
        serving.serve(app, host, port, serves(history))
    return 0


def serves(history: History) -> Callable[[str], None]:
    """Tells on standard error where a history is served."""
    return lambda where: click.echo(f"Serving {history.name} at {where}", err=True)
