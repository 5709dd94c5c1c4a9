"""The command line: arguments -> calls -> exit code; nothing else."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker import (
    __version__,
    cli_acr,
    cli_baseline,
    cli_catalogue,
    cli_comparing,
    cli_dashboard,
    cli_history,
    cli_judging,
    cli_options,
    cli_recording,
    cli_running,
    cli_selecting,
    cli_serving,
    cli_setup,
    cli_tokens,
    config,
)

if TYPE_CHECKING:
    from checker.report import Audit

NAME = "presscheck"
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name=NAME)
@click.option("--config", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def cli(ctx: click.Context, path: Path | None) -> None:
    """The last look at a US government web article before it goes live."""
    found = path or config.find(Path.cwd())
    if found is None:
        return
    ctx.obj = found.parent
    commands = list(_commands(cli))
    files = {"baseline": "baseline_file", "waivers": "waivers_file"}
    names = {param.name for command in commands for param in command.params if param.name}
    read = config.read(found, {*names, *files} - set(files.values()))
    values = {files.get(name, name): value for name, value in read.items()}
    ctx.default_map = _defaults(cli, values)


def _commands(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from _commands(command)
        else:
            yield command


def _defaults(group: click.Group, values: dict[str, Any]) -> dict[str, Any]:
    """The configuration's values for every command of a group."""
    return {
        name: _defaults(command, values) if isinstance(command, click.Group) else values
        for name, command in group.commands.items()
    }


@cli.command()
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@cli_selecting.options
@cli_options.loading
@cli_options.judging
@cli_options.telling
@cli_comparing.options
@cli_recording.options
@cli_running.journal_options
@cli_running.log_option
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=None,
    help="Pages loaded at a time.  [default: by cores and memory]",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Judge pages, and load those that no browser renders, on the workers of this Dask scheduler.",
)
def audit(targets: Sequence[str], jobs: int | None, **values: Any) -> int:
    """Audit pages: a file, a folder, a glob, an http(s) address, a sitemap, a WARC file, - (HTML on standard input) or
    @FILE (a list)."""
    cli_judging.foresee(targets, jobs, values["cluster"])
    from checker import run
    from checker.loading.stop import Stop
    from checker.pictured import Pictured

    options = cli_options.loading_options(values)
    each = cli_options.each_pictured(values) or cli_comparing.compares(values)
    judge = cli_judging.judge_of(values)
    stop = Stop(values["time_budget"])
    renders: int = values["renders"]
    with cli_running.interruptible(stop), cli_running.journal(targets, values, judge) as journal:
        sources = cli_selecting.choose(targets, values, options, stop)

        def judged() -> Iterator[Audit]:
            wanted = sources.targets()
            fresh = journal.targets(wanted) if journal else wanted
            with cli_judging.workers(judge, jobs, sources.total, values["cluster"]) as (
                number,
                them,
            ):
                found = run.audited(
                    fresh,
                    options,
                    judge,
                    number,
                    stop,
                    renders=renders,
                    workers=them,
                    pictured=None if each else Pictured(),
                )
                yield from journal.audits(found) if journal else found

        code = cli_running.tell(
            values, judge, sources.total, judged, notes=sources.notes, stop=stop, log=journal
        )
    return cli_running.leave(code, stop)


@cli.command()
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder.",
)
@cli_options.loading
@cli_options.judging
@click.option("--jobs", type=click.IntRange(1, 64), default=None)
def save(targets: Sequence[str], output: Path, jobs: int | None, **values: Any) -> int:
    """Save pages as they were seen, to be judged (again) later."""
    from checker import run
    from checker.loading import saved
    from checker.loading.targets import expand

    options = cli_options.loading_options(values)
    wanted = list(expand(targets, stdin=sys.stdin.buffer, public_url=options.public_url))
    broken = 0
    for page in run.pages(
        wanted, options, cli_judging.judge_of(values), jobs or cli_judging.default_jobs(len(wanted))
    ):
        place = saved.write(page, output)
        broken += page.problem is not None
        click.echo(f"{place}" + (f": {page.problem.message}" if page.problem else ""))
    return 3 if broken else 0


@cli.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR"
)
@cli_options.judging
@cli_options.telling
@cli_comparing.options
@cli_recording.options
@cli_running.log_option
def judge(folder: Path, **values: Any) -> int:
    """Judge saved pages; the report is that of the audit, but for the run's own time."""
    from checker import run
    from checker.loading import saved

    pages = saved.read_all(folder)
    judge = cli_judging.judge_of(values)
    return cli_running.tell(values, judge, None, lambda: run.audits(pages, judge))


cli.add_command(cli_catalogue.rules)
cli.add_command(cli_catalogue.explain)
cli.add_command(cli_catalogue.selftest)
cli.add_command(cli_baseline.baseline)
cli.add_command(cli_history.history)
cli.add_command(cli_setup.init)
cli.add_command(cli_setup.doctor)
cli.add_command(cli_tokens.token)
cli.add_command(cli_acr.acr)
cli.add_command(cli_serving.api)
cli.add_command(cli_dashboard.dashboard)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0, 1, 2 or 3 as the README says."""
    atexit.register(gc.freeze)  # the collector need not look through what the system takes back
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = cli.main(arguments, prog_name=NAME, standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        return _refuse(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"{NAME}: interrupted", err=True)
        return 130
    except ValueError as error:
        if type(error).__module__.startswith("checker."):
            return _refuse(str(error))
        raise


def _refuse(message: str) -> int:
    click.echo(f"{NAME}: {' '.join(message.split())}", err=True)
    return 2
