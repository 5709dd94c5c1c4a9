"""The command line: exit codes, one-line refusals, whole reports or none."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import cli

GOOD = (
    "<!doctype html><html lang=en><head><title>An article with a long enough title</title>"
    "<meta name=viewport content='width=device-width'>"
    "<meta name=description content='What this article says, in fifty characters and a few more.'></head>"
    "<body><main><h1>An article</h1><p>Text of the article.</p></main></body></html>"
)
BAD = GOOD.replace("<p>", "<p><img src=a.jpg>")

type Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Runs the command in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000000")

    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        out, err = capfdbinary.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out.decode(), err.decode()

    return command


def site(folder: Path, **pages: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, "utf-8")
    return folder


def test_0_the_gate_passes(run: Run, tmp_path: Path) -> None:
    site(tmp_path / "site", good=GOOD)
    code, out, _ = run("audit", "site", "--render", "never")
    assert (code, out.rstrip().splitlines()[-1]) == (0, "PASS: the gate passes")
    assert "Not tested (out-of-reach)" in out


def test_1_findings_at_the_threshold(run: Run, tmp_path: Path) -> None:
    site(tmp_path, bad=BAD)
    code, out, _ = run("audit", "bad.html", "--render", "never")
    assert code == 1
    assert "image-alt-missing" in out
    assert run("audit", "bad.html", "--render", "never", "--fail-on", "never")[0] == 0
    assert (
        run("audit", "bad.html", "--render", "never", "--set", "image-alt-missing=warning")[0] == 0
    )
    warned = ("--set", "image-alt-missing=warning", "--fail-on", "warning")
    assert run("audit", "bad.html", "--render", "never", *warned)[0] == 1
    assert run("audit", "bad.html", "--render", "never", "--skip", "image-alt-*")[0] == 0


def test_3_something_asked_for_could_not_be_tested(run: Run, tmp_path: Path) -> None:
    site(tmp_path, good=GOOD, bad=BAD)
    (tmp_path / "list.txt").write_text("good.html\ngone.html\n")
    code, out, _ = run("audit", "@list.txt", "--render", "never")
    assert code == 3
    assert "gone.html" in out
    assert out.rstrip().splitlines()[-1].startswith("NOT TESTED")
    assert run("audit", "good.html", "--render", "never", "--require", "rendered")[0] == 3
    assert run("audit", "good.html", "--render", "never", "--require", "transport,rendered")[0] == 3


def test_1_wins_over_3_and_json_says_both(run: Run, tmp_path: Path) -> None:
    site(tmp_path, bad=BAD)
    (tmp_path / "list.txt").write_text("bad.html\ngone.html\n")
    code, out, _ = run("audit", "@list.txt", "--render", "never", "--json", "-")
    gate = json.loads(out)["gate"]
    assert (code, gate["exit_code"]) == (1, 1)
    assert gate["red"] >= 1
    assert gate["broken"] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["audit", "good.html", "--fial-on", "error"], "--fail-on"),
        (
            ["audit", "good.html", "--only", "image-alt-misssing"],
            "did you mean 'image-alt-missing'?",
        ),
        (["audit", "good.html", "--skip", "nothing"], "no rule 'nothing'"),
        (["audit", "good.html", "--set", "page-lang=fatal"], "unknown severity 'fatal'"),
        (["audit", "good.html", "--set", "page-lang"], "RULE=SEVERITY"),
        (["audit", "good.html", "--profile", "fedral"], "did you mean 'federal'?"),
        (["audit", "good.html", "--require", "redered"], "did you mean 'rendered'?"),
        (["audit", "good.html", "--viewport", "wide"], "1350x940"),
        (
            ["audit", "good.html", "--public-url", "www.example.gov"],
            "--public-url takes an http or https address",
        ),
        (["audit", "good.html", "--html", "-", "--json", "-"], "two reports to standard output"),
        (["audit", "good.html", "--html", "a", "--json", "a"], "two reports to one file"),
        (["audit", "good.html", "--json", "gone/report.json"], "create it first"),
        (["audit", "good.html", "--json", "empty"], "is a folder"),
        (["audit", "gone.html"], "gone.html"),
        (["audit", "empty"], "empty"),
        (["audit", "ftp://example.gov/"], "ftp"),
        (["audit", "good.html", "--rules", "wrong"], "unknown key 'titel' (did you mean 'title'?)"),
        (["audit", "good.html", "--basic-auth-env", "NO_SUCH_VARIABLE"], "NO_SUCH_VARIABLE"),
        (["audit"], "TARGET"),
        (["explain", "page-lagn"], "did you mean 'page-lang'?"),
        (["judge", "empty"], "empty"),
        (["--config", "wrong.toml", "rules"], "did you mean 'fail-on'?"),
    ],
)
def test_2_wrong_usage_is_told_in_one_line_and_nothing_is_written(
    run: Run, tmp_path: Path, arguments: list[str], message: str
) -> None:
    site(tmp_path, good=GOOD)
    (tmp_path / "empty").mkdir()
    (tmp_path / "wrong" / "page").mkdir(parents=True)
    (tmp_path / "wrong" / "page" / "x.toml").write_text('titel = "x"\n')
    (tmp_path / "wrong.toml").write_text('fial-on = "error"\n')
    before = sorted(tmp_path.rglob("*"))
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("presscheck: ")
    assert len(err.splitlines()) == 1
    assert message in err
    assert sorted(tmp_path.rglob("*")) == before


def test_standard_input_is_a_page_and_standard_output_is_only_the_report(
    run: Run, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "checker", "audit", "-", "--render", "never", "--json", "-"]
    done = subprocess.run(
        command, input=BAD.encode(), capture_output=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["counts"]["pages"] == 1
    assert b"FAIL" in done.stderr


def test_every_report_is_written(run: Run, tmp_path: Path) -> None:
    site(tmp_path / "site", good=GOOD, bad=BAD)
    code, out, _ = run(
        *("audit", "site", "--render", "never"),
        *("--html", "r.html", "--junit", "r.xml", "--json", "r.json", "--junit-profile", "gitlab"),
    )
    assert code == 1
    for name in ("r.html", "r.xml", "r.json"):
        assert (tmp_path / name).stat().st_size > 500
        assert name in out
    assert 'file="site/bad.html" line="1"' in (tmp_path / "r.xml").read_text()
    assert [
        audit["target"] for audit in json.loads((tmp_path / "r.json").read_text())["audits"]
    ] == [
        "site/bad.html",
        "site/good.html",
    ]


def test_a_saved_page_judged_again_gives_the_same_report_byte_for_byte(
    run: Run, tmp_path: Path
) -> None:
    site(tmp_path / "site", good=GOOD, bad=BAD)
    run("save", "site", "-o", "saved", "--render", "never")
    assert run("judge", "saved", "--html", "1.html", "--junit", "1.xml", "--json", "1.json")[0] == 1
    assert run("judge", "saved", "--html", "2.html", "--junit", "2.xml", "--json", "2.json")[0] == 1
    for suffix in ("html", "xml", "json"):
        assert (tmp_path / f"1.{suffix}").read_bytes() == (tmp_path / f"2.{suffix}").read_bytes()
    run("audit", "site", "--render", "never", "--json", "audit.json")
    audited, judged = (
        json.loads((tmp_path / name).read_text()) for name in ("audit.json", "1.json")
    )
    for each in (*audited["audits"], *judged["audits"]):
        del each["loaded_at"]
    assert audited == judged


def test_the_configuration_says_what_options_say_and_options_win(run: Run, tmp_path: Path) -> None:
    site(tmp_path, bad=BAD)
    (tmp_path / "presscheck.toml").write_text(
        'targets = ["bad.html"]\nrender = "never"\njson = "r.json"\n[set]\nimage-alt-missing = "warning"\n'
    )
    assert run("audit")[0] == 0
    assert (tmp_path / "r.json").is_file()
    assert run("audit", "--fail-on", "warning")[0] == 1
    (tmp_path / "presscheck.toml").unlink()
    (tmp_path / "pyproject.toml").write_text(
        '[tool.presscheck]\nrender = "never"\nskip = ["image-*"]\n'
    )
    assert run("audit", "bad.html")[0] == 0


def test_rules_are_listed_and_explained(run: Run) -> None:
    code, listed, _ = run("rules")
    assert code == 0
    assert "image-alt-missing" in listed
    code, told, _ = run("explain", "image-alt-missing")
    assert code == 0
    for part in (
        "Why: ",
        "Fix: ",
        "Severity under federal: error",
        "Source: ",
        "Example, fail",
        "1.1.1",
    ):
        assert part in told


def test_version(run: Run) -> None:
    code, out, _ = run("--version")
    assert (code, out.startswith("presscheck, version ")) == (0, True)
