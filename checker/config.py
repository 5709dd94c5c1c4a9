"""presscheck.toml, or [tool.presscheck] of pyproject.toml: all that the options say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from checker import strict
from checker.toml import NotToml, loads, read_text

FILE = "presscheck.toml"


class ConfigError(ValueError):
    """A configuration that cannot be used; the message names the file and what to change."""


def find(start: Path) -> Path | None:
    """The nearest configuration at or above ``start``: presscheck.toml, else a pyproject.toml with our table."""
    for folder in (start, *start.parents):
        if (own := folder / FILE).is_file():
            return own
        if (shared := folder / "pyproject.toml").is_file() and _table(shared) is not None:
            return shared
    return None


def read(path: Path, options: Iterable[str]) -> dict[str, Any]:
    """The table as option names with underscores. Raises ConfigError for an unknown key, naming the nearest."""
    table = _table(path)
    if table is None:
        raise ConfigError(f"{path}: no table [tool.presscheck]; add it or name another file")
    known = {option.replace("_", "-") for option in options}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{path}: unknown key {key!r}{strict.nearest(key, known)}")
        values[key.replace("-", "_")] = _plain(path, key, value)
    return values


def _plain(path: Path, key: str, value: object) -> object:
    """A table (``[set]``) as the option's own NAME=VALUE words."""
    match value:
        case Mapping():
            return [f"{name}={each}" for name, each in value.items()]
        case str() | bool() | int() | float():
            return value
        case list() if all(isinstance(each, str) for each in value):
            return value
        case _:
            raise ConfigError(
                f"{path}: {key!r} takes a text, a number, true or false, or a list of texts"
            )


def _table(path: Path) -> dict[str, Any] | None:
    try:
        data = loads(read_text(path))
    except NotToml as error:
        raise ConfigError(f"{path}: not TOML: {error}; mend the file or remove it") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    if path.name == "pyproject.toml":
        table = data.get("tool", {}).get("presscheck")
        return table if isinstance(table, dict) else None
    return data
