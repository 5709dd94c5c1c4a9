"""EARL 1.0 as JSON-LD, in the form in which W3C takes reports of ACT rules.

Source: w3.org/WAI/standards-guidelines/act/report/earl: a graph of test subjects, each with its assertions; outcomes
passed, failed, cantTell, inapplicable, untested.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from checker.clean import plain
from checker.gate import Policy
from checker.outputs._standing import said as standing
from checker.report import Audit, Finding, Report, Result
from checker.rule import Rule
from checker.verdict import Verdict

CONTEXT = "https://www.w3.org/WAI/content-assets/wcag-act-rules/earl-context.json"
_ACT = "https://www.w3.org/WAI/standards-guidelines/act/rules/"
_ASSERTOR = "_:presscheck"
_MESSAGES = 5
_OUTCOMES = {
    Verdict.PASS: "earl:passed",
    Verdict.FAIL: "earl:failed",
    Verdict.REVIEW: "earl:cantTell",
    Verdict.NOT_APPLICABLE: "earl:inapplicable",
    Verdict.NOT_TESTED: "earl:untested",
}


def write(report: Report, policy: Policy) -> Iterator[str]:
    """One test subject a page, one assertion a rule, whatever the verdict."""
    rules = {rule.id: rule for rule in report.rules}
    asserter = {
        "@id": _ASSERTOR,
        "@type": ["Assertor", "Software"],
        "doap:name": "presscheck",
        "doap:release": {"@type": "doap:Version", "doap:revision": report.tool_version},
    }
    yield f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [\n{json.dumps(asserter)}'
    for audit in report.audits:
        yield ",\n" + json.dumps(plain(_subject(audit, rules)), ensure_ascii=False)
    yield "\n]}\n"


def _subject(audit: Audit, rules: dict[str, Rule]) -> dict[str, object]:
    return {
        "@type": ["TestSubject", "WebPage"],
        "source": audit.url or audit.target,
        "dct:title": audit.title,
        "assertions": [_assertion(result, rules[result.rule]) for result in audit.results],
    }


def _assertion(result: Result, rule: Rule) -> dict[str, object]:
    said: dict[str, object] = {"@type": "TestResult", "outcome": _OUTCOMES[result.verdict]}
    if result.findings:
        messages = dict.fromkeys(map(_message, result.findings))
        said["dct:description"] = "\n".join(islice(messages, _MESSAGES))
        places = (finding.outcome.where for finding in result.findings)
        said["pointer"] = [where.selector for where in places if where and where.selector]
    elif result.told_by:
        said["dct:description"] = f"told under {result.told_by}"
    return {
        "@type": "Assertion",
        "assertedBy": _ASSERTOR,
        "mode": "earl:automatic",
        "test": {
            "@type": "TestCase",
            "title": rule.id,
            "dct:description": rule.title,
            "dct:isPartOf": [
                *({"@type": "TestRequirement", "dct:title": f"WCAG {n}"} for n in rule.criteria),
                *({"@id": f"{_ACT}{act}/"} for act in rule.act),
            ],
        },
        "result": said,
    }


def _message(finding: Finding) -> str:
    words = standing(finding)
    return f"{finding.outcome.message} [{words}]" if words else finding.outcome.message
