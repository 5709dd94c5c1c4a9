"""The report on a terminal: short, coloured only there, ending with one line that says the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from checker.clean import one_line
from checker.gate import Gate, Policy, Standing, judge, required_gaps, standing
from checker.report import Audit, Finding, Report
from checker.rule import Rule
from checker.verdict import Severity, Verdict

_PLACES = 3
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}


def show(report: Report, policy: Policy, console: Console, *, verbose: bool = False) -> None:
    """Print the report. ``verbose`` adds advice, reviews and every place."""
    for line in lines(report, policy, verbose=verbose):
        line.plain = one_line(line.plain)
        console.print(line, soft_wrap=True, highlight=False)


def lines(report: Report, policy: Policy, *, verbose: bool = False) -> Iterator[Text]:
    """The lines, with styles that a console without colour leaves away."""
    rules = {rule.id: rule for rule in report.rules}
    yield from _head(report)
    for audit in report.audits:
        yield from _page(audit, policy, rules, verbose)
    yield from _tail(report, policy, verbose)


def _head(report: Report) -> Iterator[Text]:
    axe = f", axe-core {', '.join(report.axe_versions)}" if report.axe_versions else ""
    yield Text(f"presscheck {report.tool_version}, rules {report.rules_version}{axe}", style="dim")
    yield Text("Every page is judged as if it were published today.", style="dim")
    gaps = Counter(
        (gap.cause.value, gap.reason) for audit in report.audits for gap in audit.missing
    )
    for (cause, reason), number in gaps.items():
        yield Text(f"Not tested ({cause}): {reason} [{number}]", style="yellow")
    for note in report.notes:
        yield Text(f"Note: {note}", style="yellow")


def _page(audit: Audit, policy: Policy, rules: dict[str, Rule], verbose: bool) -> Iterator[Text]:
    yield Text("")
    yield Text.assemble((audit.url or audit.target, "bold"), f"  [{audit.profile}]")
    for reason in dict.fromkeys(required_gaps(audit, policy)):
        yield Text(f"  not tested, but required: {reason}", style="bold magenta")
    quiet = 0
    for result in sorted(audit.results, key=lambda each: (each.severity.rank, each.rule)):
        weighty = [f for f in result.findings if verbose or _weighty(f, policy)]
        quiet += len(result.findings) - len(weighty)
        if weighty:
            yield from _findings(weighty, rules[result.rule], verbose)
    passed = sum(result.passed for result in audit.results)
    yield Text(
        f"  {passed} elements passed" + (f"; {quiet} more to read with --verbose" if quiet else ""),
        style="dim",
    )


def _weighty(finding: Finding, policy: Policy) -> bool:
    """Failures that warn or more, and what broke; advice and reviews are for the other reports."""
    if standing(finding, policy) in (Standing.RED, Standing.BROKEN):
        return True
    return finding.outcome.verdict is Verdict.FAIL and finding.severity is not Severity.ADVICE


def _findings(findings: list[Finding], rule: Rule, verbose: bool) -> Iterator[Text]:
    first = findings[0]
    label = (
        first.severity.value
        if first.outcome.verdict is Verdict.FAIL
        else first.outcome.verdict.value
    )
    style = _STYLES[first.severity] if first.outcome.verdict is Verdict.FAIL else "magenta"
    number = f" ({len(findings)})" if len(findings) > 1 else ""
    yield Text.assemble("  ", (f"{label:10}", style), f" {rule.id}: {rule.title}{number}")
    shown = findings if verbose else findings[:_PLACES]
    for finding in shown:
        yield Text(f"             {_place(finding)}{finding.outcome.message}")
    if len(shown) < len(findings):
        yield Text(f"             and {len(findings) - len(shown)} more", style="dim")


def _place(finding: Finding) -> str:
    where = finding.outcome.where
    if where is None:
        return ""
    return f"{where.line}:{where.column} " if where.line else f"{where.selector[-60:]} "


def _tail(report: Report, policy: Policy, verbose: bool) -> Iterator[Text]:
    counts, gate = report.counts, judge(report, policy)
    yield Text("")
    yield Text(
        f"{counts.pages} pages ({counts.pages_not_tested} not tested): {counts.errors} errors, "
        f"{counts.warnings} warnings, {counts.advice} advice, {counts.reviews} to review; "
        f"not tested: {counts.broken} broken, {counts.out_of_reach} out of reach; "
        f"{counts.passed} elements passed"
    )
    yield verdict_line(gate)


def verdict_line(gate: Gate) -> Text:
    """The run in one line."""
    broken = (
        f"; {gate.broken} could not be tested on {gate.pages_broken} pages" if gate.broken else ""
    )
    match gate.exit_code:
        case 0:
            return Text("PASS: the gate passes" + broken, style="bold green")
        case 1:
            return Text(
                f"FAIL: {gate.red} findings on {gate.pages_red} pages" + broken, style="bold red"
            )
        case _:
            return Text("NOT TESTED" + broken, style="bold magenta")
