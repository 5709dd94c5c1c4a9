"""Files are written whole or not at all; spooled audits come back as they went in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checker.files import write_whole
from checker.spool import Spool, decoded, encoded
from tests import support_report as support


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    write_whole(path, ["new ", b"and whole ", "\ud800"])
    assert path.read_text() == "new and whole ?"
    assert list(tmp_path.iterdir()) == [path]


def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(path, ["into ", b"the pipe"])
        assert os.read(reader, 100) == b"into the pipe"
    finally:
        os.close(reader)
    assert path.is_fifo()
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "real.html"
    link = tmp_path / "latest.html"
    link.symlink_to(path)
    for text in ("new", "newer"):
        write_whole(link, [text])
        assert (link.is_symlink(), path.read_text()) == (True, text)


def test_a_folder_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, ["text"])


def test_a_writer_that_dies_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    def dies() -> Iterator[str]:
        yield "half"
        raise RuntimeError("out of ideas")

    path = tmp_path / "report.html"
    path.write_text("old")
    with pytest.raises(RuntimeError):
        write_whole(path, dies())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_writer_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    left = tmp_path / ".report.html.abcd1234.presscheck"
    others = [
        tmp_path / name
        for name in (
            ".report.html.original",
            ".other.html.abcd1234.presscheck",
            ".report.html.fresh_12.presscheck",
        )
    ]
    for each in (left, *others):
        each.write_text("half")
        if "fresh" not in each.name:
            os.utime(each, (1, 1))

    def slow() -> Iterator[str]:
        """Another writer meets our unfinished file, however old it is."""
        (ours,) = set(tmp_path.iterdir()) - {left, *others}
        os.utime(ours, (1, 1))
        write_whole(path, ["of another"])
        assert ours.exists()
        yield "of us"

    write_whole(path, slow())
    assert path.read_text() == "of us"
    assert set(tmp_path.iterdir()) == {path, *others}


def test_spooled_audits_come_back_in_order_as_often_as_asked() -> None:
    audits = [
        support.clean(),
        support.faulty(),
        support.local(),
        support.broken(),
        support.timed_out(),
    ]
    with Spool() as spool:
        for audit in audits:
            spool.add(audit)
        assert list(spool) == audits
        assert [(a.target, b.target) for a, b in zip(spool, spool, strict=True)] == [
            (a.target, a.target) for a in audits
        ]
        assert len(spool) == 5


def test_a_lone_surrogate_is_dropped_and_nothing_else() -> None:
    with Spool() as spool:
        spool.add(support.hostile())
        (back,) = spool
    assert "\ud800" not in back.title
    assert "emoji \U0001fa96" in back.title
    assert len(back.results[0].findings) == 4


def test_what_pages_say_alike_is_kept_once_and_what_is_their_own_is_not() -> None:
    audit = support.faulty()
    alike = replace(audit.results[0], findings=(), passed=7)
    long = replace(
        audit.results[0],
        findings=tuple(
            replace(finding, fault=f"{turn}" * 400)
            for turn, finding in enumerate(audit.results[0].findings * 2)
        ),
    )
    with Spool() as spool:
        for number in range(5_000):
            spool.add(replace(audit, results=(alike, replace(alike, passed=number), long)))
        first, second = list(spool)[:2]
        assert first.results[0] is second.results[0]
        assert first.results[2] == second.results[2] == long
        assert [each.results[1].passed for each in spool] == list(range(5_000))


def test_an_audit_from_another_process_is_what_was_sent_and_shares_what_is_alike() -> None:
    for audit in (support.clean(), support.faulty(), support.broken()):
        once, again = decoded(encoded(audit)), decoded(encoded(audit))
        assert once == audit
        short = [result for result in audit.results if len(encoded(result)) < 500]
        shared = [one is other for one, other in zip(once.results, again.results, strict=True)]
        assert sum(shared) >= len(short)
