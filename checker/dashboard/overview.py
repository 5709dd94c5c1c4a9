"""The overview of a site: what is open, what was tested, how it went, what to look at first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from checker.dashboard import charts, dates
from checker.dashboard.charts import Chart, Series
from checker.dashboard.desk import Desk, Shown
from checker.history.queries import findings, pages, runs
from checker.history.queries.findings import Filter, Order, State
from checker.verdict import Authority, Severity, Verdict

_FEW = 5
_SOON = 14
_OLD = 14


@dataclass(frozen=True)
class Cells:
    """Open findings in a table: by authority (a row) and kind (a column); ``waived`` are not in the cells."""

    rows: tuple[tuple[str, dict[str, int]], ...]
    totals: Counter[str]
    waived: int


def overview(desk: Desk) -> Shown:
    """The site's first page."""
    new, fixed = findings.moves(desk.connection, desk.number, desk.week)
    asked = desk.connection, desk.number
    counted = cells(desk)
    weight = next((each.value for each in Severity if counted.totals[each.value]), "")
    failing = Filter(verdict=Verdict.FAIL.value, severity=weight, waived=False)
    return Shown(
        "overview",
        desk.site.name,
        {
            "cells": counted,
            "weight": weight,
            "new": new,
            "fixed": fixed,
            "charts": trends(desk.trend),
            "oldest": findings.find(*asked, failing, desk.today, limit=_FEW),
            "newest": desk.weightiest(Filter(new_since=desk.week), Order.NEWEST, _FEW),
            "mended": desk.weightiest(
                Filter(state=State.FIXED, fixed_since=desk.week), Order.FIXED, _FEW
            ),
            "shared": [each for each in desk.shared if each.pages > 1][:_FEW],
            "worst": pages.worst(*asked, limit=_FEW),
            "notices": notices(desk),
            "untested": desk.coverage.pages - desk.coverage.tested,
        },
    )  # fmt: skip


def cells(desk: Desk) -> Cells:
    """Open findings by authority and kind."""
    counted: Counter[tuple[str, str]] = Counter()
    waived = 0
    for each in desk.tallies:
        if each.waived:
            waived += each.findings
        else:
            kind = each.severity if each.verdict == Verdict.FAIL.value else "review"
            counted[each.authority, kind] += each.findings
    kinds = (*(each.value for each in Severity), "review")
    rows = (
        (authority.value, {kind: counted[authority.value, kind] for kind in kinds})
        for authority in Authority
    )
    totals: Counter[str] = Counter()
    for (_, kind), number in counted.items():
        totals[kind] += number
    return Cells(tuple(row for row in rows if any(row[1].values())), totals, waived)


def notices(desk: Desk) -> list[tuple[str, str, str]]:
    """What needs attention beside findings: a word for its colour, a sentence, the view that tells more."""
    newest = desk.newest.made_at if desk.newest else ""
    found = [
        ("warning", f"The run of {run.made_at[:10]} died after {run.done} of {run.expected} pages; nothing of it was "
                    "recorded.", "runs")
        for run in runs.runs(desk.connection, desk.moment, site=desk.site.name, limit=20)
        if run.state == "died" and run.made_at > newest
    ]  # fmt: skip
    expired = [each for each in desk.waivers if not each.in_force and each.open]
    if expired:
        told = "1 waiver has" if len(expired) == 1 else f"{len(expired)} waivers have"
        found.append(("error", f"{told} expired while findings under it are open.", "waivers"))
    soon = [
        each
        for each in desk.waivers
        if each.in_force and dates.between(desk.today, each.expires) <= _SOON
    ]
    if soon:
        told = "1 waiver ends" if len(soon) == 1 else f"{len(soon)} waivers end"
        found.append(("warning", f"{told} within {_SOON} days.", "waivers"))
    if desk.newest and (age := -dates.between(desk.today, desk.newest.made_at[:10])) > _OLD:
        told = f"The newest run is {age} days old: what changed since is not known."
        found.append(("warning", told, "runs"))
    return found


def trends(points: list[runs.Point]) -> list[Chart]:
    """What is open after each run, what each brought and mended, what it tested. A trend needs two runs."""
    if len(points) < 2:
        return []
    moments = [each.made_at for each in points]
    moved = points[1:]  # to the very first run everything is new

    def opened(severity: str) -> list[int | None]:
        return [None if p.open is None else p.open.get(severity, 0) for p in points]

    return [
        charts.lines("open", "Open failures after each run", moments,
                     [Series("Errors", "error", opened("error")), Series("Warnings", "warning", opened("warning")),
                      Series("Advice", "advice", opened("advice"))]),
        charts.bars("moves", "New and fixed failures by run", [p.made_at for p in moved],
                    Series("New", "error", [p.new for p in moved]),
                    Series("Fixed", "pass", [p.fixed for p in moved])),
        charts.lines("pages", "Pages of each run", moments,
                     [Series("Tested", "pass", [p.pages - p.pages_not_tested for p in points]),
                      Series("Not tested", "broken", [p.pages_not_tested for p in points])]),
    ]  # fmt: skip
