"""Options that say which of the pages that were asked for are loaded."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import reduce
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from checker.loading.options import Options
    from checker.loading.selecting import Chosen

type Command = Callable[..., Any]

_OPTIONS = (
    click.option(
        "--changed-since",
        metavar="REF",
        help="Only files that differ from a git revision; new and uncommitted ones too.",
    ),
    click.option(
        "--since-lastmod",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="Only pages that their sitemap says to have changed on that day or later.",
    ),
    click.option(
        "--sample-templates",
        is_flag=True,
        help="One page of each template: by markup of files, by shape of addresses.",
    ),
    click.option(
        "--time-budget",
        type=click.FloatRange(0, 86_400, min_open=True),
        metavar="SECONDS",
        help="No page is begun later; those that are cut off exit 3.",
    ),
    click.option(
        "--renders",
        type=click.IntRange(1, 5),
        default=1,
        show_default=True,
        help="Load every page so often; what differs is unstable, told, and stops nobody.",
    ),
)


def options(command: Command) -> Command:
    """Adds the options to a command."""
    return reduce(lambda inner, option: option(inner), reversed(_OPTIONS), command)


def choose(texts: Sequence[str], values: dict[str, Any], loading: Options) -> Chosen:
    """The targets that the texts and the options name."""
    from checker.loading import selecting

    day: datetime | None = values["since_lastmod"]
    choice = selecting.Choice(
        changed_since=values["changed_since"] or "",
        since_lastmod=day.date() if day else None,
        sample_templates=values["sample_templates"],
    )
    return selecting.choose(texts, choice, loading, stdin=sys.stdin.buffer)
