"""Which loader a run gets, and that one bad page does not stop it. Without a browser: there is none, or none that
starts."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from checker.loading import browser_start
from checker.loading.credentials import OptionError
from checker.loading.loader import StaticLoader, open_loader
from checker.loading.options import Options, Render, Target
from checker.loading.targets import expand
from checker.page import Mode, Need, Page, Trouble
from checker.verdict import Cause
from tests.loading.servers import html, serve

ARTICLE = Target("article", html=b"<!DOCTYPE html><title>News</title><h1>News</h1><p>Words</p>")


def nothing(page: Page) -> tuple[int, ...]:
    return ()


def load(target: Target, options: Options) -> Page:
    with open_loader(options) as loader:
        return loader.load(target, nothing)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are found, and no browser anywhere else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("SE_CACHE_PATH", str(tmp_path / "cache"))
    monkeypatch.setattr(browser_start, "_PLACES", ())
    return folder


def gap(page: Page, need: Need) -> tuple[Cause, str]:
    missing = page.lacks(need)
    assert missing is not None
    return missing.cause, missing.reason


def test_never_renders_nothing() -> None:
    page = load(ARTICLE, Options(render=Render.NEVER))
    assert (page.problem, page.mode) == (None, Mode.STATIC)
    for need in (Need.RENDERED, Need.AXE):
        assert gap(page, need) == (Cause.OUT_OF_REACH, "no browser: --render never")


@pytest.mark.parametrize(
    ("render", "cause"), [(Render.AUTO, Cause.OUT_OF_REACH), (Render.ALWAYS, Cause.BROKEN)]
)
def test_without_a_browser_pages_are_loaded_and_lack_their_rendering(
    path: Path, render: Render, cause: Cause
) -> None:
    page = load(ARTICLE, Options(render=render))
    assert (page.problem, page.html) == (None, (ARTICLE.html or b"").decode())
    for need in (Need.RENDERED, Need.AXE):
        found, reason = gap(page, need)
        assert found is cause
        assert "no Chromium or Chrome is installed" in reason


@pytest.mark.skipif(sys.platform == "win32", reason="the broken browser is a shell script")
@pytest.mark.parametrize("render", [Render.AUTO, Render.ALWAYS])
def test_a_browser_that_does_not_start_is_broken(path: Path, render: Render) -> None:
    for name in ("chromium", "chromedriver"):
        program = path / name
        program.write_text("#!/bin/sh\nexit 1\n")
        program.chmod(0o755)
    page = load(ARTICLE, Options(render=render))
    assert page.problem is None
    cause, reason = gap(page, Need.RENDERED)
    assert cause is Cause.BROKEN
    assert "does not start" in reason
    assert "\n" not in reason


def test_addresses_and_files_go_their_way(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>A file")
    with serve(lambda asked: html("<p>An address")) as site:
        options = Options(render=Render.NEVER, retries=0)
        texts = [str(tmp_path / "a.html"), f"http://127.0.0.1:{site.port}/x", "-"]
        targets = expand(texts, stdin=io.BytesIO(b"<p>Piped"))
        with open_loader(options) as loader:
            pages = [loader.load(target, nothing) for target in targets]
    assert [page.html.rpartition("<p>")[2] for page in pages] == ["A file", "An address", "Piped"]
    assert [page.problem for page in pages] == [None] * 3


def test_an_echo_of_the_addresss_own_password_is_not_kept() -> None:
    with serve(lambda asked: html(f"<p>{asked.headers['authorization']} hunter22")) as site:
        address = f"http://editor:hunter22@127.0.0.1:{site.port}/"
        page = load(Target("x", url=address), Options(render=Render.NEVER))
    assert page.problem is None
    assert page.html.endswith("<p>Basic [redacted] [redacted]")


def test_one_bad_page_does_not_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(self: StaticLoader, target: Target, pictures_of: object) -> Page:
        raise RuntimeError("with hunter22\nand a second line")

    monkeypatch.setattr(StaticLoader, "load", dies)
    page = load(
        Target("x", url="https://a.gov/?token=abc"),
        Options(render=Render.NEVER, basic_auth=("u", "hunter22")),
    )
    assert page.problem is not None
    assert page.problem.kind is Trouble.LOAD_ERROR
    assert "RuntimeError: with [redacted] and a second line" in page.problem.message
    assert (page.target, page.url) == ("x", "https://a.gov/?token=[redacted]")


def test_the_users_interrupt_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: StaticLoader, target: Target, pictures_of: object) -> Page:
        raise KeyboardInterrupt

    monkeypatch.setattr(StaticLoader, "load", interrupted)
    with pytest.raises(KeyboardInterrupt):
        load(ARTICLE, Options(render=Render.NEVER))


def test_a_file_of_an_option_that_cannot_be_used_is_told_before_any_page(tmp_path: Path) -> None:
    options = Options(render=Render.NEVER, cookie_file=tmp_path / "gone.txt")
    with pytest.raises(OptionError, match="--cookie-file"), open_loader(options):
        pytest.fail("opened")


def test_selenium_is_imported_only_for_a_browser() -> None:
    code = (
        "import sys\n"
        "from checker.loading.loader import open_loader\n"
        "from checker.loading.options import Options, Render\n"
        "with open_loader(Options(render=Render.NEVER)):\n"
        "    print(sorted(name for name in sys.modules if name.startswith('selenium')))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
