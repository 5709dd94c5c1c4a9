"""The example articles: nothing on the one, every marked fault on the other, in a real browser."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import Any

import pytest

from checker import catalog, run
from checker.document import load
from checker.engine import Selection
from checker.loading.options import Options, Render
from checker.loading.targets import expand
from checker.report import Audit, Finding
from checker.spool import Spool
from checker.verdict import Verdict

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parent.parent / "examples"
FAULTS = tomllib.loads((EXAMPLES / "faulty-article" / "faults.toml").read_text("utf-8"))
OPTIONS = Options(render=Render.ALWAYS, public_url=FAULTS["public-url"])


@pytest.fixture(scope="module")
def audits() -> dict[str, Audit]:
    """Both articles, as ``make demo`` audits them."""
    judge = run.Judge(catalog.load(), Selection())
    targets = list(expand([str(EXAMPLES)], stdin=io.BytesIO(), public_url=OPTIONS.public_url))
    with Spool() as spool:
        report = run.report(run.pages(targets, OPTIONS, judge, 1), judge, spool)
        return {Path(audit.source_path).parent.name: audit for audit in report.audits}


def told(audit: Audit) -> list[Finding]:
    """What an editor is told to mend or to look at."""
    return [f for f in audit.findings() if f.outcome.verdict in (Verdict.FAIL, Verdict.REVIEW)]


def test_both_are_judged_as_published_by_the_department(audits: dict[str, Audit]) -> None:
    assert sorted(audits) == ["faulty-article", "good-article"]
    for audit in audits.values():
        assert (audit.profile, audit.profile_by, audit.problem) == ("dod-news", "host", None)
        assert audit.axe_version == "4.10.2"


def test_nothing_is_found_on_the_good_article(audits: dict[str, Audit]) -> None:
    good = audits["good-article"]
    assert [(f.rule, f.outcome.message) for f in told(good)] == []
    assert sum(result.passed for result in good.results) > 300
    assert [f.rule for f in good.findings() if f.outcome.cause == "broken"] == []


def test_twelve_or_more_faults_are_distinct() -> None:
    faults = FAULTS["fault"]
    assert len({fault["rule"] for fault in faults}) == len(faults) >= 12
    soup = load((EXAMPLES / "faulty-article" / "index.html").read_text("utf-8")).soup
    assert [fault["id"] for fault in faults if len(soup.select(fault["element"])) != 1] == []


@pytest.mark.parametrize("fault", FAULTS["fault"], ids=lambda fault: fault["id"])
def test_every_fault_is_found(audits: dict[str, Audit], fault: dict[str, Any]) -> None:
    results = {result.rule: result for result in audits["faulty-article"].results}
    rules = [fault["rule"], *fault.get("also", ())]
    tellers = [rule for rule in rules if rule in results and results[rule].findings]
    assert tellers, f"none of {rules} tells it"
    assert Verdict.FAIL in {results[rule].verdict for rule in tellers}
    assert fault["rule"] in tellers or results[fault["rule"]].told_by in tellers


def test_nothing_else_is_failed_on_the_faulty_article(audits: dict[str, Audit]) -> None:
    marked = {rule for fault in FAULTS["fault"] for rule in (fault["rule"], *fault.get("also", ()))}
    failed = {f.rule for f in told(audits["faulty-article"]) if f.outcome.verdict is Verdict.FAIL}
    assert failed - marked == set()
