"""No browser, a browser that does not start, and one that does."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from checker.loading import browser_start
from checker.loading.browser import BrowserBroken, NoBrowser, open_browser
from checker.loading.browser_driver import Driver
from checker.loading.options import Options
from checker.page import Page
from tests.loading.browsing import QUICK, visit_file

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
    monkeypatch.setattr(browser_start, "_SHELLS", ())
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
    for end in (lambda driver: None, Driver.kill):
        driver = browser_start.start(QUICK, "127.0.0.1:1", frozenset())
        assert list(tmp_path.iterdir()) != []
        end(driver)
        browser_start.stop(driver)
        assert list(tmp_path.iterdir()) == []


def test_the_headless_shell_is_preferred_and_sees_what_the_whole_browser_sees(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shell = next(filter(None, map(shutil.which, browser_start._SHELLS)), None)
    if shell is None or not any(map(shutil.which, browser_start._NAMES)):
        pytest.skip("this machine does not have both browsers")
    assert browser_start.find()[0] == shell
    seen = [_faulty_page()]
    monkeypatch.setattr(browser_start, "_SHELLS", ())
    seen.append(_faulty_page())
    names = [page.rendering.browser for page in seen if page.rendering]
    assert ["headless shell" in name for name in names] == [True, False]
    assert _bare(seen[0]) == _bare(seen[1])


def test_a_shell_that_does_not_start_leaves_the_work_to_the_whole_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not any(map(shutil.which, browser_start._NAMES)):
        pytest.skip("this machine has a headless shell alone")
    program(tmp_path / "chromium-headless-shell", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert browser_start.find()[0] == str(tmp_path / "chromium-headless-shell")
    page = _faulty_page()
    assert page.rendering is not None
    assert "headless shell" not in page.rendering.browser


def _faulty_page() -> Page:
    folder = Path(__file__).parents[2] / "examples" / "faulty-article"
    with open_browser(QUICK) as browser:
        return visit_file(browser, folder / "index.html")


def _bare(page: Page) -> Page:
    """The page without what differs from one load to the next."""
    assert page.rendering is not None
    assert page.axe is not None
    return replace(
        page, loaded_at="", pictures=(), rendering=replace(page.rendering, browser="a browser")
    )
