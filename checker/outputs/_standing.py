"""How findings stand against the baseline and the waivers, in words that every report for people uses."""

from __future__ import annotations

from collections.abc import Iterator

from checker.gate import Gate
from checker.outputs._words import many
from checker.report import Finding, Report
from checker.status import Comparison, Leftover, Status, WaiverUse

_SHOWN = 20


def said(finding: Finding) -> str:
    """``known since 2026-01-02``, ``waived until 2026-12-31 by Ann (asked by Bob): reason``; empty where there is
    nothing to say."""
    if waiver := finding.waiver:
        who = f"{waiver.approver} (asked by {waiver.owner}): {waiver.reason}"
        if waiver.expired:
            return f"waiver expired on {waiver.expires}, approved by {who}"
        return f"waived until {waiver.expires} by {who}"
    match finding.status:
        case Status.KNOWN | Status.MOVED | Status.CHANGED:
            since = f" since {finding.matched.first_seen}" if finding.matched else ""
            extra = {Status.MOVED: ", moved", Status.CHANGED: ", changed"}.get(finding.status, "")
            return f"known{since}{extra}"
        case Status.NEW:
            return "new"
        case Status.RULE_CHANGED:
            return "new because the rule or the engine changed"
        case None:
            return ""


def lines(report: Report, gate: Gate) -> Iterator[str]:
    """What to say of the run as a whole: the comparison, what is fixed, the waivers that need a person."""
    if report.comparison:
        yield from _comparison(report.comparison)
    yield from (line for waiver in report.waivers for line in _waiver(waiver))
    if gate.stale:
        yield (
            f"Rows of the baseline or waivers that say more than is true: {gate.stale}; mend them "
            "(baseline prune, or edit the waivers)"
        )


def waiver_line(waiver: WaiverUse) -> str:
    """A waiver in one line: what, by whom, until when, why, and what it covers in this run."""
    element = f" [{waiver.element}]" if waiver.element else ""
    return (
        f"{waiver.rule}{element} on {', '.join(waiver.pages)} until {waiver.expires}, approved by "
        f"{waiver.approver}, owned by {waiver.owner}: {waiver.reason} "
        f"({many(waiver.findings, 'finding')} on {many(waiver.covered, 'page')})"
    )


def leftover_line(row: Leftover) -> str:
    """A row of the baseline that this run did not find."""
    more = f" and {many(len(row.pages) - 1, 'more page')}" if len(row.pages) > 1 else ""
    return f"{row.rule}: {row.place}: {row.message} [{row.fingerprint}] on {row.pages[0]}{more}"


def _comparison(compared: Comparison) -> Iterator[str]:
    yield (
        f"Against {compared.source}: {compared.new} new, {compared.known} known, {compared.moved} moved, "
        f"{compared.changed} changed, {len(compared.fixed)} fixed, {len(compared.not_testable)} not testable, "
        f"{compared.not_seen} not of this run"
    )
    if compared.rule_changed:
        yield (
            f"New because a rule or the engine changed: {many(compared.rule_changed, 'finding')}; nobody is stopped "
            "until the baseline is updated: presscheck baseline update"
        )
    for word, rows in (("Fixed", compared.fixed), ("Not testable", compared.not_testable)):
        for row in rows[:_SHOWN]:
            yield f"{word}: {leftover_line(row)}"
        if len(rows) > _SHOWN:
            yield f"{word}: and {len(rows) - _SHOWN} more"


def _waiver(waiver: WaiverUse) -> Iterator[str]:
    line = waiver_line(waiver)
    if waiver.days_left < 0:
        yield f"Waiver expired: {line}"
    elif waiver.ends_soon:
        yield f"Waiver ends in {many(waiver.days_left, 'day')}: {line}"
    elif waiver.findings:
        yield f"Waived: {line}"
    if waiver.unused:
        yield f"Waiver not used: {line}: {waiver.unused}"
    if waiver.too_broad:
        yield f"Waiver too broad: {line}: {waiver.too_broad}"
