"""The same pages audited three times give the same findings and the same files, byte for byte: served as files on real
pages, with and without a browser. The time of the run is set by SOURCE_DATE_EPOCH, as builds do."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import cli
from checker.outputs import formats
from tests.corpus import FOLDER, needs_corpus

TIMES = 3
EXAMPLES = Path(__file__).parent.parent / "examples"


def audited(folder: Path, pages: list[str], render: str) -> list[dict[str, bytes]]:
    """Every report of each of the runs."""
    runs = []
    for turn in range(TIMES):
        place = folder / str(turn)
        place.mkdir()
        options = [f"--{name}={place / name}" for name in formats()]
        with pytest.raises(SystemExit) as ended:
            cli.main(["audit", *pages, "--render", render, "--jobs", "2", *options])
        assert ended.value.code in (0, 1)
        runs.append({path.name: path.read_bytes() for path in place.iterdir()})
    return runs


def assert_same(runs: list[dict[str, bytes]]) -> None:
    first, *others = runs
    assert set(first) >= set(formats())
    for other in others:
        differing = [name for name in first if first[name] != other.get(name)]
        assert not differing


@pytest.fixture(autouse=True)
def same_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000000")
    monkeypatch.chdir(tmp_path)


class TestRealPages:
    """Pages of government sites."""

    pytestmark = needs_corpus

    def test_without_a_browser(self, tmp_path: Path) -> None:
        assert_same(audited(tmp_path, [str(FOLDER / "gov-pages")], "never"))

    @pytest.mark.browser
    def test_in_a_browser(self, tmp_path: Path) -> None:
        pages = sorted((FOLDER / "gov-pages").rglob("*.html"))
        assert_same(audited(tmp_path, [str(page) for page in pages[:6]], "always"))


@pytest.mark.browser
def test_our_examples_in_a_browser(tmp_path: Path) -> None:
    pages = [str(EXAMPLES / name) for name in ("good-article", "faulty-article")]
    assert_same(audited(tmp_path, pages, "always"))
