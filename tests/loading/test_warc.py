"""WARC files, written by warcio: whole, packed, cut at every place, hostile."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from checker import cli
from checker.loading import static, warc
from checker.loading.loader import open_loader
from checker.loading.options import Options, Render, Target
from checker.loading.stop import Stop
from checker.loading.targets import TargetError
from checker.page import Mode, Need, Page, Trouble
from checker.verdict import Cause

PAGE = (
    "<!doctype html><html lang=en><head><title>An article of the archive</title></head>"
    "<body><main><h1>Article {n}</h1><p>Text of article {n}.</p></main></body></html>"
)
DATE = "2026-01-31T00:00:00Z"


def record(
    writer: Any,
    url: str,
    body: bytes,
    status: str = "200 OK",
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),),
) -> None:
    made = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(body),
        http_headers=StatusAndHeaders(status, list(headers), protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": DATE},
    )
    writer.write_record(made)


def archive(pages: int = 3, *, packed: bool = False) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for number in range(pages):
        record(writer, f"https://www.a.gov/{number}", PAGE.format(n=number).encode())
    return file.getvalue()


def read(path: Path | str) -> list[Target]:
    return list(warc.Archive(str(path), Stop()).targets())


def pages(targets: list[Target], render: Render = Render.NEVER) -> Iterator[Page]:
    with open_loader(Options(render=render)) as loader:
        yield from (loader.load(target, lambda page: ()) for target in targets)


@pytest.mark.parametrize("packed", [False, True])
def test_pages_have_their_archived_address_and_facts(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(archive(packed=packed))
    seen = list(pages(read(path)))
    assert [page.url for page in seen] == [f"https://www.a.gov/{n}" for n in range(3)]
    first = seen[0]
    assert (first.mode, first.status, first.loaded_at, first.problem) == (
        Mode.STATIC,
        200,
        DATE,
        None,
    )
    assert first.header("content-type") == ("text/html; charset=utf-8",)
    assert "Text of article 0" in first.html
    gaps = {gap.need: gap.cause for gap in first.missing}
    assert gaps == dict.fromkeys(
        (Need.RENDERED, Need.AXE, Need.TLS, Need.HTTP_PROBE), Cause.OUT_OF_REACH
    )
    rendered = first.lacks(Need.RENDERED)
    assert rendered is not None
    assert "an archive has no server" in rendered.reason


def test_one_gzip_around_all_records_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(archive()))
    assert [target.problem for target in read(path)] == [None] * 3


@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_anywhere_is_told_and_no_part_of_a_page_is_judged(
    tmp_path: Path, packed: bool
) -> None:
    """At every byte: the cut is told unless it is just between two records, and no page differs from the whole's."""
    whole = archive(2, packed=packed)
    path = tmp_path / "a.warc"
    path.write_bytes(whole)
    bodies = {t.url: t.answer.body for t in read(path) if t.answer}
    silent: list[int] = []
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        targets = read(path)
        for target in targets:
            if target.answer is not None:
                assert target.answer.body == bodies[target.url]
        faults = [t for t in targets if t.problem and t.problem.kind is Trouble.SOURCE]
        if not faults:
            silent.append(end)
    # The end of the first page, where nothing in the file says that more should follow.
    assert len(silent) == 1, silent


