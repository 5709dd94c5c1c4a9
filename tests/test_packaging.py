"""What is shipped works where the repository is not: the wheel carries its rules and templates, and audits.

The wheel is built from the source distribution (``python -m build``'s default), so both are under test. It is
installed by pip into a new virtual environment, away from the repository. Its dependencies are not installed again:
a ``.pth`` file there lends the packages of the environment that runs the tests, so that no registry is asked. That
presscheck itself comes from the wheel, not from an editable install, is asserted.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from checker import __version__

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
PUBLIC = "https://www.defense.gov/News/News-Stories/"


@dataclass(frozen=True)
class Installed:
    """The wheel, the new environment's ``bin`` and a folder to work in that is not the repository."""

    wheel: Path
    bin: Path
    folder: Path

    def run(self, command: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        return subprocess.run(
            [self.bin / command, *arguments],
            cwd=self.folder,
            env=clean | {"COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    base = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", base / "dist", ROOT)
    (wheel,) = (base / "dist").glob("*.whl")

    venv.create(base / "env", with_pip=False)
    python = base / "env" / "bin" / "python"
    _run(
        sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel
    )
    site = Path(
        _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    )
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "lent.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")

    (base / "elsewhere").mkdir()
    return Installed(wheel, base / "env" / "bin", base / "elsewhere")


def _run(*command: str | Path) -> str:
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"{run.args}\n{run.stdout}\n{run.stderr}"
    return run.stdout


def _files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("data", ["rules", "reports"])
def test_the_wheel_carries_its_data(installed: Installed, data: str) -> None:
    prefix = f"checker/{data}/"
    with zipfile.ZipFile(installed.wheel) as wheel:
        packed = {n.removeprefix(prefix) for n in wheel.namelist() if n.startswith(prefix)}
    assert packed
    assert packed == _files(ROOT / data)


def test_the_wheel_installs_one_import_name(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        tops = {n.split("/")[0] for n in wheel.namelist()}
    assert tops == {"checker", f"presscheck-{__version__}.dist-info"}


def test_the_installed_package_reads_its_own_data(installed: Installed) -> None:
    show = "from checker._data import folder; print(folder('rules'), folder('reports'))"
    run = installed.run("python", "-c", show)
    assert run.returncode == 0, run.stderr
    environment = installed.bin.parent
    assert [Path(path).is_relative_to(environment) for path in run.stdout.split()] == [True, True]


def test_the_installed_command_lists_every_rule(installed: Installed) -> None:
    run = installed.run("presscheck", "rules")
    assert run.returncode == 0, run.stderr
    apart = {"profiles", "standards", "agencies"}
    ids = {p.stem for p in (ROOT / "rules").rglob("*.toml") if p.parent.name not in apart}
    assert {
        rule for rule in ids if not re.search(rf"(?<![\w-]){rule}(?![\w-])", run.stdout)
    } == set()


@pytest.mark.parametrize(("example", "code"), [("good-article", 0), ("faulty-article", 1)])
def test_the_installed_command_audits_from_another_folder(
    installed: Installed, example: str, code: int
) -> None:
    report = installed.folder / f"{example}.html"
    run = installed.run(
        "presscheck",
        "audit",
        ROOT / "examples" / example,
        *("--public-url", PUBLIC, "--render", "never", "--html", report),
    )
    assert run.returncode == code, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    assert report.read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_the_installed_command_makes_a_history(installed: Installed) -> None:
    """The wheel carries the migrations."""
    page = ROOT / "examples" / "good-article"
    address = f"sqlite:///{installed.folder}/history.db"
    run = installed.run(
        "presscheck",
        "audit",
        page,
        "--public-url",
        PUBLIC,
        "--render",
        "never",
        "--record",
        address,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    listed = installed.run("presscheck", "history", "list", "--record", address)
    assert (listed.returncode, listed.stdout.split()[1]) == (0, "complete"), listed.stderr


def _pins() -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", LOCK, re.MULTILINE))


def test_every_pin_has_a_hash_and_no_address_is_named() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", LOCK.strip())
    assert len(entries) == len(_pins()) > 30
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|\bfile:", LOCK)


@pytest.mark.parametrize(
    "wanted",
    [
        *PROJECT["project"]["dependencies"],
        *(each for extra in PROJECT["project"]["optional-dependencies"].values() for each in extra),
        *PROJECT["dependency-groups"]["dev"],
    ],
)
def test_the_lock_meets_what_the_project_asks_for(wanted: str) -> None:
    requirement = Requirement(wanted)
    assert requirement.specifier.contains(_pins()[canonicalize_name(requirement.name)])
