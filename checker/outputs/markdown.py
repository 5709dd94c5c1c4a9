"""The report as Markdown: GitHub's step summary, a comment on a merge request, a mail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from checker.clean import one_line
from checker.gate import Policy, Standing, judge, standing
from checker.outputs.terminal import verdict_line
from checker.report import Audit, Finding, Report
from checker.rule import Rule
from checker.verdict import Verdict

LIMIT = 900_000
"""Bytes: GitHub takes a step summary of at most 1 MiB."""

_PLACES = 10
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+.!|~<>&@:-])")
_TEXT = 300


def write(report: Report, policy: Policy, *, limit: int = LIMIT) -> Iterator[str]:
    """Verdict, counts, what was not tested, then every page's findings up to ``limit`` bytes; a cut is told."""
    rules = {rule.id: rule for rule in report.rules}
    size = 0
    for number, block in enumerate(_blocks(report, policy, rules)):
        size += len(block.encode("utf-8", "replace"))
        if size > limit:
            yield f"\n**Cut here**: {len(report.audits)} pages do not fit. The JSON and HTML reports have all.\n"
            return
        yield ("\n" if number else "") + block


def _blocks(report: Report, policy: Policy, rules: dict[str, Rule]) -> Iterator[str]:
    counts = report.counts
    yield f"# presscheck: {escape(verdict_line(judge(report, policy)).plain)}\n"
    yield (
        "Every page is judged as if it were published today.\n\n"
        "| Pages | Not tested | Errors | Warnings | Advice | To review | Broken | Out of reach | Passed |\n"
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
        f"| {counts.pages} | {counts.pages_not_tested} | {counts.errors} | {counts.warnings} | {counts.advice} "
        f"| {counts.reviews} | {counts.broken} | {counts.out_of_reach} | {counts.passed} |\n"
    )
    gaps = Counter(
        (gap.cause.value, gap.reason) for audit in report.audits for gap in audit.missing
    )
    if gaps:
        lines = [f"- {cause}: {escape(reason)} ({n})" for (cause, reason), n in gaps.items()]
        yield "## Not tested\n\n" + "\n".join(lines) + "\n"
    for audit in report.audits:
        if (
            any(finding.outcome.verdict is not Verdict.NOT_TESTED for finding in audit.findings())
            or audit.problem
        ):
            yield _page(audit, policy, rules)


def _page(audit: Audit, policy: Policy, rules: dict[str, Rule]) -> str:
    lines = [f"## {escape(audit.url or audit.target)}\n"]
    for result in sorted(audit.results, key=lambda each: (each.severity.rank, each.rule)):
        told = [f for f in result.findings if _told(f, policy)]
        if not told:
            continue
        first, rule = told[0], rules[result.rule]
        word = (
            first.severity.value
            if first.outcome.verdict is Verdict.FAIL
            else first.outcome.verdict.value
        )
        source = rule.references[0]
        lines.append(
            f"- **{word}** `{rule.id}` {escape(rule.title)}. {escape(rule.fix)} Source: {escape(source.title)}"
        )
        lines += [f"  - {_place(f)}{escape(f.outcome.message)}" for f in told[:_PLACES]]
        if len(told) > _PLACES:
            lines.append(f"  - and {len(told) - _PLACES} more")
    return "\n".join(lines) + "\n"


def _told(finding: Finding, policy: Policy) -> bool:
    """Everything but what was out of reach, which is told once above."""
    return (
        finding.outcome.verdict is not Verdict.NOT_TESTED
        or standing(finding, policy) is Standing.BROKEN
    )


def _place(finding: Finding) -> str:
    where = finding.outcome.where
    return f"line {where.line}: " if where and where.line else ""


def escape(text: str) -> str:
    """Page text that Markdown and HTML take as mere text, and that mentions nobody."""
    return (
        _SPECIAL.sub(r"\\\1", one_line(text)[:_TEXT])
        .replace("\\&", "&amp;")
        .replace("\\<", "&lt;")
        .replace("\\@", "&#64;")
    )
