"""Which pages are loaded: what differs from a revision, what a sitemap says, samples of templates, a time budget. What
is left out is in the report, with the reason."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from checker import cli
from checker.loading import sitemap, template
from checker.loading.options import Target
from tests.loading.servers import Asked, Site, serve
from tests.loading.sitemaps import index, urlset

PAGE = (
    "<!doctype html><html lang=en><head><title>An article with a long enough title</title>"
    "<meta name=viewport content='width=device-width'>"
    "<meta name=description content='What this article says, in fifty characters and a few more.'></head>"
    "<body class='page page-id-{n}'><header class=site><nav><a href=/>Home</a></nav></header>"
    "<main><h1>Article {n}</h1><p>Text of article {n}.</p></main><footer>Contact</footer></body></html>"
)
OTHER = PAGE.replace("<footer>", "<aside class=related>More</aside><footer>")

type Run = Callable[..., tuple[int, dict[str, Any], str, str]]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Audits without a browser in an empty folder: exit code, JSON report, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    for name in ("AUTHOR_NAME", "COMMITTER_NAME"):
        monkeypatch.setenv(f"GIT_{name}", "A")
    for name in ("AUTHOR_EMAIL", "COMMITTER_EMAIL"):
        monkeypatch.setenv(f"GIT_{name}", "a@example.gov")

    def command(*arguments: str) -> tuple[int, dict[str, Any], str, str]:
        place = tmp_path / "report.json"
        place.unlink(missing_ok=True)
        with pytest.raises(SystemExit) as ended:
            cli.main(["audit", *arguments, "--render", "never", "--json", str(place)])
        out, err = capfdbinary.readouterr()
        report = json.loads(place.read_text()) if place.exists() else {}
        assert isinstance(ended.value.code, int)
        return ended.value.code, report, out.decode(), err.decode()

    return command


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def site(folder: Path, pages: int = 3) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(pages):
        (folder / f"{number}.html").write_text(PAGE.format(n=number))
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with three pages and a style sheet, committed."""
    folder = site(tmp_path / "public")
    (folder / "a.css").write_text("p {}")
    git(tmp_path, "init", "--initial-branch=main")
    git(tmp_path, "add", "public")
    git(tmp_path, "commit", "-m", "first")
    return folder


def untested(report: dict[str, Any]) -> dict[str, str]:
    return {a["target"]: a["problem"]["message"] for a in report["audits"] if a["problem"]}


def test_only_what_differs_is_loaded_and_the_rest_is_told(run: Run, repository: Path) -> None:
    (repository / "1.html").write_text(PAGE.format(n="one"))
    (repository / "new.html").write_text(PAGE.format(n="new"))
    (repository / "2.html").unlink()
    (repository / "a.css").write_text("p { color: red }")
    code, report, out, _ = run("public", "--changed-since", "main")
    assert code == 0
    assert untested(report) == {"public/0.html": "left out: as it is in main"}
    assert [a["target"] for a in report["audits"]] == [
        "public/0.html",
        "public/1.html",
        "public/new.html",
    ]
    (result,) = report["audits"][0]["results"]
    assert (result["rule"], result["verdict"]) == ("page-load", "not-tested")
    assert result["findings"][0]["outcome"]["cause"] == "out-of-reach"
    assert "1 pages of main are no more: 2.html" in out
    assert "1 files that are no pages (styles, scripts, pictures) differ from main" in out
    assert "Not tested (out-of-reach): left out: as it is in main [1]" in out
    assert "PASS: the gate passes" in out


