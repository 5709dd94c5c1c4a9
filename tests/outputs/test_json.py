"""The JSON report: its schema, completeness, determinism, hostile text."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import jsonschema
import pytest

from checker._data import folder
from checker.gate import FailOn, Policy
from checker.outputs import json as json_output
from checker.report import Report
from tests import support_many, support_report

SCHEMA = folder("reports") / "report.schema.json"


@pytest.fixture(scope="module")
def document(awkward: Report) -> dict[str, Any]:
    text = "".join(json_output.write(awkward, Policy()))
    text.encode("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_the_schema_in_the_repository_is_that_of_the_types() -> None:
    assert json.loads(SCHEMA.read_text("utf-8")) == json.loads(json.dumps(json_output.schema()))


def test_the_report_is_valid(document: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    assert [error.message for error in validator.iter_errors(document)] == []


def test_the_schema_refuses_what_is_not_a_report(document: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(json_output.schema())
    assert not validator.is_valid({**document, "surprise": 1})
    assert not validator.is_valid({**document, "format": "other"})
    assert not validator.is_valid({key: each for key, each in document.items() if key != "counts"})


def test_every_page_and_finding_is_there_once(awkward: Report, document: dict[str, Any]) -> None:
    assert [audit["target"] for audit in document["audits"]] == [a.target for a in awkward.audits]
    told = Counter(
        finding["fingerprint"]
        for audit in document["audits"]
        for result in audit["results"]
        for finding in result["findings"]
    )
    expected = Counter(f.fingerprint for audit in awkward.audits for f in audit.findings())
    assert told == expected


def test_both_counts_are_said_when_1_wins_over_3(document: dict[str, Any]) -> None:
    gate = document["gate"]
    assert gate["exit_code"] == 1
    assert gate["red"] == 6  # two images, the raised caption, a contrast, the hostile page's two
    assert gate["broken"] == 3


def test_the_same_report_is_written_the_same(awkward: Report) -> None:
    policy = Policy(FailOn.NEVER)
    assert "".join(json_output.write(awkward, policy)) == "".join(
        json_output.write(awkward, policy)
    )


def test_pages_are_written_one_at_a_time() -> None:
    chunks = json_output.write(support_many.large(50, 3), Policy())
    assert sum(1 for _ in chunks) > 50


def test_an_empty_report_is_valid() -> None:
    text = "".join(json_output.write(support_report.report_of(), Policy()))
    jsonschema.validate(json.loads(text), json_output.schema())
