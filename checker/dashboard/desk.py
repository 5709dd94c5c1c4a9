"""What every page of the dashboard is made from: one moment of the history of one site, and the day it speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from checker.dashboard.choosing import Chosen
from checker.history import statement
from checker.history.database import Reader
from checker.history.queries import findings, pages, rules, runs
from checker.history.queries.found import FoundRow
from checker.history.queries.rules import RuleRow, WaiverRow
from checker.rule import Criterion
from checker.verdict import Severity, Verdict

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Desk:
    """A site in a history, in one transaction. ``moment`` is when the pages are made: its day decides which waivers
    are in force and which week "this week" is. What is asked twice is kept."""

    connection: Reader
    site: runs.Site
    moment: datetime
    criteria: Mapping[str, Criterion]

    @property
    def today(self) -> str:
        return self.moment.date().isoformat()

    @property
    def number(self) -> int:
        return self.site.number

    @property
    def week(self) -> str:
        """When "this week" began."""
        return (self.moment - WEEK).date().isoformat()

    @cached_property
    def statement(self) -> str:
        """What was tested, and that nothing here says that a page conforms."""
        return statement.coverage(self.connection, self.site)

    @cached_property
    def coverage(self) -> pages.Coverage:
        return pages.coverage(self.connection, self.number)

    @cached_property
    def newest(self) -> runs.Run | None:
        """The newest complete run."""
        return runs.last(self.connection, self.number, self.moment)

    @cached_property
    def trend(self) -> list[runs.Point]:
        return runs.trend(self.connection, self.site)

    @cached_property
    def rules(self) -> list[RuleRow]:
        return rules.rules(self.connection, self.number)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The rules' titles by their ids."""
        return {each.id: each.title for each in self.rules}

    @cached_property
    def open_rules(self) -> list[str]:
        """The rules under which something is open."""
        return [each.id for each in self.rules if each.open or each.reviews]

    @cached_property
    def waivers(self) -> list[WaiverRow]:
        return rules.waivers(self.connection, self.number, self.today)

    @cached_property
    def shared(self) -> list[findings.Shared]:
        """Faults of the template, those on the most pages first."""
        return findings.shared(self.connection, self.number, self.today, limit=1000)

    def weightiest(
        self, wanted: findings.Filter, order: findings.Order, most: int
    ) -> list[FoundRow]:
        """Findings that fit: errors, then warnings, advice, and points to review."""
        found: list[FoundRow] = []
        kinds = [(Verdict.FAIL, each.value) for each in Severity] + [(Verdict.REVIEW, "")]
        for verdict, severity in kinds:
            each = replace(wanted, verdict=verdict.value, severity=severity)
            if left := most - len(found):
                found += findings.find(
                    self.connection, self.number, each, self.today, order=order, limit=left
                )
        return found

    @cached_property
    def tallies(self) -> list[findings.Tally]:
        return findings.open_counts(self.connection, self.number, self.today)


@dataclass(frozen=True)
class Shown:
    """A page that can be written: its template, its title, what the template takes. ``next`` is the place in the list
    where the following page goes on; ``chosen`` its filters."""

    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    next: str = ""
    chosen: Chosen | None = None
    rows: Sequence[Any] = ()
