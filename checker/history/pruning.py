"""Old runs out of the history: their details go, their counts and dates stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update

from checker.history import rows, summaries, tables
from checker.history.database import History
from checker.history.intervals import Tracker
from checker.history.runs import died
from checker.history.timeline import Timeline
from checker.history.writing import orders_of

_AT_ONCE = 50


@dataclass(frozen=True)
class Pruned:
    """A site after pruning: how many runs lost their details, how many died ones are forgotten, up to when."""

    site: str
    runs: int
    died: int
    to: str


def prune(
    history: History,
    moment: datetime,
    *,
    keep: int | None = None,
    before: str | None = None,
    site: str = "",
) -> list[Pruned]:
    """Prune every site, or the one that is named: keep the details of its newest ``keep`` runs, or of those made
    ``before`` a time or later. What is open keeps the day on which it was first seen. The newest run always stays.

    Raises Unavailable; a site is pruned whole or not at all.
    """
    with history.reading() as connection:
        query = select(tables.sites.c.name).order_by(tables.sites.c.name)
        names = [name for name in connection.execute(query).scalars() if not site or name == site]
    done = []
    for name in names:
        with history.writing() as connection:
            done.append(_prune(connection, name, keep, before, moment))
    return done


def _prune(
    connection: Connection, name: str, keep: int | None, before: str | None, moment: datetime
) -> Pruned:
    sites, runs = tables.sites, tables.runs
    query = select(sites).where(sites.c.name == name).with_for_update()
    site = connection.execute(query).one()
    gone = _forget_died(connection, site.number, moment)
    query = select(runs.c.number, runs.c.made_at, runs.c.id).where(
        runs.c.site == site.number, runs.c.state == "complete"
    )
    newest = sorted(connection.execute(query), key=lambda run: (run.made_at, run.id), reverse=True)
    kept = max(1, keep if keep is not None else len(newest))
    old = [
        run for place, run in enumerate(newest) if place >= kept or (before and run.made_at < before and place)
    ]  # fmt: skip
    # A run of the same second as one that goes goes with it: the boundary is a time.
    to = max((run.made_at for run in old), default="")
    old = [run for run in newest[1:] if run.made_at <= to]
    if not old:
        return Pruned(name, 0, gone, site.pruned_to)
    _take_out(connection, site.number, [run.number for run in old])
    connection.execute(update(sites).where(sites.c.number == site.number).values(pruned_to=to))
    return Pruned(name, len(old), gone, to)


def _forget_died(connection: Connection, site: int, moment: datetime) -> int:
    runs = tables.runs.c
    query = select(runs.number, runs.seen_at, runs.writer).where(
        runs.state == "running", (runs.site == site) | runs.site.is_(None)
    )
    dead = [
        run.number for run in connection.execute(query) if died(run.seen_at, run.writer, moment)
    ]
    for batch in rows.batches(dead):
        connection.execute(delete(tables.runs).where(runs.number.in_(batch)))
    return len(dead)


def _take_out(connection: Connection, site: int, old: Sequence[int]) -> None:
    timeline = Timeline(connection, site, orders_of(connection, site))
    page_runs = tables.page_runs
    query = select(page_runs.c.page).where(page_runs.c.run.in_(old)).distinct()
    for pages in rows.batches(list(connection.execute(query).scalars()), _AT_ONCE):
        _keep_open(timeline, pages, frozenset(old))
        connection.execute(
            delete(page_runs).where(page_runs.c.page.in_(pages), page_runs.c.run.in_(old))
        )
        timeline.rebuild(pages)
    _sweep(connection, site)
    summaries.anew(connection, site)
    connection.execute(
        update(tables.runs).where(tables.runs.c.number.in_(old)).values(state="pruned")
    )


def _keep_open(timeline: Timeline, pages: Sequence[int], old: frozenset[int]) -> None:
    """Write down what is open on the pages after the last of the old runs."""
    seen, bases, rules = (
        timeline.observations(pages),
        timeline.bases(pages),
        timeline.rules_of(pages),
    )
    table = tables.bases
    timeline.connection.execute(delete(table).where(table.c.page.in_(pages)))
    for page in pages:
        tracker = Tracker(rules, {each.finding: each for each in bases.get(page, ())})
        for each in seen[page]:
            if each.run in old:
                tracker.step(each)
        rows.add(
            timeline.connection,
            table,
            [
                {"finding": each.finding, "page": page, "first_run": each.first, "last_run": each.last}
                for each in tracker.open.values()
            ],
        )  # fmt: skip


def _sweep(connection: Connection, site: int) -> None:
    """Take out what nothing points at any more."""
    findings, states, sheets = tables.findings, tables.states, tables.sheets
    unused = [
        (states, tables.page_runs.c.state == states.c.number, states.c.page.in_(
            select(tables.pages.c.number).where(tables.pages.c.site == site))),
        (findings, tables.episodes.c.finding == findings.c.number, findings.c.site == site),
        (tables.details, findings.c.detail == tables.details.c.number, tables.details.c.site == site),
    ]  # fmt: skip
    for table, used, where in unused:
        connection.execute(delete(table).where(where, ~exists().where(used)))
    idle = select(sheets.c.number).where(
        sheets.c.site == site, ~exists().where(states.c.sheet == sheets.c.number)
    )
    connection.execute(delete(tables.sheet_rules).where(tables.sheet_rules.c.sheet.in_(idle)))
    connection.execute(
        delete(sheets).where(
            sheets.c.site == site, ~exists().where(states.c.sheet == sheets.c.number)
        )
    )
