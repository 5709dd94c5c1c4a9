"""What a dashboard asks, against histories small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.history import runs as running
from checker.history.database import History
from checker.history.queries import findings, pages, rules, runs
from checker.history.writing import record
from checker.report import Report
from checker.status import Waived, WaiverUse
from tests import support_report
from tests.history.reports import SITE, Rule, day, report

ALT = "image-alt"
TODAY = "2026-03-10"
WAIVER = WaiverUse(
    ALT, ("*/a/",), "", "A vendor mends it.", "web", "ciso", "2026-04-01", 20, False, 1, 1
)


def waived(made: Report, picture: str) -> Report:
    """The report with a waiver for the findings on a picture."""
    excuse = Waived(WAIVER.reason, WAIVER.owner, WAIVER.approver, WAIVER.expires, False)
    audits = tuple(
        replace(
            audit,
            results=tuple(
                replace(
                    result,
                    findings=tuple(
                        replace(f, waiver=excuse) if picture in f.outcome.message else f
                        for f in result.findings
                    ),
                )
                for result in audit.results
            ),
        )
        for audit in made.audits
    )
    return replace(made, audits=audits, waivers=(WAIVER,))


@pytest.fixture
def filled(history: History) -> History:
    """Three days: on page a one fault stays, one is fixed, one is waived; page b has one; page c never loads."""
    first = {
        "a": {ALT: Rule(("stays.jpg", "fixed.jpg"))},
        "b": {ALT: Rule(), "caption": Rule()},
        "c": None,
    }
    second = {"a": {ALT: Rule(("stays.jpg", "waived.jpg"))}, "b": None, "c": None}
    third = {"b": {ALT: Rule(("new.jpg",)), "caption": Rule(whole=False)}}
    record(history, report(1, first))
    record(history, waived(report(2, second), "waived.jpg"))
    record(history, report(3, third))
    return history


def test_what_is_open_by_kind(filled: History) -> None:
    with filled.reading() as connection:
        (site,) = runs.sites(connection)
        counts = findings.open_counts(connection, site.number, TODAY)
        late = findings.open_counts(connection, site.number, "2026-05-01")
    kind = ("fail", "error", "law", "article")
    assert [(*tally_kind(each), each.waived, each.findings) for each in counts] == [
        (*kind, False, 2),
        (*kind, True, 1),
    ]
    assert [(each.waived, each.findings) for each in late] == [(False, 3)]


def tally_kind(each: findings.Tally) -> tuple[str, str, str, str]:
    return each.verdict, each.severity, each.authority, each.region


def test_findings_filtered_and_paged(filled: History) -> None:
    with filled.reading() as connection:
        number = runs.sites(connection)[0].number

        def told(wanted: findings.Filter, **more: object) -> list[str]:
            found = findings.find(connection, number, wanted, TODAY, **more)  # type: ignore[arg-type]
            if not more:
                assert findings.count(connection, number, wanted, TODAY) == len(found)
            return [each.message.split("“")[1].split(".")[0] for each in found]

        assert told(findings.Filter()) == ["stays", "waived", "new"]
        assert told(findings.Filter(waived=False)) == ["stays", "new"]
        assert told(findings.Filter(waived=True)) == ["waived"]
        assert told(findings.Filter(state=findings.State.FIXED)) == ["fixed"]
        assert told(findings.Filter(new_since=day(2))) == ["waived", "new"]
        assert told(findings.Filter(state=findings.State.ALL, fixed_since=day(2))) == ["fixed"]
        assert told(findings.Filter(rule="caption")) == []
        assert told(findings.Filter(rule=ALT, severity="error", authority="law", region="article")) == [
            "stays", "waived", "new"
        ]  # fmt: skip
        for order, names in (
            (findings.Order.OLDEST, ["stays", "waived", "new"]),
            (findings.Order.NEWEST, ["new", "waived", "stays"]),
        ):
            after, paged = None, []
            while page := findings.find(
                connection, number, findings.Filter(), TODAY, order=order, after=after, limit=1
            ):
                paged += [each.message.split("“")[1].split(".")[0] for each in page]
                after = findings.place(page[-1], order)
            assert paged == names
        (oldest,) = findings.find(connection, number, findings.Filter(), TODAY, limit=1)
        assert (oldest.first_at, oldest.since_at, oldest.seen_at, oldest.fixed_at) == (
            day(1), day(1), day(2), ""
        )  # fmt: skip
        assert findings.moves(connection, number, day(2)) == (2, 1)


def test_pages_by_what_is_known_of_them(filled: History) -> None:
    with filled.reading() as connection:
        number = runs.sites(connection)[0].number
        assert pages.coverage(connection, number) == pages.Coverage(3, 2, {"time-out": 1}, 1)
        rows = pages.pages(connection, number)
        assert [(row.key, row.open, row.tested_at, row.problem) for row in rows] == [
            (f"{SITE}/a/", {"error": 2}, day(2), ""),
            (f"{SITE}/b/", {"error": 1}, day(3), ""),
            (f"{SITE}/c/", {}, "", "time-out"),
        ]
        assert [row.key for row in pages.pages(connection, number, tested=False)] == [f"{SITE}/c/"]
        assert [row.key for row in pages.pages(connection, number, search="B/")] == [f"{SITE}/b/"]
        assert pages.pages(connection, number, search="%") == []
        assert [row.key for row in pages.pages(connection, number, after=rows[0].key, limit=1)] == [
            f"{SITE}/b/"
        ]
        assert [row.key for row in pages.worst(connection, number)] == [f"{SITE}/a/", f"{SITE}/b/"]
        page = pages.page(connection, number, f"{SITE}/b/")
        assert page is not None
        visits = pages.visits(connection, page.number)
        assert [(visit.made_at, visit.problem, visit.errors) for visit in visits] == [
            (day(3), "", 1), (day(2), "time-out", 0), (day(1), "", 0)
        ]  # fmt: skip
        rulings = {
            each.rule: each for each in pages.rulings(connection, page.number, visits[0].run)
        }
        assert (rulings["caption"].verdict, rulings["caption"].cause, rulings["caption"].whole) == (
            "not-tested", "broken", False
        )  # fmt: skip
        assert (rulings[ALT].verdict, rulings[ALT].passed) == ("fail", 3)


def test_rules_as_the_newest_run_that_had_them_says(filled: History) -> None:
    with filled.reading() as connection:
        number = runs.sites(connection)[0].number
        found = {each.id: each for each in rules.rules(connection, number)}
        (alt,) = rules.rules(connection, number, rule=ALT)
    assert set(found) == {ALT, "caption", "page-load"}
    assert (alt.passed, alt.failed, alt.open, alt.criteria) == (0, 1, {"error": 3}, ("1.1.1",))
    assert alt.references[0].title.startswith("36 CFR 1194")
    assert (found["caption"].broken, found["page-load"].broken) == (1, 2)


def test_waivers_and_what_they_cover(filled: History) -> None:
    with filled.reading() as connection:
        number = runs.sites(connection)[0].number
        (one,) = rules.waivers(connection, number, TODAY)
        (late,) = rules.waivers(connection, number, "2026-05-01")
    assert (one.rule, one.pages, one.in_force, one.open, one.owner) == (
        ALT,
        ("*/a/",),
        True,
        1,
        "web",
    )
    assert late.in_force is False


def test_the_trend(filled: History) -> None:
    with filled.reading() as connection:
        points = runs.trend(connection, runs.sites(connection)[0])
    assert [(p.made_at, p.new, p.fixed, p.open, p.waived, p.pages_not_tested) for p in points] == [
        (day(1), 2, 0, {"error": 2}, 0, 1),
        (day(2), 1, 1, {"error": 2}, 1, 2),
        (day(3), 1, 0, {"error": 3}, 0, 0),
    ]


def test_template_faults_once_with_their_reach(history: History) -> None:
    fault = support_report.faulty()
    banner = next(result for result in fault.results if result.rule == "banner")
    made = report(1, {name: {ALT: Rule()} for name in "abc"})
    audits = tuple(replace(a, results=(*a.results, banner)) for a in list(made.audits)[:2])
    record(history, replace(made, audits=(*audits, list(made.audits)[2])))
    with history.reading() as connection:
        (shared,) = findings.shared(connection, runs.sites(connection)[0].number, TODAY)
    assert (shared.rule, shared.pages, shared.of, shared.since_at) == ("banner", 2, 3, day(1))
    assert shared.example.message == "The page does not open with the banner."


def test_runs_with_versions_and_counts(filled: History) -> None:
    with filled.reading() as connection:
        found = runs.runs(connection, running.now())
        newest = runs.last(connection, runs.sites(connection)[0].number, running.now())
        assert runs.run(connection, found[1].id[:12], running.now()) == found[1]
        assert runs.run(connection, "%", running.now()) is None
    assert newest == found[0]
    assert [(run.state, run.made_at, run.counts.pages, run.counts.errors) for run in found] == [
        ("complete", day(3), 1, 1), ("complete", day(2), 3, 2), ("complete", day(1), 3, 2)
    ]  # fmt: skip
    assert (found[0].axe_versions, found[0].browsers) == (("4.10.2",), ("Chromium 143.0",))
