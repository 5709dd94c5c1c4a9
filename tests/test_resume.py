"""A run that was killed goes on to the very report of one that was not; an interrupted one tells what is done."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from checker import cli
from checker.journal import JournalError, open_journal
from checker.loading.options import Target
from checker.page import Mode, Problem, Trouble
from checker.report import Audit
from tests.loading.servers import Answer, Asked, serve

COMMAND = Path(sys.executable).parent / "presscheck"
PAGES = 40
ENV = os.environ | {
    "SOURCE_DATE_EPOCH": "1790000000",
    "PYTHONUNBUFFERED": "1",
    "PYTHONFAULTHANDLER": "1",
}
RULES = ["--only", "page-lang,page-title,image-alt-missing", "--render", "never"]

PAGE = (
    "<!doctype html><html lang=en><head><title>Article number {n} of the site</title></head>"
    "<body><main><h1>Article {n}</h1><p>Text of article {n}.</p><img src={n}.jpg></main></body></html>"
)


def build(folder: Path) -> None:
    (folder / "public").mkdir()
    for number in range(PAGES):
        (folder / "public" / f"{number:03}.html").write_text(PAGE.format(n=number))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a site in ``public``."""
    monkeypatch.chdir(tmp_path)
    build(tmp_path)
    return tmp_path


def arguments(name: str, *more: str) -> list[str]:
    return [
        "audit",
        "public",
        *RULES,
        "--json",
        f"{name}.json",
        "--junit",
        f"{name}.xml",
        *more,
    ]


def finish(*args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *args], env=ENV, capture_output=True, text=True, check=False, cwd=cwd
    )


@contextmanager
def begun(*args: str) -> Iterator[subprocess.Popen[bytes]]:
    """A run whose log we read: it is never far ahead of us, as a pipe of 4 kB holds some fifteen lines."""
    with subprocess.Popen(
        [COMMAND, *args],
        env=ENV,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        pipesize=4096,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def ended_within(process: subprocess.Popen[bytes], seconds: float) -> str:
    """Wait for the end of a run: empty, or where its threads stood when it had not come."""
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)
        return process.communicate()[1].decode()
    return ""


def reports(name: str) -> tuple[bytes, bytes]:
    return Path(f"{name}.json").read_bytes(), Path(f"{name}.xml").read_bytes()


def targets(report: bytes) -> list[str]:
    return [audit["target"] for audit in json.loads(report)["audits"]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The reports of a run that nobody stopped."""
    folder = tmp_path_factory.mktemp("whole")
    build(folder)
    assert finish(*arguments("whole"), cwd=folder).returncode == 1
    return reports(str(folder / "whole"))


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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_run_tells_what_is_done_and_goes_on_later(
    folder: Path, whole: tuple[bytes, bytes], number: signal.Signals, jobs: str
) -> None:
    more = ["--journal", "j", "--log-json", "-", "--jobs", jobs]
    with begun(*arguments("r", *more)) as process:
        assert process.stdout is not None
        for _ in range(4):
            process.stdout.readline()
        process.send_signal(number)
        _, err = process.communicate()
    assert process.returncode == 3, err.decode()
    report = json.loads(Path("r.json").read_text())
    assert [each["target"] for each in report["audits"]] == targets(whole[0])
    problems = [each["problem"] for each in report["audits"]]
    assert problems[:3] == [None] * 3
    assert problems[-1] == {
        "kind": "interrupted",
        "message": "not tested: the run was interrupted",
    }
    assert b"Traceback" not in err
    assert finish(*arguments("r", "--journal", "j", "--resume")).returncode == 1
    assert reports("r") == whole


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_silent_server_does_not_hold_an_interrupted_run(folder: Path, jobs: str) -> None:
    """The page in hand is given up: its server would keep the run waiting for ten minutes."""
    asked: list[Asked] = []

    def answer(request: Asked) -> Answer:
        if request.path == "/silent":
            asked.append(request)
            while not over:
                time.sleep(0.01)
        return 200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.format(n=1).encode()

    over: list[bool] = []
    with serve(answer) as running:
        home = f"http://127.0.0.1:{running.port}"
        wanted: list[Any] = [f"{home}/first", f"{home}/silent", f"{home}/last"]
        more = ["--log-json", "-", "--json", "r.json", "--timeout", "600", "--jobs", jobs]
        with begun("audit", *wanted, *RULES, *more) as process:
            assert process.stdout is not None
            while b'"page"' not in process.stdout.readline():
                assert process.poll() is None
            while not asked:
                assert process.poll() is None
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            hung = ended_within(process, 60)
        over.append(True)
    assert not hung, hung
    assert process.returncode == 3
    audits = json.loads(Path("r.json").read_text())["audits"]
    assert [each["target"] for each in audits] == wanted
    assert audits[0]["problem"] is None
    assert audits[1]["problem"]["kind"] == "interrupted"
