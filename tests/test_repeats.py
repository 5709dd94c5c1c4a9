"""What repeats over pages is counted exactly, whatever was forgotten on the way."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

import pytest

from checker.repeats import LEAST_PAGES, LEAST_SHARE, TemplateFault, repeated, template_faults
from checker.report import Audit
from checker.verdict import Region
from tests import support_edits as edits

BASE = edits.audited(
    '<title>t</title><main><h1>Headline</h1><p>Words of it.</p><img data-presscheck="1" src="a.jpg"></main>',
    frozenset({1}),
)
type Marks = Callable[[int], set[str]]


@dataclass(frozen=True)
class Made:
    """Pages of a host that are made anew on each walk, each with its marks."""

    pages: int
    marks: Marks
    region: Region = Region.ARTICLE

    def __iter__(self) -> Iterator[Audit]:
        (result,) = (result for result in BASE.results if result.judged)
        (finding,) = result.judged
        assert finding.region is Region.ARTICLE
        for number in range(self.pages):
            found = tuple(
                replace(finding, fingerprint=mark, region=self.region)
                for mark in self.marks(number)
            )
            url = f"https://www.agency.gov/news/{number}/"
            yield replace(BASE, url=url, results=(replace(result, findings=found),))


def late(number: int) -> set[str]:
    """Marks that end up on just enough pages or just too few; some were on the first page too, which is forgotten."""
    begun = {n for n in (295, 299, 300, 301, 305) if number >= n}
    again = {f"again-{n}" for n in (299, 300, 301, 302) if number >= n or number == 0}
    return {f"page-{number}"} | {f"from-{n}" for n in begun} | again


def now_and_then(number: int) -> set[str]:
    """Marks on every third, fourth and fifth page, and after long pauses."""
    chance = Random(number)
    every = {f"every-{n}" for n in (2, 3, 4, 5, 63, 64) if number % n == 0}
    return every | {f"chance-{n}" for n in range(40) if chance.random() < n / 80}


def in_blocks(number: int) -> set[str]:
    """Marks that come, are forgotten, and come again."""
    return {f"block-{n}" for n in range(1, 8) if number % 192 < 8 * n}


@pytest.mark.parametrize("marks", [late, now_and_then, in_blocks])
@pytest.mark.parametrize("pages", [1, 2, 3, 8, 12, 63, 64, 65, 200, 399, 400, 401, 640])
def test_what_repeats_is_what_plain_counting_finds(pages: int, marks: Marks) -> None:
    counts = Counter(mark for number in range(pages) for mark in marks(number))
    least = max(LEAST_PAGES, LEAST_SHARE * pages)
    wanted = {("www.agency.gov", mark) for mark, number in counts.items() if number >= least}
    assert repeated(Made(pages, marks)) == wanted


def test_what_does_not_repeat_takes_no_memory() -> None:
    pages, own = 2_000, 5
    made = Made(pages, lambda number: {f"own-{number}-{n}" for n in range(own)} | {"shared"})
    tracemalloc.start()
    try:
        assert repeated(made) == {("www.agency.gov", "shared")}
        assert tracemalloc.get_traced_memory()[1] < 30 * own * pages  # a text alone has 60 bytes
    finally:
        tracemalloc.stop()


def around(number: int) -> set[str]:
    """More faults of the template than are kept, of which some come again soon, some late, most never."""
    own = {f"own-{number}-{n}" for n in range(9)}
    return (
        own | {"every"} | {f"late-{number % 300}"} | ({"seldom"} if number in (290, 599) else set())
    )


def faults_of(made: Made) -> list[TemplateFault]:
    """What plain counting finds."""
    counts = Counter(mark for number in range(made.pages) for mark in made.marks(number))
    first: dict[str, TemplateFault] = {}
    for audit in made:
        for finding in audit.judged():
            known = first.get(finding.fingerprint)
            examples = (known.examples if known else ()) + (audit.url,)
            told = known.finding if known else finding
            number = counts[finding.fingerprint]
            first[finding.fingerprint] = TemplateFault(told, "www.agency.gov", number, examples[:3])
    return [fault for fault in first.values() if fault.pages > 1]


@pytest.mark.parametrize("pages", [1, 2, 100, 200, 310, 640])
def test_what_pages_share_is_what_plain_counting_finds(pages: int) -> None:
    made = Made(pages, around, Region.TEMPLATE)
    assert template_faults(made) == tuple(faults_of(made))


def test_faults_of_the_template_that_no_other_page_has_take_no_memory() -> None:
    pages, own = 4_000, 5
    made = Made(
        pages, lambda number: {f"{number}-{n}" for n in range(own)} | {"shared"}, Region.TEMPLATE
    )
    tracemalloc.start()
    try:
        (fault,) = template_faults(made)
        assert fault.pages == pages
        assert tracemalloc.get_traced_memory()[1] < 200 * own * pages  # a finding alone has more
    finally:
        tracemalloc.stop()
