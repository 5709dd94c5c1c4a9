"""The configuration file."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import config

OPTIONS = ["fail_on", "public_url", "set", "skip", "insecure"]


def test_it_says_what_options_say(tmp_path: Path) -> None:
    path = tmp_path / "presscheck.toml"
    path.write_text(
        'fail-on = "warning"\nskip = ["a", "b"]\ninsecure = true\n[set]\nx = "advice"\n'
    )
    assert config.read(path, OPTIONS) == {
        "fail_on": "warning",
        "skip": ["a", "b"],
        "insecure": True,
        "set": ["x=advice"],
    }


def test_the_nearest_file_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "site" / "news"
    deep.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.presscheck]\ninsecure = true\n")
    (tmp_path / "site" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert config.find(deep) == tmp_path / "pyproject.toml"
    (deep / "presscheck.toml").write_text("")
    assert config.find(deep) == deep / "presscheck.toml"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fial-on = 'error'", "unknown key 'fial-on' (did you mean 'fail-on'?)"),
        ("skip = [1]", "'skip' takes a text"),
        ("skip = [", "not TOML"),
        ("skip = '\udcff'", "not TOML"),
    ],
)
def test_what_it_cannot_use_it_says(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "presscheck.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(config.ConfigError) as caught:
        config.read(path, OPTIONS)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)
