"""The lists of a site: findings, what was fixed, template faults, pages, rules, waivers, runs, what needs a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checker import coverage
from checker.dashboard import asked, choosing, dates, overview
from checker.dashboard.asked import Whole
from checker.dashboard.choosing import Chosen
from checker.dashboard.desk import Desk, Shown
from checker.history.queries import findings, pages, runs
from checker.history.queries.findings import Filter, Order, State
from checker.history.queries.found import FoundRow
from checker.history.queries.rules import RuleRow
from checker.rule import Criterion
from checker.verdict import Authority, Region, Severity

AT_ONCE = 100
"""Rows of a served list."""
WHOLE = 5_000
"""Findings of a list that is a file: its script filters them."""


def listed(desk: Desk, chosen: Chosen, after: str = "", *, fixed: bool = False) -> Shown:
    """Findings that are open, or were fixed, ``AT_ONCE`` from a place on."""
    state = State.FIXED if fixed else State.OPEN
    order = Order.FIXED if fixed else choosing.order(chosen)
    wanted = choosing.as_filter(chosen, state)
    place = asked.place(after, tuple[str, Whole]) if after else None
    rows = findings.find(desk.connection, desk.number, wanted, desk.today, order=order, after=place,
                         limit=AT_ONCE)  # fmt: skip
    total = findings.count(desk.connection, desk.number, wanted, desk.today)
    more = asked.cursor(list(findings.place(rows[-1], order))) if len(rows) == AT_ONCE else ""
    return _findings(chosen, rows, total, fixed=fixed, next=more, whole=False)


def whole(desk: Desk, *, fixed: bool = False) -> Shown:
    """All findings of a state for a file, or the ``WHOLE`` first: those of the articles go before the template's."""
    state = State.FIXED if fixed else State.OPEN
    order = Order.FIXED if fixed else Order.OLDEST
    rows: list[FoundRow] = []
    for region in Region:
        wanted = Filter(state=state, region=region.value)
        rows += findings.find(desk.connection, desk.number, wanted, desk.today, order=order,
                              limit=WHOLE - len(rows))  # fmt: skip
    rows.sort(key=lambda row: findings.place(row, order), reverse=fixed)
    total = findings.count(desk.connection, desk.number, Filter(state=state), desk.today)
    choices = choosing.of_fixed if fixed else choosing.of_findings
    names = sorted({row.rule for row in rows})
    return _findings(Chosen(choices(names), {}), rows, total, fixed=fixed, next="", whole=True)


def _findings(
    chosen: Chosen, rows: list[FoundRow], total: int, *, fixed: bool, next: str, whole: bool
) -> Shown:
    title = "Fixed" if fixed else "Findings"
    values = {"rows": rows, "total": total, "fixed": fixed, "whole": whole}
    return Shown("findings", title, values, next, chosen)


def faults(desk: Desk) -> Shown:
    """What pages share, with its reach."""
    return Shown("faults", "Template faults", {"shared": desk.shared})


def page_list(desk: Desk, chosen: Chosen, after: str = "", limit: int = AT_ONCE) -> Shown:
    """Pages by their address; all in a file."""
    place = asked.place(after, tuple[str])[0] if after else ""
    tested = {"": None, "yes": True, "no": False}[chosen["tested"]]
    rows = pages.pages(desk.connection, desk.number, tested=tested, search=chosen["search"],
                       after=place, limit=limit)  # fmt: skip
    more = asked.cursor([rows[-1].key]) if len(rows) == limit else ""
    return Shown("pages", "Pages", {"rows": rows}, more, chosen)


def every_page(desk: Desk) -> Shown:
    """All pages in one list."""
    return page_list(desk, Chosen(choosing.PAGES, {}), limit=desk.coverage.pages + 1)


def rule_list(desk: Desk, chosen: Chosen) -> Shown:
    """Rules, those with the most open failures first."""
    search = chosen["search"].lower()
    rows = [
        row
        for row in desk.rules
        if (not chosen["authority"] or row.authority == chosen["authority"])
        and (not chosen["state"] or chosen["state"] in states(row))
        and (not search or search in f"{row.id}\n{row.title}".lower())
    ]
    rows.sort(key=_urgent)
    return Shown("rules", "Rules", {"rows": rows, "states": states}, "", chosen)


def _urgent(row: RuleRow) -> tuple[int, int, int, int, str]:
    error, warning, advice = (-row.open.get(each.value, 0) for each in Severity)
    return error, warning, advice, -row.reviews, row.id


def states(row: RuleRow) -> list[str]:
    """The states of a rule that a filter knows."""
    found = [name for name, there in (("open", bool(row.open)), ("review", bool(row.reviews)),
                                      ("untested", bool(row.broken or row.out_of_reach))) if there]  # fmt: skip
    return found if row.open or row.reviews else [*found, "quiet"]


def waiver_list(desk: Desk) -> Shown:
    """Waivers, those that end first on top."""
    ends = {each.number: dates.between(desk.today, each.expires) for each in desk.waivers}
    return Shown("waivers", "Waivers", {"rows": desk.waivers, "ends": ends})


def run_list(desk: Desk) -> Shown:
    """Runs, the newest first, with what each brought."""
    found = runs.runs(desk.connection, desk.moment, site=desk.site.name, limit=1000)
    points = {point.run: point for point in desk.trend}
    return Shown("runs", "Runs", {"rows": found, "points": points, "charts": overview.trends(desk.trend)})  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """A success criterion, the rules that fail or question something of it, what is open under them, and what stays
    with a person."""

    criterion: Criterion
    rules: tuple[RuleRow, ...]
    decides: bool
    open: int
    reviews: int
    remains: str


def person(desk: Desk) -> Shown:
    """What no machine decides: open questions, what could not be tested, what is left of each criterion."""
    questions = sorted((r for r in desk.rules if r.reviews), key=lambda r: (-r.reviews, r.id))
    untested = sorted((r for r in desk.rules if r.broken or r.out_of_reach),
                      key=lambda r: (-r.broken, -r.out_of_reach, r.id))  # fmt: skip
    values = {"questions": questions, "untested": untested, "judged": judged(desk.rules, desk.criteria)}  # fmt: skip
    return Shown("person", "What machine tests cannot decide", values)


def judged(rows: list[RuleRow], criteria: Mapping[str, Criterion]) -> list[Judged]:
    """Each criterion of level A and AA."""
    found = []
    for each in coverage.coverage((), criteria):
        of_these = tuple(row for row in rows if each.criterion.number in row.criteria)
        decides = any(row.authority != Authority.HEURISTIC.value for row in of_these)
        found.append(Judged(
            each.criterion, of_these, decides, sum(sum(row.open.values()) for row in of_these),
            sum(row.reviews for row in of_these), each.remains,
        ))  # fmt: skip
    return found
