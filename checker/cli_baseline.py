"""The commands on the baseline: update, show, prune."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker import cli_comparing, cli_judging, cli_options

if TYPE_CHECKING:
    from checker.baseline.rows import Baseline
    from checker.report import Report

type Command = Callable[..., Any]


@click.group()
def baseline() -> None:
    """Keep the list of known faults: presscheck-baseline.toml."""


def _run_options(command: Command) -> Command:
    options = (
        click.argument("targets", nargs=-1, metavar="TARGET..."),
        click.option(
            "--report",
            "report_file",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar="FILE",
            help="A JSON report of the pages, instead of auditing them.",
        ),
        cli_options.loading,
        cli_options.judging,
        cli_comparing.options,
        click.option("--jobs", type=click.IntRange(1, 64), default=None),
    )
    for option in reversed(options):
        command = option(command)
    return command


@baseline.command()
@_run_options
def update(**values: Any) -> int:
    """Audit pages and write what fails into the baseline. Pages and rules that the run did not test keep their rows."""
    from checker.baseline.update import updated

    return _rewrite(values, updated)


@baseline.command()
@_run_options
def prune(**values: Any) -> int:
    """Audit pages and take out of the baseline what they show to be fixed. Nothing is added."""
    from checker.baseline.update import pruned

    return _rewrite(values, pruned)


@baseline.command()
@cli_comparing.options
def show(**values: Any) -> int:
    """Show the baseline's rows."""
    from checker.baseline import file
    from checker.clean import one_line

    path = cli_comparing.baseline_path(values)
    found = file.read(path)
    for row in sorted(found.rows, key=lambda each: each.order):
        times = f" x{row.count}" if row.count > 1 else ""
        pages = f"{row.pages[0]} (on {row.on})" if row.on else ", ".join(row.pages[:3])
        more = f" and {len(row.pages) - 3} more" if len(row.pages) > 3 else ""
        click.echo(
            one_line(
                f"{row.fingerprint}  {row.first_seen}  {row.region.value:8}  {row.rule}{times}: {row.place}: "
                f"{row.message}  {pages}{more}"
            )
        )
    click.echo(f"{path}: {_rows(len(found.rows))}, {len(found.pages)} pages")
    return 0


def _rewrite(values: dict[str, Any], change: Callable[[Baseline, Report], Baseline]) -> int:
    """Audit or read a report, change the baseline by it, and write it whole."""
    from checker.baseline import file
    from checker.baseline.rows import Baseline

    if values["against"]:
        raise click.UsageError("--against compares; it names no file to write: use --baseline")
    path = cli_comparing.baseline_path(values)
    old = file.read(path) if path.exists() else Baseline()
    past = cli_comparing.read({**values, "baseline_file": path if path.exists() else None})
    with ExitStack() as stack:
        report = past.applied(_report(values, stack))
        new = change(old, report)
        written = file.write(path, new)
        untested = [audit for audit in report.audits if audit.problem]
    before, after = ({(row.fingerprint, row.pages) for row in each.rows} for each in (old, new))
    click.echo(
        f"{path}: {_rows(len(new.rows))} ({len(after - before)} added or changed, "
        f"{len(before - after)} removed or changed), {len(new.pages)} pages"
        + ("" if written else "; nothing to write")
    )
    for audit in untested:
        assert audit.problem is not None
        click.echo(f"not tested: {audit.url or audit.target}: {audit.problem.message}")
    return 3 if untested else 0


def _report(values: dict[str, Any], stack: ExitStack) -> Report:
    from checker import progress, run
    from checker.history import reading
    from checker.loading.targets import expand
    from checker.spool import Spool

    file: Path | None = values["report_file"]
    targets: Sequence[str] = values["targets"]
    if (file is None) == (not targets):
        raise click.UsageError("give pages (TARGET...) or --report FILE")
    if file is not None:
        return reading.report(file)
    loading = cli_options.loading_options(values)
    judge = cli_judging.judge_of(values)
    wanted = list(expand(targets, stdin=sys.stdin.buffer, public_url=loading.public_url))
    spool = stack.enter_context(Spool())
    jobs = values["jobs"] or cli_judging.default_jobs(len(wanted))
    with progress.shown(len(wanted)) as shown:
        return run.report(run.pages(wanted, loading, judge, jobs), judge, spool, shown)


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"
