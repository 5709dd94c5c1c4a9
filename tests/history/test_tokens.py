"""Tokens: made, told once, kept as a digest, refused when revoked, expired or wrong; on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select, text

from checker import cli, cli_recording
from checker.history import tables, tokens
from checker.history.database import VERSION_TABLE, History, _config, head, open_history
from checker.history.errors import HistoryError
from checker.history.runs import now
from checker.history.tokens import Scope
from checker.history.writing import record
from tests.history.reports import SITE, Rule, held, report

YEAR = timedelta(days=365)
type Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.delenv(cli_recording.VARIABLE, raising=False)

    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return command


def found(history: History, given: str, after: timedelta = timedelta()) -> tokens.Token | None:
    with history.reading() as connection:
        return tokens.find(connection, given, now() + after)


def test_a_token_opens_what_it_was_made_for(history: History) -> None:
    made, secret = tokens.create(history, Scope.WRITE, now(), YEAR, site=SITE, note="CI")
    assert found(history, secret) == made
    assert (made.scope, made.site, made.note) == (Scope.WRITE, SITE, "CI")


def test_the_database_holds_no_secret(history: History) -> None:
    made, secret = tokens.create(history, Scope.READ, now(), YEAR)
    with history.reading() as connection:
        (row,) = connection.execute(select(tables.tokens)).all()
    part = secret.removeprefix(f"pc_{made.name}_")
    assert len(part) == 43
    assert not [value for value in row if part in str(value)]
    assert re.fullmatch("[0-9a-f]{64}", row.digest)


def test_a_wrong_revoked_or_expired_token_opens_nothing(history: History) -> None:
    made, secret = tokens.create(history, Scope.READ, now(), YEAR)
    other = "A" if secret[-2] != "A" else "B"
    for wrong in ("", made.name, secret[:-2] + other + secret[-1], f"pc_{'0' * 12}_{'A' * 43}",
                  f" {secret}", f"{secret}\n", secret.upper()):  # fmt: skip
        assert found(history, wrong) is None
    assert found(history, secret, YEAR - timedelta(minutes=1)) == made
    assert found(history, secret, YEAR + timedelta(minutes=1)) is None
    first = tokens.revoke(history, made.name, now())
    assert found(history, secret) is None
    assert tokens.revoke(history, secret, now() + YEAR) == first


@pytest.mark.parametrize(("scope", "site"), [(Scope.WRITE, ""), (Scope.READ, SITE)])
def test_only_writing_is_for_one_site(history: History, scope: Scope, site: str) -> None:
    with pytest.raises(HistoryError, match="for one site"):
        tokens.create(history, scope, now(), YEAR, site=site)


def test_a_history_of_the_first_schema_is_upgraded(address: str) -> None:
    history = open_history(address, create=True)
    record(history, report(1, {"a": {"image-alt": Rule(("a.jpg",))}}))
    with history.writing() as connection:
        for table in (tables.tokens, tables.run_moves, tables.faults):
            table.drop(connection)
        connection.execute(text("DROP INDEX ix_findings_worst"))
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '0001'"))
    before = held(history)
    history.close()
    history = open_history(address)
    assert held(history) == before
    made, secret = tokens.create(history, Scope.READ, now(), YEAR)
    assert found(history, secret) == made
    history.close()


def test_the_first_schema_of_the_migrations_has_no_tokens(tmp_path: Path) -> None:
    history = open_history(f"sqlite:///{tmp_path}/new.db", create=True)
    with history.writing() as connection:
        for table in reversed(tables.metadata.sorted_tables):
            table.drop(connection)
        connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
    with history.writing() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        names = {name for (name,) in connection.execute(text("SELECT name FROM sqlite_master"))}
        assert "findings" in names
        assert "tokens" not in names
        command.upgrade(config, "head")
        version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
        assert version == head()
        assert connection.execute(select(tables.tokens)).all() == []
    history.close()


def test_create_list_revoke(run: Run, address: str) -> None:
    code, secret, err = run("token", "create", "--scope", "write", "--site", SITE, "--note",
                            "CI\x1b[31m", "--record", address)  # fmt: skip
    assert code == 0
    name = secret.split("_")[1]
    assert f"Token {name}, writes {SITE}" in err
    assert secret.strip() not in err
    code, out, _ = run("token", "list", "--record", address)
    assert code == 0
    assert out.startswith(f"{name}  live ")
    assert "\x1b" not in out
    assert secret.strip().split("_", 2)[2] not in out
    code, out, _ = run("token", "revoke", name, "--record", address)
    assert (code, out.startswith(f"Token {name}: revoked at ")) == (0, True)
    assert "  revoked  " in run("token", "list", "--record", address)[1]


def test_refusals(run: Run, address: str) -> None:
    run("token", "create", "--scope", "read", "--record", address)
    code, out, err = run("token", "create", "--scope", "write", "--record", address)
    assert (code, out) == (2, "")
    assert "one site (--site)" in err
    code, _, err = run("token", "revoke", "nobody", "--record", address)
    assert code == 2
    assert "no token 'nobody'" in err
    code, _, err = run("token", "list", "--record", "sqlite:////nowhere/x.db")
    assert code == 2
