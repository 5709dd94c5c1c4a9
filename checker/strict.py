"""Frozen dataclasses from TOML, refusing unknown keys with the nearest known one."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, get_args, get_type_hints


class StrictError(ValueError):
    """A key or value that the type does not take; the message names the place and what to write instead."""


def read[T](kind: type[T], data: Mapping[str, Any]) -> T:
    """``data`` as a ``kind``. Raises StrictError for an unknown key, a missing one or a value of another type."""
    import msgspec  # not at the start of every command

    try:
        for place, key, known in _unknown(kind, data, ""):
            raise StrictError(f"unknown key {place + key!r}{nearest(key, known)}")
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise StrictError(
            str(error).replace("`$.", "`").replace("Object missing", "missing")
        ) from None
    except RecursionError:
        raise StrictError("nested too deep") from None


def nearest(word: str, known: Iterable[str]) -> str:
    """`` (did you mean 'x'?)``, or the known words where none is near."""
    words = sorted(known)
    close = difflib.get_close_matches(word, words, n=1)
    return f" (did you mean {close[0]!r}?)" if close else f" (known: {', '.join(words)})"


def _unknown(kind: Any, data: object, place: str) -> Iterable[tuple[str, str, Iterable[str]]]:
    """Each key of ``data`` that ``kind`` has no field for: where, the key, the known keys."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type) and isinstance(data, Mapping):
        hints = _hints(kind)
        for key, value in data.items():
            if key not in hints:
                yield place, key, hints
            elif isinstance(value, Mapping | list):
                yield from _unknown(hints[key], value, f"{place}{key}.")
    elif isinstance(data, list):
        for value in data:
            for argument in get_args(kind):
                yield from _unknown(argument, value, place)
    elif isinstance(data, Mapping):
        for argument in get_args(kind):
            if dataclasses.is_dataclass(argument):
                yield from _unknown(argument, data, place)


@lru_cache(maxsize=64)
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
