"""Addresses, schema and trouble with the database: one line, no password, nothing lost or changed."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, text

from checker.history import address as addresses
from checker.history import tables
from checker.history.database import VERSION_TABLE, History, head, open_history
from checker.history.errors import HistoryError, Unavailable
from checker.history.writing import record
from tests.history import postgres
from tests.history.reports import Rule, held, report

ONE = {"a": {"image-alt": Rule(("a.jpg",))}}


def refused(place: str, *, create: bool = True, wait: float = 0.1) -> str:
    with pytest.raises(HistoryError) as error:
        open_history(place, create=create, wait=wait)
    assert "\n" not in str(error.value)
    assert "secret" not in str(error.value)
    return str(error.value)


def test_the_migrations_make_the_tables(history: History) -> None:
    with history.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, tables.metadata) == []
        assert context.get_current_revision() == head()


def test_many_open_a_new_history_at_once(address: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_history(address, create=True), range(4)))
    for each in opened:
        record(each, report(1, ONE))
        each.close()
    assert len(held(open_history(address))["runs"]) == 1


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("history.db", "no database address"),
        ("mysql://user:secret@host/name", "unknown kind of database"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("postgresql://user:secret@[::1/name?password=secret", "no database address"),
        ("sqlite:////nowhere/at/all/history.db", "the folder /nowhere/at/all is not there"),
        ("sqlite:////tmp", "is a folder"),
        ("sqlite:////dev/zero", "is a pipe, a socket or a device"),
    ],
)
def test_an_address_that_cannot_be_used(place: str, said: str) -> None:
    assert said in refused(place)


@pytest.mark.parametrize("content", ["1", "not a database at all" * 100])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.db"
    file.write_text(content)
    assert "is no SQLite database" in refused(f"sqlite:///{file}")
    assert file.read_text() == content


def test_no_message_shows_a_password(tmp_path: Path) -> None:
    place = f"postgresql://user:secret@/name?host={tmp_path}&password=secret&sslpassword=secret"
    with pytest.raises(Unavailable) as error:
        open_history(place, wait=0.1)
    assert "secret" not in str(error.value)
    assert str(error.value).startswith("postgresql://user:***@/name")
    assert "secret" not in addresses.redacted(addresses.parse(place))


def test_a_history_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    assert "is not there" in refused(f"sqlite:///{tmp_path}/none.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_not_made_a_history_by_reading(server: postgres.Server) -> None:
    place = server.create("empty")
    assert "holds no history yet" in refused(place, create=False, wait=5)
    assert "holds no history yet" in refused(place, create=False, wait=5)


def test_a_later_schema_is_left_untouched(history: History, address: str) -> None:
    record(history, report(1, ONE))
    with history.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = 'later'"))
    before = held(history)
    said = refused(address, wait=5)
    assert "later presscheck" in said
    assert "nothing was changed" in said
    assert held(history) == before


def test_tables_of_something_else_are_left_alone(address: str, tmp_path: Path) -> None:
    history = open_history(address, create=True)
    with history.writing() as connection:
        connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
    history.close()
    assert "tables of something else" in refused(address, wait=5)


def test_a_locked_file_is_waited_for_and_then_told(tmp_path: Path) -> None:
    place = f"sqlite:///{tmp_path}/x.db"
    open_history(place, create=True).close()
    history = open_history(place, wait=0.2)
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="database is locked"):
        record(history, report(1, ONE))
    other.execute("ROLLBACK")
    assert record(history, report(1, ONE)).new == 1


def test_a_database_that_may_only_be_read(tmp_path: Path) -> None:
    place = f"sqlite:///{tmp_path}/x.db"
    open_history(place, create=True).close()
    history = open_history(place)
    event.listen(history.engine, "connect", lambda raw, _: raw.execute("PRAGMA query_only = ON"))
    history.engine.dispose()
    with pytest.raises(Unavailable, match="attempt to write a readonly database"):
        record(history, report(1, ONE))


def test_a_server_that_goes_away_in_the_middle(server: postgres.Server) -> None:
    history = open_history(server.create("away"), create=True)
    record(history, report(1, ONE))
    before = held(history)

    def stop(_: int) -> None:
        server.stop()

    try:
        with pytest.raises(Unavailable) as error:
            record(history, report(2, ONE), progress=stop)
        assert "\n" not in str(error.value)
    finally:
        server.start()
    assert held(history)["findings"] == before["findings"]
    assert [row[1] for row in held(history)["runs"]] == ["complete", "running"]
    assert record(history, report(2, ONE)).already is False
    assert [row[1] for row in held(history)["runs"]] == ["complete", "complete"]
