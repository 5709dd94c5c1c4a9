"""A finding as the history has it: the rows of several tables in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from checker.history import tables

_findings = tables.findings
_pages = tables.pages
_waivers = tables.waivers


@dataclass(frozen=True)
class FoundRow:
    """A finding as the latest run that showed it said. ``seen_at`` is that run's time; ``since_at`` since when it is
    there without a break, ``first_at`` the very first time, ``fixed_at`` empty while it is open."""

    number: int
    page: int
    page_key: str
    url: str
    rule: str
    fingerprint: str
    verdict: str
    severity: str
    authority: str
    region: str
    status: str
    waiver: int | None
    waived: bool
    message: str
    suggestion: str
    selector: str
    snippet: str
    name: str
    landmark: str
    resource: str
    line: int | None
    column: int | None
    open: bool
    episodes: int
    first_at: str
    since_at: str
    seen_at: str
    fixed_at: str


def found(today: str) -> Select[Any]:
    """What asks for findings, to be narrowed and ordered; ``today`` (ISO 8601) says which waivers are in force."""
    details, rules = tables.details, tables.rules
    names = ("message", "suggestion", "selector", "snippet", "name", "landmark", "resource")
    return (
        select(
            _findings,
            _pages.c.key,
            _pages.c.url,
            rules.c.id.label("rule_id"),
            *(details.c[name] for name in names),
            func.coalesce(_waivers.c.expires >= today, False).label("waived"),
        )
        .join(_pages, _pages.c.number == _findings.c.page)
        .join(rules, rules.c.number == _findings.c.rule)
        .join(details, details.c.number == _findings.c.detail)
        .outerjoin(_waivers, _waivers.c.number == _findings.c.waiver)
    )


def read(connection: Connection, query: Select[Any]) -> list[FoundRow]:
    """The rows of such a question, each with when it was last seen."""
    rows = connection.execute(query).all()
    seen = _seen(connection, [row.number for row in rows])
    return [
        FoundRow(
            number=row.number,
            page=row.page,
            page_key=row.key,
            url=row.url,
            rule=row.rule_id,
            fingerprint=row.fingerprint,
            verdict=row.verdict,
            severity=row.severity,
            authority=row.authority,
            region=row.region,
            status=row.status,
            waiver=row.waiver,
            waived=bool(row.waived),
            message=row.message,
            suggestion=row.suggestion,
            selector=row.selector,
            snippet=row.snippet,
            name=row.name,
            landmark=row.landmark,
            resource=row.resource,
            line=row.line,
            column=row.col,
            open=bool(row.open),
            episodes=row.episodes,
            first_at=row.first_at,
            since_at=row.since_at,
            seen_at=seen.get(row.number, ""),
            fixed_at=row.fixed_at,
        )
        for row in rows
    ]


def numbered(connection: Connection, numbers: Sequence[int], today: str) -> dict[int, FoundRow]:
    """Findings by their numbers."""
    query = found(today).where(_findings.c.number.in_(numbers))
    return {row.number: row for row in read(connection, query)}


def _seen(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """When the findings were last seen."""
    episodes, runs = tables.episodes, tables.runs
    query = (
        select(episodes.c.finding, func.max(runs.c.made_at))
        .join(runs, runs.c.number == episodes.c.last_run)
        .where(episodes.c.finding.in_(numbers))
        .group_by(episodes.c.finding)
    )
    return {finding: moment for finding, moment in connection.execute(query)}  # noqa: C416
