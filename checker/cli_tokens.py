"""The commands on tokens: create, list, revoke."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import click

from checker import cli_recording
from checker.cli_history import Age, opened, told


@click.group()
def token() -> None:
    """Say who may read, or write a site, over HTTP."""


@token.command()
@click.option("--scope", type=click.Choice(["read", "write"]), required=True,
              help="read: every site; write: POST reports of one site, and nothing else.")  # fmt: skip
@click.option("--site", default="", metavar="NAME", help="The site that may be written.")
@click.option("--note", default="", metavar="TEXT", help="Who holds it, for the list.")
@click.option("--expires", type=Age(), default="1y", show_default=True, metavar="AGE",
              help="How long it is good: 90d, 26w, 12m, 2y.")  # fmt: skip
@cli_recording.RECORD
@told
def create(scope: str, site: str, note: str, expires: timedelta, **values: Any) -> int:
    """Make a token. It is shown this once, on standard output; the history keeps a digest of it."""
    from checker.history import runs, tokens

    with opened(values, create=True) as there:
        made, secret = tokens.create(
            there, tokens.Scope(scope), runs.now(), expires, site=site, note=note
        )
    click.echo(secret)
    click.echo(
        f"Token {made.name}, {_said(made)}, until {made.expires_at}. It is not shown again.",
        err=True,
    )
    return 0


@token.command("list")
@cli_recording.RECORD
@told
def list_(**values: Any) -> int:
    """List the tokens, without their secrets."""
    from checker.history import runs, tokens

    with opened(values) as there, there.reading() as connection:
        found = tokens.listed(connection)
    moment = runs.now()
    for each in found:
        state = "live" if each.live(moment) else "revoked" if each.revoked_at else "expired"
        note = f"  {each.note}" if each.note else ""
        click.echo(f"{each.name}  {state:7}  until {each.expires_at}  {_said(each)}{note}")
    return 0


@token.command()
@click.argument("name")
@cli_recording.RECORD
@told
def revoke(name: str, **values: Any) -> int:
    """Revoke the token of that name: from now on it opens nothing."""
    from checker.history import runs, tokens

    with opened(values) as there:
        gone = tokens.revoke(there, name, runs.now())
    click.echo(f"Token {gone.name}: revoked at {gone.revoked_at}")
    return 0


def _said(each: Any) -> str:
    return f"writes {each.site}" if each.site else "reads every site"
