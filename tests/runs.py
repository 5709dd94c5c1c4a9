"""Runs of the installed command that are killed, interrupted and resumed, and what they report."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).parent / "presscheck"
PAGES = 40
ENV = os.environ | {
    "SOURCE_DATE_EPOCH": "1790000000",
    "PYTHONUNBUFFERED": "1",
    "PYTHONFAULTHANDLER": "1",
}
RULES = ["--only", "page-lang,page-title,image-alt-missing", "--render", "never"]

PAGE = (
    "<!doctype html><html lang=en><head><title>Article number {n} of the site</title></head>"
    "<body><main><h1>Article {n}</h1><p>Text of article {n}.</p><img src={n}.jpg></main></body></html>"
)


def build(folder: Path) -> None:
    (folder / "public").mkdir()
    for number in range(PAGES):
        (folder / "public" / f"{number:03}.html").write_text(PAGE.format(n=number))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a site in ``public``."""
    monkeypatch.chdir(tmp_path)
    build(tmp_path)
    return tmp_path


def arguments(name: str, *more: str) -> list[str]:
    return [
        "audit",
        "public",
        *RULES,
        "--json",
        f"{name}.json",
        "--junit",
        f"{name}.xml",
        *more,
    ]


def finish(*args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *args], env=ENV, capture_output=True, text=True, check=False, cwd=cwd
    )


@contextmanager
def begun(*args: str) -> Iterator[subprocess.Popen[bytes]]:
    """A run whose log we read: it is never far ahead of us, as a pipe of 4 kB holds some fifteen lines."""
    with subprocess.Popen(
        [COMMAND, *args],
        env=ENV,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        pipesize=4096,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def ended_within(process: subprocess.Popen[bytes], seconds: float) -> str:
    """Wait for the end of a run: empty, or where its threads stood when it had not come."""
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)
        return process.communicate()[1].decode()
    return ""


def reports(name: str) -> tuple[bytes, bytes]:
    return Path(f"{name}.json").read_bytes(), Path(f"{name}.xml").read_bytes()


def targets(report: bytes) -> list[str]:
    return [audit["target"] for audit in json.loads(report)["audits"]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The reports of a run that nobody stopped."""
    folder = tmp_path_factory.mktemp("whole")
    build(folder)
    assert finish(*arguments("whole"), cwd=folder).returncode == 1
    return reports(str(folder / "whole"))
