"""Baseline and waivers from the command line: the walk of a pull request, refusals, and runs that are killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import cli
from checker.baseline import file
from checker.waivers import FILE as WAIVERS

PAGE = """<!doctype html><html lang="en"><head><title>{title} of the agency, in some words</title></head><body>
<header><a href="/"><img class="c{n}" src="/img/logo.png?v={n}"></a></header>
<main><article><h1>{title}</h1>
<p>The text of the article, which is long enough to be what the page is about, and a bit longer.</p>
{pictures}
</article></main></body></html>
"""
ONLY = ("--render", "never", "--only", "image-alt-missing")

type Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Runs the command in a folder with a site: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000000")  # 2025-11-24

    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        out, err = capfdbinary.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out.decode(), err.decode()

    return command


def write(folder: Path, name: str, *pictures: str, n: int = 1) -> None:
    folder.mkdir(exist_ok=True)
    tags = "\n".join(f'<p>Words.</p><img id="i{n}" src="pics/{each}">' for each in pictures)
    (folder / f"{name}.html").write_text(PAGE.format(title=f"Page {name}", n=n, pictures=tags))


def waiver(pages: str, expires: str, element: str) -> str:
    return (
        f'version = 1\n[[waiver]]\nrule = "image-alt-missing"\npages = ["{pages}"]\nelement = "{element}"\n'
        f'reason = "mended soon"\nowner = "web team"\napprover = "Ann"\nexpires = {expires}\n'
    )


def test_the_walk_of_a_pull_request(run: Run, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("one", "two", "three", "four"):
        write(site, name, f"{name}.jpg", f"{name}-b.jpg")
    assert run("audit", "site", *ONLY)[0] == 1
    code, out, _ = run("baseline", "update", "site", *ONLY)
    assert (code, out.split(":")[0]) == (0, file.FILE)
    made = (tmp_path / file.FILE).read_bytes()
    assert run("baseline", "update", "site", *ONLY)[1].strip().endswith("nothing to write")
    assert (tmp_path / file.FILE).read_bytes() == made
    code, out, _ = run("audit", "site", *ONLY)
    assert code == 0
    assert "0 new, 12 known" in out
    assert "on 4 pages, first" in out, "the template's fault is told once"

    write(site, "one", "one-b.jpg", n=7)  # mended
    code, out, _ = run("audit", "site", *ONLY)
    assert (code, "0 new, 11 known, 0 moved, 0 changed, 1 fixed" in out) == (0, True)
    assert run("audit", "site", *ONLY, "--strict-baseline")[0] == 1

    write(site, "two", "two.jpg", "two-b.jpg", "brand-new.jpg", n=8)  # broken
    code, out, _ = run("audit", "site", *ONLY, "--json", "report.json")
    assert code == 1
    assert "FAIL: 1 finding on 1 page" in out.splitlines()
    findings = {
        finding["outcome"]["where"]["resource"]: finding
        for audit in json.loads((tmp_path / "report.json").read_text())["audits"]
        for result in audit["results"]
        for finding in result["findings"]
        if finding["outcome"]["where"]
    }
    new = findings["brand-new.jpg"]
    assert new["status"] == "new"
    code, out, _ = run("explain", "--finding", new["fingerprint"], "--report", "report.json")
    assert code == 0
    assert "Status: new: no row of the baseline has one of its keys" in out
    known = findings["two.jpg"]["fingerprint"]
    out = run("explain", "--finding", known, "--report", "report.json")[1]
    assert "Status: known: the landmarks around it" in out

    page = (site / "three.html").read_text()  # moved
    moved = '<img id="i1" src="pics/three.jpg">'
    page = page.replace(moved, "").replace(
        "</main>", f'</main><aside aria-label="More">{moved}</aside>'
    )
    (site / "three.html").write_text(page)
    (tmp_path / WAIVERS).write_text(waiver("site/two.html", "2026-01-31", "brand-new.jpg"))
    code, out, _ = run("audit", "site", *ONLY, "--json", "report.json", "--junit", "report.xml")
    assert code == 0
    assert "1 moved" in out
    assert "waived until 2026-01-31 by Ann (asked by web team): mended soon" in out
    assert "waived until 2026-01-31" in (tmp_path / "report.xml").read_text()

    (tmp_path / WAIVERS).write_text(waiver("site/two.html", "2025-11-23", "brand-new.jpg"))
    code, out, _ = run("audit", "site", *ONLY)
    assert code == 1
    assert "Waiver expired: image-alt-missing [brand-new.jpg] on site/two.html" in out
    assert run("audit", "site/one.html", "site/three.html", *ONLY)[0] == 0, "no other page fails"

    code, out, _ = run("baseline", "prune", "site", *ONLY)
    assert code == 0
    rows = tomllib.loads((tmp_path / file.FILE).read_text())["finding"]
    assert "one.jpg in main/article" not in {row["place"] for row in rows}
    assert len(rows) == 8
    assert "8 rows, 4 pages" in run("baseline", "show")[1]


def test_against_a_report_and_a_branch(run: Run, tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, "one", "a.jpg")
    assert run("audit", "site", *ONLY, "--json", "base.json")[0] == 1
    assert run("audit", "site", *ONLY, "--against", "base.json")[0] == 0
    write(site, "one", "b.jpg")
    code, out, _ = run("audit", "site", *ONLY, "--against", "base.json")
    assert (code, "Against base.json: 1 new, 1 known" in out) == (1, True)
    assert "1 fixed" in out
    code, _, err = run("audit", "site", *ONLY, "--against", "no-such-ref")
    assert (code, err.count("\n")) == (2, 1)
    assert "no-such-ref" in err


def test_update_from_a_report(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "site", "one", "a.jpg")
    run("audit", "site", *ONLY, "--json", "report.json")
    assert run("baseline", "update", "--report", "report.json")[0] == 0
    from_report = (tmp_path / file.FILE).read_bytes()
    (tmp_path / file.FILE).unlink()
    assert run("baseline", "update", "site", *ONLY)[0] == 0
    assert (tmp_path / file.FILE).read_bytes() == from_report


def test_the_gate_of_article_or_template(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "site", "one")
    codes = [run("audit", "site", *ONLY, "--gate", g)[0] for g in ("article", "template", "all")]
    assert codes == [0, 1, 1]


def test_the_files_lie_beside_the_configuration(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "site", "one", "a.jpg")
    (tmp_path / "presscheck.toml").write_text('only = ["image-alt-missing"]\nrender = "never"\n')
    monkeypatch.chdir(tmp_path / "site")
    assert run("baseline", "update", "one.html")[0] == 0
    assert (tmp_path / file.FILE).is_file()
    assert run("audit", "one.html")[0] == 0
    (tmp_path / "presscheck.toml").write_text(
        'only = ["image-alt-missing"]\nrender = "never"\nbaseline = "other.toml"\n'
    )
    code, _, err = run("audit", "one.html")
    assert (code, "other.toml: cannot be read" in err) == (2, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (file.FILE, "<<<<<<< HEAD\nversion = 1\n"),
        (file.FILE, 'format = "presscheck-baseline"\nversion = 99\nfingerprints = 1\n'),
        (file.FILE, "format = "),
        (WAIVERS, "version = 99\n"),
        (WAIVERS, waiver("*", "2099-01-01", "x")),
        (WAIVERS, "version = 1\n[[waiver]]\nrule = 'x'\n"),
    ],
)
@pytest.mark.parametrize(
    "command", [("audit", "site"), ("baseline", "update", "site"), ("baseline", "prune", "site")]
)
def test_bad_files_are_one_line_exit_2_and_stay_as_they_are(
    run: Run, tmp_path: Path, name: str, text: str, command: tuple[str, ...]
) -> None:
    write(tmp_path / "site", "one", "a.jpg")
    (tmp_path / name).write_text(text)
    code, out, err = run(*command, *ONLY)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"presscheck: {name}: ")
    assert (tmp_path / name).read_text() == text
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "site"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("audit", "site", "--baseline", "gone.toml"), "gone.toml: cannot be read"),
        (("audit", "site", "--waivers", "gone.toml"), "gone.toml: cannot be read"),
        (("audit", "site", "--against", "x", "--baseline", "y"), "not both"),
        (("baseline", "update"), "give pages (TARGET...) or --report FILE"),
        (("baseline", "update", "site", "--against", "x"), "names no file to write"),
        (("baseline", "show"), "cannot be read"),
        (("explain",), "give a RULE or --finding"),
        (("explain", "--finding", "abcdef12"), "no finding 'abcdef12'"),
        (("explain", "--finding", "ab"), "6 characters"),
        (("audit", "site", "--gate", "footer"), "footer"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    write(tmp_path / "site", "one", "a.jpg")
    code, _, err = run(*arguments)
    assert (code, err.count("\n")) == (2, 1)
    assert said in err


def test_pages_that_do_not_load_keep_their_rows_and_exit_3(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "site", "one", "a.jpg")
    write(tmp_path / "site", "two", "b.jpg")
    assert run("baseline", "update", "site", *ONLY)[0] == 0
    rows = tomllib.loads((tmp_path / file.FILE).read_text())["finding"]
    (tmp_path / "site" / "two.html").write_text("")
    code, out, _ = run("baseline", "update", "site", *ONLY)
    assert (code, "not tested: site/two.html" in out) == (3, True)
    assert tomllib.loads((tmp_path / file.FILE).read_text())["finding"] == rows


def test_killed_in_a_run_no_file_is_half_written(tmp_path: Path) -> None:
    for number in range(8):
        write(tmp_path / "site", f"p{number}", *(f"{number}-{k}.jpg" for k in range(20)))
    (tmp_path / WAIVERS).write_text(waiver("site/p1.html", "2026-01-31", "1-1.jpg"))
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1764000000"}
    command = [sys.executable, "-m", "checker", "baseline", "update", "site", *ONLY]
    audit = [sys.executable, "-m", "checker", "audit", "site", *ONLY, "--fail-on", "never"]
    audit += ["--json", "r.json", "--junit", "r.xml", "--html", "r.html"]
    first = time.monotonic()
    for each in (command, audit):
        done = subprocess.run(each, cwd=tmp_path, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    length = (time.monotonic() - first) / 2
    names = (file.FILE, WAIVERS, "r.json", "r.xml", "r.html")
    whole = {name: (tmp_path / name).read_bytes() for name in names}
    chance = random.Random(9)
    for number in range(10):
        for name in names:
            if name != WAIVERS:
                (tmp_path / name).unlink(missing_ok=True)
        process = subprocess.Popen(
            audit if number % 2 else command,
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(chance.uniform(0.5, 1.1) * length)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        for name in names:
            path = tmp_path / name
            if not path.exists():
                assert name != WAIVERS
            elif name in (file.FILE, WAIVERS):
                assert path.read_bytes() == whole[name]
            else:
                assert len(path.read_bytes()) >= len(whole[name]) * 0.9, name
                assert path.read_bytes()[-20:] == whole[name][-20:], name


@pytest.mark.parametrize("name", ["presscheck-baseline.toml", "presscheck-waivers.toml"])
def test_a_folder_in_the_place_of_a_file_is_told(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    write(tmp_path / "site", "one", "a.jpg", n=1)
    code, _, err = run("audit", "site", *ONLY)
    assert code == 2
    assert f"{name}: cannot be read" in err
