"""The command line's options, in the groups that the commands share."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase
from functools import reduce
from pathlib import Path
from typing import Any

import click

from checker import strict
from checker.cli_types import OneOf, Pair, Size, Words
from checker.gate import FailOn, Policy
from checker.loading.options import Extent, Options, Render
from checker.outputs import formats
from checker.page import Need
from checker.verdict import Severity

type Command = Callable[..., Any]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def _together(options: Sequence[Callable[[Command], Command]]) -> Callable[[Command], Command]:
    return lambda command: reduce(lambda inner, option: option(inner), reversed(options), command)


loading = _together(
    [
        click.option(
            "--render",
            type=OneOf(Render),
            default=Render.AUTO,
            show_default=True,
            help="Render pages in a browser: where there is one, always (use this in CI), never.",
        ),
        click.option(
            "--public-url",
            default="",
            metavar="URL",
            help="Where a local folder will be published.",
        ),
        click.option("--viewport", type=Size(), default="1350x940", show_default=True),
        click.option(
            "--timeout",
            type=click.FloatRange(1, 600),
            default=30.0,
            show_default=True,
            help="Seconds.",
        ),
        click.option("--retries", type=click.IntRange(0, 10), default=1, show_default=True),
        click.option(
            "--header",
            multiple=True,
            type=Pair(":", "NAME: VALUE"),
            help="Sent to the target's host alone.",
        ),
        click.option("--cookie-file", type=_FILE, help="Netscape cookie file."),
        click.option(
            "--basic-auth-env",
            metavar="NAME",
            help="Environment variable that holds USER:PASSWORD.",
        ),
        click.option("--ca-file", type=_FILE, help="Certificates to trust, PEM."),
        click.option("--client-cert", type=_FILE, help="Client certificate with its key, PEM."),
        click.option(
            "--insecure",
            is_flag=True,
            help="Accept any certificate; TLS rules are then not tested.",
        ),
        click.option(
            "--axe",
            type=OneOf(Extent),
            default=Extent.FULL.value,
            show_default=True,
            help="incremental: of each page, axe examines what the pages before it did not have.",
        ),
        click.option(
            "--axe-script", type=_FILE, help="Another axe-core engine than the bundled one."
        ),
        click.option(
            "--browser-memory",
            type=click.IntRange(256, 1_048_576),
            default=2048,
            show_default=True,
            metavar="MB",
            help="A browser that takes more is ended, and its page told. A Grid's nodes bound their own.",
        ),
        click.option(
            "--grid",
            default="",
            metavar="ADDRESS",
            help="Use browsers of a Selenium Grid 4 (its hub's address); --jobs says how many at a time.",
        ),
        click.option(
            "--serve-at",
            default="",
            metavar="HOST",
            help="This machine's name or address as the Grid's browsers reach it, for local files: they are served"
            " there, to whoever asks, while they are looked at.",
        ),
    ]
)

judging = _together(
    [
        click.option(
            "--profile",
            default="auto",
            show_default=True,
            metavar="NAME",
            help="auto goes by the host.",
        ),
        click.option(
            "--only",
            multiple=True,
            type=Words(),
            help="Rules to run; patterns such as 'axe-*' too.",
        ),
        click.option("--skip", multiple=True, type=Words(), help="Rules to leave out."),
        click.option(
            "--set",
            "set",
            multiple=True,
            type=Pair("=", "RULE=SEVERITY"),
            help="Another severity.",
        ),
        click.option(
            "--rules", multiple=True, type=_FOLDER, metavar="DIR", help="A folder of further rules."
        ),
    ]
)

telling = _together(
    [
        click.option("--fail-on", type=OneOf(FailOn), default=FailOn.ERROR, show_default=True),
        click.option(
            "--require",
            multiple=True,
            type=Words(),
            metavar="rendered,transport",
            help="What must have been in reach; else exit 3.",
        ),
        *(
            click.option(
                f"--{name}", metavar="FILE", help=f"{name.upper()} report; - is standard output."
            )
            for name in formats()
        ),
        click.option(
            "--junit-profile",
            type=click.Choice(["strict", "jenkins", "gitlab"]),
            default="strict",
            show_default=True,
        ),
        click.option(
            "--github", is_flag=True, help="Annotations and step summary for GitHub Actions."
        ),
        click.option("--verbose", "-v", is_flag=True, help="Tell advice, reviews and every place."),
    ]
)


def loading_options(values: dict[str, Any]) -> Options:
    """The loading group's values as Options. Raises UsageError for an environment variable that is not there."""
    return Options(
        render=values["render"],
        viewport=values["viewport"],
        timeout=values["timeout"],
        retries=values["retries"],
        public_url=_public(values["public_url"]),
        headers=tuple(values["header"]),
        cookie_file=values["cookie_file"],
        basic_auth=_basic_auth(values["basic_auth_env"]),
        ca_file=values["ca_file"],
        client_cert=values["client_cert"],
        insecure=values["insecure"],
        axe_script=values["axe_script"],
        axe=values["axe"],
        browser_memory=values["browser_memory"],
        grid=_grid(values),
        serve_at=values["serve_at"],
        pictures=_pictured(values),
    )


