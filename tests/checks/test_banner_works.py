"""What is said of the banner at work, where the rules' own examples do not reach."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.article import Article
from checker.article.banner_texts import current
from checker.article.host import Domain
from checker.checks import banner_looks, banner_works
from checker.page import Mode, Page, Request
from checker.rendering import BannerProbe, BannerState, Focus, FocusStop, Press, Rendering
from checker.verdict import Cause, Outcome, Verdict

WORDS = "".join(f"<p>{piece.forms[0]}</p>" for piece in current("en", Domain.GOV))
BODY = f"<section data-presscheck=3><button data-presscheck=4>Open</button>{WORDS}</section>"
SCREEN = ((0, 0, 1000, 2000),) * 3 + ((0, 0, 1000, 100), (0, 0, 90, 20))


def states(*shown: bool, keys: int = 2) -> tuple[BannerState, ...]:
    """As loaded, two clicks, two Enter, two Space: what is shown each time, aria-expanded in step."""
    presses = [Press.NONE, *[Press.MOUSE] * 2, *[Press.ENTER] * keys, *[Press.SPACE] * keys]
    return tuple(
        BannerState(press, str(each).lower(), each)
        for press, each in zip(presses, shown, strict=True)
    )


WORKS = BannerProbe(True, 4, "button", states=states(False, True, False, True, False, True, False))
DEAD = BannerProbe(True, 4, "button", states=states(*[False] * 7))


def article(
    probe: BannerProbe | None, *, focus: Focus | None = None, requests: tuple[Request, ...] = ()
) -> Article:
    rendering = Rendering("b", (1000, 800), SCREEN, frozenset(), focus=focus, banner=probe)
    html = f"<!doctype html><html lang=en><title>x</title><body>{BODY}"
    url = "https://www.example.gov/"
    page = Page("x", url, Mode.RENDERED, html, "", rendering=rendering, requests=requests)
    return Article(page)


def only(outcomes: list[Outcome]) -> Outcome:
    (outcome,) = outcomes
    return outcome


@pytest.mark.parametrize("check", [banner_works.opens, banner_works.keyboard, banner_works.state])
@pytest.mark.parametrize("probe", [None, BannerProbe(found=False)])
def test_what_was_not_tried_is_not_tested(check: object, probe: BannerProbe | None) -> None:
    outcome = only(list(check(article(probe))))  # type: ignore[operator]
    assert (outcome.verdict, outcome.cause) == (Verdict.NOT_TESTED, Cause.BROKEN)


def test_a_banner_that_works_passes_every_check() -> None:
    focus = Focus((FocusStop(4, "button", True),), complete=True)
    for check in (banner_works.opens, banner_works.keyboard, banner_works.state):
        assert only(list(check(article(WORKS, focus=focus)))).verdict is Verdict.PASS
    assert only(list(banner_works.tab_order(article(WORKS, focus=focus)))).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("request_", "verdict"),
    [
        (Request("https://x.gov/uswds.js", "script", "failed"), Verdict.REVIEW),
        (Request("https://x.gov/uswds.js", "script", "loaded", 404), Verdict.REVIEW),
        (Request("https://x.gov/site.css", "stylesheet", "blocked"), Verdict.REVIEW),
        (Request("https://www.google-analytics.com/a.js", "script", "failed"), Verdict.FAIL),
        (Request("https://x.gov/flag.png", "image", "failed"), Verdict.FAIL),
        (Request("https://x.gov/uswds.js", "script", "loaded", 200), Verdict.FAIL),
    ],
)
def test_a_dead_button_is_for_a_person_where_its_script_did_not_come(
    request_: Request, verdict: Verdict
) -> None:
    outcome = only(list(banner_works.opens(article(DEAD, requests=(request_,)))))
    assert outcome.verdict is verdict


def test_a_banner_that_is_open_at_first_may_be_closed_and_opened() -> None:
    probe = replace(WORKS, states=states(True, False, True, False, True, False, True))
    assert only(list(banner_works.opens(article(probe)))).verdict is Verdict.PASS
    assert only(list(banner_works.state(article(probe)))).verdict is Verdict.PASS


def test_keys_that_were_never_pressed_do_not_work() -> None:
    probe = replace(WORKS, states=states(False, True, False, keys=0))
    assert only(list(banner_works.keyboard(article(probe)))).verdict is Verdict.FAIL


@pytest.mark.parametrize(("complete", "verdict"), [(True, Verdict.FAIL), (False, Verdict.PASS)])
def test_only_a_whole_way_says_that_the_keyboard_passes_by(
    complete: bool, verdict: Verdict
) -> None:
    focus = Focus((FocusStop(2, "body", True),), complete)
    assert only(list(banner_works.keyboard(article(WORKS, focus=focus)))).verdict is verdict


def test_the_line_is_not_judged_where_nothing_has_a_box() -> None:
    page = article(WORKS).page
    assert page.rendering is not None
    flat = replace(page, rendering=replace(page.rendering, boxes=((0, 0, 0, 0),) * 5))
    assert list(banner_looks.line(Article(flat))) == []
