"""Texts of the JUnit report, as XML takes them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from checker.clean import one_line, printable
from checker.gate import Policy, excused
from checker.outputs import _standing
from checker.report import Finding, Result
from checker.verdict import Verdict

_LINE = 4_000
_ATTRIBUTE = 1_000


def places(number: int) -> str:
    """In how many places a rule fails."""
    return "1 place" if number == 1 else f"{number} places"


def first_message(result: Result, verdict: Verdict) -> str:
    """What the first finding of that verdict says."""
    return next(f.outcome.message for f in result.findings if f.outcome.verdict is verdict)


def why_skipped(result: Result, policy: Policy) -> str:
    """Why findings stop nobody, and what the first of them says."""
    finding = result.findings[0]
    reasons = dict.fromkeys(_spared(each, policy) for each in result.findings)
    said = {
        Verdict.REVIEW: f"needs review ({len(result.findings)})",
        Verdict.NOT_TESTED: "not tested (out of reach)",
        Verdict.FAIL: f"{'; '.join(filter(None, reasons))} ({len(result.findings)})",
    }[finding.outcome.verdict]
    return f"{said}: {finding.outcome.message}"


def _spared(finding: Finding, policy: Policy) -> str:
    """Why a failure stops nobody; empty for what is no failure."""
    if finding.outcome.verdict is not Verdict.FAIL:
        return ""
    words = _standing.said(finding)
    if excused(finding, policy):
        return words if words and words != "new" else f"of the {finding.region.value}, not gated"
    return f"{finding.severity.value}, below the threshold" + (f", {words}" if words else "")


def finding_text(finding: Finding) -> str:
    """A finding on one line."""
    outcome, where = finding.outcome, finding.outcome.where
    place = ""
    if where:
        line = f"line {where.line}:{where.column} " if where.line else ""
        place = f"{line}{where.selector} {where.snippet}"
    words = _standing.said(finding)
    stands = f" ({words})" if words else ""
    parts = [f"- [{outcome.verdict.value}]{stands} {outcome.message}", place, outcome.suggestion]
    return one_line("  ".join(part for part in parts if part))[:_LINE]


def clean(suite: ET.Element) -> None:
    """Page text as XML takes it: no forbidden character, and nothing in an attribute that breaks a line."""
    for element in suite.iter():
        element.text = printable(element.text) if element.text else element.text
        for name, value in element.items():
            element.set(name, one_line(value)[:_ATTRIBUTE])
