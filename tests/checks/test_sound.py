"""Sound that starts by itself: what the browser says of it decides, and what nobody knows never passes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.article import Article
from checker.checks import sound
from checker.page import Mode, Page
from checker.rendering import AutoplayFacts, Rendering
from checker.verdict import Verdict

FAIL, PASS, REVIEW, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.REVIEW, Verdict.NOT_TESTED
PLAYS = AutoplayFacts(0, "https://www.example.gov/a.mp3", 11.0, 4, False, False, False, True)
AUDIO = '<audio autoplay data-presscheck="0"></audio>'
VIDEO = '<video autoplay data-presscheck="0"></video>'


def verdicts(body: str, *facts: AutoplayFacts, asked: bool = True, box: int = 100) -> list[Verdict]:
    rendering = Rendering(
        browser="",
        viewport=(1280, 800),
        boxes=((0, 0, box, box), (0, 0, 100, 30)),
        hidden=frozenset(),
        autoplay=facts if asked else None,
    )
    page = Page("", "", Mode.RENDERED, f"<html><body>{body}</body></html>", "", rendering=rendering)
    return [outcome.verdict for outcome in sound.unasked(Article(page))]


def test_sound_that_nothing_stops_fails() -> None:
    assert verdicts(AUDIO, PLAYS) == [FAIL]
    assert verdicts(AUDIO, replace(PLAYS, duration=None)) == [FAIL]  # a stream
    assert verdicts(AUDIO, replace(PLAYS, duration=2.0, loop=True)) == [FAIL]
    assert verdicts(AUDIO + '<p><a href="/news/">News</a></p>', PLAYS) == [FAIL]


def test_a_short_sound_passes() -> None:
    assert verdicts(AUDIO, replace(PLAYS, duration=3.0)) == [PASS]


@pytest.mark.parametrize(
    ("fragment", "verdict"),
    [
        ("#t=8,10", PASS),
        ("#t=2.5", FAIL),
        ("#t=,3", PASS),
        ("#t=8,30", PASS),  # to its end at 11
        ("#t=1,9", FAIL),
        ("#t=9,8", FAIL),  # no part at all: all of it plays
        ("#track=1&t=npt:1,2", PASS),
        ("#start=1,2", FAIL),
    ],
)
def test_a_part_of_it_is_as_long_as_the_address_says(fragment: str, verdict: Verdict) -> None:
    assert verdicts(AUDIO, replace(PLAYS, source=PLAYS.source + fragment)) == [verdict]


def test_controls_that_are_seen_pass() -> None:
    with_controls = AUDIO.replace("autoplay", "autoplay controls")
    assert verdicts(with_controls, PLAYS) == [PASS]
    assert verdicts(with_controls, PLAYS, box=0) == [FAIL]


@pytest.mark.parametrize(
    "control",
    [
        '<button data-presscheck="1">Mute</button>',
        '<div data-presscheck="1" role="button" tabindex="0">Mute</div>',
        '<a data-presscheck="1" href="#stop">Stop</a>',
        '<label><input data-presscheck="1" type="checkbox"> Sound</label>',
        '<span data-presscheck="1" onclick="stop()">Stop</span>',
    ],
)
def test_what_may_stop_it_is_asked_about(control: str) -> None:
    assert verdicts(AUDIO + control, PLAYS) == [REVIEW]


def test_what_is_not_known_is_asked_about() -> None:
    unloaded = replace(PLAYS, ready=0, duration=None, sounding=False)
    assert verdicts(AUDIO, unloaded) == [REVIEW]
    assert verdicts(AUDIO, replace(PLAYS, ready=1, sounding=False)) == [REVIEW]
    assert verdicts(AUDIO, replace(PLAYS, stopped=True)) == [REVIEW]
    assert verdicts(VIDEO, PLAYS) == [REVIEW]
    assert verdicts(AUDIO, asked=False) == [NOT_TESTED]


def test_silence_is_not_judged() -> None:
    assert verdicts(VIDEO, replace(PLAYS, silent=True)) == []
    assert verdicts(VIDEO, replace(PLAYS, sounding=False)) == []  # loaded, and no sound in it
    assert verdicts("<p>No sound.</p>") == []
    assert verdicts("<p>No sound.</p>", asked=False) == []
