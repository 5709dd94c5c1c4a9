"""The dashboard as files: the same bytes again, whole or not at all; links lead somewhere; hostile text is text."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from checker import cli
from checker.dashboard import build as building
from checker.dashboard.build import MARK, build
from checker.dashboard.places import slug
from checker.history.database import History, open_history
from checker.history.errors import HistoryError
from tests.dashboard import shown
from tests.dashboard.shown import AS_OF, CRITERIA, EVIL_SITE, LATER, WAIVED_SITE
from tests.history.reports import SITE

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; "


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """A history of everything, which no test changes."""
    history = open_history(f"sqlite:///{tmp_path_factory.mktemp('kept')}/h.db", create=True)
    shown.everything(history)
    yield history
    history.close()


@pytest.fixture(scope="module")
def built(kept: History, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its dashboard, as of the week of the awkward reports."""
    folder = tmp_path_factory.mktemp("built") / "dashboard"
    build(kept, folder, LATER, CRITERIA)
    return folder


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "lxml")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def text(tag: Tag | BeautifulSoup | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


# What it says


def test_the_overview_tells_what_is_open_and_what_was_tested(kept: History, tmp_path: Path) -> None:
    build(kept, tmp_path / "d", AS_OF, CRITERIA)
    page = soup(tmp_path / f"d/sites/{SITE}/index.html")
    counts = {text(div.dt): text(div.dd) for div in page.select(".counts div")}
    assert counts == {
        "Errors": "4", "Warnings": "0", "Advice": "0", "To review": "0", "Pages tested": "2",
        "Not tested": "1", "New this week": "2", "Fixed this week": "1",
    }  # fmt: skip
    assert "2 of 3 known pages were tested" in text(page.select_one(".coverage"))
    table = page.select(".chart table")[0]
    assert [text(row) for row in table.select("tbody tr")] == [
        "2026-03-08 06:00:00 4 0 0", "2026-03-05 06:00:00 3 0 0", "2026-03-01 06:00:00 3 0 0",
    ]  # fmt: skip
    moves = page.select(".chart table")[1]
    assert [text(row) for row in moves.select("tbody tr")] == [
        "2026-03-08 06:00:00 1 0", "2026-03-05 06:00:00 1 1",
    ]  # fmt: skip
    assert "1 page not tested" in text(page.select_one("[aria-labelledby=h-worst]"))


def test_what_changed_since_a_run(kept: History, tmp_path: Path) -> None:
    build(kept, tmp_path / "d", AS_OF, CRITERIA)
    runs = sorted((tmp_path / f"d/sites/{SITE}/run").iterdir())
    by_day = {text(soup(each).h1): soup(each) for each in runs}
    second = by_day["Run of March 5, 2026"]
    assert "1 new failure" in text(second.select_one("[aria-labelledby=h-with]"))
    assert "“2.jpg”" in text(second.select_one("[aria-labelledby=h-with]"))
    since = text(second.select_one("[aria-labelledby=h-since]"))
    assert "1 finding came and is open" in since
    assert "“3.jpg”" in since
    assert "This is the newest complete run" in text(by_day["Run of March 8, 2026"])


def test_a_page_that_was_not_tested_keeps_what_was_found_and_says_so(
    kept: History, tmp_path: Path
) -> None:
    build(kept, tmp_path / "d", AS_OF, CRITERIA)
    found = [soup(path) for path in (tmp_path / f"d/sites/{SITE}/page").iterdir()]
    page = next(each for each in found if text(each.h1) == "Page c")
    assert "Not tested Time out" in text(page.select_one(".facts"))
    assert "“c.jpg”" in text(page.select_one("[aria-labelledby=h-open]"))
    assert "as they were found before" in text(page).lower()


def test_an_expired_waiver_is_told(kept: History, built: Path, tmp_path: Path) -> None:
    before, after = built / "sites" / WAIVED_SITE, tmp_path / "d" / "sites" / WAIVED_SITE
    build(kept, tmp_path / "d", LATER.replace(year=2027), CRITERIA)
    assert "1 waiver has expired" not in text(soup(before / "index.html"))
    assert "1 waiver has expired" in text(soup(after / "index.html").select_one(".notices"))
    assert "In force until December 31, 2026" in text(soup(before / "waivers.html"))
    assert "Expired December 31, 2026" in text(soup(after / "waivers.html"))


def test_template_faults_have_their_reach(built: Path) -> None:
    page = soup(built / "sites" / WAIVED_SITE / "faults.html")
    first = page.select_one("#list > .row")
    assert first is not None
    assert re.search(r"\d pages of 4", text(first.select_one(".age")))
    link = first.select_one(".what a")
    assert link is not None
    fault = soup(built / str(link["href"]).removeprefix("../../"))
    reach = int(text(first.select_one(".age")).split()[0])
    assert len(fault.select("#list > .row")) == reach


def test_what_no_machine_decides_is_told_for_each_criterion(built: Path) -> None:
    page = soup(built / "sites" / WAIVED_SITE / "person.html")
    rows = [text(row) for row in page.select("table.criteria tbody tr")]
    known = [each for each in CRITERIA.values() if each.level != "AAA"]
    assert len(rows) == len(known)
    assert rows[0].startswith(f"{known[0].number} {known[0].name}")


def test_every_page_begins_with_what_was_tested(built: Path) -> None:
    found = pages(built)
    assert len(found) > 60
    for path in found:
        said = text(soup(path).select_one("main > .coverage"))
        assert "does not mean that a page conforms" in said, path


def test_what_is_listed_in_part_says_so(
    kept: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checker.dashboard.lists.WHOLE", 2)
    monkeypatch.setattr("checker.dashboard.things.AT_ONCE", 2)
    build(kept, tmp_path / "d", AS_OF, CRITERIA)
    folder = tmp_path / "d/sites" / SITE
    page = soup(folder / "findings.html")
    assert len(page.select("#list > .row")) == 2
    assert "2 of 4 findings stand in this copy" in text(page.select_one("#shown"))
    parts = [soup(folder / f"rule/image-alt{part}.html") for part in ("", "~2")]
    rows = [text(row.select_one(".where")) for part in parts for row in part.select("#list > .row")]
    assert len(rows) == 4
    onward = parts[0].select_one(".pager a[rel=next]")
    assert onward is not None
    assert onward["href"] == "image-alt~2.html"


# Links


def test_every_link_leads_to_a_file_and_a_place_that_is_there(built: Path) -> None:
    root = built.resolve()
    ids: dict[Path, set[str]] = {}
    links = 0
    for path in pages(built):
        page = soup(path)
        for tag in page.select("[href], [src]"):
            where = str(tag.get("href", tag.get("src")))
            parts = urlsplit(where)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), where
                assert tag.name == "a", where
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            assert target.is_relative_to(root), where
            assert target.is_file(), f"{path}: {where}"
            if parts.fragment:
                known = ids.setdefault(target, {str(tag["id"]) for tag in soup(target).select("[id]")})  # fmt: skip
                assert parts.fragment in known, f"{path}: {where}"
            links += 1
    assert links > 1000


def test_no_id_stands_twice(built: Path) -> None:
    for path in pages(built):
        ids = [str(tag["id"]) for tag in soup(path).select("[id]")]
        assert len(ids) == len(set(ids)), path


# Hostile text


def test_hostile_text_is_text(built: Path) -> None:
    folder = built / "sites" / slug(EVIL_SITE)
    assert folder.name.startswith("x-")
    seen = 0
    for path in pages(built):
        page = soup(path)
        scripts = [str(tag.get("src", "")) for tag in page.select("script")]
        assert [each.rpartition("/")[2][:10] for each in scripts] == ["dashboard-"], path
        assert not page.select("style, img, iframe, object, base, [style]"), path
        for tag in page.find_all(True):
            assert not [name for name in tag.attrs if name.lower().startswith("on")], path
        assert not CONTROLS.search(path.read_text("utf-8")), path
        seen += "alert('evil')" in page.get_text()
    assert seen >= 10


def test_an_address_that_is_no_web_address_is_no_link(built: Path) -> None:
    said = "".join(path.read_text("utf-8") for path in pages(built))
    assert "javascript:alert" in said
    assert not re.search(r"""(href|src)\s*=\s*["']?\s*javascript:""", said, re.IGNORECASE)


def test_the_content_policy_lets_nothing_in(built: Path) -> None:
    for path in pages(built):
        meta = soup(path).select_one("meta[http-equiv=Content-Security-Policy]")
        assert meta is not None
        assert str(meta["content"]).startswith(POLICY)


# The folder


def test_the_same_history_and_day_give_the_same_bytes(
    kept: History, built: Path, tmp_path: Path
) -> None:
    build(kept, tmp_path / "again", LATER, CRITERIA)
    assert bytes_of(tmp_path / "again") == bytes_of(built)


def test_the_same_bytes_in_another_process_with_another_hash_seed(
    tmp_path: Path, kept: History
) -> None:
    place = kept.name
    arguments = ["--record", place, "--as-of", "2026-11-30"]
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "checker", "dashboard", "build", str(tmp_path / seed)]
        done = subprocess.run(
            [*command, *arguments],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert "3 sites" in done.stdout
    assert bytes_of(tmp_path / "1") == bytes_of(tmp_path / "2")


def test_nothing_stale_is_left_of_an_earlier_build(kept: History, tmp_path: Path) -> None:
    folder = tmp_path / "d"
    build(kept, folder, AS_OF, CRITERIA)
    (folder / "sites" / "old.html").write_text("old")
    build(kept, folder, AS_OF, CRITERIA)
    assert not (folder / "sites" / "old.html").exists()
    assert [each.name for each in tmp_path.iterdir()] == ["d"]


def test_a_folder_of_something_else_is_left_alone(kept: History, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "draft.txt").write_text("years of work")
    with pytest.raises(HistoryError, match="holds other files"):
        build(kept, tmp_path / "thesis", AS_OF, CRITERIA)
    assert (tmp_path / "thesis" / "draft.txt").read_text() == "years of work"
    (tmp_path / "file").write_text("x")
    for wrong in (tmp_path / "file", tmp_path / "not" / "there"):
        with pytest.raises(HistoryError):
            build(kept, wrong, AS_OF, CRITERIA)


def test_a_folder_without_exchange_is_replaced_all_the_same(
    kept: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(kept, tmp_path / "d", LATER, CRITERIA)
    monkeypatch.setattr(building, "_exchange", lambda one, other: False)
    build(kept, tmp_path / "d", AS_OF, CRITERIA)
    assert "March 9, 2026" in (tmp_path / "d/index.html").read_text()
    assert [each.name for each in tmp_path.iterdir()] == ["d"]


KILLED = """
import sys
from checker.dashboard import build as building
from checker.history.database import open_history
from datetime import datetime, UTC
put = building._write_thing
def slow(desk, kind, name, put_):
    put(desk, kind, name, put_)
    print("writing", flush=True)
    sys.stdin.readline()
building._write_thing = slow
building.build(open_history(sys.argv[1]), building.Path(sys.argv[2]), datetime(2027, 1, 1, tzinfo=UTC), {})
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_killed_build_leaves_the_old_one_and_the_next_one_works(
    kept: History, tmp_path: Path
) -> None:
    folder = tmp_path / "d"
    build(kept, folder, AS_OF, CRITERIA)
    before = bytes_of(folder)
    command = [sys.executable, "-c", KILLED, kept.name, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as going:  # fmt: skip
        assert going.stdout is not None
        assert going.stdout.readline() == "writing\n"
        assert bytes_of(folder) == before
        with pytest.raises(HistoryError, match="another build of this dashboard goes on"):
            build(kept, folder, LATER, CRITERIA)
        going.send_signal(signal.SIGKILL)
    assert bytes_of(folder) == before
    assert (tmp_path / ".d.building").is_dir()
    build(kept, folder, LATER, CRITERIA)
    assert bytes_of(folder) != before
    assert [each.name for each in tmp_path.iterdir()] == ["d"]


def test_a_build_that_fails_leaves_the_old_one(
    kept: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "d"
    build(kept, folder, AS_OF, CRITERIA)
    before = bytes_of(folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(building, "_write_site", full)
    with pytest.raises(HistoryError, match="No space left on device"):
        build(kept, folder, LATER, CRITERIA)
    assert bytes_of(folder) == before
    assert [each.name for each in tmp_path.iterdir()] == ["d"]


# The command


def test_the_command_builds_and_tells_where(
    kept: History, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["dashboard", "build", str(tmp_path / "d"), "--record", kept.name, "--as-of", "2026-03-09"]  # fmt: skip
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 0
    assert "3 sites" in capsys.readouterr().out
    assert (tmp_path / "d" / MARK).is_file()


def test_the_command_refuses_what_it_cannot_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = f"sqlite:///{tmp_path}/none.db"
    for arguments in (["build", str(tmp_path / "d")], ["build", str(tmp_path / "d"), "--record", missing]):  # fmt: skip
        with pytest.raises(SystemExit) as ended:
            cli.main(["dashboard", *arguments])
        assert ended.value.code == 2
        assert capsys.readouterr().err
    assert not (tmp_path / "d").exists()


def test_an_empty_history_has_a_dashboard_that_says_so(tmp_path: Path) -> None:
    history = open_history(f"sqlite:///{tmp_path}/h.db", create=True)
    build(history, tmp_path / "d", AS_OF, CRITERIA)
    history.close()
    assert "No site is recorded yet" in text(soup(tmp_path / "d/index.html"))


def test_postgresql_gives_the_same_bytes(server: object, tmp_path: Path) -> None:
    """The numbers of rows are the same where the same reports came in the same order."""
    addresses = [f"sqlite:///{tmp_path}/h.db", server.create("dashboard")]  # type: ignore[attr-defined]
    for name, place in zip(("one", "other"), addresses, strict=True):
        history = open_history(place, create=True)
        shown.everything(history)
        build(history, tmp_path / name, LATER, CRITERIA)
        history.close()
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "other")


def test_a_run_that_died_is_told(tmp_path: Path) -> None:
    from checker.history import runs

    history = open_history(f"sqlite:///{tmp_path}/h.db", create=True)
    shown.three_runs(history)
    number = runs.start(history, site=SITE, expected=40)
    runs.touch(history, number, 12)
    build(history, tmp_path / "d", LATER.replace(year=2099), CRITERIA)
    history.close()
    page = soup(tmp_path / f"d/sites/{SITE}/runs.html")
    assert "12 of 40 pages; nothing of it was recorded" in text(page)
    notices = soup(tmp_path / f"d/sites/{SITE}/index.html").select_one(".notices")
    assert "died after 12 of 40 pages" in text(notices)


def test_a_waiver_whose_end_is_no_day_excuses_nothing(built: Path) -> None:
    folder = built / "sites" / slug(EVIL_SITE)
    assert "waived" not in text(soup(folder / "findings.html").select_one("#list"))
    assert "Without an end that can be read" in text(soup(folder / "waivers.html"))
