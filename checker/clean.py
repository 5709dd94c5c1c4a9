"""Page text made safe to write: hostile characters dropped, nothing else changed."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ONE_LINE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def printable(text: str) -> str:
    """Without what XML 1.0 forbids, without C1 controls and lone surrogates; line ends and tabs stay."""
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """Every control, line end and bidirectional override as a blank: safe on a terminal and in a log line. The text
    keeps its length."""
    return _ONE_LINE.sub(" ", text)


def plain(value: object) -> object:
    """Builtins (what ``msgspec.to_builtins`` gives) with every text printable, so that UTF-8 takes it."""
    match value:
        case str():
            return printable(value)
        case dict():
            return {plain(key): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case _:
            return value
