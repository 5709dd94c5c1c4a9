"""What views ask of a whole site, added up when a run is recorded: a question must not read every finding again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, literal, select

from checker.history import tables
from checker.verdict import Region, Verdict

_episodes = tables.episodes
_faults = tables.faults
_findings = tables.findings
_moves = tables.run_moves


def add(connection: Connection, site: int, run: int) -> None:
    """After a run that changed nothing of what was said before it. Whoever calls it holds the site's lock."""
    _add_moves(connection, _episodes.c.first_run == run, _episodes.c.fixed_run == run)
    _add_faults(connection, site)


def anew(connection: Connection, site: int) -> None:
    """All of it, from the findings. Whoever calls it holds the site's lock."""
    ours = select(tables.runs.c.number).where(tables.runs.c.site == site)
    connection.execute(delete(_moves).where(_moves.c.run.in_(ours)))
    here = _episodes.c.site == site
    _add_moves(connection, here, here)
    _add_faults(connection, site)


def _add_moves(
    connection: Connection, begun: ColumnElement[bool], fixed: ColumnElement[bool]
) -> None:
    """Failures that began and that were fixed with a run, by severity."""
    began = _counted(_episodes.c.first_run, 1, 0).where(begun)
    ended = _counted(_episodes.c.fixed_run, 0, 1).where(fixed, _episodes.c.fixed_run.is_not(None))
    both = began.union_all(ended).subquery()
    total = select(both.c.run, both.c.severity, func.sum(both.c.begun), func.sum(both.c.fixed))
    names = ["run", "severity", "begun", "fixed"]
    connection.execute(
        insert(_moves).from_select(names, total.group_by(both.c.run, both.c.severity))
    )


def _counted(run: ColumnElement[int], begun: int, fixed: int) -> Select[Any]:
    columns = (
        run.label("run"),
        _findings.c.severity,
        (func.count() * literal(begun)).label("begun"),
        (func.count() * literal(fixed)).label("fixed"),
    )
    return (
        select(*columns)
        .join(_findings, _findings.c.number == _episodes.c.finding)
        .where(_findings.c.verdict == Verdict.FAIL.value)
        .group_by(run, _findings.c.severity)
    )


def _add_faults(connection: Connection, site: int) -> None:
    """Open faults of the template, and on how many pages each is."""
    columns = [_findings.c[name] for name in ("site", "rule", "fingerprint", "verdict", "severity")]
    many = (func.count(), func.min(_findings.c.since_at), func.min(_findings.c.number))
    found = (
        select(*columns, *many)
        .where(_findings.c.site == site, _findings.c.open == 1)
        .where(_findings.c.region == Region.TEMPLATE.value)
        .group_by(*columns)
    )
    connection.execute(delete(_faults).where(_faults.c.site == site))
    names = [each.name for each in columns] + ["pages", "since_at", "example"]
    connection.execute(insert(_faults).from_select(names, found))
