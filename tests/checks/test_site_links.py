"""Duty links, agencies and dates of publication, where the rules' own examples do not reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import catalog
from checker.article import Article
from checker.article.agency import Agency, AgencyLink, agency_of
from checker.article.dates import published
from checker.checks import site_links
from checker.page import Mode, Page
from checker.rule import RuleError
from checker.verdict import Verdict

DOD = Agency("dod", "Defense", ("*.defense.gov", "*.mil"), hubs=("Legal & Administrative",))
NAVY = Agency(
    "navy", "Navy", ("*.navy.mil",), links=(AgencyLink("foia", ("Ask us",), ("foia.example.com",)),)
)


def article(body: str, url: str = "https://www.example.gov/news/") -> Article:
    html = f"<!doctype html><html lang=en><title>Harbor cleanup starts</title><body>{body}"
    return Article(Page("x", url, Mode.STATIC, html, ""), agencies=(DOD, NAVY))


def verdict(body: str, url: str = "https://www.example.gov/news/") -> Verdict:
    (outcome,) = site_links.required(
        article(body, url), duty="foia", texts=("FOIA",), words=("FOIA",)
    )
    return outcome.verdict


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('<a href="/foia">FOIA</a>', Verdict.PASS),
        ('<a href="/foia"><img src=f.png alt="FOIA"></a>', Verdict.PASS),
        ('<a href="/foia" title="FOIA"><i></i></a>', Verdict.PASS),
        ('<a href="https://foia.example.gov/x">FOIA requests</a>', Verdict.PASS),
        ("<a>FOIA</a>", Verdict.FAIL),
        ('<a href="">FOIA</a>', Verdict.FAIL),
        ('<a href="javascript:open()">FOIA</a>', Verdict.FAIL),
        ('<a href="http://[broken">FOIA</a>', Verdict.FAIL),
        ('<a href="/foia">Foiail the villain</a>', Verdict.FAIL),
        (
            '<a href="/x">How a reporter used FOIA to learn what the harbor hides from us</a>',
            Verdict.FAIL,
        ),
        ('<a href="/foia">FOIL</a> <a href="/privacy-and-foia">Privacy</a>', Verdict.FAIL),
        ('<a href="https://notexample.gov/foia">FOIA</a>', Verdict.REVIEW),
        ('<a href="https://example.gov.evil.com/foia">FOIA</a>', Verdict.FAIL),
        ('<a href="#">FOIA</a> <a href="/foia">FOIA</a>', Verdict.PASS),
    ],
)
def test_a_link_is_known_by_its_words_and_judged_by_its_target(
    link: str, expected: Verdict
) -> None:
    assert verdict(link) is expected


def test_the_agency_says_what_else_is_its_own() -> None:
    navy = "https://www.navy.mil/news/"
    assert verdict('<a href="https://foia.example.com/">Ask us</a>', navy) is Verdict.PASS
    assert verdict('<a href="https://www.defense.gov/foia">FOIA</a>', navy) is Verdict.REVIEW
    assert (
        verdict('<a href="https://www.army.mil/foia">FOIA</a>', "https://www.army.mil/")
        is Verdict.PASS
    )
    hub = '<a href="/legal">Legal &amp; Administrative</a>'
    assert verdict(hub, "https://www.defense.gov/") is Verdict.REVIEW
    assert verdict(hub) is Verdict.FAIL


def test_the_longest_pattern_decides_whose_host_it_is() -> None:
    assert agency_of("www.navy.mil", (DOD, NAVY)) is NAVY
    assert agency_of("www.army.mil", (DOD, NAVY)) is DOD
    assert agency_of("www.example.gov", (DOD, NAVY)) is None


def test_a_page_that_nobody_published_may_link_any_government_host() -> None:
    assert verdict('<a href="https://www.navy.mil/foia">FOIA</a>', "") is Verdict.PASS
    assert verdict('<a href="https://www.example.com/foia">FOIA</a>', "") is Verdict.FAIL


def test_an_agency_adds_its_file(tmp_path: Path) -> None:
    place = tmp_path / "agencies"
    place.mkdir()
    (place / "navy.toml").write_text('title = "Navy"\nhosts = ["*.navy.mil"]\n', "utf-8")
    agencies = catalog.load([tmp_path]).agencies
    found = agency_of("www.navy.mil", agencies)
    assert found is not None
    assert found.id == "navy"
    assert agency_of("www.defense.gov", agencies) == next(a for a in agencies if a.id == "dod")
    (place / "navy.toml").write_text('title = "Navy"\nhost = ["*.navy.mil"]\n', "utf-8")
    with pytest.raises(RuleError, match=r"host.*did you mean 'hosts'"):
        catalog.load([tmp_path])


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<h1>Harbor</h1><p>NORFOLK, Va. | Nov. 10, 2020 | By Jane Doe</p>", "Nov. 10, 2020"),
        ("<p>June 27, 2024</p><h1>Harbor</h1><p>Text</p>", "June 27, 2024"),
        ("<h1>Harbor</h1><p><b>June</b> <i>27</i>, <span>2024</span></p>", "June 27 , 2024"),
        ("<h1>Harbor</h1><p>27 JUN 2024</p>", "27 JUN 2024"),
        ("<h1>Harbor</h1><p>2024-06-27</p>", "2024-06-27"),
        (f"<h1>Harbor</h1><p>{'word ' * 300}</p><p>Published: July 1, 2024</p>", "July 1, 2024"),
        (
            f"<h1>Harbor</h1><p>{'word ' * 300}</p><div class=publish-date>July 1, 2024 - 9am</div>",
            "July 1, 2024",
        ),
        ("<h1>News</h1><h2>Harbor cleanup starts</h2><p>May 2, 2024</p>", "May 2, 2024"),
    ],
)
def test_dates_are_found_as_content_systems_write_them(body: str, text: str) -> None:
    date = published(article(body))
    assert date is not None
    assert date.text == text


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Harbor</h1><p>Since 2020 the harbor grew by 10, 2021 was better</p>",
        "<h1>Harbor</h1><p hidden>June 27, 2024</p>",
        f"<h1>Harbor</h1><p>{'word ' * 300}</p><p>The harbor was built on June 27, 1924.</p>",
        "<p>Section 12.10.20 and part 1/2/3</p>",
    ],
)
def test_other_numbers_are_no_date_of_publication(body: str) -> None:
    assert published(article(body)) is None
