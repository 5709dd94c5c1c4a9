"""A new, empty history of each kind; PostgreSQL's in a server that the tests start."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from checker.history.database import History, open_history
from tests.history import postgres

_names = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    with postgres.running(programs) as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that is not there yet, or is empty."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/history.db"
    running: postgres.Server = request.getfixturevalue("server")
    return running.create(f"history{next(_names)}")


@pytest.fixture
def history(address: str) -> Iterator[History]:
    opened = open_history(address, create=True)
    yield opened
    opened.close()