def test_a_build_that_git_ignores_differs_whole(run: Run, repository: Path, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("_site/\n")
    site(tmp_path / "_site", 2)
    _, report, _, _ = run("_site", "--changed-since", "main")
    assert untested(report) == {}


def test_no_changed_page_is_exit_0_and_says_so(run: Run, repository: Path, tmp_path: Path) -> None:
    shown = tmp_path / "report.html"
    code, report, out, _ = run("public", "--changed-since", "HEAD", "--html", str(shown))
    assert "Pages that were left out" in shown.read_text()
    assert "left out: as it is in HEAD (3 pages)" in " ".join(
        lxml_html.fromstring(shown.read_text()).text_content().split()
    )
    assert code == 0
    assert len(untested(report)) == len(report["audits"]) == 3
    assert "no page differs from HEAD: nothing was tested" in report["notes"]
    assert "NOTHING TESTED" in out
    assert "PASS" not in out


@pytest.mark.parametrize("ref", ["no-such-ref", "--output=x", " "])
def test_a_revision_that_git_does_not_know(
    run: Run, repository: Path, tmp_path: Path, ref: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    code, report, out, err = run("public", f"--changed-since={ref}")
    assert (code, report, out) == (2, {}, "")
    assert len(err.splitlines()) == 1
    assert "git knows no revision" in err
    assert sorted(tmp_path.rglob("*")) == before


def test_what_cannot_be_compared_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    site(tmp_path / "public")
    for target, words in (
        ("public", "in no git work tree that git reads: fatal: not a git repository"),
        ("https://127.0.0.1:1/a", "takes files and folders"),
    ):
        code, _, _, err = run(target, "--changed-since", "main")
        assert code == 2
        assert words in err
        assert len(err.splitlines()) == 1


def test_a_fault_of_a_page_that_was_left_out_is_neither_fixed_nor_untestable(
    run: Run, repository: Path
) -> None:
    bad = PAGE.format(n=1).replace("<p>", "<p><img src=a.jpg>")
    (repository / "1.html").write_text(bad)
    git(repository, "commit", "-am", "bad")
    code, *_ = run("public")
    assert code == 1
    with pytest.raises(SystemExit):
        cli.main(["baseline", "update", "public", "--render", "never"])
    code, report, _, _ = run("public", "--changed-since", "main")
    assert code == 0
    assert report["comparison"]["fixed"] == report["comparison"]["not_testable"] == []
    assert (
        report["comparison"]["not_seen"] == 2
    )  # of the page, the picture's alternative and its caption


def test_one_page_of_each_template(run: Run, tmp_path: Path) -> None:
    folder = site(tmp_path / "public", 3)
    (folder / "index.html").write_text(OTHER.format(n="x"))
    code, report, out, _ = run("public", "--sample-templates")
    assert code == 0
    assert untested(report) == {
        f"public/{n}.html": "left out: public/0.html is the sample of its template" for n in (1, 2)
    }
    assert "one page of each template was taken: 2 templates" in out


def test_a_file_s_template_is_its_shared_parts_not_its_article(tmp_path: Path) -> None:
    def mark(name: str, html: str) -> str:
        (tmp_path / name).write_text(html)
        return template.signature(Target(name, path=tmp_path / name))

    base = mark("a.html", PAGE.format(n=1))
    assert (
        mark(
            "b.html",
            PAGE.format(n=2).replace("<p>", "<figure><img src=x></figure><aside>Quote</aside><p>"),
        )
        == base
    )
    assert mark("c.html", OTHER.format(n=3)) != base
    assert mark("d.html", PAGE.format(n=4).replace("class=site", "class=microsite")) != base


def test_what_the_time_budget_cuts_off_is_broken(run: Run, tmp_path: Path) -> None:
    site(tmp_path / "public", 3)
    code, report, out, _ = run("public", "--time-budget", "0.000001", "--jobs", "1")
    assert code == 3
    assert Counter(untested(report).values()) == {
        "not begun: the time budget of 1e-06 s was over": 3
    }
    assert report["gate"]["broken"] == 3
    assert "NOT TESTED" in out
    assert run("public", "--time-budget", "600")[0] == 0


@pytest.fixture
def server() -> Iterator[Site]:
    """A site with an index of two sitemaps, one of them packed, one gone."""

    def answer(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        home = f"http://127.0.0.1:{running.port}"
        files = {
            "/sitemap.xml": index(
                f"{home}/sitemap-1.xml.gz", f"{home}/sitemap-gone.xml", f"{home}/sitemap.xml"
            ),
            "/sitemap-1.xml.gz": gzip.compress(
                urlset(
                    (f"{home}/old", "2026-01-31"),
                    (f"{home}/new", "2026-11-24T01:00:00-05:00"),
                    (f"{home}/undated", ""),
                    ("http://other.example/x", "2026-11-24"),
                )
            ),
        }
        if body := files.get(asked.path):
            return 200, {"Content-Type": "application/xml"}, body
        if asked.path in ("/old", "/new", "/undated"):
            return 200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.format(n=1).encode()
        return 404, {}, b""

    with serve(answer) as running:
        yield running


def test_a_sitemap_stands_for_its_pages_and_lastmod_chooses(run: Run, server: Site) -> None:
    home = f"http://127.0.0.1:{server.port}"
    code, report, out, _ = run(f"{home}/sitemap.xml", "--since-lastmod", "2026-11-01")
    assert untested(report) == {
        f"{home}/old": "left out: not changed since 2026-11-01 by its sitemap",
        "http://other.example/x": "left out: its sitemap is another host's",
        f"{home}/sitemap-gone.xml": "the sitemap did not come: the server answered 404",
    }
    assert {a["target"] for a in report["audits"]} - set(untested(report)) == {
        f"{home}/new",
        f"{home}/undated",
    }
    assert code in (1, 3)
    assert report["gate"]["broken"] >= 1
    assert "1 pages have no lastmod" in out
    assert "/old" not in server.paths()


def test_a_day_without_a_sitemap_is_refused(run: Run, tmp_path: Path) -> None:
    site(tmp_path / "public")
    for arguments in (
        ("public", "--since-lastmod", "2026-11-01"),
        ("public", "--since-lastmod", "soon"),
    ):
        code, _, _, err = run(*arguments)
        assert code == 2
        assert len(err.splitlines()) == 1


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;&b;">]><urlset><url><loc>&d;</loc></url></urlset>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<urlset><url>", "is no sitemap"),
        (b"", "is no sitemap"),
        (b"<html></html>", "its first element is 'html'"),
        (LAUGHS, "is no sitemap"),
        (OUTSIDE, "is no sitemap"),
        (LAUGHS.decode().encode("utf-16"), "is no sitemap"),
        (gzip.compress(b"<urlset>" + b" " * (sitemap.LIMIT + 1), mtime=0), "larger than 50 MB"),
        (gzip.compress(urlset(("http://a.example/", "")), mtime=0)[:-9], "the gzip is cut off"),
        (b"\x1f\x8bnothing", "no gzip"),
        (urlset(("file:///etc/passwd", "")), "which is no web page"),
        (urlset(), "the sitemap names no page"),
    ],
)
def test_a_sitemap_that_is_none_is_refused_in_one_line(
    run: Run, tmp_path: Path, data: bytes, words: str
) -> None:
    (tmp_path / "sitemap.xml").write_bytes(data)
    code, _, out, err = run("sitemap.xml")
    assert (code, out) == (2, "")
    assert words in err
    assert len(err.splitlines()) == 1
