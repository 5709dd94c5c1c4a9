"""Pruning: details go, counts stay, and what is open keeps the day on which it was first seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from checker.history import runs
from checker.history.database import History
from checker.history.errors import HistoryError
from checker.history.pruning import prune
from checker.history.queries import runs as queries
from checker.history.writing import record
from tests.history.reports import SITE, Rule, day, held, report, sizes

ALT = "image-alt"

WEEKS: Sequence[tuple[str, ...]] = (
    ("old.jpg", "gone.jpg", "back.jpg"),
    ("old.jpg", "back.jpg"),
    ("old.jpg",),
    ("old.jpg", "back.jpg"),
    ("old.jpg", "new.jpg"),
)


def filled(history: History) -> None:
    for number, fails in enumerate(WEEKS, 1):
        record(history, report(number, {"a": {ALT: Rule(fails)}, f"p{number}": {ALT: Rule()}}))


def stories(history: History) -> dict[str, list[tuple[str, str, str | None]]]:
    """First, last and fixed by picture."""
    found = held(history)
    names = {row[1]: row[10].split("“")[1].split("”")[0] for row in found["findings"]}
    told: dict[str, list[tuple[str, str, str | None]]] = {}
    for row in found["stories"]:
        told.setdefault(names[row[2]], []).append(row[3:])
    return told


def test_what_is_open_keeps_its_first_day_and_what_was_fixed_before_goes(history: History) -> None:
    filled(history)
    before = stories(history)
    (done,) = prune(history, runs.now(), keep=2)
    assert (done.site, done.runs, done.to) == (SITE, 3, day(3))
    assert before["old.jpg"] == [(day(1), day(5), None)]
    assert before["back.jpg"] == [(day(1), day(2), day(3)), (day(4), day(4), day(5))]
    assert stories(history) == {
        "old.jpg": [(day(1), day(5), None)],
        "back.jpg": [(day(4), day(4), day(5))],
        "new.jpg": [(day(5), day(5), None)],
    }


def test_counts_of_pruned_runs_stay_and_their_rows_go(history: History) -> None:
    filled(history)
    before, rows = held(history)["runs"], sizes(history)
    prune(history, runs.now(), keep=1)
    after, fewer = held(history)["runs"], sizes(history)
    assert [replaced[2:] for replaced in after] == [row[2:] for row in before]
    assert sorted(row[1] for row in after) == ["complete", *["pruned"] * 4]
    assert (rows["page_runs"], fewer["page_runs"]) == (10, 2)
    assert all(fewer[name] < rows[name] for name in ("states", "findings", "episodes", "details"))
    with history.reading() as connection:
        points = queries.trend(connection, queries.sites(connection)[0])
    assert [point.told.get("error", 0) for point in points] == [3, 2, 1, 2, 2]
    assert [point.open for point in points] == [None, None, None, None, {"error": 2}]


def test_pruning_again_and_going_on_is_as_if_nothing_was_pruned(history: History) -> None:
    filled(history)
    prune(history, runs.now(), keep=3)
    prune(history, runs.now(), keep=2)
    record(history, report(7, {"a": {ALT: Rule(("old.jpg",))}}))
    record(history, report(6, {"a": {ALT: Rule(("new.jpg",))}}))  # older, and later
    assert stories(history)["old.jpg"] == [(day(1), day(5), day(6)), (day(7), day(7), None)]
    assert stories(history)["new.jpg"] == [(day(5), day(6), day(7))]


def test_an_older_report_than_what_was_pruned_is_refused_and_a_pruned_one_is_known(
    history: History,
) -> None:
    filled(history)
    prune(history, runs.now(), before=day(4))
    first = report(1, {"a": {ALT: Rule(WEEKS[0])}, "p1": {ALT: Rule()}})
    assert record(history, first).already
    with pytest.raises(HistoryError, match=f"pruned \\(up to {day(3)}\\)"):
        record(history, replace(first, tool_version="0.2.0"))


def test_the_newest_run_stays_however_old_it_is(history: History) -> None:
    filled(history)
    prune(history, runs.now(), before="2030-01-01T00:00:00Z")
    assert sorted(row[1] for row in held(history)["runs"]) == ["complete", *["pruned"] * 4]
    assert prune(history, runs.now(), before="2030-01-01T00:00:00Z")[0].runs == 0


def test_only_the_named_site(history: History) -> None:
    filled(history)
    record(history, report(1, {"a": {ALT: Rule()}}), site="other")
    record(history, report(2, {"a": {ALT: Rule()}}), site="other")
    assert [done.site for done in prune(history, runs.now(), keep=1, site="other")] == ["other"]
    assert prune(history, runs.now(), keep=1, site="nobody") == []
