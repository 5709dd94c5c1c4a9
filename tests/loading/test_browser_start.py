"""No browser, a browser that does not start, and one that does."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from checker.loading import browser_start
from checker.loading.browser import BrowserBroken, NoBrowser, open_browser
from checker.loading.options import Options
from tests.loading.browsing import QUICK

pytestmark = pytest.mark.browser


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without browsers: an empty PATH, an empty home, an empty cache."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SE_CACHE_PATH", str(tmp_path / "cache"))
    monkeypatch.setattr(browser_start, "_PLACES", ())
    return programs


def program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_no_browser_is_told_and_nothing_is_downloaded(bare: Path, tmp_path: Path) -> None:
    with pytest.raises(NoBrowser, match="install"), open_browser(QUICK):
        pass
    cache = tmp_path / "cache"
    assert not [one for one in cache.rglob("*") if "chrome" in one.name.lower()]


def test_a_browser_without_its_driver_is_told(bare: Path) -> None:
    program(bare / "chromium", "exit 1")
    with pytest.raises(NoBrowser, match="chromedriver"), open_browser(QUICK):
        pass


def test_a_browser_that_does_not_start_is_broken(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = shutil.which("chromedriver", path="/usr/bin:/usr/local/bin")
    if driver is None:
        pytest.skip("no chromedriver in the usual places")
    (bare / "chromedriver").symlink_to(driver)
    program(bare / "chromium", "exit 1")
    monkeypatch.setenv("PATH", f"{bare}:/bin")
    with pytest.raises(BrowserBroken, match="chromium"), open_browser(QUICK):
        pass


def test_proxies_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    said = list(browser_start._varying(Options(), "127.0.0.1:1", frozenset()))
    assert not [one for one in said if "proxy" in one]
    monkeypatch.setenv("https_proxy", "http://user:secret@proxy.example:3128")
    monkeypatch.setenv("no_proxy", "intranet.example, 10.0.0.0/8")
    said = list(browser_start._varying(Options(), "127.0.0.1:1", frozenset()))
    assert "--proxy-server=https=http://proxy.example:3128" in said
    assert any("presscheck.localhost" in one and "*.intranet.example" in one for one in said)
    assert not [one for one in said if "secret" in one]


def test_nothing_is_left_of_a_browser_that_ended_or_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for end in (lambda driver: None, browser_start.Driver.kill):
        driver = browser_start.start(QUICK, "127.0.0.1:1", frozenset())
        assert list(tmp_path.iterdir()) != []
        end(driver)
        browser_start.stop(driver)
        assert list(tmp_path.iterdir()) == []
