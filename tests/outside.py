"""Validators that are not ours: programs of the npm registry, installed once into a cache folder.

A test that needs one is skipped, and says so, where npm is not there or does not get it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "presscheck-tests"

SARIF_MULTITOOL = ("@microsoft/sarif-multitool@5.7.0", "@microsoft/sarif-multitool-linux@5.7.0")
SARIF_SCHEMA = ("@microsoft/jest-sarif@1.0.0-beta.0",)
ACTIONS = ("@actions/core@3.0.1",)
LANGUAGE_SERVICE = (
    "@actions/languageservice@0.3.61",
    "esbuild@0.28.2",
    "vscode-languageserver-textdocument@1.0.16",
)


@cache
def modules(packages: tuple[str, ...]) -> Path:
    """The folder ``node_modules`` with these packages (name@version)."""
    npm = shutil.which("npm")
    if not npm:
        pytest.skip(f"npm is not installed: {packages[0]} cannot judge")
    place = CACHE / "+".join(packages).replace("/", "-")
    if not place.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=CACHE))
        (fresh / "package.json").write_text('{"private": true}')
        done = subprocess.run(
            [
                npm,
                "install",
                "--ignore-scripts",
                "--no-fund",
                "--no-audit",
                "--prefix",
                fresh,
                *packages,
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        if done.returncode:
            shutil.rmtree(fresh)
            pytest.skip(f"npm does not get {packages[0]}: {done.stderr.strip()[-200:]}")
        try:
            fresh.rename(place)
        except OSError:  # another worker was first
            shutil.rmtree(fresh)
    return place / "node_modules"


def node(script: str, packages: tuple[str, ...], *arguments: str) -> str:
    """What a module's script prints; it may import ``packages``."""
    folder = modules(packages).parent
    program = shutil.which("node")
    if not program:
        pytest.skip(f"node is not installed: {packages[0]} cannot judge")
    done = subprocess.run(
        [program, "--input-type=module", "--eval", script, "--", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
