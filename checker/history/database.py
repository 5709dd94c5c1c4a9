"""The database of a history: opened, brought to this version's schema, read and written in transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from checker.bounded import NO_FILE, no_file
from checker.clean import one_line
from checker.history import address
from checker.history.errors import HistoryError, Unavailable
from checker.history.tables import metadata

VERSION_TABLE = "presscheck_version"
WAIT = 60.0
"""Seconds to wait for another writer of an SQLite file, and for PostgreSQL to answer."""
_SQLITE = b"SQLite format 3\0"
_LOCK = 0x70726573  # "pres": PostgreSQL's advisory lock while the schema is upgraded

type Reader = Connection
"""What queries ask: a connection of ``History.reading``."""


@dataclass(frozen=True)
class History:
    """An open history; ``name`` is its address without the password."""

    engine: Engine
    name: str

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment. Raises Unavailable."""
        with _said(self.name), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is kept, or nothing. SQLite's has no other writer beside it. Raises Unavailable."""
        with _said(self.name), self.engine.connect() as connection:
            connection.execution_options(writing=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_history(place: str, *, create: bool = False, wait: float = WAIT) -> History:
    """The history at an address, in this version's schema; made where it is not there and ``create`` says so.

    Raises HistoryError for an address, file or schema that cannot be used (a later schema stays untouched), and
    Unavailable where the database does not answer within ``wait`` seconds.
    """
    url = address.parse(place)
    name = address.redacted(url)
    path = address.file_of(url)
    if path is not None:
        _check_file(path, name, create)
    history = History(_engine(url, wait), name)
    try:
        with history.reading() as connection:
            found = _version(connection, name)
        if found != head():
            if found is None and not create:
                raise HistoryError(f"{name} holds no history yet; record a report first")
            _upgrade(history)
    except BaseException:
        history.close()
        raise
    return history


def head() -> str:
    """The version of the schema that this presscheck writes."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None
    return found


def _check_file(path: Path, name: str, create: bool) -> None:
    if path.is_dir():
        raise HistoryError(f"{name} is a folder; name a file in it")
    if no_file(path):
        raise HistoryError(f"{name} is {NO_FILE}; name a file")
    if path.is_file() and not _sqlite(path):
        raise HistoryError(f"{name} is no SQLite database; name another file")
    if not path.parent.is_dir():
        raise HistoryError(f"{name}: the folder {path.parent} is not there; create it first")
    if not create and not path.exists():
        raise HistoryError(f"{name} is not there; record a report first")


def _sqlite(path: Path) -> bool:
    """Whether a file is empty or a database: SQLite itself would take any file of a few bytes for an empty one."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) in (b"", _SQLITE)
    except OSError:  # told when it is opened
        return True


def _engine(url: URL, wait: float) -> Engine:
    if url.drivername == "sqlite":
        engine = create_engine(url, connect_args={"timeout": wait})
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
        return engine
    arguments = {"connect_timeout": max(2, int(wait)), "application_name": "presscheck"}
    return create_engine(url, pool_pre_ping=True, connect_args=arguments)


def _on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Transactions are begun by us, not by the driver."""
    raw: Any = connection
    raw.isolation_level = None
    raw.execute("PRAGMA foreign_keys = ON")


def _on_begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _config() -> Config:
    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _version(connection: Connection, name: str) -> str | None:
    """The schema's version, None for an empty database. Raises HistoryError for one that we cannot know."""
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE not in tables:
        if taken := sorted(tables & set(metadata.tables)):
            raise HistoryError(
                f"{name} has tables of something else ({', '.join(taken)}); name another database"
            )
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise HistoryError(
            f"{name} has the schema {one_line(str(found))[:40]} of a later presscheck (this one knows up to "
            f"{head()}); update presscheck; nothing was changed"
        )
    return None if found is None else str(found)


def _upgrade(history: History) -> None:
    """Bring the schema to ours; whoever else opens it meanwhile waits."""
    sqlite = history.engine.dialect.name == "sqlite"
    if sqlite:
        with _said(history.name), history.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA journal_mode = WAL")
    with history.writing() as connection:
        if not sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if _version(connection, history.name) != head():
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


@contextmanager
def _said(name: str) -> Iterator[None]:
    """The database's errors in one line. What can only be our mistake goes through as it is."""
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError) as error:
        raise Unavailable(f"{name}: {_reason(error)}") from None
    except exc.TimeoutError:
        raise Unavailable(f"{name}: all connections are in use; try again") from None
    except exc.DatabaseError as error:
        kind = type(error)
        if kind is exc.DatabaseError or "permission denied" in str(error.orig):
            raise HistoryError(f"{name}: {_reason(error)}") from None
        raise


def _reason(error: exc.DBAPIError) -> str:
    said = str(error.orig).strip() or type(error.orig).__name__
    return one_line(said.splitlines()[0])[:300]
