"""When a finding was there: intervals of runs, from what each run saw of a page, in the order of time.

A finding that a run does not show is fixed only where that run looked at the whole page for its rule; else nobody
knows, and it stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Seen:
    """What one run saw of a page: the findings it showed, the rules that looked at all of it."""

    run: int
    shown: Set[int]
    whole: Set[int]


@dataclass
class Episode:
    """A finding from the first to the last run that showed it; ``fixed`` is the run that looked and found it gone.
    ``number`` is its row, where it has one."""

    finding: int
    first: int
    last: int
    fixed: int | None = None
    number: int | None = None


@dataclass
class Tracker:
    """The open episodes of a page; ``rules`` gives a finding's rule."""

    rules: Mapping[int, int]
    open: dict[int, Episode] = field(default_factory=dict)

    def step(self, seen: Seen) -> tuple[list[Episode], list[Episode], list[Episode]]:
        """Take the next run in time: episodes that begin, go on, and end with it."""
        begun, kept = [], []
        for finding in sorted(seen.shown):
            if episode := self.open.get(finding):
                episode.last = seen.run
                kept.append(episode)
            else:
                self.open[finding] = Episode(finding, seen.run, seen.run)
                begun.append(self.open[finding])
        ended = [
            episode
            for finding, episode in self.open.items()
            if finding not in seen.shown and self.rules[finding] in seen.whole
        ]
        for episode in ended:
            episode.fixed = seen.run
            del self.open[episode.finding]
        return begun, kept, ended


def replay(
    runs: Iterable[Seen], rules: Mapping[int, int], bases: Iterable[Episode] = ()
) -> list[Episode]:
    """All episodes of a page from the runs in the order of time, and from those that were open before the first."""
    tracker = Tracker(rules, {base.finding: base for base in bases})
    closed: list[Episode] = []
    for seen in runs:
        closed += tracker.step(seen)[2]
    return [*closed, *tracker.open.values()]
