"""Files that are none, or no end of one: each command that reads them says so in a line."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from checker import bounded, catalog, cli
from checker.rule import RuleError
from checker.selftest import act, ict

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no such files")


@pytest.fixture(params=["pipe", "device", "loop"])
def never(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A pipe that nobody writes into, a device that never ends, a link to itself."""
    path = tmp_path / "given" / "x.toml"
    path.parent.mkdir()
    match request.param:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case _:
            path.symlink_to(path)
    return path


def test_what_never_ends_is_told(never: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["explain", "--finding", "abcdef", "--report", str(never)],
        ["baseline", "show", "--baseline", str(never)],
        ["baseline", "update", "--report", str(never)],
        ["rules", "--rules", str(never.parent)],
        ["--config", str(never), "rules"],
    ):
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        err = capsys.readouterr().err
        assert (ended.value.code, len(err.splitlines())) == (2, 1), err


def test_what_the_shell_has_opened_is_read() -> None:
    out, into = os.pipe()
    os.write(into, b"text")
    os.close(into)
    assert bounded.mapped(Path(f"/dev/fd/{out}"), 4) == b"text"
    os.close(out)


@pytest.mark.parametrize("text", ["", "[" * 100_000, "[1]", '{"testcases": []}', "\ud800"])
def test_a_list_of_cases_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    for name in ("testcases.json", "expected.tsv"):
        (tmp_path / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(act.CasesError):
        act.read(tmp_path)
    with pytest.raises(act.CasesError):
        ict.read(tmp_path)


def test_a_case_of_another_type_is_refused(tmp_path: Path) -> None:
    (tmp_path / "testcases.json").write_text(json.dumps({"testcases": [{"ruleId": 1}]}))
    with pytest.raises(act.CasesError, match=r"testcases\[0\]"):
        act.read(tmp_path)


def test_a_criterion_that_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "x.toml").write_text("a = 1")
    with pytest.raises(RuleError, match="no table"):
        catalog.load([tmp_path])
