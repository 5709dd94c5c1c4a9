"""Fingerprints: the same finding on the next run is recognised by what does not move."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from checker.verdict import Location

_GENERATED = re.compile(r"\b(?:id|class|style|nonce|data-[\w-]+)=\"[^\"]*\"|\?[^\"\s>]*")
_SPACES = re.compile(r"\s+")


def fingerprints(rule: str, places: Sequence[Location | None]) -> Iterator[str]:
    """One per place, in order: of the rule, the element's name and its markup without what tools generate (ids,
    classes, nonces, query strings). Equal ones are told apart by their order."""
    seen: Counter[str] = Counter()
    for place in places:
        handle = _handle(place) if place else "page"
        seen[handle] += 1
        key = f"1|{rule}|{handle}|{seen[handle]}"
        yield hashlib.sha256(key.encode()).hexdigest()[:16]


def _handle(place: Location) -> str:
    markup = _SPACES.sub(" ", _GENERATED.sub("", place.snippet)).strip()
    return f"{place.name}|{markup or place.selector}"
