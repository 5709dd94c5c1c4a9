"""The report on a terminal: short, coloured only there, ending with one line that says the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console
from rich.text import Text

from checker.clean import one_line
from checker.gate import Gate, Policy, Standing, judge, required_gaps, standing
from checker.outputs import _gaps
from checker.outputs._standing import lines as standing_lines
from checker.outputs._standing import said
from checker.outputs._words import many
from checker.pages import host_of, page_key
from checker.repeats import TemplateFault, faults_of
from checker.report import ASSUMPTION, Audit, Counts, Finding, Report
from checker.rule import Rule
from checker.verdict import Region, Severity, Verdict

_PLACES = 3
_INDENT = " " * 13
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}


def show(report: Report, policy: Policy, console: Console, *, verbose: bool = False) -> None:
    """Print the report. ``verbose`` adds advice, reviews and every place."""
    plain = console.color_system is None and not console.record
    for line in lines(report, policy, verbose=verbose):
        if plain:
            console.file.write(one_line(line.plain) + "\n")
        else:
            line.plain = one_line(line.plain)
            console.print(line, soft_wrap=True, highlight=False)


def lines(report: Report, policy: Policy, *, verbose: bool = False) -> Iterator[Text]:
    """The lines, with styles that a console without colour leaves away."""
    rules = {rule.id: rule for rule in report.rules}
    yield from _head(report)
    shared = faults_of(report)
    yield from _shared(shared, policy, rules, verbose)
    told = frozenset((fault.host, fault.finding.fingerprint) for fault in shared)
    for audit in report.audits:
        if verbose or not _gaps.left_out(audit):
            yield from _page(audit, policy, rules, told, verbose)
    yield from _tail(report, policy, verbose)


def _head(report: Report) -> Iterator[Text]:
    axe = f", axe-core {', '.join(report.axe_versions)}" if report.axe_versions else ""
    yield Text(f"presscheck {report.tool_version}, rules {report.rules_version}{axe}", style="dim")
    yield Text(ASSUMPTION, style="dim")
    for (cause, reason), number in _gaps.reasons(report).items():
        yield Text(f"Not tested ({cause}): {reason} [{number}]", style="yellow")
    for note in report.notes:
        yield Text(f"Note: {note}", style="yellow")


def _shared(
    faults: tuple[TemplateFault, ...], policy: Policy, rules: dict[str, Rule], verbose: bool
) -> Iterator[Text]:
    """What pages share, each once with its count."""
    shown = [fault for fault in faults if verbose or _weighty(fault.finding, policy)]
    if not shown:
        return
    yield Text("")
    yield Text("Shared by pages (header, footer, navigation and the like)", style="bold")
    in_order = sorted(shown, key=lambda each: (each.finding.severity.rank, each.finding.rule))
    for rule_id, group in groupby(in_order, key=lambda each: each.finding.rule):
        yield from _group(list(group), rules[rule_id], verbose)


def _group(faults: list[TemplateFault], rule: Rule, verbose: bool) -> Iterator[Text]:
    """One rule's shared faults: those with the widest reach first."""
    faults.sort(key=lambda each: -each.pages)
    shown = faults if verbose else faults[:_PLACES]
    yield _heading([fault.finding for fault in faults], rule)
    for fault in shown:
        yield _line(fault.finding)
        yield Text(
            f"{_INDENT}  on {many(fault.pages, 'page')}, first {fault.examples[0]}", style="dim"
        )
    if len(shown) < len(faults):
        yield Text(f"{_INDENT}and {len(faults) - len(shown)} more", style="dim")


def _page(
    audit: Audit,
    policy: Policy,
    rules: dict[str, Rule],
    told: frozenset[tuple[str, str]],
    verbose: bool,
) -> Iterator[Text]:
    yield Text("")
    address = f" as {audit.url}" if audit.url not in ("", audit.target) else ""
    yield Text.assemble((audit.target, "bold"), f"{address}  [{audit.profile}]")
    for reason in dict.fromkeys(required_gaps(audit, policy)):
        yield Text(f"  not tested, but required: {reason}", style="bold magenta")
    quiet = elsewhere = 0
    host = host_of(page_key(audit))
    found = [result for result in audit.results if result.findings]
    told_here = (result for result in found if verbose or result.judged or result.broken)
    for result in sorted(told_here, key=lambda each: (each.severity.rank, each.rule)):
        own = [f for f in result.findings if not _is_shared(host, f, told)]
        elsewhere += len(result.findings) - len(own)
        weighty = [f for f in own if verbose or _weighty(f, policy)]
        quiet += sum(f.outcome.cause is None for f in own) - sum(
            f.outcome.cause is None for f in weighty
        )
        if weighty:
            yield from _findings(weighty, rules[result.rule], verbose)
    passed = sum([result.passed for result in audit.results])
    untested = sum(len(result.untested) - result.broken for result in found)
    yield Text(
        f"  {passed} elements passed"
        + (f"; {untested} not tested (out of reach)" if untested else "")
        + (f"; {elsewhere} shared with other pages" if elsewhere else "")
        + (f"; {quiet} more to read with --verbose" if quiet else ""),
        style="dim",
    )


