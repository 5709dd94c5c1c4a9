"""The command that drafts an accessibility conformance report."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker import cli_recording
from checker.cli_history import opened, told

if TYPE_CHECKING:
    from checker.acr import Evidence
    from checker.history.database import Reader
    from checker.history.queries.runs import Site

_SHOWN = 3  # pages named under a rule
_LOOKED_AT = 100


@click.command()
@click.option("--site", required=True, metavar="NAME", help="The site in the history.")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path),
              metavar="FILE", help="The draft, in YAML.")  # fmt: skip
@click.option("--wcag", type=click.Choice(["2.0", "2.1", "2.2"]), default="2.2", show_default=True,
              help="The version whose criteria of level A and AA it lists; Section 508 binds 2.0.")  # fmt: skip
@click.option(
    "--product", default="", metavar="TEXT", help="The product's name.  [default: the site's]"
)
@click.option("--product-version", default="", metavar="TEXT", help="The product's version.")
@click.option("--author", default="", metavar="TEXT", help="Who answers for the report.")
@click.option("--email", default="", metavar="ADDRESS", help="The author's address.")
@cli_recording.RECORD
@told
def acr(
    site: str,
    output: Path,
    wcag: str,
    product: str,
    product_version: str,
    author: str,
    email: str,
    **values: Any,
) -> int:
    """Draft an OpenACR file (VPAT 2.5, WCAG and Section 508) from the newest complete run. It claims no support: a
    person judges every criterion."""
    if find_spec("yaml") is None:
        raise click.UsageError("acr needs PyYAML: pip install 'presscheck[history]'")
    import yaml

    from checker import acr as drafting
    from checker import catalog, files
    from checker.clean import plain
    from checker.history.queries import runs

    with opened(values) as there, there.reading() as connection:
        found = runs.site(connection, site)
        if found is None:
            raise click.UsageError(f"no site {site!r} in the history")
        evidence = _evidence(connection, found)
    about = drafting.Product(product or site, product_version, author, email)
    data = plain(drafting.draft(about, evidence, catalog.load().criteria, wcag))
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)
    try:
        files.write_whole(output, [text])
    except OSError as error:
        raise click.UsageError(f"{output}: cannot be written: {error.strerror}") from None
    click.echo(f"{output}: a draft, no claim: a person must judge every criterion", err=True)
    return 0


def _evidence(connection: Reader, site: Site) -> Evidence:
    from checker.acr import Evidence
    from checker.history import runs as clock
    from checker.history import statement
    from checker.history.queries import rules, runs

    moment = clock.now()
    run = runs.last(connection, site.number, moment)
    if run is None:
        raise click.UsageError(f"no complete run of {site.name!r} in the history")
    ran = rules.rules(connection, site.number, run=run.number)
    with_criteria = [rule.id for rule in ran if rule.criteria and rule.open]
    failing = {
        name: _pages(connection, site, name, moment.date().isoformat()) for name in with_criteria
    }
    return Evidence(run, ran, statement.coverage(connection, site), failing)


def _pages(connection: Reader, site: Site, rule: str, today: str) -> list[str]:
    from checker.history.queries.findings import Filter, find
    from checker.verdict import Verdict

    wanted = Filter(rule=rule, verdict=Verdict.FAIL)
    found: Iterable[Any] = find(connection, site.number, wanted, today, limit=_LOOKED_AT)
    return list(dict.fromkeys(row.url or row.page_key for row in found))[:_SHOWN]
