"""EARL: expanded as JSON-LD by pyld, and in the shape that W3C asks ACT reports for.

W3C's own context file is in no package registry that the suite may ask; ``CONTEXT`` is written here after the EARL 1.0
schema (w3.org/TR/EARL10-Schema) and holds the terms that the report uses. So what pyld proves is that the document is
JSON-LD and that every term of ours expands to EARL's, given W3C's context says the same.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from pyld import jsonld

from checker.gate import Policy
from checker.outputs import earl
from checker.report import Report
from checker.status import Waived
from tests import support_many, support_report

EARL = "http://www.w3.org/ns/earl#"
DCT = "http://purl.org/dc/terms/"
CONTEXT = {
    "@vocab": EARL,
    "earl": EARL,
    "dct": DCT,
    "doap": "http://usefulinc.com/ns/doap#",
    "sch": "https://schema.org/",
    "ptr": "http://www.w3.org/2009/pointers#",
    "WebPage": "sch:WebPage",
    "source": "dct:source",
    "title": "dct:title",
    "assertions": {"@reverse": "subject"},
    "assertedBy": {"@type": "@id"},
    "outcome": {"@type": "@id"},
    "mode": {"@type": "@id"},
    "pointer": {"@type": "ptr:CSSSelectorPointer"},
}
OUTCOMES = {"passed", "failed", "cantTell", "inapplicable", "untested"}


def written(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(earl.write(report, Policy())))
    return found


def loaded(address: str, options: dict[str, Any]) -> dict[str, Any]:
    assert address == earl.CONTEXT, "the document asks for no other file"
    return {"contextUrl": None, "documentUrl": address, "document": {"@context": CONTEXT}}


def expanded(report: Report) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = jsonld.expand(written(report), {"documentLoader": loaded})
    return nodes


def typed(nodes: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [node for node in nodes if EARL + name in node.get("@type", ())]


@pytest.mark.parametrize(
    "report", [support_report.awkward(), support_many.large(20, 5), support_report.report_of()]
)
def test_it_expands_to_one_subject_a_page_and_one_assertion_a_rule(report: Report) -> None:
    nodes = expanded(report)
    subjects = typed(nodes, "TestSubject")
    assert len(subjects) == len(report.audits)
    for subject, audit in zip(subjects, report.audits, strict=True):
        assertions = subject.get("@reverse", {}).get(EARL + "subject", [])
        assert len(assertions) == len(audit.results)
        for assertion in assertions:
            (result,) = assertion[EARL + "result"]
            (outcome,) = result[EARL + "outcome"]
            assert outcome["@id"].removeprefix(EARL) in OUTCOMES
            assert assertion[EARL + "mode"] == [{"@id": EARL + "automatic"}]
            (test,) = assertion[EARL + "test"]
            assert test["@type"] == [EARL + "TestCase"]


def test_every_term_expands_to_a_known_vocabulary(awkward: Report) -> None:
    known = (EARL, DCT, "http://usefulinc.com/ns/doap#", "@")
    seen: Counter[str] = Counter()

    def walk(value: object) -> None:
        match value:
            case dict():
                for key, each in value.items():
                    seen[key] += key != "@value"
                    walk(each)
            case list():
                for each in value:
                    walk(each)

    walk(expanded(awkward))
    assert not [key for key in seen if not key.startswith(known)]
    local = {key.removeprefix(EARL) for key in seen if key.startswith(EARL)}
    assert local == {"subject", "assertedBy", "mode", "test", "result", "outcome", "pointer"}


def test_it_is_rdf_whose_assertions_name_the_asserter(awkward: Report) -> None:
    quads = jsonld.to_rdf(written(awkward), {"documentLoader": loaded})["@default"]
    by = [quad for quad in quads if quad["predicate"]["value"] == EARL + "assertedBy"]
    assert len(by) == sum(len(audit.results) for audit in awkward.audits)
    assert len({quad["object"]["value"] for quad in by}) == 1


def test_the_shape_that_act_readers_take_without_json_ld(awkward: Report) -> None:
    document = written(awkward)
    assert document["@context"] == earl.CONTEXT
    asserter, *subjects = document["@graph"]
    assert asserter["@type"] == ["Assertor", "Software"]
    assert [subject["source"] for subject in subjects] == [
        "".join(c for c in (a.url or a.target)) for a in awkward.audits
    ]
    outcomes = {a["test"]["title"]: a["result"]["outcome"] for a in subjects[1]["assertions"]}
    assert outcomes["image-alt"] == "earl:failed"
    assert outcomes["page-load"] == "earl:passed"
    assert outcomes["alt-quality"] == "earl:cantTell"
    assert outcomes["no-video"] == "earl:inapplicable"
    local = {a["test"]["title"]: a["result"]["outcome"] for a in subjects[2]["assertions"]}
    assert local["hsts"] == "earl:untested"


def test_a_waiver_says_by_whom_and_until_when() -> None:
    (caption,) = (r for r in support_report.faulty().results if r.rule == "caption")
    waiver = Waived("A map", "Desk", "Ann", "2027-01-31", False)
    found = replace(caption, findings=(replace(caption.findings[0], waiver=waiver),))
    document = written(support_report.report_of(replace(support_report.faulty(), results=(found,))))
    (assertion,) = document["@graph"][1]["assertions"]
    assert assertion["result"]["outcome"] == "earl:failed"
    said = assertion["result"]["dct:description"]
    assert said.endswith("[waived until 2027-01-31 by Ann (asked by Desk): A map]")
