"""A rendered page is judged while the browser still shows it, for its pictures, and not a second time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from checker import catalog, cli, cli_options, run
from checker.engine import Selection
from checker.loading.options import Target
from checker.page import Mode, Page
from checker.report import Audit
from checker.run import Judge
from checker.verdict import Verdict
from tests.loading.browsing import QUICK

FAULTY = Path(__file__).parents[2] / "examples" / "faulty-article"


@dataclass(frozen=True)
class Counting(Judge):
    """A judge that remembers what it was shown."""

    shown: list[Page] = field(default_factory=list)

    def audit(self, page: Page) -> Audit:
        self.shown.append(page)
        return super().audit(page)


@pytest.mark.browser
def test_once_with_pictures_of_what_is_reported() -> None:
    judge = Counting(catalog.load(()), Selection())
    target = Target("index.html", path=FAULTY / "index.html", root=FAULTY)
    (audit,) = run.audited([target], QUICK, judge, 1)
    (page,) = judge.shown
    assert replace(audit, pictures=()) == Judge(judge.catalogue, judge.selection).audit(page)
    reported = {
        finding.outcome.where.element
        for finding in audit.findings()
        if finding.outcome.where and finding.outcome.verdict in (Verdict.FAIL, Verdict.REVIEW)
    }
    pictured = {picture.element for picture in audit.pictures} - {None}
    assert pictured
    assert pictured <= reported


def test_again_where_more_than_pictures_came_to_it() -> None:
    judge = Counting(catalog.load(()), Selection())
    once = run._Once(judge.audit)
    page = Page("a", "", Mode.STATIC, "<title>A</title>", "")
    once.pictures_of(page)
    assert once.audit(replace(page, notes=("changed",))).notes == ("changed",)
    assert len(judge.shown) == 2


@pytest.mark.browser
def test_without_pictures_a_page_is_judged_as_with_them() -> None:
    judge = Counting(catalog.load(()), Selection())
    targets = [Target("index.html", path=FAULTY / "index.html", root=FAULTY)] * 3
    plain = list(run.audited(targets, replace(QUICK, pictures=False), judge, 2))
    (pictured,) = run.audited(targets[:1], QUICK, Judge(judge.catalogue, judge.selection), 1)
    assert [replace(each, loaded_at="") for each in plain] == 3 * [
        replace(pictured, loaded_at="", pictures=())
    ]
    assert len(judge.shown) == 3


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ([], False),
        (["--json", "a.json", "--junit", "a.xml"], False),
        (["--html", "a.html"], True),
        (["--junit", "a.xml", "--junit-profile", "jenkins"], True),
        (["--journal", "a.jsonl"], True),
    ],
)
def test_pictures_are_taken_where_somebody_will_see_them(given: list[str], taken: bool) -> None:
    values = cli.audit.make_context("audit", ["a.html", *given]).params
    assert cli_options.loading_options(values).pictures is taken
    saved = cli.save.make_context("save", ["a.html", "-o", "folder"]).params
    assert cli_options.loading_options(saved).pictures
