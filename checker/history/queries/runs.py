"""Sites and runs: what was recorded, and how things went over time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select

from checker.clean import one_line
from checker.history import tables
from checker.history.runs import died
from checker.report import Counts
from checker.verdict import Verdict

_runs = tables.runs
_sites = tables.sites


@dataclass(frozen=True)
class Site:
    """A site; ``pruned_to`` is when the newest run was made whose details are gone, empty where none are."""

    number: int
    name: str
    pruned_to: str


@dataclass(frozen=True)
class Run:
    """A run. ``state`` is complete, pruned, running or died (it went on and its process is gone or silent; ``done`` of
    ``expected`` pages were judged). ``id`` is empty and ``site`` may be where it is not complete."""

    number: int
    id: str
    site: str
    state: str
    made_at: str
    expected: int
    done: int
    tool_version: str
    rules_version: str
    axe_versions: tuple[str, ...]
    browsers: tuple[str, ...]
    notes: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True)
class Point:
    """A run in a trend: failures that it told by severity, what began and was fixed with it, and how many failures
    were open after it by severity (None where older details were pruned)."""

    run: int
    id: str
    made_at: str
    pages: int
    pages_not_tested: int
    told: Mapping[str, int]
    waived: int
    new: int
    fixed: int
    open: Mapping[str, int] | None


def sites(connection: Connection) -> list[Site]:
    """All sites by name."""
    query = select(_sites).order_by(_sites.c.name)
    return [Site(row.number, row.name, row.pruned_to) for row in connection.execute(query)]


def site(connection: Connection, name: str) -> Site | None:
    """The site of that name."""
    row = connection.execute(select(_sites).where(_sites.c.name == name)).first()
    return Site(row.number, row.name, row.pruned_to) if row else None


def runs(
    connection: Connection, moment: datetime, *, site: str = "", limit: int = 10_000
) -> list[Run]:
    """Runs of a site or of all, the newest first."""
    query = (
        select(_runs, _sites.c.name.label("site_name"))
        .outerjoin(_sites, _sites.c.number == _runs.c.site)
        .order_by(_runs.c.made_at.desc(), _runs.c.id.desc())
        .limit(limit)
    )
    if site:
        query = query.where(_sites.c.name == site)
    return [_run(row, moment) for row in connection.execute(query)]


def run(connection: Connection, mark: str, moment: datetime) -> Run | None:
    """The run of an id, or of the only id that begins so (8 characters at least)."""
    query = (
        select(_runs, _sites.c.name.label("site_name"))
        .outerjoin(_sites, _sites.c.number == _runs.c.site)
        .where(_runs.c.id.startswith(mark, autoescape=True))
        .limit(2)
    )
    found = connection.execute(query).all() if len(mark) >= 8 else []
    return _run(found[0], moment) if len(found) == 1 else None


def last(connection: Connection, site: int, moment: datetime) -> Run | None:
    """The newest run of a site that is complete."""
    query = (
        select(_runs, _sites.c.name.label("site_name"))
        .join(_sites, _sites.c.number == _runs.c.site)
        .where(_runs.c.site == site, _runs.c.state == "complete")
        .order_by(_runs.c.made_at.desc(), _runs.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return _run(row, moment) if row else None


def trend(connection: Connection, site: Site, limit: int = 60) -> list[Point]:
    """The newest runs of a site, the oldest of them first."""
    ordered = connection.execute(
        select(_runs)
        .where(_runs.c.site == site.number, _runs.c.id.is_not(None))
        .order_by(_runs.c.made_at, _runs.c.id)
    ).all()
    told, waived = _told(connection, site.number)
    begun, fixed = _moves(connection, site.number)
    points: list[Point] = []
    opened: Counter[str] = Counter()
    for row in ordered:
        opened.update(begun[row.number])
        opened.subtract(fixed[row.number])
        points.append(
            Point(
                run=row.number,
                id=row.id,
                made_at=row.made_at,
                pages=row.pages,
                pages_not_tested=row.pages_not_tested,
                told=told[row.number],
                waived=waived[row.number],
                new=begun[row.number].total(),
                fixed=fixed[row.number].total(),
                open=None if row.state == "pruned" else dict(+opened),
            )
        )
    return points[-limit:]


def _told(connection: Connection, site: int) -> tuple[defaultdict[int, Counter[str]], Counter[int]]:
    """Failures that each run told: by severity, and how many of them were waived."""
    table = tables.run_totals
    query = (
        select(table.c.run, table.c.severity, table.c.waived, func.sum(table.c.findings))
        .join(_runs, _runs.c.number == table.c.run)
        .where(_runs.c.site == site, table.c.verdict == Verdict.FAIL.value)
        .group_by(table.c.run, table.c.severity, table.c.waived)
    )
    told: defaultdict[int, Counter[str]] = defaultdict(Counter)
    waived: Counter[int] = Counter()
    for number, severity, excused, findings in connection.execute(query):
        told[number][severity] += int(findings)
        waived[number] += int(findings) if excused else 0
    return told, waived


def _moves(
    connection: Connection, site: int
) -> tuple[defaultdict[int, Counter[str]], defaultdict[int, Counter[str]]]:
    """Failures that began and that were fixed with each run, by severity."""
    table = tables.run_moves
    query = select(table).join(_runs, _runs.c.number == table.c.run).where(_runs.c.site == site)
    begun: defaultdict[int, Counter[str]] = defaultdict(Counter)
    fixed: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in connection.execute(query):
        begun[row.run][row.severity] += row.begun
        fixed[row.run][row.severity] += row.fixed
    return begun, fixed


def as_json(found: Sequence[Run]) -> Iterator[str]:
    """Runs as a JSON list."""
    encoded = msgspec.json.encode(found, order="deterministic")
    yield msgspec.json.format(encoded, indent=2).decode()


def as_table(found: Sequence[Run]) -> Iterator[str]:
    """Runs in lines that a person reads."""
    for each in found:
        head = f"{each.made_at}  {each.state:8}  {each.id[:12] or '-':12}  {each.site or '(not yet known)'}"
        if each.state in ("running", "died"):
            yield one_line(f"{head}: {each.done} of {each.expected} pages")
            continue
        counts = each.counts
        pages = "1 page" if counts.pages == 1 else f"{counts.pages} pages"
        yield one_line(
            f"{head}: {pages} ({counts.pages_not_tested} not tested), {counts.errors} errors, "
            f"{counts.warnings} warnings, {counts.advice} advice, {counts.reviews} reviews; "
            f"presscheck {each.tool_version}, rules {each.rules_version}, "
            f"axe {', '.join(each.axe_versions) or '-'}, {', '.join(each.browsers) or 'no browser'}"
        )
    yield "1 run" if len(found) == 1 else f"{len(found)} runs"


def _run(row: Row[Any], moment: datetime) -> Run:
    state = row.state
    if state == "running" and died(row.seen_at, row.writer, moment):
        state = "died"
    return Run(
        number=row.number,
        id=row.id or "",
        site=row.site_name or "",
        state=state,
        made_at=row.made_at,
        expected=row.expected,
        done=row.done,
        tool_version=row.tool_version,
        rules_version=row.rules_version,
        axe_versions=_texts(row.axe_versions),
        browsers=_texts(row.browsers),
        notes=_texts(row.notes),
        counts=Counts(**{name: getattr(row, name) for name in tables.COUNTS}),
    )


def _texts(text: str) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...]) if text else ()
