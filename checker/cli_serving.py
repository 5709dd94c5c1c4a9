"""The command that serves the API."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import click

from checker import cli_recording
from checker.cli_history import told

_NEEDED = ("limits", "prometheus_client", "starlette", "uvicorn")
_PATIENCE = 10.0  # seconds that a request waits for the database


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Where it listens. Beyond this machine, only where a live token is.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8508, show_default=True)
@click.option(
    "--open-reading", is_flag=True, help="Everybody who reaches it may read, without a token."
)
@click.option("--allow-host", multiple=True, metavar="NAME", help="A name under which it is asked.")
@click.option("--max-report", type=click.IntRange(1, 4096), default=256, show_default=True, metavar="MIB",
              help="The largest report that is taken.")  # fmt: skip
@cli_recording.RECORD
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
    place = cli_recording.address(values)
    if not place:
        raise click.UsageError(
            f"say where the history is: --record ADDRESS or {cli_recording.VARIABLE}"
        )
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise click.UsageError(
            f"a server needs further packages ({', '.join(missing)}): pip install 'presscheck[dashboard]'"
        )
    from checker.dashboard import api_routes, serving
    from checker.dashboard.access import Access
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
        access = Access(history, open_reading, largest=max_report * 2**20)
        hosts = serving.allowed_hosts(host, allow_host)
        app = api_routes.application(api_routes.routes(access), hosts=hosts)
        serving.serve(
            app,
            host,
            port,
            lambda where: click.echo(f"Serving {history.name} at {where}", err=True),
        )
    finally:
        history.close()
    return 0
