"""What pages share is pictured on the first of them, where the report shows it, and its pictures are all there."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from checker import catalog, cli, cli_comparing, cli_options, run
from checker.engine import Selection
from checker.gate import Policy
from checker.loading.options import Target
from checker.outputs import html
from checker.page import Picture
from checker.pictured import Pictured, shown
from checker.repeats import EACH
from checker.report import Audit
from checker.run import Judge
from checker.spool import Spool
from tests.loading.browsing import QUICK

FAULTY = Path(__file__).parent.parent / "examples" / "faulty-article"


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> list[Target]:
    """Three pages of one template; the last has a fault of its own."""
    folder = tmp_path_factory.mktemp("site") / "faulty-article"
    shutil.copytree(FAULTY, folder)
    text = (folder / "index.html").read_text("utf-8")
    (folder / "second.html").write_text(text, "utf-8")
    own = "<p><img src=img/none.jpg width=90 height=60></p></main>"
    (folder / "third.html").write_text(text.replace("</main>", own), "utf-8")
    names = ("index.html", "second.html", "third.html")
    return [Target(name, path=folder / name, root=folder) for name in names]


def told(audits: list[Audit], judge: Judge) -> str:
    """The HTML report without the bytes of its pictures."""
    with Spool() as spool:
        plain = (replace(audit, loaded_at="") for audit in audits)
        report = replace(run.gathered(plain, judge, spool), made_at="")
        return re.sub(r"base64,[^\"]*", "", "".join(html.write(report, Policy())))


@pytest.mark.browser
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_report_shows_what_it_shows_where_every_page_has_all_pictures(
    targets: list[Target], jobs: int
) -> None:
    judge = Judge(catalog.load(()), Selection())
    each = list(run.audited(targets, QUICK, judge, jobs))
    once = list(run.audited(targets, QUICK, judge, jobs, pictured=Pictured()))
    assert told(once, judge) == told(each, judge)
    assert once[0].pictures == each[0].pictures
    if jobs == 1:
        assert 1 < len(once[2].pictures) < len(each[2].pictures)
        assert len(once[1].pictures) < len(once[2].pictures)


@pytest.mark.browser
def test_of_files_of_many_pages_each_has_its_own_pictures(targets: list[Target]) -> None:
    judge = Judge(catalog.load(()), Selection())
    (bare,) = run.audited(targets[:1], replace(QUICK, pictures=False), judge, 1)
    elements = list(shown(bare))
    pictures = tuple(Picture(element, "image/jpeg", 1, 1, b"") for element in elements)
    pictured = Pictured()
    pictured.add(1, replace(bare, pictures=pictures))
    assert len(pictured.wanted(2, bare)) < len(elements)
    assert pictured.wanted(1, bare) == elements  # it may be the report's first
    assert pictured.wanted(0, bare) == elements
    assert pictured.wanted(EACH, bare) == elements
    pictured.add(3 * EACH, replace(bare, pictures=pictures))
    assert pictured.wanted(2, bare) == elements  # forgotten: memory is bounded
    pictured.add(4 * EACH, bare)
    assert pictured.wanted(4 * EACH + 1, bare) == elements  # nothing was taken


@pytest.mark.parametrize(
    ("given", "each"),
    [
        (["--html", "a.html"], False),
        (["--html", "a.html", "--junit", "a.xml"], False),
        (["--html", "a.html", "--junit", "a.xml", "--junit-profile", "jenkins"], True),
        (["--html", "a.html", "--journal", "a.jsonl"], True),
        (["--html", "a.html", "--renders", "2"], True),
    ],
)
def test_every_page_has_them_where_somebody_sees_them_page_by_page(
    given: list[str], each: bool
) -> None:
    values = cli.audit.make_context("audit", ["a.html", *given]).params
    assert cli_options.each_pictured(values) is each


def test_and_where_a_baseline_or_waivers_tell_the_pages_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def compares(*given: str) -> bool:
        return cli_comparing.compares(cli.audit.make_context("audit", ["a.html", *given]).params)

    assert not compares()
    (tmp_path / "waivers.toml").touch()
    assert compares("--waivers", "waivers.toml")
    assert compares("--baseline", "known.json")
