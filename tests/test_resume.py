"""A run that was killed goes on to the very report of one that was not."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checker import cli
from checker.journal import JournalError, open_journal
from checker.loading.options import Target
from checker.page import Mode, Problem, Trouble
from checker.report import Audit
from tests.runs import (
    PAGES,
    RULES,
    arguments,
    begun,
    finish,
    folder,
    reports,
    whole,
)

__all__ = ["folder", "whole"]


def test_killed_after_any_page_it_goes_on_to_the_same_report(
    folder: Path, whole: tuple[bytes, bytes]
) -> None:
    journal = ["--journal", "j"]
    for after in (1, 21, PAGES):
        Path("j").unlink(missing_ok=True)
        Path("r.json").unlink(missing_ok=True)
        with begun(*arguments("r", *journal, "--log-json", "-")) as process:
            assert process.stdout is not None
            for _ in range(after + 1):  # the start, then pages
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
            process.wait()
        resumed = finish(*arguments("r", *journal, "--resume", "--log-json", "log"))
        assert resumed.returncode == 1, resumed.stderr
        assert reports("r") == whole, after
        events = [json.loads(line) for line in Path("log").read_text().splitlines()]
        pages = [event for event in events if event["event"] == "page"]
        assert len({page["target"] for page in pages}) == len(pages) == PAGES
        assert sum(page["resumed"] for page in pages) >= after


def test_killed_at_any_time_and_again_and_again(folder: Path, whole: tuple[bytes, bytes]) -> None:
    """Killed at moments drawn by chance, from before the first line to the writing of the reports."""
    chance = random.Random(20261124)
    begin = time.monotonic()
    finish(*arguments("timing", "--journal", "t"))
    length = time.monotonic() - begin
    kills = 0
    for _ in range(2):
        Path("j").unlink(missing_ok=True)
        Path("r.json").unlink(missing_ok=True)
        for _ in range(3):
            with begun(*arguments("r", "--journal", "j", "--resume")) as process:
                try:
                    process.communicate(timeout=chance.uniform(0.1, 1.1) * length)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    kills += 1
        assert finish(*arguments("r", "--journal", "j", "--resume")).returncode == 1
        assert reports("r") == whole
    assert kills


def audit(number: int, problem: Problem | None = None) -> Audit:
    return Audit(f"{number}.html", "", "Ä title", "federal", Mode.STATIC, "", (), problem=problem)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for the disk: cut files are made by the test."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


MARKS = {"options": "1", "targets": "2"}


def go(
    path: Path, numbers: list[int], *, resume: bool = True, fresh: list[int] | None = None
) -> list[Audit]:
    """A run over numbered pages, in the journal; ``fresh`` are those that it really audits."""
    with open_journal(path, MARKS, resume=resume, warn=pytest.fail) as journal:

        def judged() -> Iterator[Audit]:
            for target in journal.targets(Target(f"{n}.html") for n in numbers):
                number = int(target.text.removesuffix(".html"))
                if fresh is not None:
                    fresh.append(number)
                yield audit(number)

        return list(journal.audits(judged()))


def test_a_journal_that_is_cut_at_any_byte_loses_no_page_and_tells_none_twice(
    tmp_path: Path, unhurried: None
) -> None:
    path = tmp_path / "j"
    numbers = [0, 1, 2]
    expected = go(path, numbers)
    data = path.read_bytes()
    counts: set[int] = set()
    for end in range(len(data) + 1):
        path.write_bytes(data[:end])
        fresh: list[int] = []
        assert go(path, numbers, fresh=fresh) == expected
        counts.add(len(fresh))
        again: list[int] = []
        assert go(path, numbers, fresh=again) == expected  # what was cut is whole now
        assert again == []
    assert counts == {0, 1, 2, 3}


def test_a_journal_with_a_broken_byte_gives_no_broken_page(tmp_path: Path, unhurried: None) -> None:
    path = tmp_path / "j"
    numbers = [0, 1, 2]
    expected = go(path, numbers)
    data = path.read_bytes()
    for place in range(data.index(b"\n") + 1, len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert go(path, numbers) == expected


def test_pages_that_are_gone_and_pages_that_are_new(tmp_path: Path) -> None:
    """A source that changed since (a crawl, a folder): what was done stays, what is new is audited."""
    path = tmp_path / "j"
    go(path, [0, 1, 2])
    fresh: list[int] = []
    seen = go(path, [2, 3, 0], fresh=fresh)
    assert [each.target for each in seen] == ["2.html", "3.html", "0.html", "1.html"]
    assert fresh == [3]


@pytest.mark.parametrize("kind", [Trouble.INTERRUPTED, Trouble.TIME_BUDGET])
def test_a_page_that_was_not_begun_is_not_done(tmp_path: Path, kind: Trouble) -> None:
    path = tmp_path / "j"
    with open_journal(path, MARKS, resume=False, warn=pytest.fail) as journal:
        given = journal.targets(Target(f"{n}.html") for n in range(3))
        list(
            journal.audits(
                audit(n, Problem(kind, "not begun") if n == 1 else None)
                for n, _ in enumerate(given)
            )
        )
    fresh: list[int] = []
    seen = go(path, [0, 1, 2], fresh=fresh)
    assert fresh == [1]
    assert [each.target for each in seen] == ["0.html", "1.html", "2.html"]


def test_a_finished_journal_begins_anew_and_an_unfinished_one_only_when_told(
    tmp_path: Path,
) -> None:
    path = tmp_path / "j"
    go(path, [0])
    with pytest.raises(JournalError, match="unfinished run"):
        go(path, [0], resume=False)
    with open_journal(path, MARKS, resume=True, warn=pytest.fail) as journal:
        journal.finish()
    fresh: list[int] = []
    go(path, [0], resume=False, fresh=fresh)
    assert fresh == [0]


def test_two_runs_never_write_one_journal(tmp_path: Path) -> None:
    with (
        open_journal(tmp_path / "j", MARKS, resume=True, warn=pytest.fail),
        pytest.raises(JournalError, match="another run"),
    ):
        go(tmp_path / "j", [0])


def test_a_disk_that_takes_no_more_ends_the_journal_not_the_run(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    said: list[str] = []
    with (
        open_journal(tmp_path / "j", MARKS, resume=True, warn=said.append) as journal,
        Path("/dev/full").open("r+b", buffering=0) as full,
    ):
        journal._file = full  # type: ignore[assignment]
        given = journal.targets(Target(f"{n}.html") for n in range(3))
        seen = list(journal.audits(audit(n) for n, _ in enumerate(given)))
    assert len(seen) == 3
    assert len(said) == 1
    assert "No space left" in said[0]


type Change = Callable[[Path], list[str]]


def _other_rules(folder: Path) -> list[str]:
    (folder / "more").mkdir()
    source = next(Path(cli.__file__).parent.parent.joinpath("rules").rglob("page-lang.toml"))
    shutil.copy(source, folder / "more" / "my-page-lang.toml")
    return ["public", *RULES, "--rules", "more"]


CHANGES: dict[str, tuple[Change, str]] = {
    "targets": (lambda folder: ["public/001.html", *RULES], "other targets"),
    "options": (lambda folder: ["public", *RULES, "--skip", "page-title"], "other options"),
    "profile": (lambda folder: ["public", *RULES, "--profile", "federal"], "other options"),
    "rules": (_other_rules, "other rules and options"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_journal_of_another_run_is_refused_in_one_line(folder: Path, name: str) -> None:
    with begun(*arguments("r", "--journal", "j", "--log-json", "-")) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.readline()
    before = Path("j").read_bytes()
    change, words = CHANGES[name]
    told = finish("audit", *change(folder), "--journal", "j", "--resume")
    assert told.returncode == 2
    assert words in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert Path("j").read_bytes() == before


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--resume"], "--resume needs --journal"),
        (["--journal", "public/000.html"], "is no journal"),
        (["--journal", "none/j"], "cannot be written"),
        (["--journal", "checksum"], "is no journal"),
        (["--journal", "checksum", "--resume"], "is no journal"),
        (["--journal", "pipe"], "is a pipe, a socket or a device"),
        (["--journal", "/dev/zero"], "is a pipe, a socket or a device"),
    ],
)
def test_what_is_no_journal_is_refused_and_left_alone(
    folder: Path, more: list[str], words: str
) -> None:
    Path("checksum").write_text("0" * 64)
    os.mkfifo("pipe")
    page = Path("public/000.html").read_bytes()
    told = finish(*arguments("r", *more))
    assert told.returncode == 2
    assert words in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert Path("public/000.html").read_bytes() == page
    assert Path("checksum").read_text() == "0" * 64
