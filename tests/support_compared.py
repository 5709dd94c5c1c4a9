"""The run of a site against a baseline and waivers: pages that share a fault, findings of every status."""

from __future__ import annotations

from dataclasses import replace

from checker.page import Mode
from checker.report import Audit, Report, Result
from checker.status import Comparison, Fate, Leftover, Status, Waived, WaiverUse
from checker.verdict import Location, Region, Severity, failed, review
from tests.support_report import MADE_AT, report_of, result, stands

WAIVED = Waived("the archive mends it in spring", "Ann Lee", "Bob Roe", "2026-12-31", expired=False)
EXPIRED = Waived("the vendor mends it", "Cay Poe", "Bob Roe", "2026-10-01", expired=True)


def site_page(number: int) -> Audit:
    """A page of a site whose header has a known fault on every page; the third has a new one too, and the first has
    one of every status."""
    url = f"https://www.example.gov/news/{number}/"
    logo = Location("header > a > img", '<img src="/logo.svg">', "", 12, 1, 3)
    places = tuple(
        Location(f"main > img:nth-of-type({n})", f'<img src="/{n}.jpg">', "", 40 + n, 1, 10 + n)
        for n in range(6)
    )
    own: list[Result] = []
    if number == 1:
        marks = (Status.MOVED, Status.CHANGED, Status.RULE_CHANGED, WAIVED, EXPIRED)
        outcomes = [
            failed(f"The image “{n}.jpg” has no text alternative.", place)
            for n, place in enumerate(places[:5])
        ]
        own = [stands(result("image-alt", Severity.ERROR, *outcomes, passed=2), *marks)]
    if number == 3:
        own = [
            stands(
                result(
                    "image-alt",
                    Severity.ERROR,
                    failed("The image “new.jpg” has no text alternative.", places[5]),
                ),
                Status.NEW,
            )
        ]
    return Audit(
        target=url,
        url=url,
        title=f"Story {number}",
        profile="federal",
        profile_by="default",
        mode=Mode.RENDERED,
        loaded_at=MADE_AT,
        results=(
            result("page-load", Severity.WARNING, passed=1),
            stands(
                result("axe-image-alt", Severity.ERROR, failed("The logo has no name.", logo), article=False),
                Status.KNOWN,
            ),
            result("banner", Severity.WARNING, review("Is the text of the banner still right?"), article=False),
            result("axe-color-contrast", Severity.ERROR, passed=20),
            *own,
        ),
        status=200,
        axe_version="4.10.2",
        browser="Chromium 143.0",
    )  # fmt: skip


def compared() -> Report:
    """Four pages of a site against a baseline and waivers, as of ``MADE_AT``."""
    row = Leftover(
        Fate.FIXED, "caption", "0123456789abcdef", Region.ARTICLE, "The picture has no caption.", "main figure",
        "2026-01-02", ("www.example.gov/news/2/", "www.example.gov/news/4/"),
    )  # fmt: skip
    use = WaiverUse(
        "image-alt", ("www.example.gov/news/*",), "3.jpg", WAIVED.reason, WAIVED.owner, WAIVED.approver,
        WAIVED.expires, 37, False, 1, 1,
    )  # fmt: skip
    return replace(
        report_of(*map(site_page, range(1, 5))),
        comparison=Comparison(
            "presscheck-baseline.toml", 4, 1, 1, 1, 1, (row,), (replace(row, fate=Fate.NOT_TESTABLE, rule="hsts"),), 7
        ),
        waivers=(
            use,
            replace(use, owner=EXPIRED.owner, expires=EXPIRED.expires, days_left=-54, element="4.jpg"),
            replace(use, expires="2026-12-01", days_left=7, ends_soon=True, too_broad="it covers 90 pages"),
            replace(use, rule="caption", findings=0, covered=0, unused="nothing there fails the rule"),
        ),
    )  # fmt: skip
