"""GitLab Code Quality: the shape that GitLab's documentation asks for. GitLab publishes no schema or parser to try it
with (docs/formats.md says so)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from checker.gate import Policy
from checker.outputs import gitlab
from checker.report import Report
from checker.status import Waived
from tests import support_report


def issues(report: Report, base: str = "") -> list[dict[str, Any]]:
    text = "".join(gitlab.write(report, Policy(), base=base))
    assert not text.startswith("\ufeff")
    found: list[dict[str, Any]] = json.loads(text)
    return found


def test_every_issue_has_what_the_documentation_asks_for(awkward: Report) -> None:
    found = issues(awkward)
    assert (
        len(found)
        == awkward.counts.errors
        + awkward.counts.warnings
        + awkward.counts.advice
        + awkward.counts.broken
    )
    for issue in found:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        path = issue["location"]["path"]
        assert not path.startswith(("/", "./"))
        assert "://" not in path
        assert ".." not in path.split("/")
        assert issue["location"]["lines"]["begin"] >= 1
        assert "\n" not in issue["description"] + path


def test_fingerprints_are_unique_since_equal_ones_fold(awkward: Report) -> None:
    audits = (
        *awkward.audits,
        replace(support_report.faulty(), url="https://www.example.gov/other/"),
    )
    marks = [issue["fingerprint"] for issue in issues(replace(awkward, audits=audits))]
    assert len(set(marks)) == len(marks)
    assert issues(awkward) == issues(awkward)


def test_equal_faults_of_one_page_do_not_fold() -> None:
    (caption,) = (r for r in support_report.faulty().results if r.rule == "caption")
    page = replace(
        support_report.faulty(), results=(replace(caption, findings=caption.findings * 2),)
    )
    assert len({issue["fingerprint"] for issue in issues(support_report.report_of(page))}) == 2


def test_severity_is_the_findings_and_broken_is_a_blocker(awkward: Report) -> None:
    found = {(issue["check_name"], issue["severity"]) for issue in issues(awkward)}
    assert {
        ("caption", "critical"),
        ("banner", "minor"),
        ("credit", "info"),
        ("page-load", "blocker"),
    } <= found


def test_a_page_is_named_by_its_file_below_the_repository() -> None:
    (caption,) = (r for r in support_report.faulty().results if r.rule == "caption")
    page = replace(support_report.local(), results=(caption,))
    (issue,) = issues(support_report.report_of(page), base="web")
    assert issue["location"] == {"path": "web/site/news/local.html", "lines": {"begin": 58}}


def test_a_waived_finding_is_told_as_info_and_an_expired_waiver_excuses_nothing() -> None:
    (caption,) = (r for r in support_report.faulty().results if r.rule == "caption")
    for expired, severity, begins in (
        (False, "info", "[waived until 2026-01-01 by approver (asked by owner): why] "),
        (True, "critical", "[waiver expired on 2026-01-01, approved by approver (asked by owner)"),
    ):
        waiver = Waived("why", "owner", "approver", "2026-01-01", expired)
        found = replace(caption, findings=(replace(caption.findings[0], waiver=waiver),))
        page = replace(support_report.faulty(), results=(found,))
        (issue,) = issues(support_report.report_of(page))
        assert issue["severity"] == severity
        assert issue["description"].startswith(begins)


def test_nothing_found_is_an_empty_list() -> None:
    assert issues(support_report.report_of(support_report.clean())) == []
