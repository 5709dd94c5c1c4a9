"""Options and files by which a run is compared with the past: baseline, waivers, whose faults stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli_types import OneOf
from checker.gate import Scope

if TYPE_CHECKING:
    from checker.baseline.rows import Baseline
    from checker.repeats import Repeated
    from checker.report import Report
    from checker.waivers import Waiver

type Command = Callable[..., Any]

_FILE = click.Path(dir_okay=False, path_type=Path)
_OPTIONS = (
    click.option(
        "--gate",
        type=OneOf(Scope),
        default=Scope.ALL.value,
        show_default=True,
        help="Whose faults stop the run: the article's, what pages share, or all.",
    ),
    click.option(
        "--baseline",
        "baseline_file",
        type=_FILE,
        metavar="FILE",
        help="Known faults.  [default: presscheck-baseline.toml beside the configuration, if there]",
    ),
    click.option(
        "--against",
        metavar="REF-OR-REPORT",
        help="Compare with a JSON report, or with the baseline of a git revision, instead of a file.",
    ),
    click.option(
        "--waivers",
        "waivers_file",
        type=_FILE,
        metavar="FILE",
        help="Exceptions.  [default: presscheck-waivers.toml beside the configuration, if there]",
    ),
    click.option(
        "--waiver-days",
        type=click.IntRange(1, 3650),
        default=365,
        show_default=True,
        help="The longest that a waiver may last.",
    ),
    click.option(
        "--strict-baseline",
        is_flag=True,
        help="Fixed rows of the baseline and waivers that are unused or too broad fail the run.",
    ),
)


def options(command: Command) -> Command:
    """Adds the options to a command."""
    return reduce(lambda inner, option: option(inner), reversed(_OPTIONS), command)


@dataclass(frozen=True)
class Past:
    """What a run is compared with, read before it starts."""

    baseline: Baseline | None
    source: str
    waivers: tuple[Waiver, ...]

    def applied(self, report: Report, repeats: Repeated | None = None) -> Report:
        """The report with every failure's standing; ``repeats`` were given its audits as they came."""
        from checker.triage import triage

        return triage(
            report,
            baseline=self.baseline,
            source=self.source,
            waivers=self.waivers,
            repeats=repeats,
        )


def read(values: dict[str, Any]) -> Past:
    """The files that the options name, or that lie beside the configuration. Raises BaselineError and WaiverError for
    one that cannot be used, UsageError for two baselines."""
    from checker import run, waivers
    from checker.baseline import against, file

    today = date.fromisoformat(run.now()[:10])
    place = baseline_path(values)
    if values["against"] and values["baseline_file"]:
        raise click.UsageError("give --against or --baseline, not both")
    baseline, source = None, ""
    if values["against"]:
        baseline, source = against.resolve(values["against"], place)
    elif values["baseline_file"] or place.exists():
        baseline, source = file.read(place), str(place)
    exceptions = _waivers_path(values)
    found: tuple[Waiver, ...] = ()
    if values["waivers_file"] or exceptions.exists():
        found = waivers.read(exceptions, today, values["waiver_days"])
    return Past(baseline, source, found)


def compares(values: dict[str, Any]) -> bool:
    """Whether findings will be told apart by a baseline or waivers."""
    named = values["against"] or values["baseline_file"] or values["waivers_file"]
    return bool(named) or baseline_path(values).exists() or _waivers_path(values).exists()


def _waivers_path(values: dict[str, Any]) -> Path:
    from checker import waivers

    place: Path | None = values["waivers_file"]
    return place or folder() / waivers.FILE


def baseline_path(values: dict[str, Any]) -> Path:
    """Where the baseline is, or will be."""
    from checker.baseline import file

    given: Path | None = values["baseline_file"]
    return given or folder() / file.FILE


def folder() -> Path:
    """The folder of the configuration, else the current one; relative where it is that one."""
    context = click.get_current_context(silent=True)
    found = context.find_root().obj if context else None
    if not isinstance(found, Path) or found.resolve() == Path.cwd():
        return Path()
    return found
