"""TOML that others wrote: its size and depth are bounded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

LIMIT = 256 * 2**20
"""The most bytes that a file may have: some 500,000 rows of a baseline."""
_TOO_LARGE = f"larger than {LIMIT >> 20} MB"


class NotToml(ValueError):
    """What is no TOML; the message says why."""


def read_text(path: Path) -> str:
    """The text of a file. Raises OSError, and NotToml for one that is no text or larger than ``LIMIT``."""
    with path.open("rb") as file:
        raw = file.read(LIMIT + 1) if path.stat().st_size <= LIMIT else None
    if raw is None or len(raw) > LIMIT:
        raise NotToml(_TOO_LARGE)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise NotToml("not UTF-8 text") from None


def loads(text: str) -> dict[str, Any]:
    """TOML as data. Raises NotToml."""
    if len(text) > LIMIT:
        raise NotToml(_TOO_LARGE)
    import tomllib  # only where there is a file

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotToml(str(error)) from None
    except RecursionError:
        raise NotToml("nested too deep") from None
