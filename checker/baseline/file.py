"""A baseline as text: TOML that is sorted and byte-stable, to be read in a pull request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import tomli_w

from checker import fingerprint, strict
from checker.baseline.rows import Baseline, BaselineError, Row
from checker.files import write_whole
from checker.toml import NotToml, loads, read_text

FILE = "presscheck-baseline.toml"
VERSION = 1

_HEAD = """\
# Faults that were there before: known ones stop nobody, new ones do. Written by `presscheck baseline update`;
# `presscheck explain --finding FINGERPRINT` says more. Remove a row to have its fault stop runs again.
"""
_MARKS = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.M)


@dataclass(frozen=True)
class _Audited:
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class _File:
    format: Literal["presscheck-baseline"]
    version: int
    fingerprints: int
    rules: Mapping[str, str]
    finding: tuple[Row, ...] = ()
    audited: _Audited = _Audited()


def read(path: Path) -> Baseline:
    """The baseline of a file. Raises BaselineError for one that is not there, broken, of another version or with
    conflict marks."""
    try:
        text = read_text(path)
    except NotToml as error:
        raise BaselineError(f"{path}: is {error}; restore the file") from None
    except OSError as error:
        raise BaselineError(f"{path}: cannot be read: {error.strerror}") from None
    return parse(text, str(path))


def parse(text: str, name: str) -> Baseline:
    """The baseline that a text says; ``name`` is for messages. Raises BaselineError."""
    data = toml(text, name, BaselineError)
    if data.get("format") != "presscheck-baseline":
        raise BaselineError(
            f'{name}: is no baseline: it does not begin with format = "presscheck-baseline"'
        )
    for key, ours in (("version", VERSION), ("fingerprints", fingerprint.VERSION)):
        version_of(data, key, ours, name, BaselineError)
    try:
        read = strict.read(_File, data)
    except strict.StrictError as error:
        raise BaselineError(f"{name}: {error}; mend or restore the file") from None
    for row in read.finding:
        if len(row.keys) != len(fingerprint.Key) or row.count < 1 or not row.pages:
            raise BaselineError(
                f"{name}: the row {row.fingerprint!r} is not whole; restore the file"
            )
    return Baseline(read.finding, read.rules, read.audited.pages, read.fingerprints)


def toml(text: str, name: str, error: type[ValueError]) -> dict[str, Any]:
    """TOML as data. Raises ``error`` with one line, which names the first conflict mark where there is one."""
    if mark := _MARKS.search(text):
        line = text.count("\n", 0, mark.start()) + 1
        raise error(f"{name}: has conflict marks (line {line}); resolve the merge first")
    try:
        return loads(text)
    except NotToml as broken:
        raise error(f"{name}: not TOML: {broken}; mend or restore the file") from None


def version_of(
    data: Mapping[str, Any], key: str, ours: int, name: str, error: type[ValueError]
) -> None:
    """Raises ``error`` unless ``data`` says our own version there."""
    said = data.get(key)
    if not isinstance(said, int) or isinstance(said, bool) or said < 1:
        raise error(f"{name}: does not say its {key}, such as {key} = {ours}")
    if said > ours:
        raise error(
            f"{name}: {key} {said} is of a later presscheck; this one reads {ours}: upgrade presscheck"
        )


def text_of(baseline: Baseline) -> str:
    """The file's text: the same for the same baseline, whatever order its rows came in."""
    rows = sorted(baseline.rows, key=lambda row: row.order)
    data = {
        "format": "presscheck-baseline",
        "version": VERSION,
        "fingerprints": baseline.fingerprints,
        "rules": dict(sorted(baseline.rules.items())),
        "finding": [_entry(row) for row in rows],
        "audited": {"pages": sorted(baseline.pages)},
    }
    return _HEAD + "\n" + tomli_w.dumps(data)


def write(path: Path, baseline: Baseline) -> bool:
    """Write the file whole; whether it changed. Raises BaselineError where it cannot be written."""
    text = text_of(baseline)
    try:
        if path.is_file() and path.read_bytes() == text.encode():
            return False
        write_whole(path, [text])
    except OSError as error:
        raise BaselineError(f"{path}: cannot be written: {error.strerror}") from None
    return True


def _entry(row: Row) -> dict[str, Any]:
    """What a reader needs comes first; values that say nothing are left out."""
    defaults = {"count": 1, "on": 0, "seen_on": []}
    order = ("rule", "message", "place", "region", "first_seen", "pages", "count", "on", "seen_on")
    values = {name: getattr(row, name) for name in (*order, "fingerprint", "fault", "keys")}
    values = {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}
    values["region"] = row.region.value
    return {name: value for name, value in values.items() if value != defaults.get(name)}
