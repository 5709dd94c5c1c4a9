"""Findings: filtered and paged, those that pages share, how many are open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_

from checker.history import tables
from checker.history.queries.found import FoundRow, found, numbered, read

_findings = tables.findings
_pages = tables.pages
_waivers = tables.waivers
_EQUAL = (
    "verdict",
    "severity",
    "authority",
    "region",
    "fingerprint",
    "page",
    "waiver",
    "since_at",
    "fixed_at",
)


class State(StrEnum):
    """Which findings are asked for."""

    OPEN = "open"
    FIXED = "fixed"
    ALL = "all"


class Order(StrEnum):
    """In which order."""

    OLDEST = "oldest"  # since when it is there without a break
    NEWEST = "newest"
    FIXED = "fixed"  # the last to be fixed first


@dataclass(frozen=True)
class Filter:
    """Which findings; what is empty or None is not asked. ``new_since`` and ``fixed_since`` are times (ISO 8601, UTC)
    at or after which, ``since_at`` and ``fixed_at`` such at which; ``waived`` whether a waiver is in force."""

    state: State = State.OPEN
    rule: str = ""
    page: int | None = None
    fingerprint: str = ""
    verdict: str = ""
    severity: str = ""
    authority: str = ""
    region: str = ""
    waiver: int | None = None
    waived: bool | None = None
    new_since: str = ""
    fixed_since: str = ""
    since_at: str = ""
    fixed_at: str = ""


@dataclass(frozen=True)
class Tally:
    """How many findings are open of a kind."""

    verdict: str
    severity: str
    authority: str
    region: str
    waived: bool
    findings: int


@dataclass(frozen=True)
class Shared:
    """A fault of the template: on how many pages it is open, of how many that the site has; since when; one of them."""

    rule: str
    fingerprint: str
    verdict: str
    severity: str
    pages: int
    of: int
    since_at: str
    example: FoundRow


def open_counts(connection: Connection, site: int, today: str) -> list[Tally]:
    """Open findings of a site by kind."""
    columns = [
        _findings.c[name] for name in ("verdict", "severity", "authority", "region", "waiver")
    ]
    query = (
        select(*columns, func.count().label("times"))
        .where(_findings.c.site == site, _findings.c.open == 1)
        .group_by(*columns)
    )
    force = in_force(connection, site, today)
    counted: dict[tuple[str, str, str, str, bool], int] = {}
    for row in connection.execute(query):
        kind = (row.verdict, row.severity, row.authority, row.region, row.waiver in force)
        counted[kind] = counted.get(kind, 0) + row.times
    return [Tally(*kind, times) for kind, times in sorted(counted.items())]


def in_force(connection: Connection, site: int, today: str) -> frozenset[int]:
    """Numbers of the waivers that excuse something."""
    query = select(_waivers.c.number).where(_waivers.c.site == site, _waivers.c.expires >= today)
    return frozenset(connection.execute(query).scalars())


def moves(connection: Connection, site: int, since: str) -> tuple[int, int]:
    """Findings that are open and began at or after a time, and those that were fixed then."""
    new = select(func.count()).where(
        _findings.c.site == site, _findings.c.open == 1, _findings.c.since_at >= since
    )
    fixed = select(func.count()).where(
        _findings.c.site == site, _findings.c.open == 0, _findings.c.fixed_at >= since
    )
    return connection.execute(new).scalar_one(), connection.execute(fixed).scalar_one()


def count(connection: Connection, site: int, wanted: Filter, today: str) -> int:
    """How many findings fit."""
    query = _filtered(select(func.count()).select_from(_findings), site, wanted, today)
    number: int = connection.execute(query).scalar_one()
    return number


def find(
    connection: Connection,
    site: int,
    wanted: Filter,
    today: str,
    *,
    order: Order = Order.OLDEST,
    after: tuple[str, int] | None = None,
    limit: int = 100,
) -> list[FoundRow]:
    """Findings that fit, at most ``limit``. ``after`` is the place (``place``) of the last one of the former page."""
    query = _filtered(found(today), site, wanted, today)
    column = _findings.c.fixed_at if order is Order.FIXED else _findings.c.since_at
    key = tuple_(column, _findings.c.number)
    if order is Order.OLDEST:
        query = query.order_by(column, _findings.c.number)
    else:
        query = query.order_by(column.desc(), _findings.c.number.desc())
    if after is not None:
        query = query.where(key > after if order is Order.OLDEST else key < after)
    return read(connection, query.limit(limit))


def place(row: FoundRow, order: Order) -> tuple[str, int]:
    """Where a finding stands in an order."""
    return (row.fixed_at if order is Order.FIXED else row.since_at), row.number


def shared(connection: Connection, site: int, today: str, limit: int = 100) -> list[Shared]:
    """Open faults of the template, those on the most pages first."""
    faults = tables.faults
    query = (
        select(faults)
        .where(faults.c.site == site)
        .order_by(faults.c.pages.desc(), faults.c.example)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    examples = numbered(connection, [row.example for row in rows], today)
    pages = select(func.count()).where(_pages.c.site == site)
    of = connection.execute(pages).scalar_one()
    return [
        Shared(
            rule=examples[row.example].rule,
            fingerprint=row.fingerprint,
            verdict=row.verdict,
            severity=row.severity,
            pages=row.pages,
            of=of,
            since_at=row.since_at,
            example=examples[row.example],
        )
        for row in rows
    ]


def _filtered(query: Select[Any], site: int, wanted: Filter, today: str) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [_findings.c.site == site]
    if wanted.state is not State.ALL:
        conditions.append(_findings.c.open == int(wanted.state is State.OPEN))
    for name in _EQUAL:
        value = getattr(wanted, name)
        if value not in ("", None):
            conditions.append(_findings.c[name] == value)
    if wanted.rule:
        rule = select(tables.rules.c.number).where(tables.rules.c.id == wanted.rule)
        conditions.append(_findings.c.rule == rule.scalar_subquery())
    if wanted.new_since:
        conditions.append(_findings.c.since_at >= wanted.new_since)
    if wanted.fixed_since:
        conditions.append(_findings.c.fixed_at >= wanted.fixed_since)
    if wanted.waived is not None:
        force = select(_waivers.c.number).where(
            _waivers.c.site == site, _waivers.c.expires >= today
        )
        inside = and_(_findings.c.waiver.is_not(None), _findings.c.waiver.in_(force))
        outside = or_(_findings.c.waiver.is_(None), _findings.c.waiver.not_in(force))
        conditions.append(inside if wanted.waived else outside)
    return query.where(*conditions)
