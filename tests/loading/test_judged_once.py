"""A rendered page is judged while the browser still shows it, for its pictures, and not a second time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from checker import catalog, run
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
