"""Identities: kept by what does not matter, lost by what does; measured on whole pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

import pytest
from bs4.element import Tag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import document, fingerprint
from checker.article import Article
from checker.article.identity import Identity
from checker.status import Status
from checker.verdict import Region
from tests import support_edits as edits
from tests.corpus import FOLDER

ROOT = Path(__file__).parent.parent
OURS = sorted([*ROOT.glob("examples/*/index.html"), *ROOT.glob("tests/pages/**/*.html")])
KEPT = frozenset({Status.KNOWN, Status.MOVED, Status.CHANGED})
LEAST_KEPT = 0.98


def runs(number: int) -> settings:
    """So many examples, the same ones each time."""
    return settings(
        max_examples=number,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def _corpus() -> list[Path]:
    return sorted((FOLDER / "gov-pages").rglob("*.html"))


PAGES = [
    pytest.param("ours", id="ours"),
    pytest.param("corpus", id="corpus", marks=pytest.mark.corpus),
]


def _paths(which: str) -> list[Path]:
    paths = OURS if which == "ours" else _corpus()
    if not paths:
        pytest.skip("PRESSCHECK_CORPUS names no folder with gov-pages")
    return paths


@cache
def _stamped(path: Path) -> str:
    return edits.stamped(path.read_text("utf-8", "replace"))


@cache
def _subjects(path: Path, region: Region | None = None) -> tuple[int, ...]:
    return tuple(edits.subjects(_stamped(path), region))


@dataclass
class Rate:
    """How many identities of how many, and by edit which went wrong."""

    right: int = 0
    wrong: int = 0
    by_edit: Counter[str] = field(default_factory=Counter)

    def add(self, right: bool, edit: str) -> None:
        self.right += right
        self.wrong += not right
        self.by_edit[edit] += not right

    @property
    def total(self) -> int:
        return self.right + self.wrong

    def __str__(self) -> str:
        wrong = ", ".join(f"{name} {number}" for name, number in self.by_edit.items() if number)
        return f"{self.right} of {self.total} ({self.right / self.total:.4f}); wrong: {wrong or 'none'}"


def _failing(path: Path, random: Random, region: Region | None = None) -> frozenset[int]:
    found = _subjects(path, region)
    return frozenset(random.sample(found, min(len(found), random.choice((1, 3, 10, 40)))))


def _rows_of(html: str, failing: frozenset[int]) -> dict[int, str]:
    """By element the fingerprint of the row that stands for it."""
    audit = edits.audited(html, failing)
    return {
        f.outcome.where.element: fingerprint.fingerprint(f.keys[0], f.fault)
        for f in audit.findings()
        if f.outcome.where is not None and f.outcome.where.element is not None
    }


@pytest.mark.parametrize("which", PAGES)
def test_harmless_edits_keep_identities(which: str, capsys: pytest.CaptureFixture[str]) -> None:
    paths, rate, mixed = _paths(which), Rate(), Rate()

    @runs(200)
    @given(
        path=st.sampled_from(paths),
        names=st.lists(
            st.sampled_from(sorted(edits.HARMLESS)), min_size=1, max_size=4, unique=True
        ),
        seed=st.integers(0, 2**32),
    )
    def edit(path: Path, names: list[str], seed: int) -> None:
        random, html = Random(seed), _stamped(path)
        failing = _failing(path, random)
        before = edits.audited(html, failing)
        known, rows = edits.baseline(before), _rows_of(html, failing)
        after = edits.edited(html, [edits.HARMLESS[name] for name in names], random)
        for element, found in edits.recognised(known, edits.audited(after, failing)).items():
            kept = found.status in KEPT
            rate.add(kept, "+".join(sorted(names)))
            if found.row is not None and kept:
                mixed.add(found.row.fingerprint == rows[element], "+".join(sorted(names)))

    edit()
    with capsys.disabled():
        print(f"\nkept by harmless edits ({which}, {len(paths)} pages): {rate}")
        print(f"kept as the same element: {mixed}")
    assert rate.total > 500
    assert rate.right / rate.total >= LEAST_KEPT
    assert mixed.right / mixed.total >= LEAST_KEPT


@pytest.mark.parametrize("which", PAGES)
def test_harmful_edits_lose_them(which: str, capsys: pytest.CaptureFixture[str]) -> None:
    paths, rate = _paths(which), Rate()

    @runs(200)
    @given(
        path=st.sampled_from(paths),
        name=st.sampled_from(sorted(edits.HARMFUL)),
        also=st.lists(st.sampled_from(sorted(edits.HARMLESS)), max_size=2, unique=True),
        seed=st.integers(0, 2**32),
    )
    def edit(path: Path, name: str, also: list[str], seed: int) -> None:
        random, html = Random(seed), _stamped(path)
        failing = _failing(path, random)
        known = edits.baseline(edits.audited(html, failing))
        soup = edits.raw(html)
        harmed = _harm(soup, failing, name, random)
        if not harmed:
            return
        after = edits.edited(soup.decode(), [edits.HARMLESS[each] for each in also], random)
        found = edits.recognised(known, edits.audited(after, failing))
        for element in harmed:
            rate.add(found[element].status is Status.NEW, name)

    edit()
    with capsys.disabled():
        print(
            f"\nlost by harmful edits ({which}, {len(paths)} pages): {rate}; wrongly kept: {rate.wrong}"
        )
    assert rate.total > 150
    assert rate.wrong == 0


def _harm(soup: object, failing: frozenset[int], name: str, random: Random) -> list[int]:
    """Harm a few failing elements; their numbers. An element within another is left: both would change."""
    assert hasattr(soup, "find_all")
    fitting = [
        tag
        for tag in soup.find_all(sorted(edits.SUBJECTS))
        if int(tag.get(document.NUMBER, "-1")) in failing and not tag.find(sorted(edits.SUBJECTS))
    ]
    chosen = random.sample(fitting, min(3, len(fitting)))
    return [int(str(tag[document.NUMBER])) for tag in chosen if edits.HARMFUL[name](tag, random)]


@pytest.mark.parametrize("which", PAGES)
def test_one_mended_and_one_broken_is_told(which: str, capsys: pytest.CaptureFixture[str]) -> None:
    paths, rate = _paths(which), Rate()

    @runs(100)
    @given(path=st.sampled_from(paths), seed=st.integers(0, 2**32))
    def edit(path: Path, seed: int) -> None:
        random, html = Random(seed), _stamped(path)
        failing = _failing(path, random)
        others = [each for each in _subjects(path) if each not in failing]
        if not others:
            return
        mended, broken = random.choice(sorted(failing)), random.choice(others)
        handles = _rows_of(html, failing | {broken})
        if handles[mended] == handles[broken]:
            return  # the same link twice: nothing tells one from the other
        known = edits.baseline(edits.audited(html, failing))
        found = edits.recognised(known, edits.audited(html, failing - {mended} | {broken}))
        new = [handles[element] for element, each in found.items() if each.status is Status.NEW]
        rate.add(new == [handles[broken]], "break")

    edit()
    with capsys.disabled():
        print(f"\none mended, another broken, told as new ({which}): {rate}")
    assert rate.total > 50
    assert rate.wrong == 0


@pytest.mark.parametrize("which", PAGES)
def test_another_page_of_the_template_keeps_its_faults(
    which: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rate = Rate()
    paths = [path for path in _paths(which) if _subjects(path, Region.TEMPLATE)]
    for path in paths:
        html = _stamped(path)
        for seed in range(5):
            random = Random(seed)
            failing = _failing(path, random, Region.TEMPLATE)
            known = edits.baseline(edits.audited(html, failing))
            other = _other_article(html, random)
            found = edits.recognised(known, edits.audited(other, failing, edits.OTHER_URL))
            for each in found.values():
                rate.add(each.status in KEPT, path.name)
    with capsys.disabled():
        print(f"\nkept on another page of the template ({which}, {len(paths)} pages): {rate}")
    assert rate.total > 20
    assert rate.right / rate.total >= LEAST_KEPT


def _other_article(html: str, random: Random) -> str:
    """The page with another article in it."""
    article = Article(edits.page(html))
    assert article.body is not None
    soup = edits.raw(html)
    inside = soup.find(attrs={document.NUMBER: str(article.document.number(article.body))})
    assert isinstance(inside, Tag)
    inside.clear()
    for _ in range(random.randint(3, 9)):
        paragraph = soup.new_tag("p")
        paragraph.string = (
            f"Another text {random.random()} about something else, of some length. " * 3
        )
        inside.append(paragraph)
    return soup.decode()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/a/flag.jpg", "/b/flag.jpg?v=2", True),
        ("flag-300x200.jpg", "flag-1024x683.jpg", True),
        ("/1920/1080/0/240415-A-EX530-1629.JPG", "/670/394/0/240415-A-EX530-1629.JPG", True),
        ("flag.jpg", "flag2.jpg", False),
        ("/image.ashx?id=1&v=1", "/image.ashx?v=2&id=1", True),
        ("/image.ashx?id=1", "/image.ashx?id=2", False),
        ("/_next/image?url=%2Fa%2Fx.jpg&w=640", "/_next/image?url=%2Fa%2Fx.jpg&w=1080", True),
        ("/_next/image?url=%2Fa%2Fx.jpg&w=640", "/_next/image?url=%2Fa%2Fy.jpg&w=640", False),
        ("data:image/gif;base64,AAAA", "data:image/gif;base64,BBBB", False),
    ],
)
def test_which_pictures_are_the_same(one: str, other: str, same: bool) -> None:
    marks = [_marks(f'<main><img src="{each}"></main>') for each in (one, other)]
    assert (marks[0].keys[0] == marks[1].keys[0]) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/about/?session=1", "/about/?session=2", True),
        ("https://www.agency.gov/about/", "/about/", True),
        ("/about/", "/contact/", False),
        ("#one", "#two", False),
        ("https://one.gov/", "https://two.gov/", False),
        ("mailto:a@b.gov?subject=x", "mailto:a@b.gov", True),
    ],
)
def test_which_links_are_the_same(one: str, other: str, same: bool) -> None:
    marks = [_marks(f'<main><a href="{each}"></a></main>') for each in (one, other)]
    assert (marks[0].keys[0] == marks[1].keys[0]) is same


def _marks(html: str, message: str = "It is faulty") -> fingerprint.Marks:
    article = Article(edits.page(f"<title>t</title>{html}"))
    tag = next(iter(article.elements("img", "a", "table")))
    return next(iter(fingerprint.marks("rule", [(article.identity(article.locate(tag)), message)])))


def test_a_fault_is_its_message_without_quotations_numbers_and_queries() -> None:
    faults = {
        _marks("<img src=a.jpg>", message).fault
        for message in (
            'The picture "a.jpg" has 3 faults at http://a.gov/?x=1 now',
            'The picture "b.jpg" has 12 faults at http://a.gov/?y=2 now',
        )
    }
    assert len(faults) == 1
    assert _marks("<img src=a.jpg>", "The banner lacks its domain").fault not in faults


def test_equal_findings_are_told_apart_by_their_turn() -> None:
    identity = Identity("a", name="Read more", resource="news")
    found = [mark.fingerprint for mark in fingerprint.marks("rule", [(identity, "x")] * 3)]
    assert len(set(found)) == 3
    assert found[0] == fingerprint.fingerprint(fingerprint.keys("rule", identity)[0], _fault("x"))


def _fault(message: str) -> str:
    return next(iter(fingerprint.marks("rule", [(None, message)]))).fault


def test_what_nothing_tells_apart_is_not_matched_by_weaker_keys() -> None:
    bare = Identity("table", markup="<table>", structure="table:1")
    assert [bool(key) for key in fingerprint.keys("rule", bare)] == [True, False, False, False]
    assert [bool(key) for key in fingerprint.keys("rule", None)] == [True, False, False, False]
