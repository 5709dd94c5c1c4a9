"""Histories that the dashboard's tests show: a site over three runs, a site of hostile reports, one with waivers."""

from __future__ import annotations

from datetime import UTC, datetime

from checker.history.database import History
from checker.history.writing import record
from tests import support_compared, support_report, support_rules
from tests.history import reports
from tests.history.reports import Rule

AS_OF = datetime(2026, 3, 9, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 30, 12, tzinfo=UTC)
EVIL_SITE = "x<script>alert(1)</script>\"'`"
WAIVED_SITE = "waived.example.gov"
CRITERIA = {each.number: each for each in support_rules.CRITERIA}


def three_runs(history: History) -> None:
    """A site: page a is mended in part, b appears, c cannot be loaded by the last run."""
    alt = "image-alt"
    days = [
        (1, {"a": {alt: Rule(("1.jpg", "2.jpg")), "caption": Rule()}, "c": {alt: Rule(("c.jpg",))}}),
        (5, {"a": {alt: Rule(("1.jpg",))}, "b": {alt: Rule(("b.jpg",), whole=False)}, "c": {alt: Rule(("c.jpg",))}}),
        (8, {"a": {alt: Rule(("1.jpg", "3.jpg"))}, "b": {alt: Rule(("b.jpg",))}, "c": None}),
    ]  # fmt: skip
    for number, pages in days:
        record(history, reports.report(number, pages))


def everything(history: History) -> None:
    """The three runs, the awkward report under a hostile name, the one with waivers."""
    three_runs(history)
    record(history, support_report.awkward(), site=EVIL_SITE)
    record(history, support_compared.compared(), site=WAIVED_SITE)
