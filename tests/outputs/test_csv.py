"""CSV: Python's own reader takes it, one finding a row, and no spreadsheet runs what a page says."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from checker.gate import Policy
from checker.outputs import csv as ours
from checker.report import Report
from checker.status import Status, Waived
from checker.verdict import Severity, failed
from tests import support_many, support_report


def rows(report: Report) -> list[dict[str, str]]:
    text = "".join(ours.write(report, Policy()))
    found = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in found)
    return found


@pytest.mark.parametrize("report", [support_report.awkward(), support_many.large(50, 20)])
def test_one_row_a_finding_in_the_order_of_the_report(report: Report) -> None:
    found = rows(report)
    told = [(a.target, f.rule, f.fingerprint) for a in report.audits for f in a.findings()]
    assert [(row["rule"], row["fingerprint"]) for row in found] == [
        (rule, mark) for _, rule, mark in told
    ]
    assert all(len(row) == len(ours.COLUMNS) for row in found)


def test_a_row_says_what_the_finding_says(awkward: Report) -> None:
    (row,) = (row for row in rows(awkward) if row["rule"] == "caption")
    assert row | {"fingerprint": ""} == row | {
        "page": support_report.FAULTY,
        "severity": "error",
        "verdict": "fail",
        "standing": "red",
        "message": "The picture has no caption.",
        "line": "58",
        "column": "9",
        "name": "b.jpg",
        "region": "article",
        "profile": "dod-news",
        "fingerprint": "",
    }


@pytest.mark.parametrize(
    "evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=HYPERLINK(1)"]
)
def test_no_cell_is_a_formula(evil: str) -> None:
    found = support_report.result("caption", Severity.ERROR, failed(evil, None, evil))
    page = replace(support_report.clean(), results=(found,), url=evil, target=evil)
    (row,) = rows(support_report.report_of(page))
    for cell in row.values():
        assert not cell.lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["message"] == f"'{evil}"


def test_hostile_text_stays_in_its_cell(awkward: Report) -> None:
    evil = [row for row in rows(awkward) if row["rule"] == "evil-rule"]
    assert len(evil) == 4
    assert not set("\x00\x07\x1b\ud800") & set("".join("".join(row.values()) for row in evil))
    assert max(len(cell) for row in evil for cell in row.values()) == ours.CELL


def test_baseline_and_waiver_have_columns(awkward: Report) -> None:
    (caption,) = (r for r in support_report.faulty().results if r.rule == "caption")
    waiver = Waived("A map", "Desk", "Ann", "2027-01-31", False)
    marked = replace(caption.findings[0], waiver=waiver, status=Status.KNOWN)
    page = replace(support_report.faulty(), results=(replace(caption, findings=(marked,)),))
    (row,) = rows(support_report.report_of(page))
    assert row["against_baseline"] == "known"
    assert row["waiver"] == "waived until 2027-01-31 by Ann (asked by Desk): A map"
    assert row["standing"] == "told"