def test_bytes_between_records_are_told(tmp_path: Path) -> None:
    first = archive(1)
    path = tmp_path / "a.warc"
    path.write_bytes(first + b"GARBAGE\r\n" + archive(3)[len(first) :])
    targets = read(path)
    assert [t.url for t in targets if t.answer] == ["https://www.a.gov/0"]
    assert [t.problem.kind for t in targets if t.problem] == [Trouble.SOURCE]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no response in it"),
        (b"hello\n", "archive is not whole"),
        (b"\x1f\x8bnothing", "archive is not whole"),
        (gzip.compress(archive(), mtime=0)[:-30], "archive is not whole"),
        (gzip.compress(b"x" * 100, mtime=0), "archive is not whole"),
    ],
)
def test_what_is_no_archive_is_told(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    targets = read(path)
    assert targets[-1].problem is not None
    assert targets[-1].problem.kind is Trouble.SOURCE
    assert words in targets[-1].problem.message


def test_codings_are_undone_copies_and_other_records_are_counted(tmp_path: Path) -> None:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    html = (("Content-Type", "text/html"),)
    record(
        writer,
        "https://www.a.gov/a",
        gzip.compress(b"<p>packed", mtime=0),
        headers=(*html, ("Content-Encoding", "gzip")),
    )
    record(writer, "https://www.a.gov/a#part", b"<p>later")
    record(
        writer,
        "https://www.a.gov/b",
        b"5\r\n<p>in\r\n0\r\n\r\n",
        headers=(*html, ("Transfer-Encoding", "chunked")),
    )
    record(
        writer, "https://www.a.gov/c", b"", status="301 Moved", headers=(*html, ("Location", "/a"))
    )
    record(writer, "https://www.a.gov/d.png", b"png", headers=(("Content-Type", "image/png"),))
    record(writer, "https://www.a.gov/e", b"<p>gone", status="404 Not Found")
    record(writer, "dns:www.a.gov", b"x")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(file.getvalue())
    source = warc.Archive(str(path), Stop())
    targets = list(source.targets())
    assert {t.url: t.answer.body for t in targets if t.answer} == {
        "https://www.a.gov/a": b"<p>packed",
        "https://www.a.gov/b": b"<p>in",
        "https://www.a.gov/e": b"<p>gone",
    }
    assert [note.removeprefix(f"{path}: ") for note in source.notes()] == [
        "1 records are later copies of a page that is told",
        "2 records are no HTML pages",
        "1 records are redirects",
    ]
    (gone,) = pages([targets[-1]])
    assert gone.problem is not None
    assert gone.problem.kind is Trouble.HTTP_ERROR


def test_a_page_that_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "LIMIT", 1000)
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    bomb = gzip.compress(b"<p>" + b" " * 10_000_000)
    record(
        writer,
        "https://www.a.gov/bomb",
        bomb,
        headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")),
    )
    record(writer, "https://www.a.gov/next", b"<p>next")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(file.getvalue())
    bomb_target, next_target = read(path)
    assert bomb_target.problem is not None
    assert "larger than" in bomb_target.problem.message
    assert next_target.answer is not None
    assert static.LIMIT == 50 * 2**20


def test_an_address_is_opened_by_fsspec(tmp_path: Path) -> None:
    with fsspec.open("memory://folder/a.warc.gz", "wb") as file:
        file.write(archive(2, packed=True))
    (tmp_path / "b.warc").write_bytes(archive(2))
    assert len(read("memory://folder/a.warc.gz")) == 2
    assert len(read(f"file://{tmp_path}/b.warc")) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("none.warc", "cannot be read"),
        ("memory://none/x.warc", "cannot be opened"),
        ("nowhere://x.warc.gz", "cannot be opened"),
    ],
)
def test_an_archive_that_is_not_there_is_refused(text: str, words: str) -> None:
    with pytest.raises(TargetError, match=words) as raised:
        read(text)
    assert "\n" not in str(raised.value)


def test_the_command_tells_a_cut_archive_with_exit_3_and_the_pages_before_the_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = archive(3, packed=True)
    Path("a.warc.gz").write_bytes(data[:-100])
    with pytest.raises(SystemExit) as ended:
        cli.main(["audit", "a.warc.gz", "--only", "page-lang", "--json", "r.json"])
    assert ended.value.code == 3
    report = json.loads(Path("r.json").read_text())
    told = {audit["target"]: audit["problem"] for audit in report["audits"]}
    assert told["https://www.a.gov/0"] is told["https://www.a.gov/1"] is None
    assert told["a.warc.gz"]["kind"] == "source"
