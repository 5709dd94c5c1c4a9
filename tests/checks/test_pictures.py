"""Pictures that are marked as decoration, are not shown, or stand in the style sheet."""

from __future__ import annotations

import pytest

from checker.article import Article
from checker.page import Mode, Page, Request
from checker.rendering import Background, ImageFacts, Rendering
from checker.verdict import Verdict
from tests.checks.support_articles import TEXT, outcomes, worst

FAIL, REVIEW, PASS = Verdict.FAIL, Verdict.REVIEW, Verdict.PASS


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ('<img src="a.png" alt="" title="use your notes">', FAIL),
        ('<img src="a.png" alt="" title=" ">', PASS),
        ('<img src="a.png" alt="">', PASS),
        ('<img src="a.png" alt="A boat" title="use your notes">', None),
        ('<a href="/n"><img src="a.png" alt="" title="Notes"></a>', None),
        ('<p hidden><img src="a.png" alt="" title="Notes"></p>', None),
    ],
)
def test_titles_of_decoration(body: str, verdict: Verdict | None) -> None:
    assert worst("image-decorative-title", body) is verdict


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ('<img src="a.jpg" alt="" width="600" height="400">', REVIEW),
        ('<img src="a.jpg" role="presentation" alt="" width="600" height="400">', REVIEW),
        ('<img src="a.jpg" alt="" width="100" height="100">', PASS),
        ('<img src="w3c-logo.png" alt="">', REVIEW),
        ('<img src="w3c-logo.png" alt="" aria-hidden="true">', REVIEW),
        ('<img src="logout.png" alt="" width="60" height="60">', PASS),
        ('<img src="w3c-logo.png" alt="" usemap="#m">', PASS),
        ('<a href="/"><img src="w3c-logo.png" alt=""> W3C</a>', PASS),
        ('<a href="/"><img src="w3c-logo.png" alt=""></a>', None),
        ('<img src="w3c-logo.png" alt=""><img src="w3c-logo.png" alt="W3C">', PASS),
        ('<img src="a.jpg" alt="" width="1" height="1">', None),
        ('<img src="a.jpg" alt="A boat" width="600" height="400">', None),
        ('<div aria-hidden="true"><img src="w3c-logo.png" alt="W3C"></div>', REVIEW),
        (
            '<div aria-hidden="true"><img src="w3c-logo.png" alt="W3C"></div><img src="w3c-logo.png" alt="W3C">',
            PASS,
        ),
        ('<svg viewBox="0 0 512 512"><path d="M0 0h9v9z"/></svg>', REVIEW),
        ('<svg viewBox="0 0 512 512" class="fa"><path d="M0 0h9v9z"/></svg>', PASS),
        ('<svg viewBox="0 0 512 512" aria-hidden="true"><path d="M0 0h9v9z"/></svg>', PASS),
        ('<svg viewBox="0 0 24 24"><use href="#star"/></svg>', PASS),
        ('<svg role="img" aria-label="A boat"></svg>', None),
        ("<canvas></canvas>", REVIEW),
        ("<canvas>A boat</canvas>", None),
        ("<canvas aria-label=A></canvas>", None),
    ],
)
def test_what_is_marked_as_decoration(body: str, verdict: Verdict | None) -> None:
    assert worst("image-alt-empty", body) is verdict


def rendered(
    body: str, *, loaded: bool | None = True, status: int | None = None, box: int = 600
) -> Article:
    """``body`` has the element numbered 1."""
    html = f"<!doctype html><html lang=en><title>T</title><body><main><h1>H</h1>{TEXT}{body}{TEXT}</main>"
    requests = (Request("https://www.example.gov/a.jpg", "image", "failed", status),)
    return Article(
        Page(
            target="x",
            url="https://www.example.gov/",
            mode=Mode.RENDERED,
            html=html,
            loaded_at="",
            status=200 if status else None,
            requests=requests if status else (),
            rendering=Rendering(
                browser="",
                viewport=(1280, 800),
                boxes=((0, 0, 0, 0), (0, 0, box, box)),
                hidden=frozenset(),
                images=(ImageFacts(1, "https://www.example.gov/a.jpg", 0, 0, loaded),)
                if "<img" in body
                else (),
                backgrounds=(Background(1, "https://www.example.gov/b.jpg"),)
                if "<div" in body
                else (),
            ),
        )
    )


IMG = '<img data-presscheck="1" src="a.jpg" alt="A boat">'


def test_pictures_that_are_not_shown() -> None:
    (outcome,) = outcomes("image-loaded", rendered(IMG, loaded=False, status=404))
    assert outcome.verdict is FAIL
    assert "404" in outcome.message
    (outcome,) = outcomes("image-loaded", rendered(IMG, loaded=False, status=200))
    assert "no picture" in outcome.message
    assert outcomes("image-loaded", rendered(IMG, loaded=False)) == []  # saved without pictures
    assert outcomes("image-loaded", rendered(IMG, loaded=None)) == []
    (outcome,) = outcomes("image-loaded", rendered(IMG))
    assert outcome.verdict is PASS


@pytest.mark.parametrize(
    ("body", "box", "verdict"),
    [
        ('<div data-presscheck="1"></div>', 600, REVIEW),
        ('<div data-presscheck="1"></div>', 100, PASS),
        ('<div data-presscheck="1">Words</div>', 600, PASS),
        ('<div data-presscheck="1" role="img" aria-label="A boat"></div>', 600, PASS),
    ],
)
def test_backgrounds(body: str, box: int, verdict: Verdict | None) -> None:
    said = [each.verdict for each in outcomes("image-background", rendered(body, box=box))]
    assert said[-1:] == ([verdict] if verdict else [])
