"""TOML files that are none, or that never end: each is refused in a line, where it is used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker import config, toml, waivers
from checker.baseline import file as baseline
from checker.baseline.rows import BaselineError
from checker.config import ConfigError
from checker.waivers import WaiverError


def written(path: Path, data: bytes, size: int = 0) -> Path:
    with path.open("wb") as file:
        file.write(data)
        if size:
            file.truncate(size)  # a hole: it takes no room on the disk
    return path


@pytest.mark.parametrize(
    ("data", "size", "said"),
    [
        (b"", 2**40, "larger than 256 MB"),
        (b"\xff", 0, "not UTF-8 text"),
        (b"a = " + b"[" * 100_000, 0, "nested too deep"),
        (b"[" + b".".join([b"a"] * 100_000) + b"]", 0, "nested too deep"),
        (b"a = " + b"9" * 5_000, 0, "4300 digits"),
    ],
)
def test_what_is_no_toml_is_refused_in_a_line(
    tmp_path: Path, data: bytes, size: int, said: str
) -> None:
    path = written(tmp_path / "presscheck.toml", data, size)
    with pytest.raises(ConfigError, match=said):
        config.read(path, ["render"])
    with pytest.raises(BaselineError, match=said):
        baseline.read(path)
    with pytest.raises(WaiverError, match=said):
        waivers.read(path, date(2026, 11, 30))


def test_what_is_toml_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.toml", "name = 'Café'".encode())
    assert toml.loads(toml.read_text(path)) == {"name": "Café"}
