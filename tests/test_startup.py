"""The command starts fast: what only an audit needs is not imported before it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker import __version__

COMMAND = Path(sys.executable).parent / "presscheck"
LATE = {"alembic", "axe_selenium_python", "jinja2", "pytest", "selenium", "sqlalchemy"}


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_start_up_imports_neither_selenium_nor_jinja2(option: str, tmp_path: Path) -> None:
    run = subprocess.run(
        [COMMAND, option],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPROFILEIMPORTTIME": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    imported = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines() if "|" in line}
    assert "checker.cli" in imported
    assert not imported & LATE


def test_version_is_the_packages(tmp_path: Path) -> None:
    run = subprocess.run(
        [COMMAND, "--version"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert __version__ in run.stdout.split()[-1]


def test_what_judging_imports_waits_with_selectors_until_somebody_selects() -> None:
    script = (
        "import sys; import checker.run; from checker.document import parse;"
        "assert 'soupsieve' not in sys.modules;"
        "print(parse('<p><b>word</b>').soup.select_one('p > b').text);"
        "assert type(sys.modules['soupsieve']) is type(sys)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (run.stdout, run.stderr) == ("word\n", "")
