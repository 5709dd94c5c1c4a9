"""A report that is large: many pages with the same faults, each with its picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.page import Mode, Picture
from checker.report import Audit, Report, count
from checker.verdict import Location, Severity, failed
from tests.support_report import MADE_AT, png, result
from tests.support_rules import PROFILES, RULES


@dataclass(frozen=True)
class ManyAudits:
    """Pages made when they are walked, so that nobody holds them all."""

    pages: int
    findings: int

    def __len__(self) -> int:
        return self.pages

    def __iter__(self) -> Iterator[Audit]:
        image = png(400, 300, (90, 110, 130))
        for number in range(self.pages):
            url = f"https://www.example.gov/news/{number}/"
            outcomes = (
                failed(
                    f"The image “{place}.jpg” has no text alternative.",
                    Location(f"main > img:nth-of-type({place})", f'<img src="{place}.jpg">', "", place, 1, place),
                )
                for place in range(1, self.findings + 1)
            )  # fmt: skip
            yield Audit(
                target=url,
                url=url,
                title=f"Article {number}",
                profile="federal",
                mode=Mode.RENDERED,
                loaded_at=MADE_AT,
                results=(
                    result("page-load", Severity.WARNING, passed=1),
                    result("image-alt", Severity.ERROR, *outcomes, passed=9),
                ),
                status=200,
                pictures=tuple(
                    Picture(place, "image/png", 400, 300, image) for place in range(1, self.findings + 1)
                ),
            )  # fmt: skip


def large(pages: int = 1_000, findings: int = 20) -> Report:
    """Many pages with the same faults, each with its picture."""
    audits = ManyAudits(pages, findings)
    return Report("0.1.0", "0123456789ab", MADE_AT, RULES, PROFILES, count(audits), audits)
