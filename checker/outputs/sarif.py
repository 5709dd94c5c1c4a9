"""SARIF 2.1.0 as GitHub code scanning takes it.

Source: docs.github.com, SARIF support for code scanning: one location with a file relative to the repository and a
region with line and column; ``primaryLocationLineHash`` is the only fingerprint used; 25,000 results a run, 5,000
shown; 20 tags a rule.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote

from checker.clean import plain
from checker.gate import Policy, judge
from checker.outputs._keys import Keys
from checker.report import Audit, Finding, Report
from checker.rule import Rule
from checker.verdict import Cause, Severity, Verdict

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LIMIT = 25_000
_TAGS = 20
_MESSAGE = 2_000
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def write(report: Report, policy: Policy, *, limit: int = LIMIT) -> Iterator[str]:
    """One run: failures, the heaviest first, up to ``limit``; what is left out, to review or not tested is told in its
    notifications."""
    failures = report.counts.errors + report.counts.warnings + report.counts.advice
    index = {rule.id: number for number, rule in enumerate(report.rules)}
    driver = {
        "name": "presscheck",
        "version": report.tool_version,
        "semanticVersion": report.tool_version,
        "rules": [_rule(rule) for rule in report.rules],
    }
    invocation = {
        "executionSuccessful": judge(report, policy).broken == 0,
        "toolExecutionNotifications": list(_notifications(report, failures, limit)),
    }
    yield (
        f'{{"$schema": {json.dumps(SCHEMA)}, "version": "2.1.0", "runs": [{{\n'
        f'"tool": {{"driver": {_text(driver)}}},\n'
        '"automationDetails": {"id": "presscheck/"},\n"columnKind": "unicodeCodePoints",\n'
        f'"invocations": [{_text(invocation)}],\n"results": ['
    )
    for number, result in enumerate(islice(_results(report, index), limit)):
        yield ("," if number else "") + "\n" + _text(result)
    yield "\n]}]}\n"


def _results(report: Report, index: dict[str, int]) -> Iterator[dict[str, object]]:
    for severity in Severity:
        keys = Keys()
        for audit in report.audits:
            path = keys.file(audit)
            for finding in audit.findings():
                if finding.severity is severity and finding.outcome.verdict is Verdict.FAIL:
                    yield _result(audit, finding, path, index[finding.rule])


def _result(audit: Audit, finding: Finding, path: str, rule_index: int) -> dict[str, object]:
    outcome, where = finding.outcome, finding.outcome.where
    line, column = (where.line or 1, where.column or 1) if where else (1, 1)
    words = [outcome.message, outcome.suggestion]
    if where and where.selector:
        words.append(f"Element: {where.selector}")
    if where and not where.line:
        words.append("(made by script: no line of the source as served is its own)")
    words.append(f"Page: {audit.url or audit.target}")
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(word for word in words if word)[:_MESSAGE]},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(path.encode("utf-8", "replace"), safe="/~")},
                    "region": {
                        "startLine": line,
                        "startColumn": column,
                        "endLine": line,
                        "endColumn": column + 1,
                    },
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": f"{finding.fingerprint}:1"},
    }


def _rule(rule: Rule) -> dict[str, object]:
    level = _LEVELS[rule.severity] if rule.severity else "warning"
    sources = "\n".join(f"- [{each.title}]({each.url})" for each in rule.references)
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {
            "text": f"{rule.why}\n{rule.fix}",
            "markdown": f"{rule.why}\n\n{rule.fix}\n\nSources:\n\n{sources}",
        },
        "helpUri": rule.references[0].url,
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": [
                rule.subject,
                rule.authority.value,
                *(f"WCAG {number}" for number in rule.criteria),
            ][:_TAGS]
        },
    }


def _notifications(report: Report, failures: int, limit: int) -> Iterator[dict[str, object]]:
    if failures > limit:
        yield _told(
            "warning",
            f"{failures - limit} of {failures} findings are left out: GitHub takes {limit} a run",
        )
    if report.counts.reviews:
        yield _told(
            "note", f"{report.counts.reviews} elements need a person's review: see the HTML report"
        )
    for audit in report.audits:
        page = audit.url or audit.target
        for gap in audit.missing:
            level = "error" if gap.cause is Cause.BROKEN else "note"
            yield _told(level, f"{page}: not tested: {gap.what or gap.need.value}: {gap.reason}")
        for finding in audit.findings():
            if finding.outcome.cause is Cause.BROKEN:
                yield _told(
                    "error", f"{page}: {finding.rule} not tested: {finding.outcome.message}"
                )


def _told(level: str, text: str) -> dict[str, object]:
    return {"level": level, "message": {"text": text[:_MESSAGE]}}


def _text(value: object) -> str:
    return json.dumps(plain(value), ensure_ascii=False)
