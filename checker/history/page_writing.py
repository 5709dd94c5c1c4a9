"""Pages of a run, a batch at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, select, update

from checker.history import rows, tables
from checker.history.intervals import Seen
from checker.history.known import Rules
from checker.history.observe import Found, Observed, Ruled
from checker.history.timeline import Timeline
from checker.history.values import bounded, digest
from checker.page import Trouble

_findings = tables.findings
_pages = tables.pages
_DESCRIBED = (
    "verdict",
    "severity",
    "authority",
    "region",
    "status",
    "waiver",
    "detail",
    "line",
    "col",
)

_WEIGHT = ("verdict", "severity")

type Key = tuple[int, int, str]


@dataclass
class PageWriter:
    """Writes what one run says of pages. Whoever calls it holds the site's lock. ``changed_before`` tells that this
    changes what other runs come to: it is not the newest of a page, or a failure that was known weighs otherwise."""

    timeline: Timeline
    run: int
    rules: Rules
    waivers: Mapping[tuple[str, ...], int]
    changed_before: bool = False
    _sheets: dict[str, int] = field(default_factory=dict)

    def write(self, batch: Sequence[Observed]) -> None:
        """Write pages that this run has not written yet."""
        pages = self._pages(batch)
        sheets = [self._sheet(page) for page in batch]
        known = self._findings(batch, pages)
        self._states(batch, pages, sheets, known)
        self._intervals(batch, pages, sheets, known)

    @property
    def _connection(self) -> Any:
        return self.timeline.connection

    @property
    def _order(self) -> tuple[str, str]:
        return self.timeline.orders[self.run]

    def _pages(self, batch: Sequence[Observed]) -> list[Row[Any]]:
        """The rows of the pages as they were before this run."""
        wanted = {
            digest(page.key): {"key": page.key, "url": page.url, "first_at": self._order[0]}
            for page in batch
        }
        rows.once(self._connection, _pages, wanted, site=self.timeline.site)
        query = select(_pages).where(
            _pages.c.site == self.timeline.site, _pages.c.digest.in_(list(wanted))
        )
        found = {row.digest: row for row in self._connection.execute(query)}
        return [found[digest(page.key)] for page in batch]

    def _sheet(self, page: Observed) -> int:
        mark = digest(page.profile, page.mode, page.missing, *map(_ruled_text, page.results))
        if mark not in self._sheets:
            head = {"profile": page.profile, "mode": page.mode, "missing": page.missing}
            found, new = rows.once(
                self._connection, tables.sheets, {mark: head}, site=self.timeline.site
            )
            self._sheets |= found
            if new:
                results = [self._ruled(found[mark], ruled) for ruled in page.results]
                rows.add(self._connection, tables.sheet_rules, results)
        return self._sheets[mark]

    def _ruled(self, sheet: int, ruled: Ruled) -> dict[str, Any]:
        return {
            "sheet": sheet,
            "rule": self.rules.numbers[ruled.rule],
            "verdict": ruled.verdict,
            "cause": ruled.cause,
            "severity": ruled.severity,
            "whole": int(ruled.whole),
            "raised_by": ruled.raised_by,
            "told_by": ruled.told_by,
            "reason": ruled.reason,
        }

    def _findings(self, batch: Sequence[Observed], pages: Sequence[Row[Any]]) -> dict[Key, int]:
        """Numbers of all findings of the pages; new ones are added, and described as this run does where no later one
        has shown them."""
        details = {_detail_mark(found): found.detail for page in batch for found in page.found}
        detail, _ = rows.once(self._connection, tables.details, details, site=self.timeline.site)
        told = {
            (row.number, self.rules.numbers[found.rule], found.fingerprint): self._described(
                found, detail[_detail_mark(found)]
            )
            for page, row in zip(batch, pages, strict=True)
            for found in page.found
        }
        there = self._there(pages)
        later = self._shown_later([there[key].number for key in told if key in there], pages)
        changed = {
            key: values
            for key, values in told.items()
            if key in there
            and there[key].number not in later
            and any(getattr(there[key], name) != values[name] for name in _DESCRIBED)
        }
        self._describe([{"this": there[key].number, **values} for key, values in changed.items()])
        self.changed_before |= any(
            getattr(there[key], name) != values[name]
            for key, values in changed.items()
            for name in _WEIGHT
        )
        new = [
            {"site": self.timeline.site, "page": page, "rule": rule, "fingerprint": mark, **values}
            for (page, rule, mark), values in told.items()
            if (page, rule, mark) not in there
        ]
        rows.add(self._connection, _findings, new)
        return {key: row.number for key, row in (self._there(pages) if new else there).items()}

    def _there(self, pages: Sequence[Row[Any]]) -> dict[Key, Row[Any]]:
        query = select(
            _findings.c.number,
            _findings.c.page,
            _findings.c.rule,
            _findings.c.fingerprint,
            *(_findings.c[name] for name in _DESCRIBED),
        ).where(_findings.c.page.in_([page.number for page in pages]))
        return {
            (row.page, row.rule, row.fingerprint): row for row in self._connection.execute(query)
        }

    def _shown_later(self, numbers: Sequence[int], pages: Sequence[Row[Any]]) -> set[int]:
        """Which findings a run after this one has shown."""
        if all(self._is_newest(page) for page in pages):
            return set()
        episodes = tables.episodes.c
        later: set[int] = set()
        for batch in rows.batches(numbers):
            query = select(episodes.finding, episodes.last_run).where(episodes.finding.in_(batch))
            later |= {
                finding
                for finding, last in self._connection.execute(query)
                if self.timeline.orders[last] > self._order
            }
        return later

    def _describe(self, values: Sequence[Mapping[str, Any]]) -> None:
        for batch in rows.batches(values):
            self._connection.execute(
                update(_findings).where(_findings.c.number == bindparam("this")), batch
            )

    def _described(self, found: Found, detail: int) -> dict[str, Any]:
        return {
            "verdict": found.verdict,
            "severity": found.severity,
            "authority": self.rules.authority[found.rule],
            "region": found.region,
            "status": found.status,
            "waiver": self.waivers.get(found.waiver) if found.waiver else None,
            "detail": detail,
            "line": found.line,
            "col": found.col,
        }

    def _states(
        self,
        batch: Sequence[Observed],
        pages: Sequence[Row[Any]],
        sheets: Sequence[int],
        known: Mapping[Key, int],
    ) -> None:
        """What the run says of each page, and that it says so."""
        marks: list[str] = []
        wanted: dict[str, dict[str, Any]] = {}
        for page, row, sheet in zip(batch, pages, sheets, strict=True):
            state = self._state(page, row.number, sheet, self._shown(page, row.number, known))
            marks.append(digest(*state.values()))
            wanted[marks[-1]] = state
        found, _ = rows.once(self._connection, tables.states, wanted)
        rows.add(
            self._connection,
            tables.page_runs,
            [
                {"run": self.run, "page": row.number, "state": found[mark]}
                for row, mark in zip(pages, marks, strict=True)
            ],
        )

    def _state(
        self, page: Observed, number: int, sheet: int, shown: frozenset[int]
    ) -> dict[str, Any]:
        passes = sorted((self.rules.numbers[rule], times) for rule, times in page.passes.items())
        names = ("errors", "warnings", "advice", "reviews", "broken", "out_of_reach", "passed")
        return {
            "page": number,
            "sheet": sheet,
            "shown": msgspec.json.encode(sorted(shown)).decode(),
            "passes": msgspec.json.encode(passes).decode(),
            "status": page.status,
            "problem": page.problem,
            "problem_message": page.problem_message,
            **{name: bounded(getattr(page.counts, name)) for name in names},
        }

    def _shown(self, page: Observed, number: int, known: Mapping[Key, int]) -> frozenset[int]:
        return frozenset(
            known[number, self.rules.numbers[each.rule], each.fingerprint] for each in page.found
        )

    def _intervals(
        self,
        batch: Sequence[Observed],
        pages: Sequence[Row[Any]],
        sheets: Sequence[int],
        known: Mapping[Key, int],
    ) -> None:
        whole = self.timeline.whole(sheets)
        seen: dict[int, Seen] = {}
        older: list[int] = []
        updates: list[dict[str, Any]] = []
        for page, row, sheet in zip(batch, pages, sheets, strict=True):
            updates.append(self._page(page, row))
            if self._is_newest(row):
                shown = self._shown(page, row.number, known)
                seen[row.number] = Seen(self.run, shown, whole[sheet])
            else:
                older.append(row.number)
        self._connection.execute(
            update(_pages).where(_pages.c.number == bindparam("this")), updates
        )
        if seen:
            rules = {number: rule for (_, rule, _), number in known.items()}
            self.timeline.append(self.run, seen, rules)
        self.timeline.rebuild(older)
        self.changed_before |= bool(older)

    def _is_newest(self, row: Row[Any]) -> bool:
        return row.last_run is None or self.timeline.orders[row.last_run] < self._order

    def _page(self, page: Observed, row: Row[Any]) -> dict[str, Any]:
        """The page's row with what this run adds: the newest run that has it describes it."""
        moment, values = self._order[0], row._asdict()
        del values["number"]
        values["this"] = row.number
        values["first_at"] = min(row.first_at, moment)
        if page.problem == Trouble.LEFT_OUT:  # says nothing of the page
            values["problem"] = row.problem if row.last_run else page.problem
        elif self._is_newest(row):
            values |= {"url": page.url, "last_at": moment, "last_run": self.run}
            values |= {"problem": page.problem, "problem_message": page.problem_message}
            values["title"] = page.title or row.title
        tested = row.tested_run
        if not page.problem and (tested is None or self.timeline.orders[tested] < self._order):
            values |= {"tested_at": moment, "tested_run": self.run}
        return values


def _ruled_text(ruled: Ruled) -> str:
    return "\1".join(map(str, msgspec.to_builtins(ruled).values()))


def _detail_mark(found: Found) -> str:
    return digest(*found.detail.values())
