"""What is added up when a run is recorded is what the findings say, whatever happened before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import select, text

from benchmarks import history_site
from checker.history import runs, summaries, tables
from checker.history.database import History, head, open_history
from checker.history.pruning import prune
from checker.history.queries import runs as listed
from checker.history.writing import record
from checker.report import Report
from checker.verdict import Region, Severity
from tests.history.reports import SITE, Rule, report, sizes

PICTURES = ("a.jpg", "b.jpg", "c.jpg")


def kept(history: History) -> list[list[tuple[object, ...]]]:
    with history.reading() as connection:
        return [
            sorted(map(tuple, connection.execute(select(table))))
            for table in (tables.run_moves, tables.faults)
        ]


def counted(history: History) -> list[list[tuple[object, ...]]]:
    """The same, from the findings, without changing what is kept."""
    with history.engine.connect() as connection:
        site = connection.execute(select(tables.sites.c.number)).scalar_one()
        summaries.anew(connection, site)
        found = [
            sorted(map(tuple, connection.execute(select(table))))
            for table in (tables.run_moves, tables.faults)
        ]
        connection.rollback()
    return found


def shared(given: Report, severity: Severity = Severity.ERROR) -> Report:
    """The report with every fault in the template, and of a severity."""
    audits = tuple(
        replace(
            audit,
            results=tuple(
                replace(
                    result,
                    findings=tuple(
                        replace(found, region=Region.TEMPLATE, severity=severity)
                        for found in result.findings
                    ),
                )
                for result in audit.results
            ),
        )
        for audit in given.audits
    )
    return replace(given, audits=audits)


def week(number: int, *pictures: str) -> Report:
    return shared(
        report(
            number,
            {"a": {"image-alt": Rule(pictures)}, "b": {"image-alt": Rule(("a.jpg", *pictures))}},
        )
    )


def begun(history: History) -> list[tuple[int, int]]:
    with history.reading() as connection:
        site = listed.site(connection, SITE)
        assert site
        return [(point.new, point.fixed) for point in listed.trend(connection, site)]


def test_run_after_run(history: History) -> None:
    record(history, week(1, "b.jpg"))
    record(history, week(3, "c.jpg"))
    assert begun(history) == [(3, 0), (2, 2)]
    assert kept(history) == counted(history)
    assert len(kept(history)[1]) > 0


def test_an_older_run_in_between(history: History) -> None:
    record(history, week(1, "b.jpg"))
    record(history, week(9, "c.jpg"))
    record(history, week(5))
    assert begun(history) == [(3, 0), (0, 2), (2, 0)]
    assert kept(history) == counted(history)


def test_a_rule_that_weighs_otherwise(history: History) -> None:
    record(history, week(1, "b.jpg"))
    before = kept(history)
    record(history, shared(week(2, "b.jpg"), Severity.WARNING))
    assert {row[1] for row in before[0]} == {"error"}
    assert {row[1] for row in kept(history)[0]} == {"warning"}
    assert kept(history) == counted(history)


def test_after_pruning(history: History) -> None:
    for number, name in enumerate(PICTURES, start=1):
        record(history, week(number, name))
    prune(history, runs.now(), keep=1)
    assert kept(history) == counted(history)
    record(history, week(8))
    assert kept(history) == counted(history)


def test_a_history_of_the_schema_before_is_added_up_when_it_is_opened(
    history: History, address: str
) -> None:
    record(history, week(1, "b.jpg"))
    record(history, week(3, "c.jpg"))
    whole = kept(history)
    with history.writing() as connection:
        for table in ("run_moves", "faults"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("DROP INDEX ix_findings_worst"))
        connection.execute(text("UPDATE presscheck_version SET version_num = '0002'"))
    again = open_history(address)
    try:
        assert head() >= "0003"
        assert kept(again) == whole
    finally:
        again.close()


def test_pages_that_the_benchmark_copies_are_as_recorded_ones(
    history: History, tmp_path: Path
) -> None:
    history_site.make(history, 40, 4, base=20)
    recorded = open_history(f"sqlite:///{tmp_path}/recorded.db", create=True)
    try:
        for made in history_site.reports(40, 4):
            record(recorded, made, site=SITE)
        assert sizes(history) == sizes(recorded)
        assert begun(history) == begun(recorded)
        assert kept(history) == counted(history)
        assert kept(history)[0] == kept(recorded)[0]
    finally:
        recorded.close()
