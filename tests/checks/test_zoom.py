"""Text at 200 percent: what is cut fails; where the rest may be had, or the layout is not the page's own, a look is
asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.article import Article
from checker.checks import zoom
from checker.page import Mode, Page, Request
from checker.rendering import CutText, Rendering, Zoomed
from checker.verdict import Verdict

CUT = CutText(1, 1, "height", "Volunteers meet at the north pier", before=False, moved=False)
BOX = (
    '<div id="box" data-presscheck="1">Volunteers meet <a href="/pier/">at the north pier</a></div>'
)
LOST = Request("https://www.example.gov/site.css", "stylesheet", "failed")


def verdicts(
    body: str, *texts: CutText, seen: int = 0, lost: tuple[Request, ...] = ()
) -> list[Verdict]:
    rendering = Rendering(
        "", (1280, 800), (), frozenset(), zoomed=Zoomed(seen or len(texts), texts)
    )
    html = f'<html><body data-presscheck="0"><main>{body}</main></body></html>'
    page = Page("", "", Mode.RENDERED, html, "", rendering=rendering, requests=lost)
    return [outcome.verdict for outcome in zoom.cut(Article(page))]


def test_a_line_that_is_cut_through_fails_once_a_box() -> None:
    assert verdicts(BOX, CUT) == [Verdict.FAIL]
    assert verdicts(BOX, CUT, CUT) == [Verdict.FAIL]
    assert verdicts(BOX, CUT, replace(CUT, side="width")) == [Verdict.FAIL, Verdict.FAIL]
    assert verdicts(BOX, replace(CUT, before=True)) == [Verdict.FAIL]


def test_texts_that_are_whole_pass_and_none_is_not_applicable() -> None:
    assert verdicts(BOX, CUT, seen=3) == [Verdict.PASS, Verdict.FAIL]
    assert verdicts(BOX, seen=3) == [Verdict.PASS]
    assert verdicts(BOX) == []


@pytest.mark.parametrize(
    "body",
    [
        BOX + "<button>Show all</button>",
        f"<details open><summary>Pier</summary>{BOX}</details>",
        BOX + '<a href="/pier/">Read more</a>',
        f'<a href="/pier/"><span>{BOX.replace("<a", "<b").replace("</a", "</b")}</span></a>',
        f"<section>{BOX}</section>" + '<span aria-controls="box">More</span>',
        f"<section>{BOX}</section>" + '<span aria-controls="other box">More</span>',
        BOX.replace("<a", "<b onclick='all()'"),
    ],
)
def test_where_the_rest_may_be_had_a_look_is_asked_for(body: str) -> None:
    assert verdicts(body, CUT) == [Verdict.REVIEW]


def test_what_was_moved_or_lost_its_styles_is_asked_about() -> None:
    assert verdicts(BOX, replace(CUT, moved=True)) == [Verdict.REVIEW]
    assert verdicts(BOX, CUT, lost=(LOST,)) == [Verdict.REVIEW]
    assert verdicts(f"<section>{BOX}</section>" + '<span aria-controls="a">x</span>', CUT) == [
        Verdict.FAIL
    ]


def test_what_was_not_measured_in_time_is_not_tested() -> None:
    zoomed = Zoomed(2, (CUT,), whole=False)
    rendering = Rendering("", (1280, 800), (), frozenset(), zoomed=zoomed)
    page = Page("", "", Mode.RENDERED, BOX, "", rendering=rendering)
    said = [outcome.verdict for outcome in zoom.cut(Article(page))]
    assert said == [Verdict.NOT_TESTED, Verdict.PASS, Verdict.FAIL]


def test_a_page_that_was_not_enlarged_is_not_tested() -> None:
    page = Page("", "", Mode.RENDERED, "<p>x", "", rendering=Rendering("", (1, 1), (), frozenset()))
    assert [o.verdict for o in zoom.cut(Article(page))] == [Verdict.NOT_TESTED]
