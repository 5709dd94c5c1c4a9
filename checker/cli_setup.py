"""The commands before the first audit: init and doctor."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument(
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    metavar="[DIR]",
)
def init(folder: Path) -> int:
    """Write a commented presscheck.toml for the site in a folder."""
    from checker import init as setup

    site = setup.look(folder)
    path = setup.write(folder, site)
    said = (
        "kind of site not known"
        if site.kind is setup.UNKNOWN
        else f"kind of site: {site.kind.name}"
    )
    where = site.address or "not known: set public-url"
    click.echo(f"{path}: written ({said}; pages: {site.built or 'of a server'}; address: {where})")
    return 0


@click.command()
def doctor() -> int:
    """Say what this machine has, what it leaves untested, and how to mend it. Exits 3 where --render always would not
    work."""
    from checker import doctor as examination
    from checker.clean import one_line

    broken = False
    for part in examination.examine():
        click.echo(one_line(f"{part.state.value:7} {part.name}: {part.seen}"))
        if part.untested:
            click.echo(f"        not tested without it: {part.untested}")
        if part.mend:
            click.echo(f"        to mend it: {part.mend}")
        broken |= part.state is examination.State.BROKEN
    click.echo(
        "--render always would not work here: exit 3" if broken else "--render always works here"
    )
    return 3 if broken else 0
