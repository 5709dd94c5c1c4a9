"""The command line: audits that are recorded, import, list and prune; exit codes; one-line refusals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from checker import __version__, cli, cli_recording
from checker.history.database import VERSION_TABLE, open_history
from tests.history.reports import held

BAD = (
    "<!doctype html><html lang=en><head><title>An article with a long enough title</title></head>"
    "<body><main><h1>An article</h1><p>Text <img src=a.jpg></p></main></body></html>"
)
GOOD = BAD.replace("<img src=a.jpg>", "")
AUDIT = ("audit", "a.html", "--render", "never", "--public-url", "https://www.agency.gov/news/")

type Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in a folder with a faulty page: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(cli_recording.VARIABLE, raising=False)
    (tmp_path / "a.html").write_text(BAD)

    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return command


def listed(run: Run, *options: str) -> list[dict[str, object]]:
    code, out, err = run("history", "list", "--json", *options)
    assert (code, err) == (0, "")
    found: list[dict[str, object]] = json.loads(out)
    return found


def test_an_audit_is_recorded_and_its_report_is_the_same_run(run: Run, address: str) -> None:
    code, _, err = run(*AUDIT, "--record", address, "--json", "report.json")
    assert code == 1
    assert "Recorded in " in err
    assert ": 1 page, " in err
    (first,) = listed(run, "--record", address)
    assert (first["site"], first["state"], first["tool_version"]) == (
        "www.agency.gov", "complete", __version__
    )  # fmt: skip
    code, out, _ = run("history", "import", "--record", address, "report.json", "report.json")
    assert (code, out.count("was there already, nothing changed")) == (0, 2)
    assert listed(run, "--record", address) == [first]


def test_fixed_between_two_audits(
    run: Run, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for epoch, html in (("1764000000", BAD), ("1764600000", GOOD)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        (tmp_path / "a.html").write_text(html)
        run(*AUDIT, "--record", address, "--only", "image-alt-missing")
    history = open_history(address)
    (story,) = held(history)["stories"]
    assert story[3:] == ("2025-11-24T16:00:00Z", "2025-11-24T16:00:00Z", "2025-12-01T14:40:00Z")
    history.close()


def test_the_address_and_the_site_may_stand_in_the_configuration(run: Run, tmp_path: Path) -> None:
    (tmp_path / "presscheck.toml").write_text('record = "sqlite:///own.db"\nsite = "Ours"\n')
    run(*AUDIT)
    assert [each["site"] for each in listed(run)] == ["Ours"]


def test_the_variable_is_for_addresses_with_a_password(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "presscheck.toml").write_text('record = "sqlite:///configured.db"\n')
    monkeypatch.setenv(cli_recording.VARIABLE, "sqlite:///variable.db")
    run(*AUDIT)
    run(*AUDIT, "--record", "sqlite:///option.db")
    assert {path.name for path in tmp_path.glob("*.db")} == {"variable.db", "option.db"}


def test_list_for_people_and_prune(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for epoch in ("1764000000", "1764600000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        run(*AUDIT, "--record", "sqlite:///h.db")
    code, out, _ = run("history", "prune", "--record", "sqlite:///h.db", "--keep", "1")
    assert (code, out) == (0, "www.agency.gov: 1 run pruned up to 2025-11-24T16:00:00Z\n")
    code, out, _ = run("history", "list", "--record", "sqlite:///h.db")
    assert code == 0
    assert [line.split()[1] for line in out.splitlines()] == ["complete", "pruned", "runs"]
    assert "1 page (0 not tested)" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list",), "say where the history is"),
        (("list", "--record", "sqlite:///none.db"), "is not there"),
        (("prune", "--record", "sqlite:///none.db"), "--keep N or --older-than AGE"),
        (("prune", "--record", "sqlite:///none.db", "--older-than", "soon"), "no age such as 90d"),
        (("list", "--record", "oracle://x"), "unknown kind of database"),
    ],
)
def test_refusals_are_one_line_and_2(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run("history", *arguments)
    assert (code, out, len(err.splitlines())) == (2, "", 1), err
    assert said in err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"{}", "no presscheck report"),
        (b"[" * 200_000, "no presscheck report"),
        (b'{"format": "presscheck-report", "version": "9.0"}', "of version 9.0"),
        (b'{"format": "presscheck-report", "version": "1.0", "audits": 3}', "is not whole"),
        (b"\xff\xfe\x00", "no presscheck report"),
    ],
    ids=["empty", "other", "deep", "later", "broken", "binary"],
)
def test_what_is_no_report_is_refused_and_the_others_are_recorded(
    run: Run, tmp_path: Path, content: bytes, said: str
) -> None:
    run(*AUDIT, "--json", "good.json")
    (tmp_path / "bad.json").write_bytes(content)
    code, out, err = run("history", "import", "--record", "sqlite:///h.db", "bad.json", "good.json")
    assert (code, len(err.splitlines())) == (2, 1), err
    assert said in err
    assert "good.json: run " in out
    assert len(listed(run, "--record", "sqlite:///h.db")) == 1


def test_a_history_that_cannot_be_used_stops_the_audit_before_it_begins(
    run: Run, tmp_path: Path
) -> None:
    history = open_history("sqlite:///h.db", create=True)
    with history.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = 'later'"))
    history.close()
    code, out, err = run(*AUDIT, "--record", "sqlite:///h.db", "--json", "report.json")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert not (tmp_path / "report.json").exists()


def test_a_database_that_does_not_answer_never_hides_the_audits_result(
    run: Run, tmp_path: Path
) -> None:
    place = f"postgresql://user:secret@/name?host={tmp_path}"
    code, out, err = run(*AUDIT, "--record", place, "--json", "report.json")
    assert code == 1  # findings win
    assert "image-alt-missing" in out
    assert (tmp_path / "report.json").exists()
    assert "is recorded at its end, if it can be" in err
    assert "not recorded: postgresql://user:***@/name" in err
    assert "secret" not in out + err
    assert run(*AUDIT, "--record", place, "--fail-on", "never")[0] == 3
    assert run("history", "list", "--record", place)[0] == 3


def test_without_the_extra_it_is_told_how_to_install_it(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(GOOD)
    hide = (
        "import importlib.util as u, sys; find = u.find_spec; "
        "u.find_spec = lambda name, *rest: None if name == 'sqlalchemy' else find(name, *rest); "
        "from checker import cli; cli.main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", hide, *AUDIT, "--record", "sqlite:///h.db"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        "presscheck: a history needs further packages (sqlalchemy): pip install 'presscheck[history]'\n"
    )
    assert not (tmp_path / "h.db").exists()
