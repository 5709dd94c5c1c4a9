"""Frames of one name."""

from __future__ import annotations

import pytest

from checker.article import Article
from checker.checks import frames
from checker.page import Mode, Page
from checker.verdict import Verdict

NORTH = '<iframe title="Map" src="/north"></iframe>'


def verdicts(body: str) -> list[Verdict]:
    page = Page("", "https://www.example.gov/a/", Mode.STATIC, f"<html><body>{body}", "")
    return [outcome.verdict for outcome in frames.same_name(Article(page))]


@pytest.mark.parametrize(
    "other",
    [
        '<iframe title="Map" src="/south"></iframe>',
        '<iframe aria-label="map" src="/south"></iframe>',
        '<iframe title="Map" srcdoc="<p>The south</p>"></iframe>',
        f"<iframe title='All' srcdoc='{NORTH.replace('north', 'south')}'></iframe>",
    ],
)
def test_frames_of_one_name_that_show_different_pages_are_asked_about(other: str) -> None:
    assert verdicts(NORTH + other) == [Verdict.REVIEW]
    assert verdicts(other + NORTH) == [Verdict.REVIEW]


@pytest.mark.parametrize(
    "other",
    [
        NORTH,
        '<iframe title="map" src="https://www.example.gov/north#pier"></iframe>',
        f"<iframe title='All' srcdoc='{NORTH}'></iframe>",
    ],
)
def test_the_same_page_passes(other: str) -> None:
    assert verdicts(NORTH + other) == [Verdict.PASS]


def test_the_same_markup_passes() -> None:
    copy = '<iframe title="Map" srcdoc="<p>The north</p>"></iframe>'
    assert verdicts(copy + copy) == [Verdict.PASS]


@pytest.mark.parametrize(
    "other",
    [
        "",
        '<iframe title="Map of the south" src="/south"></iframe>',
        '<iframe title="Map"></iframe>',
        '<iframe title="Map" src="/south" aria-hidden="true"></iframe>',
        '<iframe title="Map" src="/south" hidden></iframe>',
    ],
)
def test_other_names_and_what_is_not_known_or_heard_are_not_judged(other: str) -> None:
    assert verdicts(NORTH + other) == []
