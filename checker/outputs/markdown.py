"""The report as Markdown: GitHub's step summary, a comment on a merge request, a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import quote, urlsplit

from checker.clean import one_line
from checker.gate import Policy, Standing, judge, standing
from checker.outputs import _gaps
from checker.outputs._standing import lines as standing_lines
from checker.outputs._standing import said
from checker.outputs.terminal import verdict_line
from checker.pages import host_of, page_key
from checker.repeats import TemplateFault, faults_of
from checker.report import Audit, Finding, Report
from checker.rule import Rule
from checker.verdict import Region, Verdict

LIMIT = 900_000
"""Bytes: GitHub takes a step summary of at most 1 MiB."""

_PLACES = 10
_TEXT = 300
_MARKS = re.compile(r"[\\`*~\[\]|]|(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_REFERENCE = re.compile(
    r"@(?=\w)|(?<=\w):(?=//)|\bwww(?=\.)|(?:\bGH-|[#!$%~^])(?=\w)", re.IGNORECASE
)
_JOINER = "\u2060"


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
    counts, gate = report.counts, judge(report, policy)
    yield f"# presscheck: {escape(verdict_line(gate, counts).plain)}\n"
    yield (
        "Every page is judged as if it were published today.\n\n"
        "| Pages | Not tested | Errors | Warnings | Advice | To review | Broken | Out of reach | Passed |\n"
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
        f"| {counts.pages} | {counts.pages_not_tested} | {counts.errors} | {counts.warnings} | {counts.advice} "
        f"| {counts.reviews} | {counts.broken} | {counts.out_of_reach} | {counts.passed} |\n"
    )
    gaps = _gaps.reasons(report)
    yield from _section(
        "Not tested", [f"{cause}: {escape(reason)} ({n})" for (cause, reason), n in gaps.items()]
    )
    yield from _section("Notes", [escape(note) for note in report.notes])
    yield from _section(
        "Baseline and waivers", [escape(line) for line in standing_lines(report, gate)]
    )
    shared = faults_of(report)
    yield from _shared(shared, rules)
    told = frozenset((fault.host, fault.finding.fingerprint) for fault in shared)
    for audit in report.audits:
        if any(_told(audit, finding, policy, told) for finding in audit.findings()):
            yield _page(audit, policy, rules, told)


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"## {title}\n\n" + "".join(f"- {line}\n" for line in lines)


def _shared(faults: tuple[TemplateFault, ...], rules: dict[str, Rule]) -> Iterator[str]:
    """What pages share, each once with its count."""
    if not faults:
        return
    lines = ["## Shared by pages (header, footer, navigation and the like)\n"]
    in_order = sorted(faults, key=lambda each: (each.finding.severity.rank, each.finding.rule))
    for _, group in groupby(in_order, key=lambda each: each.finding.rule):
        same = sorted(group, key=lambda each: -each.pages)
        lines.append(_heading(same[0].finding, rules[same[0].finding.rule]))
        for fault in same[:_PLACES]:
            first = link(fault.examples[0], fault.examples[0])
            lines.append(f"  - {_finding(fault.finding)}: on {fault.pages} pages, first {first}")
        if len(same) > _PLACES:
            lines.append(f"  - and {len(same) - _PLACES} more")
    yield "\n".join(lines) + "\n"


def _page(
    audit: Audit, policy: Policy, rules: dict[str, Rule], shared: frozenset[tuple[str, str]]
) -> str:
    lines = [f"## {link(audit.url or audit.target, audit.url)}\n"]
    for result in sorted(audit.results, key=lambda each: (each.severity.rank, each.rule)):
        told = [f for f in result.findings if _told(audit, f, policy, shared)]
        if not told:
            continue
        lines.append(_heading(told[0], rules[result.rule]))
        lines += [f"  - {_finding(f)}" for f in told[:_PLACES]]
        if len(told) > _PLACES:
            lines.append(f"  - and {len(told) - _PLACES} more")
    return "\n".join(lines) + "\n"


def _heading(first: Finding, rule: Rule) -> str:
    outcome, source = first.outcome, rule.references[0]
    word = first.severity.value if outcome.verdict is Verdict.FAIL else outcome.verdict.value
    return (
        f"- **{word}** `{rule.id}` {escape(rule.title)}. {escape(rule.fix)} "
        f"Source: {link(source.title, source.url)}"
    )


def _finding(finding: Finding) -> str:
    where = finding.outcome.where
    line = f"line {where.line}: " if where and where.line else ""
    shared = " (shared by pages)" if finding.region is Region.TEMPLATE else ""
    words = said(finding)
    return (
        f"{line}{escape(finding.outcome.message)}{shared}{f' [{escape(words)}]' if words else ''}"
    )


def _told(
    audit: Audit, finding: Finding, policy: Policy, shared: frozenset[tuple[str, str]]
) -> bool:
    """Everything but what was out of reach or is shared, which are told once above."""
    if (
        finding.region is Region.TEMPLATE
        and finding.outcome.verdict in (Verdict.FAIL, Verdict.REVIEW)
        and (host_of(page_key(audit)), finding.fingerprint) in shared
    ):
        return False
    return (
        finding.outcome.verdict is not Verdict.NOT_TESTED
        or standing(finding, policy) is Standing.BROKEN
    )


def link(text: str, address: str) -> str:
    """A link where the address is one of the web; else its text alone."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return escape(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return escape(text)
    return (
        f"[{escape(text)}](<{quote(address.encode('utf-8', 'replace'), safe='%/:=&?~#+!$,;@()*')}>)"
    )


def escape(text: str) -> str:
    """Page text that Markdown and HTML take as mere text, never at the start of a line; a word joiner keeps the code
    hosts from making mentions, references and links of it."""
    plain = _MARKS.sub(r"\\\g<0>", one_line(text)[:_TEXT])
    return _REFERENCE.sub(rf"\g<0>{_JOINER}", _ENTITY.sub("&amp;", plain).replace("<", "&lt;"))
