"""The pages of single things: a page of the site, a rule, a run, a fault of the template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from checker.dashboard import asked, charts, dates
from checker.dashboard.asked import Whole
from checker.dashboard.charts import Chart, Series
from checker.dashboard.desk import Desk, Shown
from checker.history.queries import findings, pages, rules, runs
from checker.history.queries.findings import Filter, Order, Shared, State
from checker.history.queries.found import FoundRow
from checker.history.queries.pages import Visit
from checker.history.runs import stamp
from checker.verdict import Verdict

AT_ONCE = 200
"""Occurrences of a rule or a fault on one page."""
_FULL = 300
_FEW = 20
_RANK = ("error", "warning", "advice")


def page(desk: Desk, number: int) -> Shown | None:
    """A page: what is open on it, what each run said of it."""
    row = pages.numbered(desk.connection, desk.number, number)
    if row is None:
        return None
    wanted = Filter(page=number)
    found = findings.find(desk.connection, desk.number, wanted, desk.today, limit=_FULL)
    found.sort(key=_urgent)
    visits = pages.visits(desk.connection, number)
    tested = next((visit for visit in visits if not visit.problem), None)
    rulings = pages.rulings(desk.connection, number, tested.run) if tested else []
    total = sum(row.open.values()) + row.reviews
    values = {
        "page": row, "rows": found, "total": total, "visits": visits, "tested": tested,
        "verdicts": Counter(each.verdict for each in rulings),
        "untested": [each for each in rulings if each.verdict == Verdict.NOT_TESTED.value],
        "passed": sum(each.passed for each in rulings), "charts": _of_page(visits),
    }  # fmt: skip
    return Shown("page", row.title or row.url or row.key, values)


def _of_page(visits: Sequence[Visit]) -> list[Chart]:
    told = [visit for visit in reversed(visits) if not visit.problem]
    if len(told) < 2:
        return []
    series = [
        Series("Errors", "error", [v.errors for v in told]),
        Series("Warnings", "warning", [v.warnings for v in told]),
        Series("Advice", "advice", [v.advice for v in told]),
    ]
    moments = [v.made_at for v in told]
    return [charts.lines("page", "Failures that each run told of this page", moments, series)]


def _urgent(row: FoundRow) -> tuple[bool, bool, int, str, int]:
    rank = _RANK.index(row.severity) if row.severity in _RANK else len(_RANK)
    return row.verdict != Verdict.FAIL.value, row.waived, rank, row.since_at, row.number


def rule(desk: Desk, row: rules.RuleRow, after: str = "") -> Shown:
    """A rule: what it requires and why, how it came out, where it is open."""
    rows, more = _occurrences(desk, Filter(rule=row.id), after)
    over = rules.over_time(desk.connection, desk.number, row.id)
    made = {point.run: point.made_at for point in desk.trend}.get(row.run, "")
    values = {"rule": row, "rows": rows, "first_part": not after, "made_at": made}
    values["charts"] = _of_rule(over)
    return Shown("rule", row.title or row.id, values, more)


def _of_rule(over: Sequence[rules.Reach]) -> list[Chart]:
    if len(over) < 2:
        return []
    series = [
        Series("Failed", "error", [each.failed for each in over]),
        Series("Not tested", "broken", [each.not_tested for each in over]),
    ]
    moments = [each.made_at for each in over]
    return [
        charts.lines("rule", "Pages on which it failed or was not tested, by run", moments, series)
    ]


def fault(desk: Desk, shared: Shared, after: str = "") -> Shown:
    """A fault of the template: what it is, and every page on which it is open."""
    wanted = Filter(rule=shared.rule, fingerprint=shared.fingerprint, region="template",
                    verdict=shared.verdict, severity=shared.severity)  # fmt: skip
    rows, more = _occurrences(desk, wanted, after)
    values = {"shared": shared, "rows": rows, "first_part": not after}
    return Shown("fault", f"Template fault: {desk.titles.get(shared.rule, shared.rule)}", values, more)  # fmt: skip


def _occurrences(desk: Desk, wanted: Filter, after: str) -> tuple[list[FoundRow], str]:
    place = asked.place(after, tuple[str, Whole]) if after else None
    rows = findings.find(desk.connection, desk.number, wanted, desk.today, after=place, limit=AT_ONCE)  # fmt: skip
    full = len(rows) == AT_ONCE
    return rows, asked.cursor(list(findings.place(rows[-1], Order.OLDEST))) if full else ""


def run(desk: Desk, found: runs.Run) -> Shown:
    """A run: its versions and counts, what it brought and mended, and what changed since."""
    points = desk.trend
    at = next((n for n, point in enumerate(points) if point.run == found.number), None)
    point = points[at] if at is not None else None
    former = points[at - 1] if at else None
    before = runs.run(desk.connection, former.id, desk.moment) if former else None
    after = stamp(datetime.fromisoformat(found.made_at) + timedelta(seconds=1))
    values = {
        "run": found, "point": point, "few": _FEW, "before": before, "since": after,
        "newest": desk.newest is not None and desk.newest.number == found.number,
        "changes": list(_versions(before, found)),
        "began": _some(desk, Filter(since_at=found.made_at)),
        "gone": _some(desk, Filter(state=State.FIXED, fixed_at=found.made_at), Order.FIXED),
        "new_since": _some(desk, Filter(new_since=after)),
        "fixed_since": _some(desk, Filter(state=State.FIXED, fixed_since=after), Order.FIXED),
        "counts_since": (findings.count(desk.connection, desk.number, Filter(new_since=after), desk.today),
                         findings.count(desk.connection, desk.number,
                                        Filter(state=State.FIXED, fixed_since=after), desk.today)),
    }  # fmt: skip
    return Shown("run", f"Run of {dates.day(found.made_at)}", values)


def _some(desk: Desk, wanted: Filter, order: Order = Order.OLDEST) -> list[FoundRow]:
    return desk.weightiest(wanted, order, _FEW)


def _versions(before: runs.Run | None, now: runs.Run) -> list[str]:
    """What else changed from the former run: findings may begin or end by it."""
    if before is None:
        return []
    told = (("presscheck", before.tool_version, now.tool_version), ("rules", before.rules_version, now.rules_version),
            ("axe-core", ", ".join(before.axe_versions), ", ".join(now.axe_versions)),
            ("browser", ", ".join(before.browsers), ", ".join(now.browsers)))  # fmt: skip
    return [f"{name} from {old or 'none'} to {new or 'none'}" for name, old, new in told if old != new]  # fmt: skip
