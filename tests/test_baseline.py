"""The baseline file: byte-stable, refused in one line where it cannot be used, never left half written."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.baseline import against, file
from checker.baseline.rows import Baseline, BaselineError, Row
from checker.baseline.update import pruned, updated
from checker.gate import Policy
from checker.outputs import json as report_json
from checker.verdict import Region, Verdict
from tests import support_edits as edits
from tests.test_triage import audit, html

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
KEYS = st.tuples(*[st.text("0123456789abcdef", min_size=16, max_size=16)] * 4)
ROWS = st.builds(
    Row,
    rule=st.sampled_from(["a-rule", "b-rule"]),
    fingerprint=st.text("0123456789abcdef", min_size=16, max_size=16),
    region=st.sampled_from(Region),
    message=WORDS,
    place=WORDS,
    first_seen=st.dates(),
    pages=st.lists(WORDS, min_size=1, max_size=3).map(tuple),
    keys=KEYS,
    fault=WORDS,
    count=st.integers(1, 9),
    on=st.integers(0, 9),
    seen_on=st.lists(WORDS, max_size=3).map(tuple),
)


@settings(deadline=None)
@given(rows=st.lists(ROWS, max_size=6), pages=st.lists(WORDS, max_size=4))
def test_what_is_written_is_read(rows: list[Row], pages: list[str]) -> None:
    ordered = tuple(sorted(rows, key=lambda row: row.order))
    baseline = Baseline(ordered, {"a-rule": "1"}, tuple(sorted(pages)))
    text = file.text_of(baseline)
    assert file.parse(text, "x") == baseline
    assert file.text_of(file.parse(text, "x")) == text


def test_the_order_of_rows_and_pages_does_not_matter() -> None:
    known = edits.baseline(audit("a.jpg", "b.jpg", "c.jpg"), audit("d.jpg", url=edits.OTHER_URL))
    mixed = replace(known, rows=known.rows[::-1], pages=known.pages[::-1])
    assert file.text_of(mixed) == file.text_of(known)


def test_a_row_is_for_people_first() -> None:
    text = file.text_of(edits.baseline(audit("a.jpg")))
    row = next(r for r in tomllib.loads(text)["finding"] if r["place"] == "a.jpg in main")
    assert list(row) == [
        *("rule", "message", "place", "region", "first_seen", "pages"),
        *("fingerprint", "fault", "keys"),
    ]
    assert row["first_seen"] == date(2026, 11, 24)
    assert row["pages"] == ["www.agency.gov/news/2026/one/"]


TEXT = file.text_of(edits.baseline(audit("a.jpg")))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (TEXT.replace("version = 1", "version = 2", 1), "version 2 is of a later presscheck"),
        (TEXT.replace("fingerprints = 1", "fingerprints = 9"), "fingerprints 9 is of a later"),
        (TEXT.replace("version = 1\n", "", 1), "does not say its version"),
        (
            TEXT.replace("[rules]", "<<<<<<< HEAD\n[rules]\n=======\n>>>>>>> b"),
            "conflict marks (line 4",
        ),
        (TEXT.replace("[[finding]]", "[[finding", 1), "not TOML"),
        (TEXT.replace("message =", "mesage =", 1), "unknown key 'finding.mesage' (did you mean"),
        (TEXT.replace('format = "presscheck-baseline"', ""), "is no baseline"),
        (TEXT.replace("first_seen = 2026-11-24", 'first_seen = "soon"', 1), "first_seen"),
        (TEXT.replace('region = "article"', 'region = "x"', 1), "region"),
        ("", "is no baseline"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(
    broken: str, said: str, tmp_path: Path
) -> None:
    assert broken != TEXT
    path = tmp_path / file.FILE
    path.write_text(broken)
    with pytest.raises(BaselineError) as error:
        file.read(path)
    assert said.split(" (line")[0] in str(error.value)
    assert "\n" not in str(error.value).strip()
    assert path.read_text() == broken


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BaselineError, match="not UTF-8"):
        file.read(tmp_path / "b")


def test_update_keeps_what_the_run_did_not_test() -> None:
    known = edits.baseline(audit("a.jpg"), audit("b.jpg", url=edits.OTHER_URL))
    new = updated(known, edits.report(audit("c.jpg")))
    assert [row.place for row in new.rows] == [
        "c.jpg in main",
        "b.jpg in main",
        "logo.png in banner",
    ]
    assert new.pages == known.pages


def test_update_keeps_the_day_on_which_a_fault_was_first_seen() -> None:
    known = edits.baseline(audit("a.jpg"))
    old = replace(
        known, rows=tuple(replace(row, first_seen=date(2020, 1, 2)) for row in known.rows)
    )
    new = updated(old, edits.report(audit("a.jpg", "b.jpg")))
    assert [row.first_seen.year for row in new.rows] == [2020, 2026, 2020]


def test_prune_only_shrinks() -> None:
    known = edits.baseline(audit("a.jpg", "b.jpg"))
    assert pruned(known, edits.report(audit("b.jpg", "new.jpg"))).rows == known.rows[1:]
    assert pruned(known, edits.report(audit(url=edits.OTHER_URL))) == known
    clean = edits.audited(html(), frozenset())
    assert pruned(known, edits.report(clean)).rows == ()


def test_what_a_person_must_look_at_is_not_said_to_be_fixed() -> None:
    first = audit("a.jpg", "b.jpg")
    known = edits.baseline(first)
    (result,) = first.results
    asked = tuple(
        replace(f, outcome=replace(f.outcome, verdict=Verdict.REVIEW, message="Unstable"))
        for f in result.findings
        if f.outcome.where and f.outcome.where.resource == "a.jpg"
    )
    assert len(asked) == 1
    unsure = replace(first, results=(replace(result, findings=asked),))
    left = pruned(known, edits.report(unsure)).rows
    assert [row.place for row in left] == ["a.jpg in main"]
    kept = updated(known, edits.report(unsure)).rows
    assert [row.place for row in kept] == ["a.jpg in main"]


def test_a_report_is_a_baseline_too(tmp_path: Path) -> None:
    report = edits.report(audit("a.jpg"))
    path = tmp_path / "base.json"
    path.write_text("".join(report_json.write(report, Policy())))
    found, source = against.resolve(str(path), Path(file.FILE))
    assert (found, source) == (updated(Baseline(), report), str(path))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": "2.0"}, "version 2.0; this presscheck reads"),
        ({"format": "other"}, "is a other"),
        ({"audits": None}, "is not whole"),
        ({"counts": {}}, "is not whole"),
    ],
)
def test_a_report_of_another_major_version_is_refused(
    change: dict[str, object], said: str, tmp_path: Path
) -> None:
    text = "".join(report_json.write(edits.report(audit("a.jpg")), Policy()))
    path = tmp_path / "base.json"
    path.write_text(json.dumps(json.loads(text) | change))
    with pytest.raises(BaselineError) as error:
        against.resolve(str(path), Path(file.FILE))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.gov")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_git_revision_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / file.FILE).write_text(TEXT)
    report = "".join(report_json.write(edits.report(audit("a.jpg")), Policy()))
    (tmp_path / "report.json").write_text(report)
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-qm", "x")
    (tmp_path / file.FILE).write_text("broken")
    found, source = against.resolve("main", Path(file.FILE))
    assert (file.text_of(found), source) == (TEXT, f"main:./{file.FILE}")
    assert file.text_of(against.resolve("HEAD:report.json", Path(file.FILE))[0]) == TEXT
    for ref, said in (
        ("no-such", "git knows no revision 'no-such'"),
        ("-x", "is no file and no git revision"),
        ("main:gone.json", "gone.json is not in 'main'"),
    ):
        with pytest.raises(BaselineError) as error:
            against.resolve(ref, Path(file.FILE))
        assert said in str(error.value)


def test_outside_of_git_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(BaselineError, match="in no git repository"):
        against.resolve("main", Path(file.FILE))


WRITER = """
import sys
from pathlib import Path
from checker.baseline import file
path, other = Path(sys.argv[1]), file.read(Path(sys.argv[2]))
first = file.read(path)
print("ready", flush=True)
while True:
    file.write(path, other)
    file.write(path, first)
"""


def test_killed_at_any_moment_the_file_is_whole(tmp_path: Path) -> None:
    path, other = tmp_path / file.FILE, tmp_path / "other.toml"
    path.write_text(TEXT)
    many = edits.baseline(*(audit(f"{n}.jpg", url=f"{edits.URL}{n}/") for n in range(200)))
    other.write_text(file.text_of(many))
    whole = {TEXT, file.text_of(many)}
    chance = random.Random(4)
    seen: set[str] = set()
    for _ in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, path, other],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent,
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.15))
        os.kill(writer.pid, signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL
        writer.stdout.close()
        seen.add(path.read_text())
        assert seen <= whole
    assert seen
