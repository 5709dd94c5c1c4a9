"""The HTML report's markup: everything told, and told once."""

from __future__ import annotations

import base64
import itertools
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from checker.gate import FailOn, Policy
from checker.outputs import html
from checker.page import Need, Picture
from checker.report import Report
from checker.verdict import Location, Severity, Verdict, failed
from tests import support_many, support_rules
from tests import support_report as made
from tests.outputs.reading import one, soup_of, text_of, words

TOLD_HERE = (Verdict.FAIL, Verdict.REVIEW)


@pytest.fixture(scope="module")
def page(awkward: Report) -> BeautifulSoup:
    return soup_of(awkward)


# The verdict


@pytest.mark.parametrize(
    ("audits", "policy", "key", "headline"),
    [
        ((made.clean(),), Policy(), "pass", "Passes"),
        ((made.local(),), Policy(), "partial", "Passes, as far as it was tested"),
        ((made.faulty(),), Policy(), "mend", "4 problems to mend"),
        ((made.faulty(),), Policy(FailOn.WARNING), "mend", "5 problems to mend"),
        ((made.faulty(),), Policy(FailOn.NEVER), "found", "4 errors found"),
        ((made.timed_out(),), Policy(), "untested", "Could not be tested"),
        ((made.timed_out(),), Policy(FailOn.NEVER), "untested", "Could not be tested"),
        ((made.local(),), Policy(require=frozenset({Need.RENDERED})), "untested", "Could not be tested"),
        ((), Policy(), "untested", "Nothing was tested"),
    ],
)  # fmt: skip
def test_the_verdict_stands_at_the_top_in_words(
    audits: tuple[made.Audit, ...], policy: Policy, key: str, headline: str
) -> None:
    soup = soup_of(made.report_of(*audits), policy)
    head = one(soup, "body > header")
    assert f"is-{key}" in head["class"]
    assert words(one(head, "h1")) == headline
    assert words(one(soup, "title")).startswith(headline)


def test_out_of_reach_is_told_in_the_verdict_and_never_counted_as_passed() -> None:
    soup = soup_of(made.report_of(made.local()))
    assert "3 of 5 tests were out of reach" in words(one(soup, "body > header"))
    row = next(r for r in soup.select("#rules tbody tr") if "axe-image-alt" in words(r))
    assert [words(cell) for cell in row.select(".number")] == ["0", "0", "0", "0", "1", "0"]


def test_publishing_now_is_what_pages_are_judged_for(page: BeautifulSoup) -> None:
    assert "as if it were published today" in words(one(page, "#tested"))


# What was and was not tested


def test_versions_and_profiles_and_who_chose_them_are_told(page: BeautifulSoup) -> None:
    told = words(one(page, "#tested"))
    for part in ("presscheck 0.1.0", "0123456789ab", "axe-core 4.10.2", "Chromium 143.0"):
        assert part in told
    assert "Department of Defense news (profile dod-news; it fits the page's host): 1 page" in told
    assert "Department of Defense news (profile dod-news; named for this run): 1 page" in told
    assert "profile federal; the page has no public address): 1 page" in told


def test_broken_and_out_of_reach_are_told_apart(page: BeautifulSoup) -> None:
    cards = {words(one(c, "h3")): words(one(c, ".badge")) for c in page.select(".card[data-rules]")}
    assert cards["Not tested: the check died: KeyError: 'src'"] == "Broken"
    assert cards["Not tested: no browser is installed"] == "Out of reach"
    gaps = [words(gap) for gap in page.select("#untested .gaps > li")]
    assert any(
        g.startswith("Broken The accessibility engine") and "maps.example" in g for g in gaps
    )
    assert any(g.startswith("Out of reach The page as a browser lays it out") for g in gaps)


def test_a_page_with_a_problem_is_told_once_and_never_passes(page: BeautifulSoup) -> None:
    assert made.TIMED_OUT in words(one(page, "#untested .problems"))
    card = one(page, "#p5")
    assert words(one(card, ".badges .badge")) == "Not tested"
    assert "Nothing of this page was tested: The page did not answer within 30 seconds." in words(
        card
    )
    assert not [c for c in page.select(".card[data-rules]") if "page-load" in str(c["data-rules"])]


