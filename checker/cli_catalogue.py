"""Commands about the catalogue itself: its rules, what explains them and findings, and its self-test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from checker import cli_comparing, cli_types
from checker.cli_judging import known_profile
from checker.loading.options import Render

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option(
    "--rules",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--profile", default="federal", show_default=True)
@click.option("--coverage", is_flag=True, help="Say what of each success criterion a run decides.")
def rules(folders: tuple[Path, ...], profile: str, coverage: bool) -> int:
    """List the rules with their severity under a profile, or the success criteria with their rules."""
    from checker import catalog, describe
    from checker import coverage as covered

    catalogue = catalog.load(folders)
    known_profile(profile, catalogue.profiles)
    if coverage:
        lines = covered.table(covered.coverage(catalogue.rules.values(), catalogue.criteria))
    else:
        lines = describe.table(catalogue, profile)
    for line in lines:
        click.echo(line)
    return 0


@click.command()
@click.option(
    "--act", type=_FOLDER, metavar="DIR", help="W3C's ACT test cases (with testcases.json)."
)
@click.option("--ict", type=_FOLDER, metavar="DIR", help="ICT Baseline cases (with expected.tsv).")
@click.option(
    "--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE"
)
@click.option("--rules", "folders", multiple=True, type=_FOLDER, metavar="DIR")
@click.option(
    "--render",
    type=cli_types.OneOf(Render),
    default=Render.AUTO,
    show_default=True,
    help="As for audit.",
)
def selftest(
    act: Path | None,
    ict: Path | None,
    json_file: Path | None,
    folders: tuple[Path, ...],
    render: Any,
) -> int:
    """Run the catalogue's own examples; with --act or --ict the cases of W3C or of the ICT Baseline instead.

    Exit code 1 where an example does not get its verdict or a case that is right is failed; 0 else, whatever could
    not be decided.
    """
    from checker import catalog
    from checker.loading.options import Options
    from checker.selftest import run

    told = run.all_of(
        catalog.load(folders),
        Options(render=render),
        act=act,
        ict=ict,
        progress=lambda text: click.echo(text, err=True),
    )
    for line in told.lines:
        click.echo(line)
    if json_file:
        json_file.write_text(told.json, encoding="utf-8")
    return 1 if told.wrong else 0


@click.command()
@click.argument("rule", metavar="RULE", default="")
@click.option(
    "--rules",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--finding", metavar="FINGERPRINT", help="Explain a finding instead.")
@click.option(
    "--report",
    "report_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The JSON report that has the finding.",
)
@click.option(
    "--baseline",
    "baseline_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The baseline that has it.",
)
def explain(rule: str, folders: tuple[Path, ...], finding: str | None, **values: Any) -> int:
    """Explain a rule (why, how to fix, its source, its severity, its examples), or how a finding stands and why."""
    from checker import catalog, describe, strict

    if bool(rule) == bool(finding):
        raise click.UsageError("give a RULE or --finding FINGERPRINT")
    if finding:
        return _explain_finding(finding, values)
    catalogue = catalog.load(folders)
    if rule not in catalogue.rules:
        raise click.UsageError(f"no rule {rule!r}{strict.nearest(rule, catalogue.rules)[:200]}")
    for line in describe.explain(catalogue, rule):
        click.echo(line)
    return 0


def _explain_finding(mark: str, values: dict[str, Any]) -> int:
    from checker import explain
    from checker.baseline import file
    from checker.history import reading

    path = cli_comparing.baseline_path(values)
    place: Path | None = values["report_file"]
    if len(mark) < explain.LEAST:
        raise click.UsageError(f"--finding: give {explain.LEAST} characters at least")
    report = reading.report(place) if place else None
    baseline = file.read(path) if values["baseline_file"] or path.is_file() else None
    lines = list(explain.finding(mark, report, baseline))
    if not lines:
        where = " nor ".join(str(each) for each in (place, path if baseline else None) if each)
        raise click.UsageError(
            f"no finding {mark!r} in {where or 'no file'}: give --report FILE or --baseline FILE"
        )
    for line in lines:
        click.echo(line)
    return 0
