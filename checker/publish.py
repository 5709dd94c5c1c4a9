"""Where reports go: files written whole, standard output, the terminal."""

from __future__ import annotations

import importlib
import inspect
import re
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from checker.files import write_whole
from checker.gate import Judging, Policy
from checker.outputs import _github, formats, junit, markdown, terminal
from checker.outputs._gaps import Reasons
from checker.outputs._keys import base_of
from checker.repeats import Faults
from checker.report import Report

STANDARD_OUTPUT = "-"


class PublishError(ValueError):
    """A report that cannot go where it should; the message says what to change."""


@dataclass(frozen=True)
class Output:
    """One report: its format, where it goes, and what the format's writer takes."""

    format: str
    place: str
    options: Mapping[str, Any]


def plan(values: Mapping[str, Any]) -> tuple[Output, ...]:
    """The reports that were asked for. Raises PublishError, before anything ran, for two on standard output, two to
    one file, or a folder that is not there or takes no file."""
    outputs = [
        Output(name, place, _options(name, values))
        for name in formats()
        if (place := values.get(name))
    ]
    places = [output.place for output in outputs]
    if places.count(STANDARD_OUTPUT) > 1:
        raise PublishError("two reports to standard output: give a file to all but one")
    files = [Path(place) for place in places if place != STANDARD_OUTPUT]
    if len({path.resolve() for path in files}) < len(files):
        raise PublishError("two reports to one file: give each a file of its own")
    for path in files:
        _check(path)
    return tuple(outputs)


def _options(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the format's writer takes of what the run knows."""
    takes = inspect.signature(importlib.import_module(f"checker.outputs.{name}").write).parameters
    options: dict[str, Any] = {}
    if "profile" in takes:
        options["profile"] = junit.JunitProfile(values["junit_profile"])
    if "base" in takes:
        options["base"] = repository_base(Path.cwd())
    return options


def repository_base(folder: Path) -> str:
    """``folder`` as a code host's reports name it: below the top of the git work tree that it is in; empty at the top
    and outside of any."""
    tops = (each for each in (folder, *folder.parents) if (each / ".git").exists())
    top = next(tops, None)
    return base_of(folder.as_posix(), top.as_posix() if top else None)


def _check(path: Path) -> None:
    if path.is_dir():
        raise PublishError(f"{path} is a folder: name a file in it")
    if not path.parent.is_dir():
        raise PublishError(f"{path}: the folder {path.parent} is not there; create it first")


def write(
    report: Report,
    policy: Policy,
    outputs: tuple[Output, ...],
    *,
    verbose: bool = False,
    github: bool = False,
    piped: bool = False,
) -> None:
    """Write the reports and show the summary: on standard output, or on standard error when a report goes there or
    something else does (``piped``). For ``github`` the summary is told to be no workflow
    commands, whatever the pages have put in it.

    Raises PublishError where a file cannot be written; the others are written all the same.
    """
    report.walk((Judging, policy), (Faults,), (Reasons,))  # what every output asks
    piped = piped or any(output.place == STANDARD_OUTPUT for output in outputs)
    console = Console(stderr=piped, emoji=False, markup=False, highlight=False)
    failures: list[str] = []
    said: list[str] = []
    for output in outputs:
        try:
            said += _write(report, policy, output)
        except OSError as error:
            failures.append(f"{output.place}: {error.strerror or error}")
    with _mere_text(console, github):
        terminal.show(report, policy, console, verbose=verbose)
    for line in said:
        console.print(line, soft_wrap=True)
    if failures:
        raise PublishError("not written: " + "; ".join(failures))


def _write(report: Report, policy: Policy, output: Output) -> list[str]:
    """Write one report; what to tell of it."""
    module = importlib.import_module(f"checker.outputs.{output.format}")
    if output.place == STANDARD_OUTPUT:
        for chunk in module.write(report, policy, **output.options):
            sys.stdout.buffer.write(chunk.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        return []
    path = Path(output.place)
    if output.format == "junit":
        return _write_junit(report, policy, path, output.options["profile"])
    if output.format == "html":
        return _write_html(report, policy, path)
    write_whole(path, module.write(report, policy, **output.options))
    return [f"{output.format.upper()} report: {path}"]


def _write_html(report: Report, policy: Policy, path: Path) -> list[str]:
    """One file; of many pages an index, and a folder of parts beside it. Parts of an earlier run that this one has not
    are taken away; what is not ours stays. A device or a pipe gets one file."""
    from checker.outputs import _parts, html  # jinja2: not where no page is made
    from checker.spool import Spool

    folder = path.with_name(f"{path.stem}-pages")
    told = [f"HTML report: {path}"]
    written: set[str] = set()
    if len(report.audits) <= _parts.MOST or (path.exists() and not path.is_file()):
        write_whole(path, html.write(report, policy))
    else:
        folder.mkdir(exist_ok=True)
        for piece in _parts.pieces(report, policy, path.name, folder.name, Spool):
            written.add(piece.name)
            write_whole(folder / piece.name if piece.name else path, piece.text)
        told.append(f"Its pages are in {folder}: keep both together.")
    _sweep(folder, written, _parts.MARK)
    return told


def _sweep(folder: Path, written: set[str], mark: bytes) -> None:
    """Take away the parts that were not written now, and the folder if nothing is left in it."""
    if not folder.is_dir() or folder.is_symlink():
        return
    for each in folder.iterdir():
        name = re.fullmatch(r"\d{4,}\.html", each.name)
        if name is None or each.name in written or not each.is_file():
            continue
        with each.open("rb") as stream:
            ours = mark in stream.read(4_096)
        if ours:
            each.unlink()
    if not written and not any(folder.iterdir()):
        folder.rmdir()


def _write_junit(
    report: Report, policy: Policy, path: Path, profile: junit.JunitProfile
) -> list[str]:
    """JUnit may need several files, and folders of pictures for readers that show them."""
    folder = ""
    if profile is not junit.JunitProfile.STRICT:
        folder = f"{path.stem}-pictures"
        for name, data in junit.attachments(report, policy):
            (path.parent / folder).mkdir(exist_ok=True)
            write_whole(path.parent / folder / name, [data])
    said: list[str] = []
    for number, part in enumerate(junit.parts(report, policy, profile=profile, folder=folder), 1):
        place = path if number == 1 else path.with_suffix(f".{number}{path.suffix}")
        write_whole(place, part)
        said.append(f"JUNIT report: {place}")
    if len(said) > 1:
        said.append(
            f"The JUnit report is split into {len(said)} files: readers take no more at once."
        )
    return said


@contextmanager
def _mere_text(console: Console, github: bool) -> Iterator[None]:
    """GitHub's runner takes no commands from what is printed within."""
    token = secrets.token_hex(16)
    if github:
        console.print(f"::stop-commands::{token}", soft_wrap=True)
    yield
    if github:
        console.print(f"::{token}::", soft_wrap=True)


def tell_github(report: Report, policy: Policy, summary: str | None) -> None:
    """Annotations on standard output; the step summary goes to the file that GitHub names, where it names one.

    Raises PublishError where that file takes nothing.
    """
    for line in _github.commands(report, policy, base=repository_base(Path.cwd())):
        print(line)
    if summary is None:
        return
    try:
        with Path(summary).open("a", encoding="utf-8", errors="replace") as stream:
            stream.writelines(markdown.write(report, policy))
    except OSError as error:
        raise PublishError(
            f"{summary}: {error.strerror}: the step summary is not written"
        ) from None