def _pictured(values: dict[str, Any]) -> bool:
    """Whether somebody will see pictures: who opens saved pages, the HTML report or a JUnit report with attachments, or
    who goes on with a journal and asks for one of these then."""
    if "html" not in values:
        return True
    return bool(values["html"] or _attached(values) or values["journal"])


def each_pictured(values: dict[str, Any]) -> bool:
    """Whether what pages share is wanted in a picture on every one of them, not on the first alone."""
    return bool(_attached(values) or values["journal"] or values["renders"] > 1)


def _attached(values: dict[str, Any]) -> bool:
    return bool(values["junit"] and values["junit_profile"] != "strict")


def _public(address: str) -> str:
    if address and not re.match(r"https?://[^/]", address):
        raise click.UsageError(f"--public-url takes an http or https address, not {address!r}")
    return address


def _grid(values: dict[str, Any]) -> str:
    address: str = values["grid"]
    if address and not re.match(r"https?://[^/]", address):
        raise click.UsageError(
            "--grid takes the http or https address of a Selenium Grid, such as http://hub:4444"
        )
    if address and values["render"] is Render.NEVER:
        raise click.UsageError("--grid and --render never contradict each other")
    if values["serve_at"] and not address:
        raise click.UsageError("--serve-at is for a --grid")
    return address


def _basic_auth(name: str | None) -> tuple[str, str] | None:
    if name is None:
        return None
    user, colon, password = os.environ.get(name, "").partition(":")
    if not colon:
        raise click.UsageError(f"--basic-auth-env: set the variable {name} to USER:PASSWORD")
    return user, password


def policy(values: dict[str, Any]) -> Policy:
    """The gate's policy. Raises UsageError for something that cannot be required."""
    words = [word for group in values["require"] for word in group]
    known = [need.value for need in Need]
    for word in words:
        if word not in known:
            raise click.UsageError(f"--require: unknown {word!r}{strict.nearest(word, known)}")
    return Policy(
        fail_on=values["fail_on"],
        require=frozenset(Need(word) for word in words),
        gate=values["gate"],
        strict_baseline=values["strict_baseline"],
    )


def rule_ids(
    option: str, groups: Iterable[tuple[str, ...]], known: Iterable[str]
) -> frozenset[str]:
    """The rules that the option's words and patterns name. Raises UsageError for one that names none."""
    ids = list(known)
    named: set[str] = set()
    for word in (word for group in groups for word in group):
        found = [rule for rule in ids if fnmatchcase(rule, word)]
        if not found:
            raise click.UsageError(f"{option}: no rule {word!r}{strict.nearest(word, ids)[:200]}")
        named.update(found)
    return frozenset(named)


def severities(pairs: Iterable[tuple[str, str]], known: Iterable[str]) -> dict[str, Severity]:
    """What ``--set`` says. Raises UsageError for an unknown rule or severity."""
    chosen: dict[str, Severity] = {}
    for rule, word in pairs:
        (rule_id, *_) = rule_ids("--set", [(rule,)], known)
        if word not in tuple(Severity):
            raise click.UsageError(
                f"--set: unknown severity {word!r}{strict.nearest(word, Severity)}"
            )
        chosen[rule_id] = Severity(word)
    return chosen
