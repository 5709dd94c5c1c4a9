"""What axe found of the parts that pages of one run share, by the parts' digests (see ``axe_parts.js``)."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

type Outcome = tuple[bool | None, Mapping[str, object] | None]
"""What a check of axe came to: its result (None: it cannot tell) and what it says of it."""

MOST_PARTS = 200_000
"""So many digests are remembered; a part that is new after that is examined on every page that has it."""
_ANY = ""


@dataclass(frozen=True)
class Part:
    """A part of a page, as its digest script tells it. ``first`` is its first element, in document order, ``size`` how
    many there are, ``parent`` the place of the part around it among the page's parts (-1: none). ``fraction`` is that
    of the pixel at which it begins; ``steady`` says that it makes no difference."""

    first: int
    size: int
    parent: int
    digest: str
    fraction: str
    steady: bool


@dataclass(frozen=True)
class Found:
    """What axe found of a part: by rule how many elements passed, and which did not (counted from the part's first)."""

    passed: Mapping[str, int]
    again: Mapping[str, tuple[int, ...]]


@dataclass
class Alike:
    """What axe found of texts or links with the same digest: by rule whether all passed, by check what all came to
    (None: they differ, or the check is not sure)."""

    passed: dict[str, bool] = field(default_factory=dict)
    checks: dict[str, Outcome | None] = field(default_factory=dict)

    def add(self, passed: Mapping[str, bool], checks: Mapping[str, Outcome | None]) -> None:
        """What a page has shown; once it was otherwise, it stays so."""
        for rule, said in passed.items():
            self.passed[rule] = self.passed.get(rule, True) and said
        for check, outcome in checks.items():
            self.checks[check] = outcome if self.checks.get(check, outcome) == outcome else None

    def sure(self) -> tuple[list[str], dict[str, Outcome]]:
        """The rules that all pass, and the checks' outcomes. None of either where a check is not to be relied on:
        what one of them finds may depend on whether another looked first."""
        outcomes = {check: said for check, said in self.checks.items() if said is not None}
        if not outcomes or len(outcomes) < len(self.checks):
            return [], {}
        return [rule for rule, passed in self.passed.items() if passed], outcomes


class Parts:
    """The parts that this run has seen. Threads may share it. What a digest stands for is the same whoever saw it
    first, so the order of the pages changes nothing but how much is examined twice."""

    def __init__(self) -> None:
        self.seed = [secrets.randbits(31) for _ in range(4)]
        self._alike: dict[str, Alike] = {}
        self._found: dict[tuple[str, str], Found] = {}
        self._lock = threading.Lock()

    def known(self, parts: Sequence[Part]) -> dict[int, Found]:
        """Those of the page's parts, by their places, that were seen before; of parts in each other the outermost."""
        told: dict[int, Found] = {}
        covered: set[int] = set()
        with self._lock:
            for place, part in enumerate(parts):
                if part.parent in covered:
                    covered.add(place)
                    continue
                found = self._found.get((part.digest, part.fraction))
                found = found or self._found.get((part.digest, _ANY))
                if found is not None:
                    told[place] = found
                    covered.add(place)
        return told

    def alike(self, digests: Sequence[str]) -> Iterator[tuple[int, list[str], dict[str, Outcome]]]:
        """Of the digests that were seen, by place: the rules that all with it passed, and what checks came to."""
        with self._lock:
            for place, digest in enumerate(digests):
                if digest in self._alike:
                    rules, outcomes = self._alike[digest].sure()
                    if outcomes:
                        yield place, rules, outcomes

    def learn_alike(
        self,
        digests: Sequence[str],
        said: Iterable[tuple[int, Mapping[str, bool], Mapping[str, Outcome | None]]],
    ) -> None:
        """Keep, by place, what a page has shown of the digests: which rules all that were looked at passed, and what
        checks came to."""
        with self._lock:
            for place, rules, checks in said:
                if rules or checks:
                    if len(self._alike) >= MOST_PARTS:
                        return
                    self._alike.setdefault(digests[place], Alike()).add(rules, checks)

    def learn(
        self, parts: Sequence[Part], known: Mapping[int, Found], alone: Mapping[int, Found]
    ) -> None:
        """Keep what axe found. ``known`` are those that ``known`` gave for the page; ``alone`` is what axe found of
        each part by itself, those within it left out."""
        made = dict(known)
        for place in reversed(range(len(parts))):
            if place not in known and not _within(place, parts, known):
                made[place] = _whole(place, parts, made, alone)
        with self._lock:
            for place, found in made.items():
                if place in known or len(self._found) >= MOST_PARTS:
                    continue
                part = parts[place]
                self._found[part.digest, part.fraction] = found
                if part.steady:
                    self._found[part.digest, _ANY] = found


def _within(place: int, parts: Sequence[Part], known: Mapping[int, Found]) -> bool:
    above = parts[place].parent
    while above >= 0:
        if above in known:
            return True
        above = parts[above].parent
    return False


def _whole(
    place: int, parts: Sequence[Part], made: Mapping[int, Found], alone: Mapping[int, Found]
) -> Found:
    """Of a part with those in it, whose own are ``made``."""
    passed: dict[str, int] = {}
    again: dict[str, list[int]] = {}
    first, end = parts[place].first, parts[place].first + parts[place].size
    shares = [(first, alone[place])] if place in alone else []
    below = place + 1
    while below < len(parts) and parts[below].first < end:
        if parts[below].parent == place:
            shares.append((parts[below].first, made[below]))
        below += 1
    for start, share in shares:
        for rule, count in share.passed.items():
            passed[rule] = passed.get(rule, 0) + count
        for rule, places in share.again.items():
            again.setdefault(rule, []).extend(start - first + one for one in places)
    return Found(passed, {rule: tuple(sorted(places)) for rule, places in again.items()})
