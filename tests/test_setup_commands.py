"""presscheck init and presscheck doctor."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import cli, config, doctor, init
from checker.loading import browser_start

type Run = Callable[..., tuple[int, str, str]]

PAGE = (
    "<!doctype html><html lang=en><head><title>An article with a long enough title</title>"
    "<meta name=viewport content='width=device-width'>"
    "<meta name=description content='What this article says, in fifty characters and a few more.'></head>"
    "<body><main><h1>An article</h1><p>Text of the article.</p></main></body></html>"
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return command


def lay(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.mark.parametrize(
    ("files", "kind", "targets", "address"),
    [
        (
            {"hugo.toml": 'baseURL = "https://www.example.gov/"'},
            "Hugo",
            ["public"],
            "https://www.example.gov/",
        ),
        (
            {"_config.yml": "url: https://news.example.mil\nbaseurl: /x"},
            "Jekyll",
            ["_site"],
            "https://news.example.mil/",
        ),
        (
            {"Gemfile": 'gem "jekyll", "~> 4"', "CNAME": "Agency.GOV\n"},
            "Jekyll",
            ["_site"],
            "https://agency.gov/",
        ),
        (
            {"package.json": '{"devDependencies": {"@11ty/eleventy": "3"}}'},
            "Eleventy",
            ["_site"],
            None,
        ),
        (
            {"package.json": '{"dependencies": {"gatsby": "5"}, "homepage": "https://a.gov/b"}'},
            "Gatsby",
            ["public"],
            "https://a.gov/b/",
        ),
        (
            {"composer.json": '{"require": {"drupal/core-recommended": "^11"}}'},
            "Drupal",
            None,
            None,
        ),
        ({"wp-config.php": "<?php"}, "WordPress", None, None),
        ({"public/index.html": PAGE}, "plain HTML", ["public"], None),
        ({"index.html": PAGE}, "plain HTML", ["."], None),
        ({"package.json": "{broken", "README": "x"}, "unknown", None, None),
        (
            {"CNAME": "www.example.gov"},
            "unknown",
            ["https://www.example.gov/sitemap.xml"],
            "https://www.example.gov/",
        ),
    ],
)
def test_init_writes_what_fits_the_site(
    run: Run,
    tmp_path: Path,
    files: dict[str, str],
    kind: str,
    targets: list[str] | None,
    address: str | None,
) -> None:
    lay(tmp_path, files)
    code, out, _ = run("init")
    assert code == 0
    assert "presscheck.toml: written" in out
    text = (tmp_path / "presscheck.toml").read_text()
    assert f"kind of site: {kind}." in text
    values = config.read(
        tmp_path / "presscheck.toml",
        ["targets", "public_url", "profile", "render", "fail_on", "html"],
    )
    assert values.get("targets") == targets
    assert values.get("public_url") == address


def test_what_init_wrote_is_what_audit_goes_by(run: Run, tmp_path: Path) -> None:
    lay(tmp_path, {"hugo.toml": 'baseURL = "https://www.af.mil/"', "public/index.html": PAGE})
    run("init")
    code, _, err = run("audit", "--render", "never", "--fail-on", "never", "--json", "r.json")
    assert (code, err) == (0, "")
    report = json.loads((tmp_path / "r.json").read_text())
    assert [(a["target"], a["url"], a["profile"]) for a in report["audits"]] == [
        ("public/index.html", "https://www.af.mil/", "dod-news")
    ]
    assert (tmp_path / "presscheck-report.html").is_file()


@pytest.mark.parametrize("name", ["presscheck.toml", "pyproject.toml"])
def test_init_overwrites_nothing(run: Run, tmp_path: Path, name: str) -> None:
    text = (
        '[tool.presscheck]\nrender = "never"\n'
        if name == "pyproject.toml"
        else 'render = "never"\n'
    )
    (tmp_path / name).write_text(text)
    code, out, err = run("init")
    assert (code, out) == (2, "")
    assert "is there already" in err
    assert len(err.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]
    assert (tmp_path / name).read_text() == text


def test_a_configuration_above_is_no_hindrance(run: Run, tmp_path: Path) -> None:
    (tmp_path / "presscheck.toml").write_text('render = "never"\n')
    (tmp_path / "site").mkdir()
    assert run("init", "site")[0] == 0
    assert (tmp_path / "site/presscheck.toml").is_file()


def test_hostile_names_stay_texts(tmp_path: Path) -> None:
    site = init.Site(init.PLAIN, 'a"]\nfail-on = "never', 'https://a.gov/"\nx = "')
    (tmp_path / "presscheck.toml").write_text(init.text(site))
    values = config.read(
        tmp_path / "presscheck.toml",
        ["targets", "public_url", "profile", "render", "fail_on", "html"],
    )
    assert values["targets"] == [site.built]
    assert values["fail_on"] == "error"


@pytest.mark.browser
def test_doctor_renders_a_page_and_says_so(run: Run) -> None:
    code, out, _ = run("doctor")
    assert code == 0
    for part in (
        "ok      browser: ",
        "ok      driver: ",
        "ok      rendering: ",
        "ok      axe-core: ",
        "ok      certificates: ",
    ):
        assert part in out
    assert out.splitlines()[-1] == "--render always works here"


def test_doctor_says_what_a_missing_browser_leaves_untested(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find() -> tuple[str, str]:
        raise browser_start.NoBrowser("no Chromium or Chrome is installed")

    monkeypatch.setattr(browser_start, "find", find)
    code, out, _ = run("doctor")
    assert code == 3
    assert "broken  browser: no Chromium or Chrome is installed" in out
    assert "not tested without it: all that needs a rendered page" in out
    assert (
        "to mend it: install Google Chrome, or Debian's packages chromium and chromium-driver"
        in out
    )
    assert out.splitlines()[-1] == "--render always would not work here: exit 3"


def program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")
def test_doctor_says_that_the_versions_do_not_fit_and_that_nothing_starts(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = (
        program(tmp_path / "chromium", "echo Chromium 150.0.1.2; exit 1"),
        program(tmp_path / "chromedriver", "echo ChromeDriver 149.0.9.9; exit 1"),
    )
    monkeypatch.setattr(browser_start, "find", lambda: found)
    code, out, _ = run("doctor")
    assert code == 3
    assert "broken  browser and driver: are of different versions: 150.0.1.2 and 149.0.9.9" in out
    assert "broken  rendering: " in out


@pytest.mark.parametrize(
    ("browser", "driver", "different"),
    [
        ("143.0.1", "143.9", False),
        ("143.0.1", "142.0.1", True),
        ("", "142.0", False),
        ("1430.0", "143.0", True),
    ],
)
def test_versions_fit_by_their_major_number(browser: str, driver: str, different: bool) -> None:
    assert doctor.differ(browser, driver) is different
