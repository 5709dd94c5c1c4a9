"""SARIF 2.1.0 as GitHub code scanning takes it.

Source: docs.github.com, SARIF support for code scanning: one location with a file relative to the repository and a
region with line and column; ``primaryLocationLineHash`` is the only fingerprint used; 10 MB gzipped; 25,000 results a
run, 5,000 shown; 20 tags a rule. OASIS SARIF 2.1.0, 3.27.23 (suppressions).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from urllib.parse import quote, urlsplit
from zlib import compressobj

from checker.clean import plain
from checker.gate import Policy, judge
from checker.outputs import _gaps
from checker.outputs._keys import Keys
from checker.outputs._standing import said
from checker.outputs._words import many
from checker.report import Audit, Finding, Report
from checker.rule import Rule
from checker.verdict import Cause, Severity, Verdict

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LIMIT = 25_000
"""Results."""
BYTES = 9_500_000
"""Of the results, compressed: the rest of the 10 MB is for rules and notifications."""
_TAGS = 20
_MESSAGE = 2_000
_NOTICES = 500
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def write(
    report: Report, policy: Policy, *, base: str = "", limit: int = LIMIT, size: int = BYTES
) -> Iterator[str]:
    """One run: failures, the heaviest first, up to ``limit`` results and ``size`` bytes compressed; what is left out,
    to review or not tested is told in its notifications. ``base`` is the run's folder below the repository's top."""
    failures = report.counts.errors + report.counts.warnings + report.counts.advice
    index = {rule.id: number for number, rule in enumerate(report.rules)}
    driver = {
        "name": "presscheck",
        "version": report.tool_version,
        "semanticVersion": report.tool_version,
        "rules": [_rule(rule) for rule in report.rules],
    }
    yield (
        f'{{"$schema": {json.dumps(SCHEMA)}, "version": "2.1.0", "runs": [{{\n'
        f'"tool": {{"driver": {_text(driver)}}},\n'
        '"automationDetails": {"id": "presscheck/"},\n"columnKind": "unicodeCodePoints",\n'
        '"results": ['
    )
    written = 0
    weight = _Weight()
    for result in _results(report, index, base):
        text = _text(result)
        if written == limit or weight.with_(text) > size:
            break
        yield ("," if written else "") + "\n" + text
        written += 1
    left_out = failures - written
    invocation = {
        "executionSuccessful": judge(report, policy).broken == 0,
        "toolExecutionNotifications": list(_notifications(report, left_out, failures)),
    }
    yield f'\n],\n"invocations": [{_text(invocation)}]\n}}]}}\n'


class _Weight:
    """How many bytes texts have when they are compressed together, never too low by more than what waits in the
    compressor."""

    def __init__(self) -> None:
        self._compressor = compressobj(6, wbits=31)
        self._bytes = 0
        self._waiting = 0

    def with_(self, text: str) -> int:
        data = text.encode("utf-8", "replace")
        out = len(self._compressor.compress(data))
        self._bytes += out
        self._waiting = len(data) if out else self._waiting + len(data)
        return self._bytes + min(self._waiting, 65_536)


def _results(report: Report, index: dict[str, int], base: str) -> Iterator[dict[str, object]]:
    for severity in Severity:
        keys = Keys(base)
        for audit in report.audits:
            path = keys.file(audit)
            turns: Counter[str] = Counter()
            for finding in audit.findings():
                if finding.severity is severity and finding.outcome.verdict is Verdict.FAIL:
                    turns[finding.fingerprint] += 1
                    mark = f"{finding.fingerprint}:{turns[finding.fingerprint]}"
                    yield _result(audit, finding, path, index[finding.rule], mark)


def _result(
    audit: Audit, finding: Finding, path: str, rule_index: int, mark: str
) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(audit, finding)},
        "locations": [_location(finding, path)],
        "partialFingerprints": {"primaryLocationLineHash": mark},
    }
    words = said(finding)
    if finding.waiver and not finding.waiver.expired:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": words[:_MESSAGE]}
        ]
    return result


def _message(audit: Audit, finding: Finding) -> str:
    outcome, where = finding.outcome, finding.outcome.where
    words = [outcome.message, outcome.suggestion]
    if where and where.selector:
        words.append(f"Element: {where.selector}")
    if where and not where.line:
        words.append("No line: no element of the source as served or built is this one's.")
    if (standing := said(finding)) and not (finding.waiver and not finding.waiver.expired):
        words.append(f"Baseline and waivers: {standing}")
    words.append(f"Page: {audit.url or audit.target}")
    return "\n".join(word[: _MESSAGE // 2] for word in words if word)[:_MESSAGE]


def _location(finding: Finding, path: str) -> dict[str, object]:
    where = finding.outcome.where
    line, column = (where.line or 1, where.column or 1) if where else (1, 1)
    region: dict[str, object] = {
        "startLine": line,
        "startColumn": column,
        "endLine": line,
        "endColumn": column + 1,
    }
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(path.encode("utf-8", "replace"), safe="/~")},
            "region": region,
        }
    }


def _rule(rule: Rule) -> dict[str, object]:
    level = _LEVELS[rule.severity] if rule.severity else "warning"
    sources = "\n".join(f"- {each.title}: {each.url}" for each in rule.references)
    tags = [rule.subject, rule.authority.value, *(f"WCAG {number}" for number in rule.criteria)]
    described: dict[str, object] = {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n{rule.fix}\nSources:\n{sources}"},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": tags[:_TAGS]},
    }
    address = next((each.url for each in rule.references if _is_web(each.url)), None)
    return described | ({"helpUri": address} if address else {})


def _is_web(address: str) -> bool:
    return (
        urlsplit(address).scheme in ("http", "https")
        and quote(address, safe="%/:=&?~#+!$,;'@()*[]") == address
    )


def _notifications(report: Report, left_out: int, failures: int) -> Iterator[dict[str, object]]:
    if left_out:
        yield _told(
            "warning",
            f"{left_out} of {failures} findings are left out, the lightest ones: GitHub takes no more in a run",
        )
    if report.counts.reviews:
        yield _told(
            "note", f"{report.counts.reviews} elements need a person's review: see the HTML report"
        )
    told = chain(_lacks(report), _broken(report))
    yield from (_told(level, text) for level, text in islice(told, _NOTICES))
    if more := sum(1 for _ in told):
        yield _told("error", f"{more} more could not be tested: see the JSON report")


def _lacks(report: Report) -> Iterator[tuple[str, str]]:
    """What pages lacked, once with how many pages."""
    for (cause, need, what, reason), number in _gaps.parts(report).items():
        level = "error" if cause is Cause.BROKEN else "note"
        if need is None:
            yield level, f"{many(number, 'page')} not tested: {reason}"
            continue
        yield (
            level,
            f"{many(number, 'page')} not tested for {need.value}{f' of {what}' if what else ''}: {reason}",
        )


def _broken(report: Report) -> Iterator[tuple[str, str]]:
    for audit in report.audits:
        for finding in audit.findings():
            if finding.outcome.cause is Cause.BROKEN:
                page = audit.url or audit.target
                yield "error", f"{page}: {finding.rule} not tested: {finding.outcome.message}"


def _told(level: str, text: str) -> dict[str, object]:
    return {"level": level, "message": {"text": text[:_MESSAGE]}}


def _text(value: object) -> str:
    return json.dumps(plain(value), ensure_ascii=False)
