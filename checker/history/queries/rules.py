"""Rules and waivers of a site: what each came to in a run, what is open under it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select

from checker.history import tables
from checker.rule import Reference
from checker.verdict import Verdict

_findings = tables.findings


@dataclass(frozen=True)
class RuleRow:
    """A rule as the newest run that had it knew it, and its pages in that run by outcome; ``open`` are failures over
    all pages of the site by severity, ``reviews`` open questions that a person must answer."""

    id: str
    title: str
    authority: str
    subject: str
    why: str
    fix: str
    criteria: tuple[str, ...]
    section508: tuple[str, ...]
    baseline: tuple[str, ...]
    references: tuple[Reference, ...]
    run: int
    passed: int
    failed: int
    review: int
    not_applicable: int
    broken: int
    out_of_reach: int
    told: int
    elements_passed: int
    findings: int
    open: Mapping[str, int]
    reviews: int


@dataclass(frozen=True)
class WaiverRow:
    """A waiver and what it did in the newest run that had it; ``open`` are open findings that it covers."""

    number: int
    rule: str
    pages: tuple[str, ...]
    element: str
    reason: str
    owner: str
    approver: str
    expires: str
    in_force: bool
    run: int
    days_left: int
    findings: int
    covered: int
    unused: str
    too_broad: str
    open: int


def rules(
    connection: Connection, site: int, *, run: int | None = None, rule: str = ""
) -> list[RuleRow]:
    """The rules that ran on a site, by id: each in the newest run that had it, or all of one run."""
    ran, runs, versions = tables.run_rules, tables.runs, tables.rule_versions
    place = func.row_number().over(
        partition_by=ran.c.rule, order_by=(runs.c.made_at.desc(), runs.c.id.desc())
    )
    placed = (
        select(ran.c.run, ran.c.rule, place.label("place"))
        .join(runs, runs.c.number == ran.c.run)
        .where(runs.c.site == site)
    )
    if run is not None:
        placed = placed.where(ran.c.run == run)
    newest = placed.subquery()
    query = (
        select(ran, versions, tables.rules.c.id)
        .join(newest, (newest.c.run == ran.c.run) & (newest.c.rule == ran.c.rule))
        .join(versions, versions.c.number == ran.c.version)
        .join(tables.rules, tables.rules.c.number == ran.c.rule)
        .where(newest.c.place == 1)
        .order_by(tables.rules.c.id)
    )
    if rule:
        query = query.where(tables.rules.c.id == rule)
    opened, reviews = _open(connection, site)
    return [_rule(row, opened[row.rule], reviews[row.rule]) for row in connection.execute(query)]


@dataclass(frozen=True)
class Reach:
    """On how many pages a rule failed, passed and could not be tested in a run."""

    made_at: str
    failed: int
    passed: int
    not_tested: int


def over_time(connection: Connection, site: int, rule: str, limit: int = 60) -> list[Reach]:
    """A rule in the newest runs of a site that had it, the oldest of them first."""
    ran, runs = tables.run_rules, tables.runs
    query = (
        select(runs.c.made_at, ran.c.failed, ran.c.passed, ran.c.broken + ran.c.out_of_reach)
        .join(runs, runs.c.number == ran.c.run)
        .join(tables.rules, tables.rules.c.number == ran.c.rule)
        .where(runs.c.site == site, tables.rules.c.id == rule)
        .order_by(runs.c.made_at.desc(), runs.c.id.desc())
        .limit(limit)
    )
    return [Reach(*row) for row in connection.execute(query)][::-1]


def waivers(connection: Connection, site: int, today: str) -> list[WaiverRow]:
    """The waivers that runs of a site had, those that end first on top."""
    used, runs, table = tables.run_waivers, tables.runs, tables.waivers
    query = (
        select(table, used)
        .join(used, used.c.waiver == table.c.number)
        .join(runs, runs.c.number == used.c.run)
        .where(table.c.site == site)
        .order_by(table.c.expires, table.c.number, runs.c.made_at.desc(), runs.c.id.desc())
    )
    counted = (
        select(_findings.c.waiver, func.count().label("times"))
        .where(_findings.c.site == site, _findings.c.open == 1, _findings.c.waiver.is_not(None))
        .group_by(_findings.c.waiver)
    )
    opened = {row.waiver: row.times for row in connection.execute(counted)}
    newest: dict[int, Row[Any]] = {}
    for row in connection.execute(query):
        newest.setdefault(row.number, row)
    return [
        WaiverRow(
            number=row.number,
            rule=row.rule,
            pages=msgspec.json.decode(row.pages, type=tuple[str, ...]),
            element=row.element,
            reason=row.reason,
            owner=row.owner,
            approver=row.approver,
            expires=row.expires,
            in_force=row.expires >= today,
            run=row.run,
            days_left=row.days_left,
            findings=row.findings,
            covered=row.covered,
            unused=row.unused,
            too_broad=row.too_broad,
            open=opened.get(row.number, 0),
        )
        for row in newest.values()
    ]


def _open(connection: Connection, site: int) -> tuple[defaultdict[int, Counter[str]], Counter[int]]:
    query = (
        select(_findings.c.rule, _findings.c.verdict, _findings.c.severity, func.count())
        .where(_findings.c.site == site, _findings.c.open == 1)
        .group_by(_findings.c.rule, _findings.c.verdict, _findings.c.severity)
    )
    opened: defaultdict[int, Counter[str]] = defaultdict(Counter)
    reviews: Counter[int] = Counter()
    for number, verdict, severity, times in connection.execute(query):
        if verdict == Verdict.FAIL.value:
            opened[number][severity] += times
        else:
            reviews[number] += times
    return opened, reviews


def _rule(row: Row[Any], opened: Counter[str], reviews: int) -> RuleRow:
    def many(text: str) -> tuple[str, ...]:
        return msgspec.json.decode(text, type=tuple[str, ...])

    tallies = ("passed", "failed", "review", "not_applicable", "broken", "out_of_reach", "told")
    return RuleRow(
        id=row.id,
        title=row.title,
        authority=row.authority,
        subject=row.subject,
        why=row.why,
        fix=row.fix,
        criteria=many(row.criteria),
        section508=many(row.section508),
        baseline=many(row.baseline),
        references=msgspec.json.decode(row.refs, type=tuple[Reference, ...]),
        run=row.run,
        elements_passed=row.elements_passed,
        findings=row.findings,
        open=dict(opened),
        reviews=reviews,
        **{name: getattr(row, name) for name in tallies},
    )
