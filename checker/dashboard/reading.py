"""What the read API gives: lists over the history, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checker.dashboard import asked
from checker.dashboard.asked import Parameter
from checker.dashboard.problems import Refused
from checker.history import statement
from checker.history.database import Reader
from checker.history.queries import findings, pages, rules, runs
from checker.history.queries.findings import Filter, Order, State
from checker.history.queries.found import FoundRow


@dataclass(frozen=True)
class Asked:
    """A request for a list: the moment it was made, its parameters, its site."""

    moment: datetime
    values: dict[str, Any]
    site: runs.Site | None

    @property
    def today(self) -> str:
        return self.moment.date().isoformat()

    @property
    def limit(self) -> int:
        return int(self.values["limit"])

    @property
    def number(self) -> int:
        """The site's number."""
        assert self.site is not None
        return self.site.number


@dataclass(frozen=True)
class Listing:
    """One page of a list. ``next`` is ``after`` of the next one, None at the end."""

    coverage: str
    items: Sequence[Any]
    next: str | None


@dataclass(frozen=True)
class Endpoint:
    """An address of the read API: what its items are, what it takes, what answers."""

    path: str
    told: str
    item: type[Any]
    parameters: tuple[Parameter, ...]
    answer: Callable[[Reader, Asked], tuple[Sequence[Any], str | None]]

    def list(self, connection: Reader, values: dict[str, Any], moment: datetime) -> Listing:
        """The page that is asked for. Raises Refused (400, 404)."""
        site = site_of(connection, values["site"]) if values.get("site") else None
        items, place = self.answer(connection, Asked(moment, values, site))
        head = statement.coverage(connection, site) if site else statement.LIMITS
        return Listing(head, items, place)


def site_of(connection: Reader, name: str) -> runs.Site:
    """The site of that name. Raises Refused (404)."""
    found = runs.site(connection, name)
    if found is None:
        raise Refused(404, "no site of that name; /api/sites has them")
    return found


def _sliced(ask: Asked, found: Sequence[Any]) -> tuple[Sequence[Any], str | None]:
    """A page of a list that is short enough to be whole in memory."""
    after = ask.values["after"]
    start = asked.place(after, tuple[asked.Whole])[0] if after else 0
    end = start + ask.limit
    return found[start:end], asked.cursor([end]) if end < len(found) else None


def _sites(connection: Reader, ask: Asked) -> tuple[Sequence[Any], str | None]:
    return _sliced(ask, runs.sites(connection))


def _runs(connection: Reader, ask: Asked) -> tuple[Sequence[Any], str | None]:
    return _sliced(ask, runs.runs(connection, ask.moment, site=ask.values["site"]))


def _pages(connection: Reader, ask: Asked) -> tuple[Sequence[Any], str | None]:
    values = ask.values
    after = asked.place(values["after"], tuple[str])[0] if values["after"] else ""
    found = pages.pages(connection, ask.number, tested=values["tested"], search=values["search"],
                        after=after, limit=ask.limit)  # fmt: skip
    return found, asked.cursor([found[-1].key]) if len(found) == ask.limit else None


def _rules(connection: Reader, ask: Asked) -> tuple[Sequence[Any], str | None]:
    return _sliced(ask, rules.rules(connection, ask.number, rule=ask.values["rule"]))


def _findings(connection: Reader, ask: Asked) -> tuple[Sequence[Any], str | None]:
    values = ask.values
    order = values["order"]
    after = asked.place(values["after"], tuple[str, asked.Whole]) if values["after"] else None
    found = findings.find(connection, ask.number, filter_of(values), ask.today, order=order,
                          after=after, limit=ask.limit)  # fmt: skip
    more = len(found) == ask.limit
    return found, asked.cursor(list(findings.place(found[-1], order))) if more else None


def filter_of(values: dict[str, Any]) -> Filter:
    """The findings that are asked for."""
    return Filter(**{each.name: values[each.name] for each in FILTER})


def _waivers(connection: Reader, ask: Asked) -> tuple[Sequence[Any], str | None]:
    return _sliced(ask, rules.waivers(connection, ask.number, ask.today))


def _trends(connection: Reader, ask: Asked) -> tuple[Sequence[Any], str | None]:
    assert ask.site is not None
    return runs.trend(connection, ask.site, ask.limit), None


_LIST = (asked.LIMIT, asked.AFTER)
FILTER = (
    asked.one_of("state", "open, fixed or all.", State, State.OPEN),
    asked.text("rule", "Of this rule."),
    asked.whole("page", "On the page of this number.", 2**31 - 1),
    asked.text("fingerprint", "Of this fingerprint."),
    *(
        asked.text(name, f"Of this {name}.")
        for name in ("verdict", "severity", "authority", "region")
    ),
    asked.yes("waived", "Whether a waiver is in force."),
    asked.text("new_since", "There since this time or later (ISO 8601, UTC)."),
    asked.text("fixed_since", "Fixed at this time or later (ISO 8601, UTC)."),
)
ENDPOINTS = (
    Endpoint("/api/sites", "Sites, by name", runs.Site, _LIST, _sites),
    Endpoint("/api/runs", "Runs, the newest first", runs.Run,
             (asked.text("site", "Only this site's."), *_LIST), _runs),
    Endpoint("/api/pages", "Pages of a site, by key", pages.PageRow,
             (asked.SITE, asked.yes("tested", "Whether the latest run that asked for it could test it."),
              asked.text("search", "A part of the key or title."), *_LIST), _pages),
    Endpoint("/api/rules", "Rules that ran on a site, each as of the newest run that had it", rules.RuleRow,
             (asked.SITE, asked.text("rule", "Only this one."), *_LIST), _rules),
    Endpoint("/api/findings", "Findings of a site", FoundRow,
             (asked.SITE, *FILTER, asked.one_of("order", "In which order.", Order, Order.OLDEST), *_LIST),
             _findings),
    Endpoint("/api/waivers", "Waivers that runs of a site had", rules.WaiverRow, (asked.SITE, *_LIST), _waivers),
    Endpoint("/api/trends", "The newest runs of a site with what they came to, the oldest first", runs.Point,
             (asked.SITE, asked.LIMIT), _trends),
)  # fmt: skip
"""The lists. OpenAPI is made from them."""
