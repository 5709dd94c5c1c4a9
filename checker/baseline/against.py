"""The baseline of another place: a JSON report of the base branch, or what a git revision holds."""

from __future__ import annotations

import re
import subprocess
from mmap import mmap
from pathlib import Path

from checker import bounded, toml
from checker.baseline import file
from checker.baseline.rows import Baseline, BaselineError
from checker.baseline.update import updated
from checker.outputs import json as report_json

_TIME = 60
_LARGEST = 4 * 2**30
"""Bytes of a report, as for the history."""


def resolve(text: str, baseline: Path) -> tuple[Baseline, str]:
    """The baseline that ``REF-OR-REPORT`` names, and how it was read: a file (a JSON report or a baseline), a git
    ``REF:PATH`` to one, or a git revision, of which the file ``baseline`` is read.

    Raises BaselineError for a revision that git does not know, a file that is not there or cannot be used.
    """
    if Path(text).is_file():
        try:
            return _read(bounded.mapped(Path(text), _LARGEST), text), text
        except OSError as error:
            raise BaselineError(f"{text}: cannot be read: {error.strerror}") from None
    ref, colon, path = text.partition(":")
    place = path if colon else f"./{_relative(baseline)}"
    return _read(_shown(ref, place), f"{ref}:{place}"), f"{ref}:{place}"


def _read(raw: bytes | mmap, name: str) -> Baseline:
    if re.match(rb"\s*+\{", raw):
        try:
            return updated(Baseline(), report_json.read(raw, name))
        except report_json.ReportError as error:
            raise BaselineError(str(error)) from None
    if len(raw) > toml.LIMIT:
        raise BaselineError(f"{name}: is no JSON report, and too large for a baseline")
    try:
        return file.parse(raw[:].decode("utf-8"), name)
    except UnicodeDecodeError:
        raise BaselineError(f"{name}: is neither a JSON report nor a baseline") from None


def _shown(ref: str, place: str) -> bytes:
    """A file as a git revision holds it."""
    if not ref or ref.startswith("-"):
        raise BaselineError(f"--against: {ref!r} is no file and no git revision")
    if _git("rev-parse", "--git-dir").returncode:
        raise BaselineError(
            f"--against: {ref!r} is no file, and this folder is in no git repository"
        )
    if _git("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").returncode:
        raise BaselineError(
            f"--against: git knows no revision {ref!r}, and no file has that name; fetch it first"
        )
    found = _git("show", f"{ref}:{place}")
    if found.returncode:
        raise BaselineError(
            f"--against: {place} is not in {ref!r}; name a report or commit a baseline there"
        )
    return found.stdout


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], capture_output=True, timeout=_TIME, check=False)
    except FileNotFoundError:
        raise BaselineError("--against: no such file, and git is not installed") from None
    except subprocess.TimeoutExpired:
        raise BaselineError(f"--against: git did not answer in {_TIME} seconds") from None


def _relative(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.name
