"""What the commands that judge pages share: the rules and the profile that were chosen, how many pages at a time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from checker import cli_options

if TYPE_CHECKING:
    from checker.run import Judge


def judge_of(values: dict[str, Any]) -> Judge:
    from checker import catalog
    from checker.engine import Selection
    from checker.run import Judge

    catalogue = catalog.load(values["rules"])
    if values["profile"] != "auto":
        known_profile(values["profile"], catalogue.profiles)
    selection = Selection(
        profile=values["profile"],
        only=cli_options.rule_ids("--only", values["only"], catalogue.rules),
        skip=cli_options.rule_ids("--skip", values["skip"], catalogue.rules),
        severity=cli_options.severities(values["set"], catalogue.rules),
    )
    return Judge(catalogue, selection)


def known_profile(name: str, known: Any) -> None:
    from checker import strict

    if name not in known:
        raise click.UsageError(f"no profile {name!r}{strict.nearest(name, ['auto', *known])}")


def default_jobs(targets: int | None) -> int:
    """How many pages are loaded at a time: no more than there are, where that is known."""
    most = min(os.cpu_count() or 1, 4)
    return most if targets is None else max(1, min(targets, most))
