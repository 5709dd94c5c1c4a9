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
    from checker.loading.sources import Sources
    from checker.loading.stop import Stop

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
    click.option(
        "--crawl",
        is_flag=True,
        help="Follow the links of the addresses given, on their own host; robots.txt is obeyed.",
    ),
    click.option(
        "--crawl-depth",
        type=click.IntRange(0, 1000),
        metavar="CLICKS",
        help="How far from the start.  [default: as far as links lead]",
    ),
    click.option(
        "--include",
        multiple=True,
        metavar="PATTERN",
        help="Crawl only such addresses or paths ('/news/*').",
    ),
    click.option("--exclude", multiple=True, metavar="PATTERN", help="Crawl none of these."),
    click.option(
        "--rate",
        type=click.FloatRange(0.01, 1000),
        default=5.0,
        show_default=True,
        metavar="N",
        help="The crawl's requests a second, at most.",
    ),
    click.option(
        "--max-pages",
        type=click.IntRange(1, 1_000_000),
        metavar="N",
        help="Where the crawl ends.  [default: 10000, and then exit 3]",
    ),
    click.option(
        "--robots",
        type=click.Choice(["obey", "ignore"]),
        default="obey",
        show_default=True,
        help="Ignore the robots.txt of a site of your own.",
    ),
)


def options(command: Command) -> Command:
    """Adds the options to a command."""
    return reduce(lambda inner, option: option(inner), reversed(_OPTIONS), command)


def choose(texts: Sequence[str], values: dict[str, Any], loading: Options, stop: Stop) -> Sources:
    """The pages that the texts and the options name."""
    from checker.loading import selecting, sources
    from checker.loading.crawl import Plan

    day: datetime | None = values["since_lastmod"]
    choice = selecting.Choice(
        changed_since=values["changed_since"] or "",
        since_lastmod=day.date() if day else None,
        sample_templates=values["sample_templates"],
    )
    plan = Plan(
        depth=values["crawl_depth"],
        include=tuple(values["include"]),
        exclude=tuple(values["exclude"]),
        rate=values["rate"],
        most=values["max_pages"] or 0,
        robots=values["robots"] == "obey",
    )
    crawled = plan if values["crawl"] else None
    return sources.gather(texts, choice, crawled, loading, stop, stdin=sys.stdin.buffer)
