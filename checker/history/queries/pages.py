"""Pages: which were tested, what is open on them, what each run said of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, case, func, select

from checker.history import tables
from checker.verdict import Verdict

_pages = tables.pages
_findings = tables.findings


@dataclass(frozen=True)
class PageRow:
    """A page as the latest run that asked for it said; ``open`` are failures by severity, ``reviews`` open questions.
    ``tested_at`` is empty for a page that no run could test; ``problem`` why the latest could not."""

    number: int
    key: str
    url: str
    title: str
    first_at: str
    last_at: str
    tested_at: str
    problem: str
    problem_message: str
    open: Mapping[str, int]
    reviews: int


@dataclass(frozen=True)
class Coverage:
    """Pages of a site by what is known of them: ``tested`` by the latest run that asked for them; the others by the
    problem (``time-out``, ``left-out`` …); ``never`` of those were never tested."""

    pages: int
    tested: int
    not_tested: Mapping[str, int]
    never: int


@dataclass(frozen=True)
class Visit:
    """What one run said of a page."""

    run: int
    id: str
    made_at: str
    status: int | None
    problem: str
    problem_message: str
    profile: str
    mode: str
    errors: int
    warnings: int
    advice: int
    reviews: int
    broken: int
    out_of_reach: int
    passed: int


@dataclass(frozen=True)
class Ruling:
    """What a rule came to on a page in a run; ``passed`` counts elements, ``whole`` says that it looked at all of the
    page, ``reason`` why not."""

    rule: str
    verdict: str
    cause: str
    severity: str
    whole: bool
    passed: int
    raised_by: str
    told_by: str
    reason: str


def coverage(connection: Connection, site: int) -> Coverage:
    """How much of a site is tested."""
    untested = func.sum(case((_pages.c.tested_at == "", 1), else_=0))
    query = (
        select(_pages.c.problem, func.count(), untested)
        .where(_pages.c.site == site)
        .group_by(_pages.c.problem)
    )
    problems: Counter[str] = Counter()
    never = 0
    for problem, times, of_these in connection.execute(query):
        problems[problem] += times
        never += int(of_these)
    tested = problems.pop("", 0)
    return Coverage(tested + problems.total(), tested, dict(problems), never)


def pages(
    connection: Connection,
    site: int,
    *,
    tested: bool | None = None,
    search: str = "",
    after: str = "",
    limit: int = 100,
) -> list[PageRow]:
    """Pages by key, at most ``limit`` after the key of the former page's last; ``search`` is part of key or title."""
    query = select(_pages).where(_pages.c.site == site, _pages.c.key > after)
    if tested is not None:
        query = query.where(_pages.c.problem == "" if tested else _pages.c.problem != "")
    if search:
        query = query.where(
            _pages.c.key.icontains(search, autoescape=True)
            | _pages.c.title.icontains(search, autoescape=True)
        )
    return _rows(connection, connection.execute(query.order_by(_pages.c.key).limit(limit)).all())


def worst(connection: Connection, site: int, limit: int = 20) -> list[PageRow]:
    """The pages with the most open errors."""
    many = func.count()
    query = (
        select(_findings.c.page)
        .where(
            _findings.c.site == site,
            _findings.c.open == 1,
            _findings.c.verdict == Verdict.FAIL.value,
            _findings.c.severity == "error",
        )
        .group_by(_findings.c.page)
        .order_by(many.desc(), _findings.c.page)
        .limit(limit)
    )
    numbers = list(connection.execute(query).scalars())
    found = connection.execute(select(_pages).where(_pages.c.number.in_(numbers))).all()
    ordered = sorted(found, key=lambda row: numbers.index(row.number))
    return _rows(connection, ordered)


def page(connection: Connection, site: int, key: str) -> PageRow | None:
    """The page of a key."""
    query = select(_pages).where(_pages.c.site == site, _pages.c.key == key)
    found = _rows(connection, connection.execute(query).all())
    return found[0] if found else None


def numbered(connection: Connection, site: int, number: int) -> PageRow | None:
    """The page of a number."""
    query = select(_pages).where(_pages.c.number == number, _pages.c.site == site)
    found = _rows(connection, connection.execute(query).all())
    return found[0] if found else None


def visits(connection: Connection, page: int, limit: int = 60) -> list[Visit]:
    """The runs that asked for a page, the newest first."""
    states, sheets, runs = tables.states, tables.sheets, tables.runs
    query = (
        select(states, runs.c.number.label("run"), runs.c.id, runs.c.made_at, sheets.c.profile, sheets.c.mode)
        .join(tables.page_runs, tables.page_runs.c.state == states.c.number)
        .join(runs, runs.c.number == tables.page_runs.c.run)
        .join(sheets, sheets.c.number == states.c.sheet)
        .where(tables.page_runs.c.page == page)
        .order_by(runs.c.made_at.desc(), runs.c.id.desc())
        .limit(limit)
    )  # fmt: skip
    names = Visit.__dataclass_fields__
    return [
        Visit(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)
    ]


def rulings(connection: Connection, page: int, run: int) -> list[Ruling]:
    """What every rule came to on a page in a run."""
    states, results, rules = tables.states, tables.sheet_rules, tables.rules
    state = connection.execute(
        select(states.c.sheet, states.c.passes)
        .join(tables.page_runs, tables.page_runs.c.state == states.c.number)
        .where(tables.page_runs.c.page == page, tables.page_runs.c.run == run)
    ).first()
    if state is None:
        return []
    passes = dict(msgspec.json.decode(state.passes, type=list[tuple[int, int]]))
    query = (
        select(results, rules.c.id)
        .join(rules, rules.c.number == results.c.rule)
        .where(results.c.sheet == state.sheet)
        .order_by(rules.c.id)
    )
    return [
        Ruling(
            rule=row.id,
            verdict=row.verdict,
            cause=row.cause,
            severity=row.severity,
            whole=bool(row.whole),
            passed=passes.get(row.rule, 0),
            raised_by=row.raised_by,
            told_by=row.told_by,
            reason=row.reason,
        )
        for row in connection.execute(query)
    ]


def _rows(connection: Connection, found: Sequence[Row[Any]]) -> list[PageRow]:
    numbers = [row.number for row in found]
    query = (
        select(_findings.c.page, _findings.c.verdict, _findings.c.severity, func.count())
        .where(_findings.c.page.in_(numbers), _findings.c.open == 1)
        .group_by(_findings.c.page, _findings.c.verdict, _findings.c.severity)
    )
    opened: defaultdict[int, Counter[str]] = defaultdict(Counter)
    reviews: Counter[int] = Counter()
    for number, verdict, severity, times in connection.execute(query):
        if verdict == Verdict.FAIL.value:
            opened[number][severity] += times
        else:
            reviews[number] += times
    return [
        PageRow(
            number=row.number,
            key=row.key,
            url=row.url,
            title=row.title,
            first_at=row.first_at,
            last_at=row.last_at,
            tested_at=row.tested_at,
            problem=row.problem,
            problem_message=row.problem_message,
            open=dict(opened[row.number]),
            reviews=reviews[row.number],
        )
        for row in found
    ]
