"""Episodes in the database: carried on by the newest run, or rebuilt where an older one comes in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection, bindparam, delete, select, update

from checker.history import rows, tables
from checker.history.intervals import Episode, Seen, Tracker, replay

_episodes = tables.episodes
_findings = tables.findings


@dataclass
class Timeline:
    """A site's runs in the order of time. ``orders`` gives a run's ``made_at`` and id by its number."""

    connection: Connection
    site: int
    orders: dict[int, tuple[str, str]]
    _whole: dict[int, frozenset[int]] = field(default_factory=dict)

    def at(self, run: int) -> str:
        return self.orders[run][0]

    def whole(self, sheets: Iterable[int]) -> Mapping[int, frozenset[int]]:
        """The rules that looked at the whole page, by sheet."""
        table = tables.sheet_rules
        for batch in rows.batches({sheet for sheet in sheets if sheet not in self._whole}):
            found: dict[int, set[int]] = {sheet: set() for sheet in batch}
            query = select(table.c.sheet, table.c.rule).where(
                table.c.sheet.in_(batch), table.c.whole == 1
            )
            for sheet, rule in self.connection.execute(query):
                found[sheet].add(rule)
            self._whole |= {sheet: frozenset(rules) for sheet, rules in found.items()}
        return self._whole

    def append(self, run: int, seen: Mapping[int, Seen], rules: Mapping[int, int]) -> None:
        """Carry the episodes of pages on, by page number; no later run has any of them."""
        trackers = {page: Tracker(rules) for page in seen}
        query = select(_episodes).where(
            _episodes.c.page.in_(list(seen)), _episodes.c.fixed_run.is_(None)
        )
        for row in self.connection.execute(query):
            trackers[row.page].open[row.finding] = Episode(
                row.finding, row.first_run, row.last_run, None, row.number
            )
        begun: list[tuple[int, Episode]] = []
        kept: list[Episode] = []
        ended: list[Episode] = []
        for page, each in seen.items():
            new, same, gone = trackers[page].step(each)
            begun += [(page, episode) for episode in new]
            kept += same
            ended += gone
        rows.add(self.connection, _episodes, [self._row(page, each) for page, each in begun])
        numbers = _episodes.c.number
        for batch in rows.batches(each.number for each in kept):
            self.connection.execute(
                update(_episodes).where(numbers.in_(batch)).values(last_run=run)
            )
        for batch in rows.batches(each.number for each in ended):
            self.connection.execute(
                update(_episodes).where(numbers.in_(batch)).values(fixed_run=run)
            )
        self._mark(run, [each.finding for _, each in begun], [each.finding for each in ended])

    def _mark(self, run: int, begun: Sequence[int], ended: Sequence[int]) -> None:
        """Findings that are there from this run on, and those that are gone."""
        numbers, moment = _findings.c.number, self.at(run)
        for batch in rows.batches(begun):
            some = update(_findings).where(numbers.in_(batch))
            since = {"since_run": run, "since_at": moment, "fixed_run": None, "fixed_at": ""}
            self.connection.execute(some.values(open=1, episodes=_findings.c.episodes + 1, **since))
            first = some.where(_findings.c.first_run.is_(None))
            self.connection.execute(first.values(first_run=run, first_at=moment))
        for batch in rows.batches(ended):
            self.connection.execute(
                update(_findings)
                .where(numbers.in_(batch))
                .values(open=0, fixed_run=run, fixed_at=moment)
            )

    def rebuild(self, pages: Iterable[int]) -> None:
        """Make the episodes of pages anew from all that the runs say of them."""
        for batch in rows.batches(pages, 50):
            self._rebuild(batch)

    def observations(self, pages: Sequence[int]) -> dict[int, list[Seen]]:
        """What each run saw of the pages, in the order of time."""
        runs, states = tables.page_runs, tables.states
        query = (
            select(runs.c.page, runs.c.run, states.c.sheet, states.c.shown)
            .join(states, states.c.number == runs.c.state)
            .where(runs.c.page.in_(pages))
        )
        found = self.connection.execute(query).all()
        whole = self.whole(row.sheet for row in found)
        seen: dict[int, list[Seen]] = {page: [] for page in pages}
        for row in sorted(found, key=lambda row: self.orders[row.run]):
            shown = frozenset(msgspec.json.decode(row.shown, type=list[int]))
            seen[row.page].append(Seen(row.run, shown, whole[row.sheet]))
        return seen

    def bases(self, pages: Sequence[int]) -> dict[int, list[Episode]]:
        """What was open on the pages when older runs were pruned."""
        found: dict[int, list[Episode]] = defaultdict(list)
        table = tables.bases
        for row in self.connection.execute(select(table).where(table.c.page.in_(pages))):
            found[row.page].append(Episode(row.finding, row.first_run, row.last_run))
        return found

    def rules_of(self, pages: Sequence[int]) -> dict[int, int]:
        """The rule of every finding of the pages."""
        query = select(_findings.c.number, _findings.c.rule).where(_findings.c.page.in_(pages))
        return {row.number: row.rule for row in self.connection.execute(query)}

    def _rebuild(self, pages: Sequence[int]) -> None:
        seen, bases, rules = self.observations(pages), self.bases(pages), self.rules_of(pages)
        made = [
            (page, episode)
            for page in pages
            for episode in replay(seen[page], rules, bases.get(page, ()))
        ]
        self.connection.execute(delete(_episodes).where(_episodes.c.page.in_(pages)))
        rows.add(self.connection, _episodes, [self._row(page, each) for page, each in made])
        by_finding: dict[int, list[Episode]] = defaultdict(list)
        for _, episode in made:
            by_finding[episode.finding].append(episode)
        values = [self._summary(number, each) for number, each in by_finding.items()]
        if values:
            self.connection.execute(
                update(_findings).where(_findings.c.number == bindparam("this")), values
            )

    def _row(self, page: int, each: Episode) -> dict[str, int | None]:
        return {
            "site": self.site,
            "page": page,
            "finding": each.finding,
            "first_run": each.first,
            "last_run": each.last,
            "fixed_run": each.fixed,
        }

    def _summary(self, finding: int, episodes: list[Episode]) -> dict[str, int | str | None]:
        ordered = sorted(episodes, key=lambda each: self.orders[each.first])
        first, last = ordered[0].first, ordered[-1]
        return {
            "this": finding,
            "open": int(last.fixed is None),
            "episodes": len(ordered),
            "first_run": first,
            "first_at": self.at(first),
            "since_run": last.first,
            "since_at": self.at(last.first),
            "fixed_run": last.fixed,
            "fixed_at": "" if last.fixed is None else self.at(last.fixed),
        }
