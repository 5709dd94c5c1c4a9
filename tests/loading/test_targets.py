"""What users ask for -> Targets, each page once."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from checker.loading import sitemap
from checker.loading.options import Options, Target
from checker.loading.sitemap import SitemapError
from checker.loading.static import load_file
from checker.loading.stop import Stop
from checker.loading.targets import TargetError, expand, public_address
from checker.loading.warc import Archive
from checker.page import Trouble


def targets(*texts: object, stdin: bytes = b"", public_url: str = "") -> list[Target]:
    return list(expand(map(str, texts), stdin=io.BytesIO(stdin), public_url=public_url))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index.html", "news/a.HTM", "news/b.xhtml", "news/deep/c.html", "css/site.css"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>Words</p>")
    return tmp_path


def names(found: list[Target], root: Path) -> list[str]:
    return [target.path.relative_to(root).as_posix() for target in found if target.path]


def test_a_folder_gives_its_html_in_order_and_is_the_root(site: Path) -> None:
    found = targets(site)
    assert names(found, site) == ["index.html", "news/a.HTM", "news/b.xhtml", "news/deep/c.html"]
    assert {target.root for target in found} == {site}


def test_a_folder_stands_among_the_files_by_its_name_and_links_to_folders_are_not_gone_into(
    tmp_path: Path,
) -> None:
    for name in ("a.html", "a/z.html", "a/b.html/c.html", "a-b/x.html", "b.html", "B.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<p>Words</p>")
    (tmp_path / "again").symlink_to(tmp_path / "a")
    (tmp_path / "c.html").symlink_to(tmp_path / "a")
    found = targets(tmp_path)
    assert [target.path for target in found] == sorted(tmp_path / name for name in (
        "a.html", "a/z.html", "a/b.html/c.html", "a-b/x.html", "b.html", "B.html",
    ))  # fmt: skip


def test_a_file_has_its_folder_for_root(site: Path) -> None:
    (target,) = targets(site / "news/a.HTM")
    assert (target.path, target.root) == (site / "news/a.HTM", site / "news")


def test_a_glob_takes_html_only(site: Path) -> None:
    found = targets(site / "**" / "*")
    assert names(found, site) == ["index.html", "news/a.HTM", "news/b.xhtml", "news/deep/c.html"]
    assert {target.root for target in found} == {site}


def test_every_page_once_the_first_kept(site: Path) -> None:
    (site / "alias.html").symlink_to(site / "index.html")
    found = targets(site / "news/deep/../b.xhtml", site / "alias.html", site, site / "index.html")
    assert [str(target.path) for target in found] == [
        str(site / "news/deep/../b.xhtml"),
        str(site / "alias.html"),
        str(site / "news/a.HTM"),
        str(site / "news/deep/c.html"),
    ]


def test_addresses_are_folded_but_for_what_leads_elsewhere() -> None:
    same = ["https://A.gov", "https://a.gov/", "https://a.gov/#top"]
    other = ["https://a.gov/#/news", "https://a.gov/?p=1", "http://a.gov/"]
    assert [target.url for target in targets(*same, *other)] == [same[0], *other]


def test_texts_show_no_secret_and_differ() -> None:
    first, second = targets(
        "https://u:pass@a.gov/?token=one111", "https://u:pass@a.gov/?token=two222"
    )
    assert first.url == "https://u:pass@a.gov/?token=one111"
    assert first.text == "https://[redacted]@a.gov/?token=[redacted]"
    assert second.text == first.text + " (2)"


def test_standard_input() -> None:
    (target,) = targets("-", stdin=b"<p>Hello")
    assert (target.html, target.path, target.url) == (b"<p>Hello", None, "")


def test_a_list_is_relative_to_its_folder_and_keeps_what_is_not_there(site: Path) -> None:
    listed = site / "pages.txt"
    listed.write_text(
        "\ufeff# pages\n\nnews\nindex.html\n gone.html \nhttps://a.gov/x\ncss\nno*.html\n"
    )
    found = targets(f"@{listed}")
    assert [target.url or target.path for target in found] == [
        site / "news/a.HTM",
        site / "news/b.xhtml",
        site / "news/deep/c.html",
        site / "index.html",
        site / "gone.html",
        "https://a.gov/x",
        site / "css",
        site / "no*.html",
    ]
    problems = [load_file(target, Options()).problem for target in found if not target.url]
    assert [problem and problem.kind for problem in problems] == [None] * 4 + [
        Trouble.UNREADABLE
    ] * 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gone.html", "no such file"),
        ("www.agency.gov/news", "https://"),
        ("ftp://a.gov/x", "http:// or https://"),
        ("file:///etc/hosts", "give a file"),
        ("https://", "whole"),
        ("https://a.gov:port/", "whole"),
        ("https://a.gov/a b", "whole"),
        ("css", "no HTML"),
        ("css/*.html", "no HTML file matches"),
        ("@gone.txt", "cannot be read"),
        ("@css/site.css", "list"),
        ("", "empty"),
        ("bad\0name", "no such file"),
    ],
)
def test_what_names_no_page_is_an_error_of_one_line(
    site: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.chdir(site)
    (site / "css/site.css").write_text("# nothing\n")
    with pytest.raises(TargetError, match=said) as raised:
        targets(text)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("line", ["ftp://a.gov/", "-", "@other.txt", "https://:1/"])
def test_a_line_of_a_list_that_is_no_target_is_an_error_with_its_place(
    tmp_path: Path, line: str
) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(f"# first\n{line}\n")
    with pytest.raises(TargetError, match=r"list\.txt:2:"):
        targets(f"@{listed}")


def test_unreadable_on_the_command_line_is_an_error_and_in_a_folder_a_target(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links that lead nowhere: a test run as root reads every file whatever its mode."""
    (site / "broken.html").symlink_to(site / "nowhere.html")
    with pytest.raises(TargetError, match="cannot be read"):
        targets(site / "broken.html")
    found = {target.path: target for target in targets(site)}
    problem = load_file(found[site / "broken.html"], Options()).problem
    assert problem is not None
    assert problem.kind is Trouble.UNREADABLE


