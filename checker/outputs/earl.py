"""EARL 1.0 as JSON-LD, in the form in which W3C takes reports of ACT rules.

Source: w3.org/WAI/standards-guidelines/act/report/earl: a graph of test subjects, each with its assertions; outcomes
passed, failed, cantTell, inapplicable, untested.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from checker.clean import plain
from checker.gate import Policy
from checker.report import Audit, Report, Result
from checker.rule import Rule
from checker.verdict import Verdict

CONTEXT = "https://www.w3.org/WAI/content-assets/wcag-act-rules/earl-context.json"
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
        "@id": f"presscheck-{report.tool_version}",
        "@type": ["Assertor", "Software"],
        "name": "presscheck",
        "release": {"@type": "Version", "revision": report.tool_version},
    }
    yield f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [\n{json.dumps(asserter)}'
    for audit in report.audits:
        yield ",\n" + json.dumps(plain(_subject(audit, rules, asserter["@id"])), ensure_ascii=False)
    yield "\n]}\n"


def _subject(audit: Audit, rules: dict[str, Rule], asserter: object) -> dict[str, object]:
    return {
        "@type": "TestSubject",
        "source": audit.url or audit.target,
        "assertions": [
            _assertion(result, rules[result.rule], asserter) for result in audit.results
        ],
    }


def _assertion(result: Result, rule: Rule, asserter: object) -> dict[str, object]:
    said: dict[str, object] = {"@type": "TestResult", "outcome": _OUTCOMES[result.verdict]}
    if result.findings:
        said["description"] = "; ".join(
            dict.fromkeys(finding.outcome.message for finding in result.findings[:5])
        )
        pointers = [f.outcome.where.selector for f in result.findings if f.outcome.where]
        if pointers:
            said["pointer"] = pointers
    return {
        "@type": "Assertion",
        "assertedBy": asserter,
        "mode": "earl:automatic",
        "test": {
            "@type": "TestRequirement" if rule.criteria else "TestCase",
            "title": rule.id,
            "description": rule.title,
            "isPartOf": [f"WCAG2:{number}" for number in rule.criteria]
            + [f"https://www.w3.org/WAI/standards-guidelines/act/rules/{act}/" for act in rule.act],
        },
        "result": said,
    }
