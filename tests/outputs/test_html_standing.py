"""The HTML report against the past: a verdict that is true with baseline and waivers, what pages share told once, and
what of each success criterion a run decides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from checker.gate import FailOn, Policy, Scope
from checker.outputs._shared import ranges
from checker.page import Mode
from checker.report import Audit, Report, Result
from checker.status import Comparison, Status
from checker.verdict import Cause, Location, Severity, failed, not_tested, review
from tests import support_report as made
from tests import support_rules
from tests.outputs.reading import one, soup_of, words
from tests.support_compared import EXPIRED, WAIVED, compared, site_page

PLACE = Location("main > img", '<img src="/a.jpg">', "", 9, 1, 5)


@pytest.fixture(scope="module")
def page() -> BeautifulSoup:
    return soup_of(compared())


def standing_report(*marks: Status | made.Waived | None, article: bool = True) -> Report:
    """A page with an error of each standing, against a baseline that is empty but for them."""
    outcomes = (failed(f"Fault {n}.", replace(PLACE, element=n)) for n in range(len(marks)))
    found = made.result("image-alt", Severity.ERROR, *outcomes, passed=1, article=article)
    audit = replace(made.clean(), results=(made.stands(found, *marks),))
    return replace(made.report_of(audit), comparison=Comparison("presscheck-baseline.toml"))


# The verdict


@pytest.mark.parametrize(
    ("report", "policy", "key", "headline", "told"),
    [
        (standing_report(Status.NEW, Status.NEW, Status.KNOWN), Policy(), "mend", "2 new problems",
         "1 more problem stops nobody: 1 known from the baseline."),
        (standing_report(Status.KNOWN, Status.MOVED, Status.CHANGED), Policy(), "partial", "Passes: nothing new",
         "3 problems stop nobody: 3 known from the baseline."),
        (standing_report(Status.KNOWN, WAIVED), Policy(), "partial", "Passes, with exceptions",
         "2 problems stop nobody: 1 known from the baseline; 1 waived until 2026-12-31."),
        (standing_report(WAIVED, replace(WAIVED, expires="2026-12-01")), Policy(), "partial",
         "Passes, with exceptions", "2 waived, the first until 2026-12-01."),
        (standing_report(Status.NEW, EXPIRED), Policy(), "mend", "2 problems to mend",
         "Of these, 1 is new; 1 is no longer waived: the waiver has expired."),
        (standing_report(Status.RULE_CHANGED), Policy(), "partial", "Passes, with exceptions",
         "1 new only because a rule or the engine changed"),
        (standing_report(Status.NEW, article=False), Policy(gate=Scope.ARTICLE), "partial", "Passes, with exceptions",
         "1 problem stops nobody: 1 in the template, which this run's gate leaves aside."),
        (standing_report(Status.NEW), Policy(gate=Scope.TEMPLATE), "partial", "Passes, with exceptions",
         "1 in the article, which this run's gate leaves aside."),
        (standing_report(Status.NEW, Status.KNOWN), Policy(FailOn.NEVER), "found", "2 errors found",
         "1 of them is known, waived or left aside by the gate"),
        (compared(), Policy(), "mend", "2 problems to mend", "Of these, 1 is new; 1 is no longer waived"),
        (replace(made.report_of(made.clean()), comparison=compared().comparison), Policy(strict_baseline=True),
         "mend", "1 exception out of date", "1 entry of the baseline or the waivers says more than is true"),
    ],
)  # fmt: skip
def test_the_verdict_is_true_with_baseline_and_waivers(
    report: Report, policy: Policy, key: str, headline: str, told: str
) -> None:
    head = one(soup_of(report, policy), "body > header")
    assert f"is-{key}" in head["class"]
    assert words(one(head, "h1")) == headline
    assert told in words(head)


def test_what_pages_share_is_not_counted_as_different_in_the_verdict() -> None:
    audits = [replace(site_page(n), results=site_page(2).results) for n in (2, 4, 6)]
    bare = [replace(a, results=tuple(_without_status(r) for r in a.results)) for a in audits]
    head = words(one(soup_of(made.report_of(*bare)), "body > header"))
    assert "3 problems to mend" in head
    assert "What pages share counts on each page: 1 of them is different." in head


def _without_status(result: Result) -> Result:
    return replace(result, findings=tuple(replace(f, status=None) for f in result.findings))


def test_what_stops_publishing_names_the_scope_and_strictness() -> None:
    policy = Policy(gate=Scope.ARTICLE, strict_baseline=True)
    told = words(one(soup_of(made.report_of(made.clean()), policy), "#tested .lead"))
    assert "Only what is in the article does" in told
    assert "unused or too broad stop it too" in told


# Findings


def test_each_finding_says_how_it_stands(page: BeautifulSoup) -> None:
    card = one(page, "#r-image-alt")
    told = {
        str(find["data-status"]): [words(b) for b in find.select(".badge")][1]
        for find in card.select(".find")
    }
    assert told == {
        "moved": "Known since 2026-01-02, moved",
        "changed": "Known since 2026-01-02, changed",
        "rule-changed": "New by rule change",
        "waived": "Waived",
        "expired": "No longer waived",
        "new": "New",
    }
    assert words(one(card, ".find[data-status=waived] .standing-here")) == (
        "Waived until 2026-12-31 by Bob Roe (asked by Ann Lee): the archive mends it in spring"
    )
    expired = words(one(card, ".find[data-status=expired] .standing-here"))
    assert expired.startswith(
        "Waiver expired on 2026-10-01, approved by Bob Roe (asked by Cay Poe)"
    )


def test_what_stops_nobody_stands_after_what_does_and_is_not_opened(page: BeautifulSoup) -> None:
    cards = page.select("#findings .card")
    assert [card["id"] for card in cards] == ["r-image-alt", "r-axe-image-alt", "r-banner"]
    assert [card["class"][1] for card in cards] == ["is-error", "is-quiet", "is-review"]
    assert [card.has_attr("open") for card in cards] == [True, False, False]
    assert "4 known" in words(one(cards[1], "details > summary:has(h3)"))


def test_an_unstable_finding_says_so() -> None:
    result = made.result("image-alt", Severity.ERROR, review("Is it there?", PLACE))
    result = replace(result, findings=(replace(result.findings[0], unstable=True),))
    soup = soup_of(made.report_of(replace(made.clean(), results=(result,))))
    assert "Not in every render" in words(one(soup, ".find .message"))


def test_without_baseline_and_waivers_nothing_speaks_of_them() -> None:
    soup = soup_of(made.report_of(made.faulty(), made.clean()))
    assert not soup.select("#exceptions, [name=status], .badge.status, a[href='#exceptions']")


# What pages share


def test_what_pages_share_is_told_once_with_its_reach(page: BeautifulSoup) -> None:
    group = one(page, "#s-axe-image-alt")
    find = one(group, ".find")
    assert find["data-pages"] == "1-4"
    told = words(one(find, ".reach"))
    assert told == (
        "On 4 of 4 pages of www.example.gov: Story 1, Story 2, Story 3 and 1 more page, each of which says so"
    )
    assert not page.select("[id$=-axe-image-alt].group[data-page]")


def test_every_page_links_to_what_it_shares(page: BeautifulSoup) -> None:
    for number in range(1, 5):
        links = {a["href"]: words(a.parent) for a in page.select(f"#p{number} .told a") if a.parent}
        assert "1 finding, shared with other pages; stops nobody" in links["#s-axe-image-alt"]
        assert links["#s-banner"].endswith("1 finding, shared with other pages")


def test_a_page_says_how_much_of_a_rule_it_shares() -> None:
    both = made.result("image-alt", Severity.ERROR, failed("Shared.", PLACE), article=False)
    own = made.result("image-alt", Severity.ERROR, failed("Own.", PLACE))
    first = replace(both, findings=(*both.findings, *own.findings))
    audits = (
        replace(made.clean(), url="https://a.gov/1", results=(first,)),
        replace(made.clean(), url="https://a.gov/2", results=(both,)),
    )  # fmt: skip
    soup = soup_of(made.report_of(*audits))
    row = one(soup, "#p1 .told li")
    assert words(row).endswith("2 findings, 1 of them shared with other pages")
    assert [a["href"] for a in row.select("a")] == ["#g1-image-alt", "#s-image-alt"]
    assert len(soup.select(".find")) == 2
    assert "3 findings on 2 pages, told once where pages share it" in words(
        one(soup, "#r-image-alt > summary")
    )


def test_a_fault_of_two_hosts_or_of_one_page_is_not_shared() -> None:
    fault = made.result("banner", Severity.WARNING, failed("No banner."), article=False)
    audits = [
        replace(made.clean(), url=f"https://{host}.gov/", results=(fault,)) for host in ("a", "b")
    ]
    soup = soup_of(made.report_of(*audits))
    assert len(soup.select(".group[data-page] .find")) == 2
    assert not soup.select("[id^=s-]")


def test_shared_faults_beyond_the_bound_are_counted_and_told() -> None:
    faults = [
        failed(f"Fault {n}.", replace(PLACE, selector=f"nav > a:nth-of-type({n})"))
        for n in range(9)
    ]
    result = made.result("image-alt", Severity.ERROR, *faults, article=False)
    audits = [replace(made.clean(), url=f"https://a.gov/{n}", results=(result,)) for n in range(3)]
    soup = soup_of(made.report_of(*audits), findings=4)
    assert len(soup.select("#s-image-alt .find")) == 4
    assert "And 5 further findings of this rule that pages share" in words(
        one(soup, "#s-image-alt")
    )
    assert "12 of the 27 findings are shown in full" in words(one(soup, "#findings"))


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([1], "1"), ([1, 2], "1-2"), ([1, 3, 4, 5, 9], "1 3-5 9"), ([2, 4], "2 4")],
)
def test_ranges(numbers: list[int], told: str) -> None:
    assert ranges(numbers) == told


def test_pages_of_the_same_title_are_told_apart() -> None:
    audits = [replace(made.clean(), url=f"https://a.gov/{n}") for n in range(2)]
    soup = soup_of(made.report_of(*audits, made.faulty()))
    names = [words(heading) for heading in soup.select("#pages h3")]
    assert names[:2] == ["A clean page (https://a.gov/0)", "A clean page (https://a.gov/1)"]
    assert names[2] == "Stoltenberg: Ukraine Can Count on NATO For Long Haul"


# Baseline and waivers


def test_what_is_left_of_the_baseline_is_told(page: BeautifulSoup) -> None:
    section = one(page, "#exceptions")
    told = words(section)
    assert "presscheck-baseline.toml" in told
    assert "1 new, 4 known, 1 known but moved, 1 known but changed, 1 new only because" in told
    assert "1 fixed, 1 could not be tested, 7 of pages that are not of this run" in told
    fixed, untested = section.select("details")
    assert "Fixed: 1 row" in words(fixed)
    assert (
        "The picture has no caption. main figure In the article · known since 2026-01-02 · on www.example.gov/news/2/ "
        "and 1 more page"
    ) in words(fixed)
    assert "The server asks for https only" in words(untested)


def test_every_waiver_says_by_whom_until_when_and_why_the_urgent_first(page: BeautifulSoup) -> None:
    rows = [words(row) for row in page.select(".waivers > li")]
    badges = [
        [words(badge) for badge in row.select(".badge")] for row in page.select(".waivers > li")
    ]
    assert badges == [["Expired"], ["Ends in 7 days", "Too broad"], ["Not used"], ["Waived"]]
    assert rows[0].startswith("Expired Images have a text alternative Expired: it excuses nothing")
    assert "Too broad: it covers 90 pages" in rows[1]
    assert "Not used: nothing there fails the rule" in rows[2]
    assert rows[3].endswith(
        "Why: the archive mends it in spring Until 2026-12-31 · approved by Bob Roe · owned by Ann Lee · on "
        "www.example.gov/news/* · element 3.jpg · covers 1 finding on 1 page"
    )  # fmt: skip


def test_strictness_is_told_with_its_count() -> None:
    soup = soup_of(compared(), Policy(strict_baseline=True))
    assert "3 rows and waivers say more than is true" in words(one(soup, "#exceptions"))


def test_filters_offer_the_statuses_that_are_there(page: BeautifulSoup) -> None:
    offered = [box["value"] for box in page.select("[name=status]")]
    assert offered == [
        "new",
        "expired",
        "rule-changed",
        "changed",
        "moved",
        "known",
        "waived",
        "none",
    ]
    assert [box["value"] for box in page.select("[name=place]")] == ["article", "template"]


# Success criteria


def rows(soup: BeautifulSoup) -> dict[str, list[str]]:
    return {
        words(one(row, "th")): [words(cell) for cell in row.select("td")]
        for row in soup.select("#criteria tbody tr")
    }


def test_each_criterion_says_who_decides_it(page: BeautifulSoup) -> None:
    told = rows(page)
    assert list(told) == [
        f"{c.number} {c.name}" for c in support_rules.CRITERIA if c.level != "AAA"
    ]
    assert told["1.1.1 Non-text Content"] == [
        "A, WCAG 2.0", "In part", "2 of 2, 1 of them on every page",
        "Whether the alternative serves the same purpose.",
    ]  # fmt: skip
    assert told["1.2.1 Audio-only and Video-only (Prerecorded)"][1:] == [
        "A person",
        "no rule",
        "All of it.",
    ]
    assert told["4.1.1 Parsing"][1] == "Obsolete"


def test_what_was_out_of_reach_decides_nothing() -> None:
    told = rows(soup_of(made.report_of(made.local())))
    assert told["1.4.3 Contrast (Minimum)"][1:] == [
        "A person In part where its rules are in reach", "0 of 1", "All of it, in this run.",
    ]  # fmt: skip
    assert told["1.1.1 Non-text Content"][2] == "1 of 2"
    section = words(one(soup_of(made.report_of(made.local())), "#criteria"))
    assert (
        "of 6 criteria this run decides 1 in part, points a person at 0, and leaves 4 to a person"
        in section
    )
    assert "With everything in reach it would decide 4 in part." in section


def test_a_page_that_was_not_read_is_not_decided_on() -> None:
    told = rows(soup_of(made.report_of(made.timed_out())))
    assert not any(row[1].startswith(("In part", "Pointed at")) for row in told.values())
    told = rows(soup_of(made.report_of(made.clean(), made.timed_out())))
    assert told["1.4.3 Contrast (Minimum)"][2] == "1 of 1, 0 of them on every page"


def test_a_rule_that_broke_everywhere_decides_nothing() -> None:
    died = made.result("axe-color-contrast", Severity.ERROR, not_tested("died", Cause.BROKEN))
    audit: Audit = replace(made.clean(), results=(died,), mode=Mode.RENDERED)
    assert rows(soup_of(made.report_of(audit)))["1.4.3 Contrast (Minimum)"][2] == "0 of 1"


def test_criteria_are_named_where_a_rule_says_their_number(page: BeautifulSoup) -> None:
    assert "WCAG success criterion 1.1.1 Non-text Content ·" in words(
        one(page, "#r-image-alt .standing")
    )
    assert "criteria 1.1.1 Non-text Content, 4.1.2 Name, Role, Value ·" in words(
        one(page, "#r-axe-image-alt .standing")
    )


def test_a_report_without_criteria_claims_nothing() -> None:
    soup = soup_of(replace(compared(), criteria=()))
    assert not soup.select("#criteria, a[href='#criteria']")
