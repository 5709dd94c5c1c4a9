"""Dates in running text, the day of an article, the day of a VIRIN."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.article import ap_dates
from checker.article.ap_dates import Form
from tests.checks.support_articles import article_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in Washington, D.C., Jan. 14, 2015. Then", [("Jan. 14, 2015", Form.AP)]),
        ("Portville, July 9-11, 2024", [("July 9-11, 2024", Form.AP)]),
        ("in August 2020", [("August 2020", Form.AP)]),
        ("Aug. 2020", [("Aug. 2020", Form.MONTH)]),
        ("October 1, 2017", [("October 1, 2017", Form.MONTH)]),
        ("Sep. 3, 2020", [("Sep. 3, 2020", Form.MONTH)]),
        ("Sept. 3", [("Sept. 3", Form.AP)]),
        ("March 3, 2020", [("March 3, 2020", Form.AP)]),
        ("Mar. 3, 2020", [("Mar. 3, 2020", Form.MONTH)]),
        ("Aug. 11th, 2020", [("Aug. 11th, 2020", Form.ORDINAL)]),
        ("6 June 1944", [("6 June 1944", Form.DAY_FIRST)]),
        ("08/11/2020", [("08/11/2020", Form.NUMERIC)]),
        ("2020-08-11", [("2020-08-11", Form.NUMERIC)]),
        ("Oct. 28 - Nov. 2, 2020", [("Oct. 28", Form.AP), ("Nov. 2, 2020", Form.AP)]),
        ("March 15 miles", []),
        ("May 10 people vote?", []),
        ("Mar-a-Lago, 240415-A-EX530-1629, M1A2, 12:30", []),
        ("", []),
    ],
)
def test_forms(text: str, found: list[tuple[str, Form]]) -> None:
    assert [(each.text, each.form) for each in ap_dates.find(text)] == found


def test_words_before_a_date() -> None:
    (dated,) = ap_dates.find("He left on Tuesday, Sept. 3, 2024.")
    assert (dated.on, dated.weekday, dated.text) == ("on", "Tuesday", "Sept. 3, 2024")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("October 1, 2017", "Oct. 1, 2017"),
        ("Mar. 3, 2020", "March 3, 2020"),
        ("08/11/2020", "Aug. 11, 2020"),
        ("11 Sept. 2020", "Sept. 11, 2020"),
        ("Aug. 2020", "August 2020"),
    ],
)
def test_the_form_that_ap_writes(text: str, said: str) -> None:
    (dated,) = ap_dates.find(text)
    assert ap_dates.ap_form(dated) == said


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_what_ap_writes_is_read_as_ap(day: date) -> None:
    (dated,) = ap_dates.find(
        ap_dates.ap_form(ap_dates.Dated("", 0, day.year, day.month, day.day, None, Form.AP))
    )
    assert dated.form is Form.AP
    assert dated.exact() == day
    assert dated.includes(day)


@pytest.mark.parametrize(
    ("digits", "near", "day"),
    [
        ("240415", date(2024, 5, 1), date(2024, 4, 15)),
        ("440606", date(1944, 6, 6), date(1944, 6, 6)),
        ("440606", date(2024, 6, 6), date(1944, 6, 6)),
        ("250104", date(2024, 12, 30), date(2025, 1, 4)),
        ("240229", date(2024, 5, 1), date(2024, 2, 29)),
    ],
)
def test_the_century_of_a_virin(digits: str, near: date, day: date) -> None:
    assert ap_dates.of_virin(digits, near) == day


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        (
            '<meta property="article:published_time" content="2016-01-14T08:00:00-05:00">',
            "",
            date(2016, 1, 14),
        ),
        ('<meta name="DC.Date" content="2016-01-14">', "", date(2016, 1, 14)),
        ("", '<time datetime="2016-01-14">Jan. 14</time>', date(2016, 1, 14)),
        ("", "<p>By A. Name <span>/ Published January 14, 2016</span></p>", date(2016, 1, 14)),
        ("", "", date(2024, 4, 16)),  # the day on which it was loaded
        ('<meta name="date" content="soon">', "", date(2024, 4, 16)),
    ],
)
def test_the_day_of_an_article(head: str, body: str, day: date) -> None:
    assert ap_dates.published(article_of(body, head=head)) == day
