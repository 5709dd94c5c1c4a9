"""The set-up finds a Python that is new enough, or says what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "tools" / "python.sh"


def find_python(path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs the search with ``path`` as the only folder on the PATH, and no home."""
    return subprocess.run(
        ["/bin/sh", SCRIPT],
        env={"PATH": str(path), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def pretend(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def test_an_old_python3_is_passed_over(tmp_path: Path) -> None:
    pretend(tmp_path / "python3", "exit 1")
    (tmp_path / "python3.13").symlink_to(sys.executable)
    found = find_python(tmp_path)
    assert (found.returncode, found.stdout.strip()) == (0, str(tmp_path / "python3.13"))


def test_pyenv_versions_are_found_without_its_shims(tmp_path: Path) -> None:
    python = tmp_path / "pyenv" / "versions" / "3.12.4" / "bin" / "python3"
    pretend(python, f'exec "{sys.executable}" "$@"')
    found = find_python(tmp_path / "empty", PYENV_ROOT=str(tmp_path / "pyenv"))
    assert found.returncode == 0
    assert Path(found.stdout.strip()).samefile(sys.executable)


def test_the_named_python_is_not_replaced_by_another(tmp_path: Path) -> None:
    (tmp_path / "python3").symlink_to(sys.executable)
    pretend(tmp_path / "old", "exit 1")
    found = find_python(tmp_path, PYTHON=str(tmp_path / "old"))
    assert (found.returncode, found.stdout) == (1, "")
    assert f"PYTHON={tmp_path / 'old'} is not a Python >= 3.12" in found.stderr
