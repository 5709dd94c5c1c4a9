"""A report into the history: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

import msgspec
from sqlalchemy import Connection, delete, func, select, update

from checker.clean import plain
from checker.history import known, rows, summaries, tables
from checker.history.database import History
from checker.history.errors import Conflict
from checker.history.observe import Survey, observed, survey
from checker.history.page_writing import PageWriter
from checker.history.runs import drop, start
from checker.history.timeline import Timeline
from checker.history.totals import Totals
from checker.history.values import bounded
from checker.report import Report

_AT_ONCE = 200
_NOTES = 100

type Progress = Callable[[int], object]


@dataclass(frozen=True)
class Recorded:
    """What recording did: ``already`` says that the report was there and nothing changed. ``new`` are findings that
    begin with this run, ``fixed`` those that it found gone."""

    id: str
    site: str
    made_at: str
    already: bool
    pages: int = 0
    new: int = 0
    fixed: int = 0


def record(
    history: History,
    report: Report,
    *,
    site: str = "",
    run: int | None = None,
    progress: Progress = lambda pages: None,
) -> Recorded:
    """Record a report under a site (the host of most of its pages, unless named), as the run that ``start`` gave or
    as a new one. Reports may come in any order, and again.

    Raises HistoryError for a report that cannot be kept, Unavailable where the database fails: nothing of it is
    recorded then, and the run stays unfinished.
    """
    found = survey(report, site)
    with history.reading() as connection:
        there = _there(connection, found.id)
    if not there:
        if run is None:
            run = start(history, site=found.site, claim=found.id, expected=found.counts.pages)
        with history.writing() as connection:
            rules = known.rules(connection, report)
        with history.writing() as connection:
            number = known.site(connection, found.site)
            there = _there(connection, found.id)
            if not there:
                _refuse_pruned(connection, number, found)
                return _write(connection, report, found, number, run, rules, progress)
    if run is not None:
        drop(history, run)
    return Recorded(found.id, found.site, found.made_at, True)


def _there(connection: Connection, mark: str) -> bool:
    query = select(tables.runs.c.number).where(tables.runs.c.id == mark)
    return connection.execute(query).first() is not None


def _refuse_pruned(connection: Connection, site: int, found: Survey) -> None:
    query = select(tables.sites.c.pruned_to).where(tables.sites.c.number == site)
    to = connection.execute(query).scalar_one()
    if found.made_at <= to:
        raise Conflict(
            f"{found.site}: the report of {found.made_at} is older than the runs that were pruned (up to {to})"
        )


def _write(
    connection: Connection,
    report: Report,
    found: Survey,
    site: int,
    run: int,
    rules: known.Rules,
    progress: Progress,
) -> Recorded:
    orders = orders_of(connection, site) | {run: (found.made_at, found.id)}
    _finish(connection, report, found, site, run)
    waivers = known.waivers(connection, site, run, report.waivers)
    totals = Totals(rules)
    writer = PageWriter(Timeline(connection, site, orders), run, rules, waivers)
    done = 0
    for batch in rows.batches(observed(report.audits, found.repeated), _AT_ONCE):
        for page in batch:
            totals.add(page)
        writer.write(batch)
        done += len(batch)
        progress(done)
    totals.write(connection, run)
    (
        summaries.anew(connection, site)
        if writer.changed_before
        else summaries.add(connection, site, run)
    )
    episodes = tables.episodes.c
    counted = [
        connection.execute(select(func.count()).where(column == run)).scalar_one()
        for column in (episodes.first_run, episodes.fixed_run)
    ]
    return Recorded(found.id, found.site, found.made_at, False, done, *counted)


def orders_of(connection: Connection, site: int) -> dict[int, tuple[str, str]]:
    """The order in time of a site's runs, by number."""
    table = tables.runs.c
    query = select(table.number, table.made_at, table.id).where(
        table.site == site, table.id.is_not(None)
    )
    return {number: (made_at, mark) for number, made_at, mark in connection.execute(query)}


def _finish(connection: Connection, report: Report, found: Survey, site: int, run: int) -> None:
    """Make the run complete: seen by nobody before the transaction ends. A former try that died goes."""
    table = tables.runs

    def many(texts: tuple[str, ...]) -> str:
        return msgspec.json.encode(plain(list(texts[:_NOTES]))).decode()

    done = connection.execute(
        update(table)
        .where(table.c.number == run)
        .values(
            site=site,
            id=found.id,
            claim=None,
            state="complete",
            made_at=found.made_at,
            done=found.counts.pages,
            tool_version=str(plain(report.tool_version))[:100],
            rules_version=str(plain(report.rules_version))[:100],
            axe_versions=many(report.axe_versions),
            browsers=many(report.browsers),
            notes=many(report.notes),
            **{name: bounded(number) for name, number in asdict(found.counts).items()},
        )
    )
    if done.rowcount != 1:
        raise Conflict("the run was taken out of the history while it went on; record it again")
    connection.execute(delete(table).where(table.c.claim == found.id, table.c.state == "running"))