@pytest.mark.skipif(os.name == "nt", reason="file names are bytes on POSIX only")
def test_file_names_that_are_not_unicode(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.html")
    (tmp_path / name).write_text("<p>Words")
    (target,) = targets(tmp_path)
    target.text.encode()
    assert load_file(target, Options()).problem is None
    assert (
        public_address(target, Options(public_url="https://a.gov/")) == "https://a.gov/caf%E9.html"
    )


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("index.html", "https://a.gov/site/"),
        ("news/index.html", "https://a.gov/site/news/"),
        ("news/an article.html", "https://a.gov/site/news/an%20article.html"),
    ],
)
@pytest.mark.parametrize("base", ["https://a.gov/site/", "https://a.gov/site"])
def test_the_public_address_of_a_file_below_a_root(
    tmp_path: Path, base: str, name: str, address: str
) -> None:
    target = Target(name, path=tmp_path / name, root=tmp_path)
    assert public_address(target, Options(public_url=base)) == address


def test_the_public_address_of_one_page(site: Path) -> None:
    page = "https://www.a.gov/News/Article/123"
    options = Options(public_url=page)
    (single,) = targets(site / "index.html", public_url=page)
    (piped,) = targets("-", public_url=page)
    assert public_address(single, options) == public_address(piped, options) == page
    first, second = targets(site / "index.html", site / "news/a.HTM", public_url=page)
    assert public_address(first, options) != public_address(second, options)


def test_without_a_public_url_there_is_no_public_address(site: Path) -> None:
    (target,) = targets(site / "index.html")
    assert public_address(target, Options()) == ""
    assert (
        public_address(Target("x", url="https://b.gov/"), Options(public_url="https://a.gov/"))
        == ""
    )


@pytest.mark.parametrize("public_url", ["agency.gov", "ftp://a.gov/", "https:///x"])
def test_a_public_url_must_be_an_address(site: Path, public_url: str) -> None:
    with pytest.raises(TargetError, match="--public-url"):
        targets(site, public_url=public_url)


def test_a_pipe_in_a_folder_is_told_and_not_opened(tmp_path: Path) -> None:
    """Nobody writes into it: to open it would be to wait without end."""
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "page.html").write_text("<p>Ferries run hourly.</p>", "utf-8")
    page, pipe = targets(tmp_path)
    assert page.problem is None
    assert pipe.problem is not None
    assert pipe.problem.kind is Trouble.UNREADABLE


def test_a_pipe_that_was_named_is_told_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "pages.txt").write_text("pipe\n", "utf-8")
    for named in (tmp_path / "pipe", f"@{tmp_path / 'pages.txt'}", "/dev/zero"):
        (pipe,) = targets(named)
        assert pipe.problem is not None
        assert pipe.problem.kind is Trouble.UNREADABLE
    with pytest.raises(TargetError, match="a pipe, a socket or a device, no list"):
        targets(f"@{tmp_path / 'pipe'}")
    for name in ("sitemap.xml", "site.warc"):
        os.mkfifo(tmp_path / name)
    with pytest.raises(SitemapError, match="a pipe, a socket or a device, no sitemap"):
        list(sitemap.read(str(tmp_path / "sitemap.xml"), Options()))
    with pytest.raises(TargetError, match="a pipe, a socket or a device, no archive"):
        Archive(str(tmp_path / "site.warc"), Stop())


def test_what_the_shell_opened_is_read(tmp_path: Path) -> None:
    """``presscheck audit <(generate)``: a pipe whose writer is there."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(b"<p>Ferries run hourly.</p>")
    with os.fdopen(reading, "rb"):
        (page,) = targets(f"/dev/fd/{reading}")
        assert page.problem is None
        assert page.path is not None
        assert page.path.read_bytes() == b"<p>Ferries run hourly.</p>"


@pytest.mark.parametrize("data", [b"page.html\na\0b.html\n", b"page.html\n" + b"[" * 100_000])
def test_a_list_that_is_no_text_is_refused_by_its_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "pages.txt").write_bytes(data)
    with pytest.raises(TargetError, match=r"pages\.txt:2: is no name of a page"):
        targets(f"@{tmp_path / 'pages.txt'}")


def test_a_list_of_one_endless_line_is_not_read_to_its_end(tmp_path: Path) -> None:
    with (tmp_path / "pages.txt").open("wb") as file:
        file.truncate(2**40)  # a hole: it takes no room on the disk
    with pytest.raises(TargetError, match="is no name of a page"):
        targets(f"@{tmp_path / 'pages.txt'}")
