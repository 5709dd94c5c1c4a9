"""Imports point one way, so that judging stays pure and a report is all that an output needs.

The rooms of the design: loading gathers a Page, engine and checks judge it, outputs and gate tell the Report.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "checker"
MODULES = sorted(PACKAGE.rglob("*.py"))

# What a room may import of ours, itself apart. Modules that are not named here (cli, config and the like) are at the
# top: they may import everything, and no room may import them.
TELLING = frozenset(
    {
        "_data",
        "clean",
        "coverage",
        "marks",
        "page",
        "pages",
        "repeats",
        "report",
        "rule",
        "severity",
        "status",
        "verdict",
    }
)
ALLOWED = {
    "_data": frozenset(),
    "bounded": frozenset(),
    "clean": frozenset(),
    "marks": frozenset(),
    "verdict": frozenset(),
    "strict": frozenset(),
    "toml": frozenset({"bounded"}),
    "weight": frozenset(),
    "nodes": frozenset(),
    "css": frozenset(),
    "later": frozenset(),
    "sink": frozenset({"nodes"}),
    "document": frozenset({"css", "nodes", "sink", "weight"}),
    "rendering": frozenset(),
    "page": frozenset({"rendering", "verdict"}),
    "rule": frozenset({"page", "verdict"}),
    "coverage": frozenset({"rule", "verdict"}),
    "status": frozenset({"verdict"}),
    "report": frozenset({"page", "rule", "status", "verdict"}),
    "pages": frozenset({"report"}),
    "repeats": frozenset({"marks", "pages", "report", "verdict"}),
    "stable": frozenset({"report", "verdict"}),
    "spool": frozenset({"clean", "report"}),
    "severity": frozenset({"rule", "verdict"}),
    "fingerprint": frozenset({"article"}),
    "gaps": frozenset({"page", "verdict"}),
    "told_once": frozenset({"report", "rule", "verdict"}),
    "article": frozenset({"css", "document", "page", "rendering", "verdict"}),
    "checks": frozenset({"article", "page", "rendering", "verdict"}),
    "catalog": frozenset(
        {"_data", "article", "bounded", "checks", "rule", "strict", "toml", "verdict"}
    ),
    "engine": frozenset(
        {
            "article",
            "catalog",
            "checks",
            "document",
            "fingerprint",
            "gaps",
            "later",
            "page",
            "report",
            "rule",
            "severity",
            "told_once",
            "verdict",
        }
    ),
    "loading": frozenset(
        {"bounded", "clean", "document", "marks", "page", "rendering", "strict", "verdict"}
    ),
    "gate": TELLING,
    "waivers": frozenset({"baseline", "pages", "report", "status", "strict", "toml", "verdict"}),
    "triage": frozenset({"baseline", "pages", "repeats", "report", "status", "verdict", "waivers"}),
    "files": frozenset(),
    "baseline": TELLING | {"bounded", "files", "fingerprint", "outputs", "strict", "toml"},
    "history": TELLING | {"bounded", "outputs"},
    "dashboard": TELLING | {"history", "outputs"},
    "outputs": TELLING | {"gate"},
}

# Packages that have one owner, and the modules that may import them (by path below checker/, as a prefix).
OWNERS = {
    "selenium": "loading/",
    "axe_selenium_python": "loading/axe",
    "httpx": "loading/",
    "jinja2": ("outputs/", "dashboard/"),
    "turbohtml": ("document.py", "css.py", "loading/encoding.py", "article/language.py"),
    "click": "cli",
    "sqlalchemy": "history/",
    "alembic": "history/",
    "psycopg": "history/",
    "starlette": "dashboard/",
    "uvicorn": "dashboard/",
    "limits": "dashboard/",
    "prometheus_client": "dashboard/",
    "pyarrow": "dashboard/",
    "yaml": "cli_acr",
    "distributed": "cluster.py",
}

# Judging has no I/O, no clock and no chance.
JUDGING = {
    "article",
    "checks",
    "clean",
    "coverage",
    "css",
    "document",
    "engine",
    "fingerprint",
    "gaps",
    "gate",
    "pages",
    "repeats",
    "severity",
    "stable",
    "status",
    "told_once",
    "triage",
    "verdict",
}
IMPURE = {
    "asyncio",
    "http",
    "os",
    "random",
    "secrets",
    "socket",
    "ssl",
    "subprocess",
    "tempfile",
    "time",
}


def imported(source: str) -> Iterator[str]:
    """Dotted names that the source imports, wherever in it; ``from a import b`` gives ``a.b``."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(level=0, module=str(module), names=names):
                yield from (f"{module}.{alias.name}" for alias in names)
            case ast.ImportFrom():
                yield "relative"


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def ours(path: Path) -> set[str]:
    """The rooms that a module imports, its own apart."""
    names = (item.split(".") for item in imported(path.read_text(encoding="utf-8")))
    rooms = {parts[1] for parts in names if parts[0] == "checker" and len(parts) > 1}
    return {room for room in rooms if not room.startswith("__")} - {room_of(path)}


def packages(path: Path) -> set[str]:
    return {item.split(".")[0] for item in imported(path.read_text(encoding="utf-8"))}


def test_the_walk_sees_imports_wherever_they_stand() -> None:
    source = "import a.b\ndef f():\n    from c.d import e, g\nif x:\n    from . import h\n"
    assert set(imported(source)) == {"a.b", "c.d.e", "c.d.g", "relative"}


def test_every_room_is_there() -> None:
    assert set(ALLOWED) <= {room_of(path) for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_are_absolute(path: Path) -> None:
    assert "relative" not in set(imported(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) in ALLOWED], ids=name)
def test_a_room_imports_only_rooms_below_it(path: Path) -> None:
    assert ours(path) <= ALLOWED[room_of(path)]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_package_is_imported_by_its_owner_only(path: Path) -> None:
    strangers = {
        package
        for package in packages(path) & set(OWNERS)
        if not name(path).startswith(OWNERS[package])
    }
    assert not strangers


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) in JUDGING], ids=name)
def test_judging_is_pure(path: Path) -> None:
    assert not packages(path) & IMPURE