def test_rules_that_ran_on_no_page_are_listed(page: BeautifulSoup) -> None:
    assert not page.select("#untested details")
    soup = soup_of(made.report_of(made.clean()))
    listed = words(one(soup, "#untested details"))
    assert "8 rules ran on no page" in listed
    assert "Pictures carry a VIRIN virin" in listed


def test_a_required_gap_is_told_as_such() -> None:
    soup = soup_of(made.report_of(made.local()), Policy(require=frozenset({Need.TRANSPORT})))
    assert "This run requires it" in words(one(soup, "#untested .gaps"))
    assert "Required, but not there a local file has no server" in words(one(soup, "#p1"))


# The findings


def test_every_finding_is_there_once(awkward: Report, page: BeautifulSoup) -> None:
    expected = [
        f"f{number}-{finding.fingerprint}"
        for number, audit in enumerate(awkward.audits, 1)
        for finding in audit.findings()
        if finding.outcome.verdict in TOLD_HERE
    ]
    assert sorted(str(find["id"]) for find in page.select(".find")) == sorted(expected)


def test_every_test_that_did_not_run_is_there_once(awkward: Report, page: BeautifulSoup) -> None:
    expected = [
        (finding.rule, str(number))
        for number, audit in enumerate(awkward.audits, 1)
        for finding in audit.findings()
        if finding.outcome.verdict is Verdict.NOT_TESTED and not audit.problem
    ]
    told = [
        pair
        for card in page.select(".card[data-rules]")
        for pair in itertools.product(
            str(card["data-rules"]).split(), str(card["data-pages"]).split()
        )
    ]
    assert sorted(told) == sorted(expected)


def test_a_rule_tells_why_how_to_fix_and_its_source(page: BeautifulSoup) -> None:
    card = one(page, "#r-image-alt")
    told = words(card)
    assert "Readers who cannot see the picture get its content from these words." in told
    assert "Write in one sentence what the picture shows." in told
    assert "Law · WCAG success criterion 1.1.1" in told
    assert "possible: a person decides · rule image-alt" in told
    assert words(one(card, "blockquote")) == support_rules.SECTION_508.quote
    assert [a["href"] for a in card.select(".references a")] == [
        "https://www.ecfr.gov/current/title-36/chapter-XI/part-1194",
        "https://www.w3.org/TR/WCAG20/",
    ]
    assert all("noopener" in a["rel"] for a in page.select("a[href^=http]"))


def test_a_finding_tells_where_it_is_and_what_to_write(page: BeautifulSoup) -> None:
    find = one(page, "#r-image-alt .find:first-child")
    told = words(find)
    assert "The image “saber-strike.jpg” has no text alternative." in told
    assert 'What to do: Give it alt="…".' in told
    assert "In the article · line 41, column 9 · main > figure:nth-of-type(1) > img" in told
    assert words(one(find, "pre")) == '<img src="/saber-strike.jpg">'
    assert "In the page's template" in words(one(page, "#r-banner .find"))


def test_a_raised_severity_says_who_raised_it(page: BeautifulSoup) -> None:
    told = words(one(page, "#r-caption .group"))
    assert "Error on this page: set by the profile Department of Defense news" in told
    assert "the rule's own severity is advice" in told


def test_an_element_s_picture_is_shown_once_and_linked_from_its_other_findings(
    page: BeautifulSoup,
) -> None:
    pictures = [img["src"] for img in page.select(".find img")]
    assert len(pictures) == len(set(pictures)) == 2
    linked = one(page, "#r-caption .where a")
    target = one(page, str(linked["href"]))
    assert target.select("img")
    assert base64.b64decode(str(one(target, "img")["src"]).split(",")[1]) == made.png(
        30, 40, (160, 60, 40)
    )


def test_each_page_links_to_its_findings(page: BeautifulSoup) -> None:
    links = [str(a["href"]) for a in page.select("#p2 .told a")]
    assert len(links) == 6
    assert (
        words(one(page, "#p2 .told li:first-child"))
        == "Error Images have a text alternative 2 findings"
    )
    for link in links:
        assert one(page, link)["data-page"] == "2"


