"""Waivers: who let what stand, where, why and until when; and that they end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from checker import waivers
from checker.gate import FailOn, Policy, judge
from checker.outputs import json as report_json
from checker.outputs import junit, terminal
from checker.report import Report
from checker.status import WaiverUse
from checker.triage import triage
from checker.waivers import Waiver, WaiverError
from tests import support_edits as edits
from tests.test_triage import audit

TODAY = date(2026, 11, 24)
"""The day on which the tests' reports are made."""

TEXT = """\
version = 1

[[waiver]]
rule = "image-alt-missing"
pages = ["www.agency.gov/news/*"]
element = "flag.jpg"
reason = "The vendor mends it in March"
owner = "web team"
approver = "Ann Lee, 508 coordinator"
expires = 2027-03-31
"""


def _waiver(**values: object) -> Waiver:
    fields = {
        "rule": edits.RULE,
        "pages": ("www.agency.gov/news/2026/one/",),
        "reason": "The vendor mends it in March",
        "owner": "web team",
        "approver": "Ann Lee",
        "expires": TODAY + timedelta(days=100),
        "element": "a.jpg",
    }
    return Waiver(**(fields | values))  # type: ignore[arg-type]


def _triaged(*found: Waiver, pictures: tuple[str, ...] = ("a.jpg",)) -> Report:
    two = audit(*pictures, url=edits.OTHER_URL, head="<title>t</title>")
    return triage(
        edits.report(audit(*pictures, head="<title>t</title>"), two), waivers=tuple(found)
    )


def _code(report: Report, *, strict: bool = False) -> int:
    return judge(report, Policy(FailOn.WARNING, strict_baseline=strict)).exit_code


