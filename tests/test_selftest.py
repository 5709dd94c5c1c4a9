"""The self-test: how answers are weighed, and W3C's and the Baseline's cases where their folder is named."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import catalog
from checker.cli import cli
from checker.loading.options import Options, Render
from checker.selftest import act, examples, ict, run
from checker.selftest.act import Consistency
from checker.selftest.judged import Answer, Said
from checker.verdict import Verdict
from tests.corpus import CORPUS

CATALOGUE = catalog.load()
STATIC = Options(render=Render.NEVER)


def judged(expected: str, **said: Said) -> act.Judged:
    """A case as rules answered it."""
    order = tuple(Said)
    gravest = (Said.FAILED, Said.CANT_TELL, Said.PASSED, Said.INAPPLICABLE, Said.UNTESTED)
    assert set(order) == set(gravest)
    answer = Answer(min(said.values(), key=gravest.index), said)
    return act.Judged(act.Case("r", "Rule", True, "i", "Case", expected, "c.html"), answer)


F, P, NA, C, U = Said.FAILED, Said.PASSED, Said.INAPPLICABLE, Said.CANT_TELL, Said.UNTESTED


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ([judged("failed", a=F), judged("passed", a=P), judged("inapplicable", a=NA)], "complete"),
        ([judged("failed", a=F), judged("passed", a=NA), judged("inapplicable", a=P)], "complete"),
        ([judged("failed", a=F), judged("failed", a=C)], "partial"),
        ([judged("failed", a=F), judged("passed", a=C)], "partial"),
        ([judged("failed", a=C), judged("passed", a=P)], "minimal"),
        ([judged("failed", a=U), judged("passed", a=U)], "untested"),
        ([judged("failed", a=F), judged("passed", a=F)], "inconsistent"),
        ([judged("failed", a=P), judged("passed", a=P)], "inconsistent"),
        # One procedure decides all, another doubts: complete. One that is wrong spoils it.
        ([judged("failed", a=F, b=F), judged("passed", a=P, b=C)], "complete"),
        ([judged("failed", a=F, b=NA), judged("passed", a=P, b=P)], "complete"),
        ([judged("failed", a=F, b=F), judged("passed", a=P, b=F)], "inconsistent"),
        # Two procedures that each decide a part.
        ([judged("failed", a=F, b=U), judged("failed", a=U, b=F)], "complete"),
    ],
)
def test_consistency_is_w3c_s(cases: list[act.Judged], said: str) -> None:
    assert act.consistency(cases) is Consistency(said)


def test_every_example_that_needs_no_browser_gets_its_verdict() -> None:
    shown = list(examples.run(CATALOGUE, STATIC))
    assert [each for each in shown if not each.right and not each.undecided] == []
    assert sum(each.right for each in shown) > 100
    assert all(each.got is Verdict.NOT_TESTED for each in shown if each.undecided)


def write_act(folder: Path, cases: dict[str, tuple[str, str]]) -> None:
    listed = []
    for number, (html, expected) in cases.items():
        (folder / f"{number}.html").write_text(html)
        listed.append(
            {
                "ruleId": "2779a5",
                "ruleName": "HTML page has non-empty title",
                "expected": expected,
                "testcaseId": number,
                "testcaseTitle": f"Example {number}",
                "relativePath": f"{number}.html",
                "approved": True,
            }
        )
    (folder / "testcases.json").write_text(json.dumps({"testcases": listed}))


GOOD = "<!doctype html><html lang=en><title>Fish</title><p>Fish</p></html>"
BAD = "<!doctype html><html lang=en><p>Fish</p></html>"


def test_the_command_exits_with_0_where_nothing_right_was_failed(tmp_path: Path) -> None:
    write_act(tmp_path, {"1": (GOOD, "passed"), "2": (BAD, "failed")})
    report = tmp_path / "out.json"
    arguments = ["selftest", "--act", str(tmp_path), "--render", "never", "--json", str(report)]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.return_value == 0, result.output
    assert "complete" in result.output
    (rule,) = json.loads(report.read_text())["act"]
    assert rule["consistency"] == "complete"
    assert [case["outcome"] for case in rule["cases"]] == ["passed", "failed"]


def test_a_false_positive_is_told_and_exits_with_1(tmp_path: Path) -> None:
    write_act(tmp_path, {"1": (BAD, "passed")})
    arguments = ["selftest", "--act", str(tmp_path), "--render", "never"]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.return_value == 1
    assert "FALSE POSITIVE: 2779a5 Example 1 (passed), said failed, by page-title" in result.output


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(act.CasesError, match=r"testcases\.json"):
        run.all_of(CATALOGUE, STATIC, act=tmp_path)
    with pytest.raises(act.CasesError, match=r"expected\.tsv"):
        run.all_of(CATALOGUE, STATIC, ict=tmp_path)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS, reason="PRESSCHECK_CORPUS names no folder")
def test_w3c_s_cases_without_a_browser() -> None:
    judged = list(act.run(Path(str(CORPUS)) / "act", CATALOGUE, STATIC))
    assert [each for each in judged if each.false_positive] == []
    groups = act.by_rule(judged)
    approved = {rule for rule, cases in groups.items() if any(c.case.approved for c in cases)}
    counts = Counter(act.consistency(groups[rule]) for rule in approved)
    assert counts[Consistency.COMPLETE] >= 14
    assert counts[Consistency.INCONSISTENT] == 0


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS, reason="PRESSCHECK_CORPUS names no folder")
def test_the_baselines_cases_without_a_browser() -> None:
    judged = {
        each.case.id: each
        for each in ict.run(Path(str(CORPUS)) / "ict-baseline", CATALOGUE, STATIC)
    }
    assert [each for each in judged.values() if each.false_positive] == []
    for case in ("06.1-1", "06.1-3", "06.1-4", "06.1-5", "06.3-1", "10.1-1", "11.1-1"):
        assert judged[f"TC{case}-fail-1"].answer.said is Said.FAILED, case
    for case in (
        "06.1-2-fail-1",
        "06.3-2-fail-1",
        "11.1-2-fail-1",
        "13.1-1-fail-1",
        "13.3-1-fail-1",
        "13.3-1-fail-2",
    ):
        assert judged[f"TC{case}"].answer.said in (Said.FAILED, Said.CANT_TELL), case
