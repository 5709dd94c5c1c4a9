"""TOML that others wrote: its size and depth are bounded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from checker import bounded

LIMIT = 256 * 2**20
"""The most bytes that a file may have: some 500,000 rows of a baseline."""
_PARTS = 200
_DEEP = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){200}""")
"""A key of so many parts that no file has: the parser's time grows with their square."""


class NotToml(ValueError):
    """What is no TOML; the message says why."""


def read_text(path: Path) -> str:
    """The text of a file. Raises OSError, for one larger than ``LIMIT`` too, and NotToml for one that is no text."""
    try:
        return bounded.read(path, LIMIT).decode("utf-8")
    except UnicodeDecodeError:
        raise NotToml("not UTF-8 text") from None


def loads(text: str) -> dict[str, Any]:
    """TOML as data. Raises NotToml."""
    if len(text) > LIMIT:
        raise NotToml(f"larger than {LIMIT >> 20} MB")
    if text.count(".") >= _PARTS and _DEEP.search(text):
        raise NotToml("nested too deep")
    import tomllib  # only where there is a file

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise NotToml("nested too deep") from None
    except ValueError as error:  # a number of thousands of digits is told as no more than that
        raise NotToml(str(error)) from None
