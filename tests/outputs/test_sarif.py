"""SARIF: accepted by its schema and by Microsoft's multitool with GitHub's rules; limits kept with a notice."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from checker.gate import Policy
from checker.outputs import sarif
from checker.report import Report
from checker.status import Status, Waived
from tests import outside, support_many, support_report, support_rules

WAIVED = Waived("A picture of a map: no words do", "News desk", "J. Doe", "2027-01-31", False)


def written(report: Report, **options: Any) -> dict[str, Any]:
    return json.loads("".join(sarif.write(report, Policy(), **options)))


def run_of(report: Report, **options: Any) -> dict[str, Any]:
    (run,) = written(report, **options)["runs"]
    return run


def notices(run: dict[str, Any]) -> list[str]:
    (invocation,) = run["invocations"]
    return [each["message"]["text"] for each in invocation["toolExecutionNotifications"]]


def with_findings(report: Report, **changes: Any) -> Report:
    """The report with every finding changed so."""
    audits = tuple(
        replace(
            audit,
            results=tuple(
                replace(r, findings=tuple(replace(f, **changes) for f in r.findings))
                for r in audit.results
            ),
        )
        for audit in report.audits
    )
    return replace(report, audits=audits)


def multitool(document: str, folder: Path) -> list[dict[str, Any]]:
    """What Microsoft's validator says of the document, with its rules for SARIF and for GitHub."""
    if sys.platform != "linux":
        pytest.skip("the multitool's program for Linux judges")
    program = (
        outside.modules(outside.SARIF_MULTITOOL)
        / "@microsoft/sarif-multitool-linux/Sarif.Multitool"
    )
    program.chmod(0o755)
    (folder / "report.sarif").write_text(document, "utf-8")
    subprocess.run(
        [
            *(program, "validate", "report.sarif", "--output", "said.sarif"),
            *("--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note"),
        ],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=120,
    )
    (run,) = json.loads((folder / "said.sarif").read_text("utf-8-sig"))["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"], invocation
    return [{"level": "warning", **result} for result in run["results"]]


def complaints(said: list[dict[str, Any]]) -> set[str]:
    return {each["ruleId"] for each in said if each["level"] in ("error", "warning")}


@pytest.mark.parametrize("known", [None, WAIVED])
def test_the_multitool_accepts_it_by_the_rules_for_sarif_and_for_github(
    awkward: Report, tmp_path: Path, known: Waived | None
) -> None:
    document = "".join(sarif.write(with_findings(awkward, waiver=known), Policy(), base="web/site"))
    said = multitool(document, tmp_path)
    # SARIF2005 wants the tool's home page, and it has none yet.
    assert complaints(said) == {"SARIF2005"}


def test_the_multitool_does_complain_of_what_github_refuses(
    awkward: Report, tmp_path: Path
) -> None:
    broken = written(awkward)
    for result in broken["runs"][0]["results"]:
        del result["locations"]
    said = multitool(json.dumps(broken), tmp_path)
    assert {"SARIF1012", "GH1001"} & complaints(said) or len(complaints(said)) >= 2, complaints(
        said
    )


