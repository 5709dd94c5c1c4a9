"""The report as CSV (RFC 4180): one finding a row, so that a spreadsheet can sort and count."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from checker.clean import printable
from checker.gate import Policy, standing
from checker.outputs._standing import said
from checker.report import Audit, Finding, Report
from checker.rule import Rule

COLUMNS = (
    *(
        "page",
        "target",
        "profile",
        "rule",
        "title",
        "subject",
        "authority",
        "severity",
        "verdict",
        "cause",
    ),
    *(
        "standing",
        "message",
        "suggestion",
        "line",
        "column",
        "selector",
        "name",
        "snippet",
        "region",
    ),
    *("criteria", "source", "fingerprint", "against_baseline", "waiver"),
)
CELL = 32_767
"""The most characters that spreadsheets take in a cell."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(report: Report, policy: Policy) -> Iterator[str]:
    """A head line, then the findings in the order of pages and rules."""
    rules = {rule.id: rule for rule in report.rules}
    yield line(COLUMNS)
    for audit in report.audits:
        for finding in audit.findings():
            yield line(_row(audit, finding, rules[finding.rule], policy))


def _row(audit: Audit, finding: Finding, rule: Rule, policy: Policy) -> tuple[str, ...]:
    outcome, where = finding.outcome, finding.outcome.where
    place = (
        (str(where.line or ""), str(where.column or ""), where.selector, where.name, where.snippet)
        if where
        else ("",) * 5
    )
    return (
        *(audit.url, audit.target, audit.profile, rule.id, rule.title, rule.subject),
        *(rule.authority.value, finding.severity.value, outcome.verdict.value, outcome.cause or ""),
        *(standing(finding, policy).value, outcome.message, outcome.suggestion, *place),
        *(
            finding.region.value,
            " ".join(rule.criteria),
            rule.references[0].url,
            finding.fingerprint,
            finding.status.value if finding.status else "",
            said(finding) if finding.waiver else "",
        ),
    )


def line(cells: tuple[str, ...]) -> str:
    """A record: its cells safe in a spreadsheet, and cut where a cell is full."""
    stream = io.StringIO()
    csv.writer(stream).writerow([_cell(cell) for cell in cells])
    return stream.getvalue()


def _cell(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run as a formula; cut where a cell is full."""
    text = printable(text)
    text = f"'{text}" if text.lstrip(" \n").startswith(_FORMULA) else text
    return text if len(text) <= CELL else f"{text[: CELL - 1]}…"
