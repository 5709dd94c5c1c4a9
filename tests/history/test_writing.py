"""Recording: first and last seen, fixed only when looked for, in any order, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from checker.gate import Policy
from checker.history import reading, tables
from checker.history.database import History, open_history
from checker.history.errors import HistoryError
from checker.history.writing import record
from checker.outputs import json
from checker.page import Problem, Trouble
from checker.report import Report, count
from checker.verdict import Severity
from tests import support_report, support_rules
from tests.history.reports import Page, Rule, day, held, report, sizes, url

ALT = "image-alt"


def story(history: History, picture: str = "a.jpg") -> list[tuple[str, str, str | None]]:
    """First, last seen and fixed of a picture's findings."""
    fingerprints = select(tables.findings.c.fingerprint).join(
        tables.details, tables.details.c.number == tables.findings.c.detail
    )
    with history.reading() as connection:
        marks = set(
            connection.execute(
                fingerprints.where(tables.details.c.message.contains(picture))
            ).scalars()
        )
    return [row[3:] for row in held(history)["stories"] if row[2] in marks]


def test_a_finding_is_fixed_by_the_run_that_looked_and_found_it_gone(history: History) -> None:
    record(history, report(1, {"a": {ALT: Rule(("a.jpg", "b.jpg"))}}))
    record(history, report(2, {"a": {ALT: Rule(("a.jpg",))}}))
    record(history, report(3, {"a": {ALT: Rule()}}))
    assert story(history) == [(day(1), day(2), day(3))]
    assert story(history, "b.jpg") == [(day(1), day(1), day(2))]


@pytest.mark.parametrize(
    "page",
    [None, {}, {"caption": Rule()}, {ALT: Rule(whole=False)}, {ALT: Rule(("c.jpg",), whole=False)}],
    ids=["page-not-loaded", "no-rule", "rule-left-out", "rule-broke", "part-not-tested"],
)
def test_what_was_not_tested_is_not_fixed(history: History, page: Page) -> None:
    record(history, report(1, {"a": {ALT: Rule(("a.jpg",))}}))
    record(history, report(2, {"a": page}))
    record(history, report(3, {"b": {ALT: Rule()}}))
    assert story(history) == [(day(1), day(1), None)]
    record(history, report(4, {"a": {ALT: Rule()}}))
    assert story(history) == [(day(1), day(1), day(4))]


def test_what_another_rule_tells_is_not_fixed(history: History) -> None:
    record(history, report(1, {"a": {ALT: Rule(("a.jpg",))}}))
    later = report(2, {"a": {ALT: Rule()}})
    (audit,) = later.audits
    told = replace(audit.results[0], told_by="axe-image-alt")
    record(history, replace(later, audits=(replace(audit, results=(told,)),)))
    assert story(history) == [(day(1), day(1), None)]


def test_a_finding_that_comes_back_begins_anew(history: History) -> None:
    for number, fails in enumerate([("a.jpg",), (), ("a.jpg",)], 1):
        record(history, report(number, {"a": {ALT: Rule(fails)}}))
    assert story(history) == [(day(1), day(1), day(2)), (day(3), day(3), None)]
    (finding,) = held(history)["findings"]
    assert finding[2:7] == (1, 2, day(1), day(3), "")


def test_a_page_left_out_by_choice_keeps_what_was_last_said_of_it(history: History) -> None:
    record(history, report(1, {"a": {ALT: Rule(("a.jpg",))}}))
    later = report(2, {"a": None})
    (audit,) = later.audits
    out = replace(audit, problem=Problem(Trouble.LEFT_OUT, "left out"), results=())
    record(history, replace(later, audits=(out,)))
    assert held(history)["pages"] == [("www.example.gov/a/", "Page a", "", day(1), day(1), day(1))]
    record(history, replace(report(3, {}), audits=(replace(out, url=url("new")),)))
    assert ("www.example.gov/new/", "left-out", "") in [
        (key, problem, tested) for key, _, problem, *_, tested in held(history)["pages"]
    ]


def test_the_same_report_twice_changes_nothing(history: History, tmp_path: Path) -> None:
    awkward = support_report.awkward()
    first = record(history, awkward)
    before, rows = held(history), sizes(history)
    file = tmp_path / "report.json"
    file.write_text("".join(json.write(awkward, Policy())), "utf-8")
    again = record(history, reading.report(file))
    assert (first.already, again.already, again.id) == (False, True, first.id)
    assert (held(history), sizes(history)) == (before, rows)


_rules = st.dictionaries(
    st.sampled_from([ALT, "caption"]),
    st.builds(
        Rule,
        st.lists(st.sampled_from(["a.jpg", "b.jpg"]), unique=True).map(tuple),
        st.sampled_from([True, True, False]),
    ),
)
_pages = st.dictionaries(st.sampled_from("ab"), st.none() | _rules, min_size=1)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(days=st.lists(_pages, min_size=1, max_size=6), data=st.data())
def test_the_order_of_recording_does_not_matter(
    tmp_path: Path, days: list[dict[str, Page]], data: st.DataObject
) -> None:
    reports = [report(number, pages) for number, pages in enumerate(days, 1)]
    shuffled = data.draw(st.permutations(reports))
    assert _recorded(tmp_path, reports) == _recorded(tmp_path, shuffled)


