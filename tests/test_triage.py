"""Triage: what repeats is the template's, what the baseline knows stops nobody, and no fault hides another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checker.baseline.rows import Baseline
from checker.baseline.update import pruned, updated
from checker.gate import FailOn, Policy, Scope, judge
from checker.outputs import json as report_json
from checker.repeats import template_faults
from checker.report import Audit, Report
from checker.status import Comparison, Status
from checker.triage import triage
from checker.verdict import Cause, Region, not_tested
from checker.waivers import Waiver
from tests import support_edits as edits

HEAD = '<title>t</title><header><img data-presscheck="1" src="logo.png"></header>'


def html(
    *pictures: str, head: str = HEAD, words: str = "Some text of the article, long enough."
) -> str:
    """A page whose pictures from number 10 on stand in the article."""
    images = "".join(
        f'<p>{words}</p><img data-presscheck="{number}" src="{name}">'
        for number, name in enumerate(pictures, 10)
    )
    return f"{head}<main><h1>Headline</h1><p>{words * 3}</p>{images}</main>"


def audit(*pictures: str, url: str = edits.URL, **words: str) -> Audit:
    """All pictures without alternative."""
    page = html(*pictures, **words)
    failing = frozenset({1, *range(10, 10 + len(pictures))} if "logo" in page else range(10, 99))
    return edits.audited(page, failing, url)


def statuses(report: Report) -> list[Status | None]:
    return [finding.status for each in report.audits for finding in each.findings()]


def compared(report: Report) -> Comparison:
    assert report.comparison is not None
    return report.comparison


def code(report: Report, *, gate: Scope = Scope.ALL, strict: bool = False) -> int:
    policy = Policy(FailOn.WARNING, gate=gate, strict_baseline=strict)
    return judge(report, policy).exit_code


def test_without_a_baseline_everything_stops() -> None:
    report = triage(edits.report(audit("a.jpg")))
    assert statuses(report) == [None, None]
    assert report.comparison is None
    assert code(report) == 1


def test_what_is_known_stops_nobody_and_what_is_new_does() -> None:
    known = edits.baseline(audit("a.jpg"))
    same = triage(edits.report(audit("a.jpg")), baseline=known)
    assert statuses(same) == [Status.KNOWN, Status.KNOWN]
    assert code(same) == 0
    more = triage(edits.report(audit("a.jpg", "b.jpg")), baseline=known)
    assert statuses(more) == [Status.KNOWN, Status.KNOWN, Status.NEW]
    assert code(more) == 1
    assert judge(more, Policy(FailOn.WARNING)).red == 1


def test_fix_one_and_break_one_and_the_gate_fails() -> None:
    known = edits.baseline(audit("a.jpg", "b.jpg"))
    report = triage(edits.report(audit("a.jpg", "c.jpg")), baseline=known)
    assert statuses(report) == [Status.KNOWN, Status.KNOWN, Status.NEW]
    assert [row.place for row in compared(report).fixed] == ["b.jpg in main"]
    assert code(report) == 1


def test_a_row_takes_no_more_findings_than_it_stands_for() -> None:
    known = edits.baseline(audit("a.jpg", "a.jpg"))
    assert sum(row.count for row in known.rows if row.region is Region.ARTICLE) == 2
    three = triage(edits.report(audit("a.jpg", "a.jpg", "a.jpg")), baseline=known)
    assert statuses(three).count(Status.NEW) == 1
    one = triage(edits.report(audit("a.jpg")), baseline=known)
    assert statuses(one) == [Status.KNOWN, Status.KNOWN]
    assert [row.place for row in compared(one).fixed] == ["a.jpg in main"]
    shrunk = pruned(known, one)
    assert sum(row.count for row in shrunk.rows if row.region is Region.ARTICLE) == 1


def test_moved_to_other_landmarks() -> None:
    known = edits.baseline(audit("a.jpg"))
    page = (
        html("a.jpg")
        .replace('<img data-presscheck="10" src="a.jpg">', "")
        .replace(
            "<main>",
            '<main><section aria-label="Pictures"><img data-presscheck="10" src="a.jpg"></section>',
        )
    )
    report = triage(edits.report(edits.audited(page, frozenset({1, 10}))), baseline=known)
    assert statuses(report) == [Status.KNOWN, Status.MOVED]
    assert code(report) == 0


def test_changed_markup_in_the_same_words() -> None:
    known = edits.baseline(audit("a.jpg"))
    page = html("a.jpg").replace('src="a.jpg">', 'src="a.jpg" ismap longdesc="/l/">')
    page = page.replace("<main>", '<main aria-label="Story">')
    report = triage(edits.report(edits.audited(page, frozenset({1, 10}))), baseline=known)
    assert statuses(report) == [Status.KNOWN, Status.CHANGED]
    assert code(report) == 0


def test_the_templates_fault_is_known_on_other_pages_and_the_articles_is_not() -> None:
    known = edits.baseline(audit("a.jpg"))
    report = triage(edits.report(audit("a.jpg", url=edits.OTHER_URL)), baseline=known)
    assert statuses(report) == [Status.KNOWN, Status.NEW]


def test_what_repeats_in_articles_is_the_templates() -> None:
    urls = [f"https://www.agency.gov/news/{number}/" for number in range(8)]
    pages = [audit("share.svg", f"own-{n}.jpg", url=url) for n, url in enumerate(urls)]
    report = triage(edits.report(*pages))
    faults = template_faults(report.audits)
    named = {f.finding.outcome.where.resource: f.pages for f in faults if f.finding.outcome.where}
    assert named == {"logo.png": 8, "share.svg": 8}
    assert code(triage(edits.report(pages[0])), gate=Scope.ARTICLE) == 1
    gate = judge(report, Policy(FailOn.WARNING))
    assert (gate.red, gate.different) == (24, 10)


def test_each_gate_stops_for_its_own() -> None:
    template, both = triage(edits.report(audit())), triage(edits.report(audit("a.jpg")))
    article = triage(edits.report(audit("a.jpg", head="<title>t</title>")))
    assert [code(template, gate=scope) for scope in Scope] == [0, 1, 1]
    assert [code(article, gate=scope) for scope in Scope] == [1, 0, 1]
    assert [code(both, gate=scope) for scope in Scope] == [1, 1, 1]


def test_a_template_fault_on_many_pages_is_one_row() -> None:
    urls = [f"https://www.agency.gov/news/{number:04}/" for number in range(400)]
    audits = [audit(url=url) for url in urls]
    (row,) = edits.baseline(*audits).rows
    assert (row.pages, row.on, len(row.seen_on)) == (("www.agency.gov/*",), 400, 3)
    (fault,) = template_faults(tuple(audits))
    assert (fault.pages, fault.host) == (400, "www.agency.gov")


def test_what_an_upgrade_finds_is_a_class_of_its_own() -> None:
    known = edits.baseline(audit("a.jpg"))
    upgraded = replace(edits.report(audit("a.jpg", "b.jpg")), tool_version="99.0")
    report = triage(upgraded, baseline=known)
    assert statuses(report) == [Status.KNOWN, Status.KNOWN, Status.RULE_CHANGED]
    assert code(report) == 0
    fresh = updated(known, report)
    again = replace(edits.report(audit("a.jpg", "b.jpg", "c.jpg")), tool_version="99.0")
    assert statuses(triage(again, baseline=fresh))[-1] is Status.NEW
    page = replace(edits.report(audit("z.jpg", url=edits.OTHER_URL)), tool_version="99.0")
    unseen = triage(page, baseline=known)
    assert statuses(unseen)[-1] is Status.NEW, "a page that the baseline never saw is judged"


def test_an_upgraded_rule_may_say_it_otherwise() -> None:
    known = edits.baseline(audit("a.jpg"))
    rows = tuple(replace(row, fault="of other words") for row in known.rows)
    reworded = replace(known, rows=rows)
    same = triage(edits.report(audit("a.jpg")), baseline=reworded)
    assert statuses(same) == [Status.NEW, Status.NEW], "another fault of the same element is new"
    upgraded = replace(edits.report(audit("a.jpg")), tool_version="99.0")
    assert statuses(triage(upgraded, baseline=reworded)) == [Status.KNOWN, Status.KNOWN]


def test_fixed_is_said_only_of_what_was_tested() -> None:
    known = edits.baseline(audit("a.jpg"))
    clean = edits.audited(html(), frozenset())
    fixed = compared(triage(edits.report(clean), baseline=known))
    assert {row.place for row in fixed.fixed} == {"a.jpg in main", "logo.png in banner"}
    untested = replace(
        clean,
        results=tuple(
            replace(r, findings=(_not_tested(audit("a.jpg")),)) if r.rule == edits.RULE else r
            for r in clean.results
        ),
    )
    left = compared(triage(edits.report(untested), baseline=known))
    assert (len(left.fixed), len(left.not_testable)) == (0, 2)
    elsewhere = edits.audited(html(), frozenset(), edits.OTHER_URL)
    away = compared(triage(edits.report(elsewhere), baseline=known))
    assert (away.fixed, away.not_testable, away.not_seen) == ((), (), 2)


def _not_tested(audited: Audit) -> object:
    finding = next(audited.findings())
    return replace(finding, outcome=not_tested("the check died", Cause.BROKEN))


def test_fixed_rows_fail_only_a_strict_run() -> None:
    known = edits.baseline(audit("a.jpg"))
    report = triage(edits.report(audit()), baseline=known)
    assert code(report) == 0
    assert code(report, strict=True) == 1


def test_an_expired_waiver_stops_whatever_the_baseline_knows() -> None:
    known = edits.baseline(audit("a.jpg"))
    waiver = Waiver(edits.RULE, ("*/one/",), "r", "o", "a", date(2020, 1, 1), element="a.jpg")
    report = triage(edits.report(audit("a.jpg")), baseline=known, waivers=(waiver,))
    assert statuses(report) == [Status.KNOWN, Status.KNOWN]
    assert code(report) == 1


def test_triage_reads_alike_each_time_and_through_json() -> None:
    known = edits.baseline(audit("a.jpg"))
    report = triage(edits.report(audit("a.jpg", "b.jpg")), baseline=known, source="x")
    assert list(report.audits) == list(report.audits)
    text = "".join(report_json.write(report, Policy()))
    back = report_json.read(text.encode(), "x")
    assert (back.comparison, tuple(back.audits)) == (report.comparison, tuple(report.audits))
    assert updated(Baseline(), back) == updated(Baseline(), report)


@pytest.mark.parametrize("times", [2, 3])
def test_the_same_pages_give_the_same_baseline(times: int) -> None:
    audits = [audit("a.jpg", "b.jpg"), audit("a.jpg", url=edits.OTHER_URL)]
    first = edits.baseline(*audits)
    for _ in range(times):
        assert updated(first, edits.report(*reversed(audits))) == first
