"""Page text made safe to write: hostile characters dropped, nothing else changed."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ONE_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def printable(text: str) -> str:
    """Without what XML 1.0 forbids, without C1 controls and lone surrogates; line ends and tabs stay."""
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """Without any control, line end or bidirectional override: safe on a terminal and in a log line."""
    return _ONE_LINE.sub(" ", text).strip()