@pytest.mark.parametrize(
    "report", [support_report.awkward(), support_many.large(50, 20), support_report.report_of()]
)
def test_the_schema_accepts_it(report: Report) -> None:
    folder = outside.modules(outside.SARIF_SCHEMA) / "@microsoft/jest-sarif/lib/schemas"
    schema = json.loads((folder / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    for known in (None, WAIVED):
        document = written(with_findings(report, waiver=known))
        jsonschema.Draft7Validator(schema).validate(document)


def test_a_result_has_a_file_of_the_repository_a_place_and_one_mark(awkward: Report) -> None:
    local = support_report.local()
    (caption,) = (r for r in support_report.faulty().results if r.rule == "caption")
    page = replace(local, results=(caption,), source_path="public/news/a b.html")
    (result,) = run_of(support_report.report_of(page), base="web")["results"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "web/public/news/a%20b.html"}
    assert physical["region"] == {"startLine": 58, "startColumn": 9, "endLine": 58, "endColumn": 10}
    assert result["partialFingerprints"] == {
        "primaryLocationLineHash": f"{caption.findings[0].fingerprint}:1"
    }
    for each in run_of(awkward)["results"]:
        uri = each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert not uri.startswith("/")
        assert ":" not in uri


def test_a_file_above_the_run_is_found_and_one_outside_of_the_repository_is_not_named() -> None:
    (caption,) = (r for r in support_report.faulty().results if r.rule == "caption")
    page = replace(support_report.local(), results=(caption,), source_path="../built/a.html")
    uris = [
        run_of(support_report.report_of(page), base=base)["results"][0]["locations"][0][
            "physicalLocation"
        ]["artifactLocation"]["uri"]
        for base in ("web", "")
    ]
    assert uris == ["built/a.html", "a11y/built/a.html"]


def test_equal_faults_of_a_page_have_different_marks() -> None:
    (caption,) = (r for r in support_report.faulty().results if r.rule == "caption")
    twice = replace(caption, findings=caption.findings * 2)
    page = replace(support_report.faulty(), results=(twice,))
    marks = [
        r["partialFingerprints"]["primaryLocationLineHash"]
        for r in run_of(support_report.report_of(page))["results"]
    ]
    assert [mark.split(":")[1] for mark in marks] == ["1", "2"]


def test_what_was_made_by_script_says_that_it_has_no_line(awkward: Report) -> None:
    texts = [r["message"]["text"] for r in run_of(awkward)["results"]]
    (logo,) = (text for text in texts if "logo.svg" in text)
    assert "No line: " in logo


def test_a_waived_finding_is_suppressed_and_an_expired_waiver_is_not(awkward: Report) -> None:
    waived = run_of(with_findings(awkward, waiver=WAIVED))["results"]
    assert {r["suppressions"][0]["kind"] for r in waived} == {"external"}
    assert waived[0]["suppressions"][0]["justification"] == (
        "waived until 2027-01-31 by J. Doe (asked by News desk): A picture of a map: no words do"
    )
    expired = run_of(with_findings(awkward, waiver=replace(WAIVED, expired=True)))["results"]
    assert not any("suppressions" in r for r in expired)
    assert any("waiver expired on 2027-01-31" in r["message"]["text"] for r in expired)
    known = run_of(with_findings(awkward, status=Status.NEW))["results"]
    assert any("Baseline and waivers: new" in r["message"]["text"] for r in known)


def test_what_broke_is_told_and_the_run_is_no_success(awkward: Report) -> None:
    run = run_of(awkward)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    said = notices(run)
    assert any("image-alt not tested: the check died" in each for each in said)
    assert any("3 elements need a person's review" in each for each in said)
    assert any(
        each.startswith("2 pages not tested for rendered") or "no browser" in each for each in said
    )


def test_25_000_results_are_the_most_and_the_rest_is_told() -> None:
    report = support_many.large(1_300, 20)
    run = run_of(report)
    assert len(run["results"]) == sarif.LIMIT == 25_000
    assert notices(run)[0].startswith("1000 of 26000 findings are left out, the lightest ones")


def test_ten_megabytes_compressed_are_the_most() -> None:
    report = support_many.large(100, 20)
    document = "".join(sarif.write(report, Policy(), size=60_000))
    run = json.loads(document)["runs"][0]
    assert 0 < len(run["results"]) < 2_000
    assert "are left out" in notices(run)[0]
    rest = "".join(sarif.write(support_report.report_of(), Policy()))
    assert (
        len(gzip.compress(document.encode())) < 60_000 + len(gzip.compress(rest.encode())) + 1_000
    )


def test_a_rule_has_at_most_20_tags_and_no_link_that_is_none(awkward: Report) -> None:
    rules = {rule["id"]: rule for rule in run_of(awkward)["tool"]["driver"]["rules"]}
    many = replace(support_rules.RULES[0], criteria=tuple(f"1.{n}.1" for n in range(40)))
    (rule,) = run_of(replace(support_report.report_of(), rules=(many,)))["tool"]["driver"]["rules"]
    assert len(rule["properties"]["tags"]) == 20
    assert "helpUri" not in rules["evil-rule"]
    assert rules["image-alt"]["properties"]["tags"] == ["images", "law", "WCAG 1.1.1"]