def _is_shared(host: str, finding: Finding, told: frozenset[tuple[str, str]]) -> bool:
    return finding.region is Region.TEMPLATE and (host, finding.fingerprint) in told


def _weighty(finding: Finding, policy: Policy) -> bool:
    """Failures that warn or more, and what broke; advice and reviews are for the other reports."""
    if standing(finding, policy) in (Standing.RED, Standing.BROKEN):
        return True
    return finding.outcome.verdict is Verdict.FAIL and finding.severity is not Severity.ADVICE


def _findings(findings: list[Finding], rule: Rule, verbose: bool) -> Iterator[Text]:
    shown = findings if verbose else findings[:_PLACES]
    yield _heading(findings, rule)
    yield from map(_line, shown)
    if len(shown) < len(findings):
        yield Text(f"{_INDENT}and {len(findings) - len(shown)} more", style="dim")


def _heading(findings: list[Finding], rule: Rule) -> Text:
    first = findings[0]
    failed = first.outcome.verdict is Verdict.FAIL
    label = first.severity.value if failed else first.outcome.verdict.value
    style = _STYLES[first.severity] if failed else "magenta"
    number = f" ({len(findings)})" if len(findings) > 1 else ""
    return Text.assemble("  ", (f"{label:10}", style), f" {rule.id}: {rule.title}{number}")


def _line(finding: Finding) -> Text:
    words = said(finding)
    return Text.assemble(
        f"{_INDENT}{_place(finding)}{finding.outcome.message}",
        (f" [{words}]" if words else "", "dim"),
    )


def _place(finding: Finding) -> str:
    where = finding.outcome.where
    if where is None:
        return ""
    return f"{where.line}:{where.column} " if where.line else f"{where.selector[-60:]} "


def _tail(report: Report, policy: Policy, verbose: bool) -> Iterator[Text]:
    counts, gate = report.counts, judge(report, policy)
    yield Text("")
    yield Text(
        f"{many(counts.pages, 'page')} ({counts.pages_not_tested:,} not tested): {many(counts.errors, 'error')}, "
        f"{many(counts.warnings, 'warning')}, {counts.advice:,} advice, {counts.reviews:,} to review; "
        f"not tested: {counts.broken:,} broken, {counts.out_of_reach:,} out of reach; "
        f"{many(counts.passed, 'element')} passed"
    )
    for line in standing_lines(report, gate):
        yield Text(line, style="yellow")
    yield verdict_line(gate, counts)


def verdict_line(gate: Gate, counts: Counts) -> Text:
    """The run in one line."""
    if gate.exit_code == 0 and counts.pages_not_tested == counts.pages:
        return Text("NOTHING TESTED: every page was left out; the gate passes", style="bold yellow")
    broken = (
        f"; {gate.broken:,} could not be tested on {many(gate.pages_broken, 'page')}"
        if gate.broken
        else ""
    )
    match gate.exit_code:
        case 0:
            spared = f"; {gate.excused} known, waived or not gated" if gate.excused else ""
            return Text("PASS: the gate passes" + spared + broken, style="bold green")
        case 1 if not gate.red:
            return Text(
                f"FAIL: out of date in the baseline or the waivers: {many(gate.stale, 'row')}"
                + broken,
                style="bold red",
            )
        case 1:
            once = f" ({gate.different} different)" if gate.different < gate.red else ""
            return Text(
                f"FAIL: {many(gate.red, 'finding')}{once} on {many(gate.pages_red, 'page')}"
                + broken,
                style="bold red",
            )
        case _:
            return Text("NOT TESTED" + broken, style="bold magenta")
