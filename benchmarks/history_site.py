"""A made-up site, week by week: the reports of its first pages, recorded as ever, and copies of these pages in the
database. A copy has the rows that recording it would have made (``tests/history/test_grown.py`` holds both together),
in a small part of the time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, func, insert, select, update

from checker import catalog
from checker.history import summaries, tables
from checker.history.database import History
from checker.history.values import digest
from checker.history.writing import record
from checker.page import Mode
from checker.report import Audit, Finding, Report, Result, count
from checker.verdict import Location, Region, Severity, Verdict, failed, review

SITE = "www.example.gov"
_START = date(2025, 12, 1)
_TEMPLATE = 6  # rules that every page fails alike
_OWN = 14  # rules that half of the pages fail, each in its own way
_AT_ONCE = 20_000
_PER_PAGE = {
    "runs": (tables.COUNTS, ("expected", "done")),
    "run_rules": (("passed", "failed", "review", "not_applicable", "told", "elements_passed", "findings"),),
    "run_totals": (("findings", "pages"),),
}  # fmt: skip


def key(page: int) -> str:
    """The address of a page without its scheme, as a history has it."""
    return f"{SITE}/news/{page:06}/"


def reports(pages: int, weeks: int, first: int = 0) -> Iterator[Report]:
    """The report of each week on pages that are numbered from ``first`` on."""
    rules = tuple(sorted(catalog.load(()).rules.values(), key=lambda rule: rule.id))
    for week in range(weeks):
        audits = tuple(
            _audit(page, week, [rule.id for rule in rules]) for page in range(first, first + pages)
        )
        made = f"{_START + timedelta(weeks=week)}T06:00:00Z"
        yield Report("0.1.0", "0123456789ab", made, rules, (), count(audits), audits,
                     axe_versions=("4.12.1",), browsers=("Chromium 143.0",))  # fmt: skip


def _audit(page: int, week: int, rules: list[str]) -> Audit:
    results = tuple(_result(page, week, place, rule) for place, rule in enumerate(rules))
    address = f"https://{key(page)}"
    return Audit(address, address, f"Article {page:06}", "federal", Mode.RENDERED,
                 "2025-12-01T06:00:00Z", results, status=200)  # fmt: skip


def _result(page: int, week: int, place: int, rule: str) -> Result:
    """Pages differ by their last two digits alone, so that a copy of a hundred is like the next hundred."""
    kind = (page % 100 + place) % 4
    severity = Severity.ERROR if place % 2 else Severity.WARNING
    found: tuple[Finding, ...] = ()
    if place < _TEMPLATE:
        where = Location("header > a.logo", '<a class="logo">')
        found = (
            Finding(
                rule,
                severity,
                failed(f"The logo {place} has no name.", where),
                _mark(place),
                Region.TEMPLATE,
            ),
        )
    elif place < _TEMPLATE + _OWN and kind % 2 == 0:
        # Editors mend a quarter of the faults each quarter of a year and make new ones; a few come and go.
        version = week // 13 if kind else week // 3
        name = f"{page:06}-{place}-{version}.jpg"
        where = Location(f"main img:nth-of-type({place})", f'<img src="{name}">', resource=name)
        say = review if place % 7 == 0 else failed
        found = (
            Finding(
                rule,
                severity,
                say(f"The image “{name}” has no text alternative.", where),
                _mark(page, place, version),
                Region.ARTICLE,
            ),
        )
    verdict = found[0].outcome.verdict if found else Verdict.PASS
    return Result(rule, verdict, severity, (page % 100 + place) % 17, found)


def _mark(*parts: int) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def make(history: History, pages: int, weeks: int, base: int = 100) -> None:
    """Fill an empty history with so many pages: the first ``base`` of them recorded, the others copied. ``pages`` is a
    multiple of ``base``."""
    for report in reports(min(base, pages), weeks):
        record(history, report, site=SITE)
    if copies := pages // base - 1:
        with history.writing() as connection:
            Copier(connection, base).grow(copies)
    with (
        history.engine.connect() as connection
    ):  # what both servers do by themselves in a quiet hour
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


class Copier:
    """Copies of the pages that are there. Every number of a row is moved by the greatest one, once a copy."""

    def __init__(self, connection: Connection, base: int) -> None:
        self._connection = connection
        self._base = base
        self._step = {
            table.name: connection.execute(select(func.max(table.c.number))).scalar() or 0
            for table in (tables.pages, tables.states, tables.details, tables.findings, tables.episodes)
        }  # fmt: skip

    def grow(self, copies: int) -> None:
        """Add so many copies of all pages."""
        self._multiply(copies + 1)
        shared = self._shared_details()
        for table in (
            tables.pages,
            tables.details,
            tables.states,
            tables.findings,
            tables.episodes,
            tables.page_runs,
        ):
            rows = [row._asdict() for row in self._connection.execute(select(table))]
            if table is tables.details:
                rows = [row for row in rows if row["number"] not in shared]
            made = (
                self._moved(table, row, copy, shared) for copy in range(1, copies + 1) for row in rows
            )  # fmt: skip
            _add(self._connection, table, made)
        site = self._connection.execute(select(tables.sites.c.number)).scalar_one()
        summaries.anew(self._connection, site)
        if self._connection.dialect.name == "postgresql":
            for name in self._step:
                self._connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'number'), (SELECT max(number) FROM {name}))"
                )

    def _multiply(self, times: int) -> None:
        """The totals of each run, over so many times the pages."""
        for name, groups in _PER_PAGE.items():
            table = tables.metadata.tables[name]
            columns = [table.c[column] for group in groups for column in group]
            self._connection.execute(update(table).values({each: each * times for each in columns}))
        totals = tables.run_totals
        self._connection.execute(
            update(totals)
            .where(totals.c.region == Region.ARTICLE.value)
            .values(different=totals.c.different * times)
        )

    def _shared_details(self) -> frozenset[int]:
        findings = tables.findings
        query = select(findings.c.detail).where(findings.c.region == Region.TEMPLATE.value)
        return frozenset(self._connection.execute(query).scalars())

    def _moved(
        self, table: Table, row: Mapping[str, Any], copy: int, shared: frozenset[int]
    ) -> dict[str, Any]:
        """The row of a copy of the page."""
        new = dict(row)
        for column, of in _NUMBERS[table.name].items():
            if column == "detail" and row[column] in shared:
                continue
            new[column] += copy * self._step[of]
        page = f"{copy * self._base:06}"
        match table.name:
            case "pages":
                number = int(row["key"].split("/")[-2]) + copy * self._base
                new |= {
                    "key": key(number),
                    "digest": digest(key(number)),
                    "url": f"https://{key(number)}",
                }
                new["title"] = f"Article {number:06}"
            case "details" | "states":
                new["digest"] = digest(page, row["digest"])
            case "findings" if row["region"] == Region.ARTICLE:
                new["fingerprint"] = digest(page, row["fingerprint"])[:16]
        if table.name == "states":
            shown = msgspec.json.decode(row["shown"], type=list[int])
            moved = [each + copy * self._step["findings"] for each in shown]
            new["shown"] = msgspec.json.encode(moved).decode()
        return new


_NUMBERS = {
    "pages": {"number": "pages"},
    "details": {"number": "details"},
    "states": {"number": "states", "page": "pages"},
    "findings": {"number": "findings", "page": "pages", "detail": "details"},
    "episodes": {"number": "episodes", "page": "pages", "finding": "findings"},
    "page_runs": {"page": "pages", "state": "states"},
}


def _add(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    """Insert many rows; PostgreSQL takes them by COPY."""
    names = [column.name for column in table.c]
    if connection.dialect.name == "postgresql":
        raw: Any = connection.connection.driver_connection
        columns = ", ".join(f'"{name}"' for name in names)
        with (
            raw.cursor() as cursor,
            cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row([row[name] for name in names])
        return
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            connection.execute(insert(table), batch)
            batch.clear()
    if batch:
        connection.execute(insert(table), batch)