def _use(report: Report) -> WaiverUse:
    (use,) = report.waivers
    return use


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / waivers.FILE
    path.write_text(TEXT)
    (found,) = waivers.read(path, TODAY)
    assert (found.rule, found.element, found.expires) == (
        "image-alt-missing",
        "flag.jpg",
        date(2027, 3, 31),
    )
    assert waivers.read(path, TODAY, longest=127) == (found,)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (TEXT.replace("expires = 2027-03-31\n", ""), "expires"),
        (TEXT.replace("expires = 2027-03-31", 'expires = "later"'), "expires"),
        (
            TEXT.replace("2027-03-31", "2027-11-25"),
            "more than 365 days away; 2027-11-24 is the last",
        ),
        (TEXT.replace('"web team"', '" "'), "owner is empty"),
        (TEXT.replace('owner = "web team"\n', ""), "owner"),
        (TEXT.replace('["www.agency.gov/news/*"]', "[]"), "pages names none"),
        (TEXT.replace("reason", "raeson"), "did you mean 'reason'?"),
        (TEXT.replace("version = 1", "version = 3"), "version 3 is of a later presscheck"),
        (TEXT.replace("version = 1\n", ""), "does not say its version"),
        (TEXT.replace("[[waiver]]", "=======\n[[waiver]]"), "conflict marks (line 3)"),
        (TEXT.replace("[[waiver]]", "[[waiver"), "not TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(
    broken: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / waivers.FILE
    path.write_text(broken)
    with pytest.raises(WaiverError) as error:
        waivers.read(path, TODAY)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert path.read_text() == broken


def test_how_long_one_may_last_is_configured(tmp_path: Path) -> None:
    path = tmp_path / waivers.FILE
    path.write_text(TEXT)
    with pytest.raises(WaiverError, match="more than 30 days"):
        waivers.read(path, TODAY, longest=30)


def test_it_covers_its_pages_and_no_others() -> None:
    report = _triaged(_waiver())
    covered, other = (next(each.findings()) for each in report.audits)
    assert covered.waiver is not None
    assert (covered.waiver.approver, covered.waiver.expired) == ("Ann Lee", False)
    assert other.waiver is None
    gate = judge(report, Policy(FailOn.WARNING))
    assert (gate.exit_code, gate.red, gate.excused) == (1, 1, 1)
    assert _code(_triaged(_waiver(pages=("https://www.agency.gov/news/2026/*",)))) == 0


@pytest.mark.parametrize(("days", "code"), [(0, 0), (1, 0), (-1, 1), (-400, 1)])
def test_it_holds_to_the_end_of_its_last_day(days: int, code: int) -> None:
    waiver = _waiver(pages=("*/news/*",), expires=TODAY + timedelta(days=days))
    assert _code(_triaged(waiver)) == code


def test_once_expired_it_fails_its_pages_alone() -> None:
    late = _waiver(expires=TODAY - timedelta(days=1))
    other = _waiver(pages=("*/two/",))
    report = _triaged(late, other)
    gate = judge(report, Policy(FailOn.WARNING))
    assert (gate.exit_code, gate.red, gate.pages_red) == (1, 1, 1)
    first = next(next(iter(report.audits)).findings())
    assert first.waiver is not None
    assert first.waiver.expired
    renewed = _triaged(late, _waiver(pages=("*",)))
    assert _code(renewed) == 0, "one in force comes before an expired one"


@pytest.mark.parametrize(("days", "soon"), [(15, False), (14, True), (0, True), (-1, False)])
def test_it_is_warned_of_from_14_days_before(days: int, soon: bool) -> None:
    report = _triaged(_waiver(expires=TODAY + timedelta(days=days)))
    assert (_use(report).ends_soon, _use(report).days_left) == (soon, days)
    shown = "\n".join(line.plain for line in terminal.lines(report, Policy()))
    assert (f"Waiver ends in {days} days" in shown) is soon
    assert ("Waiver expired: " in shown) is (days < 0)


@pytest.mark.parametrize(
    ("element", "covered"),
    [
        ("a.jpg", True),
        ("*.jpg", True),
        ("main", True),
        ("b.jpg", False),
        ("a.jp", False),
        ("", True),
    ],
)
def test_the_element_narrows_it(element: str, covered: bool) -> None:
    report = _triaged(_waiver(element=element))
    assert (_use(report).findings == 1) is covered


def test_a_fingerprint_is_an_element_too() -> None:
    mark = next(next(iter(_triaged().audits)).findings()).fingerprint
    assert _use(_triaged(_waiver(element=mark))).findings == 1


def test_an_unused_one_is_told_and_fails_a_strict_run_alone() -> None:
    report = _triaged(_waiver(element="gone.jpg"), _waiver(pages=("*/news/*",)))
    assert "nothing fails that it covers on the 1 pages" in report.waivers[0].unused
    assert report.waivers[1].unused == ""
    assert (_code(report), _code(report, strict=True)) == (0, 1)
    elsewhere = _triaged(_waiver(pages=("www.agency.gov/blog/*",)), _waiver(pages=("*/news/*",)))
    assert elsewhere.waivers[0].unused == "", "its pages are not of this run"
    assert _code(elsewhere, strict=True) == 0
    typed = _triaged(_waiver(rule="made-upp"))
    assert "did you mean 'made-up'?" in _use(typed).unused


@pytest.mark.parametrize(
    ("change", "broad"),
    [
        ({}, ""),
        ({"rule": "made-*"}, "more than one rule"),
        ({"element": "", "pages": ("*",)}, "all pages"),
        ({"element": "", "pages": ("www.agency.gov/*",)}, "all pages"),
        ({"element": "", "pages": ("www.agency.gov/news/*",)}, ""),
        ({"element": "*.jpg", "pages": ("*",)}, "covers 26 different findings"),
    ],
)
def test_one_that_is_too_broad_is_told(change: dict[str, object], broad: str) -> None:
    pictures = tuple(f"{number}.jpg" for number in range(25 if "different" in broad else 1))
    report = _triaged(_waiver(**change), pictures=("a.jpg", *pictures))
    assert broad in _use(report).too_broad
    assert bool(_use(report).too_broad) is bool(broad)


def test_every_report_says_what_was_waived_by_whom_and_until_when() -> None:
    report = _triaged(_waiver(pages=("*/news/*",)))
    policy = Policy(FailOn.WARNING)
    said = (
        f"waived until {_use(report).expires} by Ann Lee (asked by web team): The vendor mends it"
    )
    shown = "\n".join(line.plain for line in terminal.lines(report, policy))
    assert said in shown
    tree = ET.fromstring("".join(junit.write(report, policy)))
    skipped = [each.get("message", "") for each in tree.iter("skipped")]
    assert [said in message for message in skipped] == [True, True]
    assert not list(tree.iter("failure"))
    text = "".join(report_json.write(report, policy))
    back = report_json.read(text.encode(), "x")
    assert back.waivers == report.waivers
    assert next(next(iter(back.audits)).findings()).waiver is not None


def test_what_is_waived_is_not_put_in_the_baseline() -> None:
    from checker.baseline.rows import Baseline
    from checker.baseline.update import updated

    assert updated(Baseline(), _triaged(_waiver(pages=("*",)))).rows == ()
    late = _waiver(pages=("*",), expires=TODAY - timedelta(days=9))
    assert updated(Baseline(), _triaged(late)).rows == (), "nor is what was"


def test_the_day_is_the_reports_own() -> None:
    waiver = _waiver(pages=("*",))
    report = replace(edits.report(audit("a.jpg", head="")), made_at="2027-12-01T00:00:00Z")
    assert _code(triage(report, waivers=(waiver,))) == 1
