"""The terminal: short, safe, ending with the verdict."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from checker.gate import FailOn, Policy
from checker.outputs import terminal
from checker.report import Report
from tests import support_report


def shown(report: Report, policy: Policy, *, colour: bool = False, verbose: bool = False) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=100, force_terminal=colour, markup=False, emoji=False)
    terminal.show(report, policy, console, verbose=verbose)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("report", "policy", "last"),
    [
        (support_report.report_of(support_report.clean()), Policy(), "PASS: the gate passes"),
        (
            support_report.report_of(support_report.faulty(), support_report.timed_out()),
            Policy(),
            "FAIL: 4 findings on 1 page; 1 could not be tested on 1 page",
        ),
        (
            support_report.report_of(support_report.timed_out()),
            Policy(FailOn.NEVER),
            "NOT TESTED; 1 could not be tested on 1 page",
        ),
    ],
)
def test_it_ends_with_the_verdict(report: Report, policy: Policy, last: str) -> None:
    assert shown(report, policy).rstrip().splitlines()[-1] == last


def test_it_says_what_was_not_tested_at_its_head() -> None:
    text = shown(support_report.report_of(support_report.local()), Policy())
    head = text.split(support_report.LOCAL)[0]
    assert "Not tested (out-of-reach): no browser is installed [2]" in head
    assert "judged as if it were published today" in head


def test_it_is_coloured_only_on_a_terminal(awkward: Report) -> None:
    assert "\x1b" not in shown(awkward, Policy())
    assert "\x1b[" in shown(
        support_report.report_of(support_report.faulty()), Policy(), colour=True
    )


def test_page_text_cannot_drive_the_terminal(awkward: Report) -> None:
    text = shown(awkward, Policy(), verbose=True)
    assert not set("\x00\x07\x1b\x7f\x85\u202e\u2066\ud800") & set(text)


def test_advice_and_reviews_are_told_when_asked() -> None:
    report = support_report.report_of(support_report.faulty())
    assert "needs" not in shown(report, Policy())
    assert "alt-quality" not in shown(report, Policy())
    assert "alt-quality" in shown(report, Policy(), verbose=True)