def test_passes_are_counted_by_rule_and_page(page: BeautifulSoup) -> None:
    row = next(r for r in page.select("#rules tbody tr") if words(one(r, "th code")) == "image-alt")
    assert [words(cell) for cell in row.select(".number")] == ["37", "2", "1", "0", "1", "0"]
    assert "3 passed, 0 failed, 0 for a person, 0 not tested, 1 do not apply; 236 elements passed" in words(
        one(page, "#p1")
    )  # fmt: skip
    other = next(r for r in page.select("#rules tbody tr") if "axe-image-alt" in words(r))
    assert "on 1 page another rule tells the same" in words(other)


def test_the_heaviest_rules_stand_first(page: BeautifulSoup) -> None:
    kinds = [str(card["class"][1]) for card in page.select("#findings .card")]
    assert [kind for kind, _ in itertools.groupby(kinds)] == [
        "is-error", "is-warning", "is-advice", "is-review", "is-broken", "is-out-of-reach",
    ]  # fmt: skip


# Large


def test_the_same_report_gives_the_same_bytes(awkward: Report) -> None:
    assert text_of(awkward) == text_of(made.awkward())


def test_the_document_comes_in_pieces_while_pages_are_still_unread() -> None:
    read = 0

    class Watched(support_many.ManyAudits):
        def __iter__(self):  # type: ignore[no-untyped-def]
            nonlocal read
            read = 0
            for audit in super().__iter__():
                read += 1
                yield audit

    pages = 400
    report = replace(support_many.large(pages, 3), audits=Watched(pages, 3))
    pieces = html.write(report, Policy())
    before = [read for _ in pieces]
    assert len(before) > 5
    assert any(0 < number < pages for number in before)


def test_more_findings_than_are_shown_are_counted_and_told() -> None:
    soup = soup_of(support_many.large(10, 20), findings=50)
    assert len(soup.select(".find")) == 50
    assert {len(group.select(".find")) for group in soup.select(".group")} == {5}
    assert "50 of the 200 findings are shown in full" in words(one(soup, "#findings"))
    group = one(soup, "#g3-image-alt")
    assert (
        "And 15 further findings of this rule on this page: the JSON report holds all 20."
        in words(group)
    )
    assert "200 findings on 10 pages" in words(one(soup, "#r-image-alt > summary"))


def test_more_pages_than_are_shown_are_counted_and_link_to_the_rule() -> None:
    soup = soup_of(support_many.large(10, 2), findings=4)
    assert len(soup.select(".group")) == 4
    assert "And on 6 further pages" in words(one(soup, "#r-image-alt"))
    links = [one(card, ".told a")["href"] for card in soup.select(".page")]
    assert links == [f"#g{n}-image-alt" for n in range(1, 5)] + ["#r-image-alt"] * 6


def test_pictures_keep_within_their_budget_spread_over_the_pages() -> None:
    data = bytes(range(256)) * 12
    audits = [
        replace(
            made.faulty(),
            pictures=tuple(
                Picture(n, "image/png", 10, 10, data + bytes([page, n])) for n in (17, 23)
            ),
        )
        for page in range(6)
    ]
    soup = soup_of(made.report_of(*audits), pictures=20_000)
    shown = soup.select(".find img")
    assert sum(len(str(img["src"])) for img in shown) <= 20_500
    holders = {str(img.find_parent(class_="group")["data-page"]) for img in shown}
    assert len(holders) >= 4
    assert f"{12 - len(shown)} pictures were left out" in words(one(soup, "#findings"))


def test_different_severities_on_different_pages_are_told() -> None:
    place = Location("img", "<img>", "x", 1, 1)
    audits = [
        replace(made.clean(), url=f"https://{n}.gov/", results=(made.result("caption", level, failed("No.", place)),))
        for n, level in enumerate((Severity.ERROR, Severity.ADVICE))
    ]  # fmt: skip
    soup = soup_of(made.report_of(*audits))
    badges = [words(badge) for badge in soup.select("#r-caption summary .badge")]
    assert badges == ["Error", "Advice"]
    assert [f["data-severity"] for f in soup.select("#r-caption .find")] == ["error", "advice"]


def test_without_the_script_findings_open_by_themselves(page: BeautifulSoup) -> None:
    assert one(page, "#filters").has_attr("hidden")
    assert all(find.find_parent("details") for find in page.select(".find"))
    assert len(page.select("#findings details[open]")) == 4


def test_headings_never_skip_a_level(page: BeautifulSoup) -> None:
    levels = [int(tag.name[1]) for tag in page.select("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
