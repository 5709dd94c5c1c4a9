"""Files and standard input, decoded as browsers do."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.loading import static
from checker.loading.encoding import charset, decode
from checker.loading.options import Options, Target
from checker.loading.static import load_file, unrendered
from checker.page import Mode, Need, Trouble
from checker.verdict import Cause

UNDECLARED = "the page does not declare its encoding"


@pytest.mark.parametrize(
    ("data", "content_type", "encoding", "text"),
    [
        (b"\xef\xbb\xbf<p>caf\xc3\xa9", "", "UTF-8", "<p>caf\u00e9"),
        ("\ufeff<p>caf\u00e9".encode("utf-16-le"), "", "UTF-16LE", "<p>caf\u00e9"),
        ("\ufeff<p>caf\u00e9".encode("utf-16-be"), "", "UTF-16BE", "<p>caf\u00e9"),
        (
            "\ufeff<p>\u00e9".encode("utf-16-le"),
            "text/html; charset=utf-8",
            "UTF-16LE",
            "<p>\u00e9",
        ),
        (b"<p>\xc4", "text/html; charset=ISO-8859-2", "ISO-8859-2", "<p>\u00c4"),
        (
            b"<meta charset=utf-8><p>\xc4",
            'text/html; charset="latin1"',
            "windows-1252",
            "<meta charset=utf-8><p>\u00c4",
        ),
        (b"<meta charset=utf-8><p>\xe9", "", "UTF-8", "<meta charset=utf-8><p>\ufffd"),
        (
            b"<meta charset=iso-8859-1><p>\x93",
            "",
            "windows-1252",
            "<meta charset=iso-8859-1><p>\u201c",
        ),
        (b"<meta charset=shift_jis>\x93\xfa", "", "Shift_JIS", "<meta charset=shift_jis>\u65e5"),
        (b"<meta charset=utf-16><p>\xc3\xa9", "", "UTF-8", "<meta charset=utf-16><p>\u00e9"),
        (b"<p>plain", "", "windows-1252", "<p>plain"),
        (b"", "", "windows-1252", ""),
    ],
)
def test_a_declared_encoding_is_taken_without_a_note(
    data: bytes, content_type: str, encoding: str, text: str
) -> None:
    decoded = decode(data, content_type)
    assert (decoded.encoding, decoded.text, decoded.notes) == (encoding, text, ())


def test_a_declaration_past_the_first_kilobyte_is_taken() -> None:
    decoded = decode(b"<!-- " + b"x" * 2000 + b" --><meta charset=koi8-r><p>\xc9")
    assert (decoded.encoding, decoded.text[-4:], decoded.notes) == ("KOI8-R", "<p>\u0438", ())


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"<p>caf\xe9", "windows-1252", "<p>caf\u00e9"),
        (b"<p>caf\xc3\xa9", "UTF-8", "<p>caf\u00e9"),
        (b"<p>\x93\xfa\x96\x7b\x8c\xea", "windows-1252", "<p>\u201c\u00fa\u2013{\u0152\u00ea"),
        (b"<?xml version='1.0' encoding='iso-8859-2'?><p>\xb1", "ISO-8859-2", "0105"),
    ],
)
def test_an_undeclared_encoding_is_noted_and_not_guessed_by_content(
    data: bytes, encoding: str, text: str
) -> None:
    decoded = decode(data)
    assert decoded.encoding == encoding
    assert decoded.text.endswith(text if text != "0105" else "<p>\u0105")
    assert [note[: len(UNDECLARED)] for note in decoded.notes] == [UNDECLARED]


def test_a_charset_that_no_browser_knows_is_as_good_as_none() -> None:
    decoded = decode(b"<meta charset=utf-8>\xc3\xa9", "text/html; charset=bogus")
    assert (decoded.encoding, decoded.text[-1]) == ("UTF-8", "\u00e9")
    assert "'bogus'" in decoded.notes[0]


@pytest.mark.parametrize(
    "header", ["", "text/html", ";;;", 'text/html; charset="', "text/html; charset*=utf-8''x"]
)
def test_headers_without_a_charset(header: str) -> None:
    assert decode(b"<p>x", header).text == "<p>x"
    assert isinstance(charset(header), str)


def test_a_file_is_a_page_without_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "news" / "a.html"
    path.parent.mkdir()
    path.write_bytes(b"<title>T</title>\r\n<p>Words</p>")
    gaps = unrendered(Cause.OUT_OF_REACH, "no browser: --render never")
    page = load_file(
        Target("a", path=path, root=tmp_path), Options(public_url="https://a.gov/"), gaps
    )
    assert page.problem is None
    assert (page.mode, page.url, page.source_path) == (
        Mode.STATIC,
        "https://a.gov/news/a.html",
        "news/a.html",
    )
    assert page.source == page.html == "<title>T</title>\r\n<p>Words</p>"
    assert (page.status, page.headers, page.final_url) == (None, (), "")
    assert {gap.need: gap.cause for gap in page.missing} == dict.fromkeys(Need, Cause.OUT_OF_REACH)


def test_standard_input_is_a_page() -> None:
    page = load_file(Target("standard input", html=b"<p>Words"), Options())
    assert (page.html, page.source_path, page.problem) == ("<p>Words", "", None)


def test_a_source_path_outside_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "a.html").write_text("<p>Words")
    page = load_file(Target("a", path=tmp_path / "a.html", root=tmp_path), Options())
    assert page.source_path == "../a.html"


@pytest.mark.parametrize("name", ["gone.html", ".", "nul\0.html"])
def test_what_cannot_be_read_is_a_problem(tmp_path: Path, name: str) -> None:
    page = load_file(Target(name, path=tmp_path / name, root=tmp_path), Options())
    assert page.problem is not None
    assert page.problem.kind is Trouble.UNREADABLE
    assert page.source is None


def test_a_file_past_the_bound_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(static, "LIMIT", 100)
    for size, problem in ((100, False), (101, True)):
        path = tmp_path / f"{size}.html"
        path.write_bytes(b"x" * size)
        assert bool(load_file(Target("x", path=path, root=tmp_path), Options()).problem) is problem


def test_an_empty_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"")
    page = load_file(Target("a", path=tmp_path / "a.html"), Options())
    assert page.problem is not None
    assert page.problem.kind is Trouble.EMPTY


def test_the_time_of_loading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795521600")
    assert load_file(Target("-", html=b"<p>x"), Options()).loaded_at == "2026-11-24T12:00:00Z"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<meta charset=iso-8859-5>", "ISO-8859-5"),
        (b"<!-- <meta charset=koi8-r> --><meta charset=iso-8859-5>", "ISO-8859-5"),
        (
            b"<p>" + b"x" * 1_010 + b"<meta charset=iso-8859-5>",
            "ISO-8859-5",
        ),  # cut by the bytes looked at
        (b"<script>'<meta charset=big5>'</script><p>", "Big5"),
        (b"<p>" + b"x" * 400 + b"<meta charset=iso-8859-5>", "ISO-8859-5"),
        (b"\xef\xbb\xbf<meta charset=iso-8859-5>", "UTF-8"),
    ],
)
def test_the_start_of_a_document_says_its_encoding_by_the_scan_that_browsers_make(
    head: bytes, name: str
) -> None:
    assert decode(head + b"caf\xe9").encoding == name