def _recorded(folder: Path, reports: list[Report]) -> dict[str, Any]:
    for file in folder.glob("order.db*"):
        file.unlink()
    history = open_history(f"sqlite:///{folder}/order.db", create=True)
    for each in reports:
        record(history, each)
    found = held(history)
    history.close()
    return found


def test_an_older_report_later_on_both_databases(history: History) -> None:
    record(history, report(3, {"a": {ALT: Rule(("a.jpg",))}}))
    record(history, report(1, {"a": {ALT: Rule(("a.jpg",))}}))
    assert story(history) == [(day(1), day(3), None)]
    record(history, report(2, {"a": {ALT: Rule()}}))
    assert story(history) == [(day(1), day(1), day(2)), (day(3), day(3), None)]


def test_a_page_that_is_there_twice_is_one_with_all_findings(history: History) -> None:
    one = report(1, {"a": {ALT: Rule(("a.jpg",))}}).audits
    other = report(1, {"a": {ALT: Rule(("b.jpg",), whole=False)}}).audits
    audits = (*one, *other)
    record(history, report(1, {}, audits=audits, counts=count(audits)))
    assert [row[0] for row in held(history)["findings"]] == ["www.example.gov/a/"] * 2
    record(history, report(2, {"a": {ALT: Rule(whole=False)}}))
    assert [row[2] for row in held(history)["findings"]] == [1, 1]


def test_sites_are_apart(history: History) -> None:
    same = report(1, {"a": {ALT: Rule(("a.jpg",))}})
    ours, theirs = record(history, same, site="ours"), record(history, same, site="theirs")
    assert (ours.already, theirs.already, ours.id != theirs.id) == (False, False, True)
    record(history, report(2, {"a": {ALT: Rule()}}), site="ours")
    assert sorted(story(history), key=repr) == sorted(
        [(day(1), day(1), day(2)), (day(1), day(1), None)], key=repr
    )


def test_the_site_is_the_host_of_most_pages(history: History) -> None:
    found = record(history, support_report.awkward())
    assert found.site == "www.example.gov"
    with pytest.raises(HistoryError, match="no pages"):
        record(history, report(1, {}))


def test_hostile_text_is_kept_as_text_without_what_no_database_takes(history: History) -> None:
    record(history, support_report.awkward())
    with history.reading() as connection:
        details = connection.execute(select(tables.details)).all()
        (page,) = connection.execute(
            select(tables.pages).where(tables.pages.c.url.startswith("javascript:"))
        ).all()
    messages = [row.message for row in details]
    assert any(message.startswith("</script><script>alert('evil')") for message in messages)
    assert not any("\0" in text or "\ud800" in text for text in [*messages, page.title])
    assert max(len(text) for row in details for text in row[3:]) <= 4_000
    assert page.title.startswith("</script>")


def test_every_text_of_a_report_may_be_hostile(history: History) -> None:
    evil = support_rules.EVIL
    hostile = replace(
        support_report.awkward(), tool_version=evil, rules_version=evil, axe_versions=(evil,), notes=(evil,)
    )  # fmt: skip
    assert record(history, hostile, site="x").already is False
    assert record(history, hostile, site="x").already is True


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"made_at": "yesterday"}, "time 'yesterday' is none"),
        ({"rules": ()}, "'image-alt' and does not describe it"),
        ({"rules": (replace(support_rules.RULES[0], id="../x y"),)}, "no name of a rule"),
    ],
    ids=["time", "unknown-rule", "rule-name"],
)
def test_a_report_that_cannot_be_kept_is_refused_whole(
    history: History, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(HistoryError, match=said) as refused:
        record(history, report(1, {"a": {ALT: Rule(("a.jpg",))}}, **changes))
    assert "\n" not in str(refused.value)
    assert not any(sizes(history).values())


def test_numbers_and_addresses_without_bounds(history: History) -> None:
    plain = report(1, {"a": {ALT: Rule(("a.jpg",))}})
    (audit,) = plain.audits
    (result,) = audit.results
    (found,) = result.findings
    where = replace(found.outcome.where or support_report.Location(), line=10**15, column=-4)
    wild = replace(
        result,
        passed=10**18,
        findings=(
            replace(found, fingerprint="x" * 900, outcome=replace(found.outcome, where=where)),
        ),
    )
    for number, address in enumerate(["http://[::1", "https://a.gov/" + "p/" * 9000, "\U0001f4a9"]):
        audits = (replace(audit, url=address, status=10**12, results=(wild,)),)
        record(history, report(number + 1, {}, audits=audits, counts=count(audits)), site="wild")
    assert len(held(history)["pages"]) == 3
    assert {row[3:] for row in held(history)["stories"]} == {
        (day(n), day(n), None) for n in (1, 2, 3)
    }


def test_the_newest_run_that_shows_a_finding_describes_it(history: History) -> None:
    for number, severity in ((2, Severity.ERROR), (3, Severity.WARNING), (1, Severity.ADVICE)):
        made = report(number, {"a": {ALT: Rule(("a.jpg",))}})
        (audit,) = made.audits
        (result,) = audit.results
        found = tuple(replace(each, severity=severity) for each in result.findings)
        audits = (
            replace(audit, title=f"Day {number}", results=(replace(result, findings=found),)),
        )
        record(history, replace(made, audits=audits))
    (finding,) = held(history)["findings"]
    (page,) = held(history)["pages"]
    assert (finding[7], page[1]) == ("warning", "Day 3")
