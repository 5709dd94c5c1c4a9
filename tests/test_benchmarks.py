"""The benchmark's own parts: the generated site, the tables, the reckoning. Nothing is timed here."""

from __future__ import annotations

import json
import platform
import re
import sys
from pathlib import Path
from statistics import median

import pytest
import yaml

from benchmarks import __main__ as main
from benchmarks import (
    bare,
    measure,
    memory,
    parts,
    peers,
    scale,
    site,
    small_site,
    table,
    tools,
    where,
)
from checker import document
from checker.cli import cli

ROOT = Path(__file__).parent.parent
GCC = {"PGO_PROF_GEN_FLAG": "-fprofile-generate", "PGO_PROF_USE_FLAG": "-fprofile-use"}


def test_the_site_is_the_same_each_time_and_of_the_size_of_real_pages() -> None:
    pages = [site.page(number) for number in range(40)]
    assert pages == [site.page(number) for number in range(40)]
    assert len(set(pages)) == 40
    assert 100_000 < median(len(page.encode()) for page in pages) < 126_000
    assert site.page(0) != site.page(0, seed=1)


def test_the_site_has_as_many_templates_as_asked_for() -> None:
    menus = [document.load(site.page(number, templates=2)).soup.find("nav") for number in range(4)]
    texts = [menu.get_text() for menu in menus if menu]
    assert texts[0] == texts[2] != texts[1] == texts[3]


def test_everything_that_a_page_of_the_site_asks_for_is_there(tmp_path: Path) -> None:
    (page,) = site.write(tmp_path, 1)
    soup = document.load(page.read_text("utf-8")).soup
    asked = {str(tag["src"]) for tag in soup.find_all(src=True)}
    asked |= {str(tag["href"]) for tag in soup.find_all("link", href=True)}
    assert len(asked) > 10
    assert [name for name in asked if not (tmp_path / name.lstrip("/")).is_file()] == []


def test_the_pages_of_an_archive_are_small_and_no_two_alike() -> None:
    pages = [small_site.page(number) for number in range(400)]
    assert pages == [small_site.page(number) for number in range(400)]
    assert len(set(pages)) == 400
    assert 2_000 < median(len(page.encode()) for page in pages) < 4_000


def test_the_archive_is_audited_in_one_process_and_in_two_and_no_page_is_lost() -> None:
    part = memory.memory_archive(parts.QUICK, (1, 33))
    assert [line[:2] for line in part.lines] == [("1", "1"), ("1", "33"), ("2", "1"), ("2", "33")]
    assert {line[4:] for line in part.lines} == {("0", "0")}
    assert len(part.targets) == 2


@pytest.mark.parametrize("name", where.STEPS)
def test_every_step_that_is_timed_is_there(name: str) -> None:
    owner, attribute = where.STEPS[name]
    assert callable(getattr(owner, attribute))


def test_what_is_left_out_for_the_floor_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["presscheck", "--version"])
        with pytest.raises(SystemExit) as left:
            bare.main()
    assert left.value.code == 0
    assert "presscheck" in capsys.readouterr().out


def test_peers_are_pinned_exactly_and_without_a_lock() -> None:
    folder = ROOT / "benchmarks" / "peers"
    wanted = json.loads((folder / "package.json").read_text("utf-8"))["dependencies"]
    assert wanted
    assert [
        version for version in wanted.values() if not re.fullmatch(r"\d+(\.\d+)+", version)
    ] == []
    assert sorted(path.name for path in folder.iterdir()) == ["package.json", "requirements.txt"]


def test_a_command_that_does_not_end_is_ended_with_its_children() -> None:
    child = "import threading; threading.Event().wait()"
    waits = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    ran = measure.run([sys.executable, "-c", waits], 3, every=0.1)
    assert ran.code is None
    assert ran.peak > 0


def test_pages_that_pa11y_gives_no_result_for_are_lost(tmp_path: Path) -> None:
    peer = peers.Peer("pa11y-ci", "4.1.1")
    both = [tools.pa11y(peer, 2, contexts=contexts) for contexts in (True, False)]
    assert [tool.name.rpartition(", ")[2] for tool in both] == ["as it comes", "one context"]
    told = {"results": {"/1": [], "/2": [{"code": "alt"}], "/3": [{"message": "No target found"}]}}
    ran = measure.Ran(1, 2, json.dumps(told), "")
    assert [tool.lost(ran, tmp_path, 4) for tool in both] == [2, 2]


@pytest.mark.parametrize(
    ("build", "said"),
    [
        ({"CONFIG_ARGS": "'--enable-shared'", "PY_CFLAGS": "-O3", **GCC}, True),
        (
            {"CONFIG_ARGS": "'--enable-optimizations' '--with-lto'", "PY_CFLAGS": "-O3", **GCC},
            False,
        ),
        ({"CONFIG_ARGS": "'--enable-shared'", "PY_CFLAGS": "-O3 -fprofile-use", **GCC}, False),
        ({"CONFIG_ARGS": "'--enable-shared'", **GCC, "PGO_PROF_USE_FLAG": ""}, False),
        ({"VERSION": "3.12"}, False),
    ],
    ids=["plain", "option", "flag", "Debian", "Windows"],
)
def test_a_measurement_says_where_python_was_built_without_optimisations(
    build: dict[str, str], said: bool
) -> None:
    told = main.python(build)
    assert told.startswith(f"Python {platform.python_version()}")
    assert ("built without optimisations" in told) is said


def test_ratios_are_medians_of_the_rounds_own() -> None:
    fast, slow = table.Row("fast", rates=[10, 20, 30]), table.Row("slow", rates=[5, 2, 10])
    assert table.ratio(fast, slow) == 3
    assert table.ratio(fast, table.Row("absent")) is None


def test_a_target_says_whether_it_is_met() -> None:
    assert table.Target("a", 5.0, 5).line().endswith("| yes |")
    assert table.Target("a", 4.9, 5).line().endswith("| **no** |")
    assert table.Target("a", 1.3, 1.2, most=True).line().endswith("| **no** |")
    assert "not measured" in table.Target("a", None, 5).line()


def test_a_part_takes_the_place_of_its_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doc = tmp_path / "benchmarks.md"
    doc.write_text((ROOT / "docs" / "benchmarks.md").read_text("utf-8"), encoding="utf-8")
    monkeypatch.setattr(table, "DOC", doc)
    head = doc.read_text("utf-8").partition("<!-- made by")[0]
    table.keep("start", "alpha")
    table.keep("static", "| a |")
    table.keep("start", "omega")
    whole = doc.read_text("utf-8")
    assert whole.startswith(head)
    assert "alpha" not in whole
    assert whole.index("| a |") < whole.index("omega")


def test_costs_are_reckoned_from_the_rows() -> None:
    row = "| presscheck, two browsers, every default | 30 | 1.00 |  | 9 | 0 |\n"
    said = scale.table(f"<!-- part rendered -->\n{row}")
    assert "| rendered, two browsers, `--axe full` | 1.00 | 278 | 12 | 2 |" in said
    assert "| static, two processes | not measured |" in said


def test_costs_are_reckoned_from_the_generated_site_not_from_saved_pages() -> None:
    few, many, saved = (
        f"| presscheck, two processes | {pages} | {rate} |  | 9 | 0 |\n"
        for pages, rate in ((130, "30.00"), (500, "40.00"), (60, "20.00"))
    )
    parts = f"<!-- part static -->\n{few}{many}<!-- part static-saved -->\n{saved}"
    assert "| static, two processes | 40.00 | 7 | 1 | 1 |" in scale.table(parts)


def test_the_document_of_scale_says_what_the_benchmarks_say() -> None:
    reckoned = scale.table((ROOT / "docs" / "benchmarks.md").read_text("utf-8"))
    assert reckoned in (ROOT / "docs" / "scale.md").read_text("utf-8")


def test_the_compose_file_gives_options_that_there_are() -> None:
    compose = yaml.safe_load((ROOT / "deploy" / "scale" / "compose.yaml").read_text("utf-8"))
    given = compose["services"]["audit"]["entrypoint"]
    known = {name for param in cli.commands["audit"].params for name in param.opts}
    assert given[:2] == ["presscheck", "audit"]
    assert {option.partition("=")[0] for option in given[2:]} <= known


def test_memory_by_tenths_of_a_run() -> None:
    done = [float(second) for second in range(10, 210, 10)]
    series = [(at / 2, 100.0 + (at / 2 > 20) + 50 * (at == 99)) for at in range(1, 420)]
    tenths = memory._tenths(series, done)
    assert [pages for pages, *_ in tenths][::9] == ["1 to 2", "19 to 20"]
    assert [(usual, most) for _, usual, most in tenths[:4]] == [
        *[(100.0, 100.0), (101.0, 101.0), (101.0, 151.0), (101.0, 101.0)]
    ]
