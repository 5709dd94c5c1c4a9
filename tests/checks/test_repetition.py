"""Alternatives that repeat what stands beside them, in the markup of several content systems."""

from __future__ import annotations

import pytest

from checker.verdict import Verdict
from tests.checks.support_articles import article_of, outcomes, verdicts, worst

FAIL, REVIEW, PASS = Verdict.FAIL, Verdict.REVIEW, Verdict.PASS
SAID = "Volunteers lift a torn net out of the harbor at Portville, Maine, April 15, 2024."
SIZE = 'width="800" height="600"'

MARKUP = {
    "figure": '<figure><img src="a.jpg" alt="{alt}" {size}><figcaption>{caption}</figcaption></figure>',
    "afpims 2016": '<div class="da_media_item"><div><img class="da_img" src="a.jpg" alt="{alt}" {size}></div>'
    '<p><strong><a href="#">DOWNLOAD HI-RES</a> / <a href="#">PHOTO DETAILS</a></strong></p><p>{caption}</p></div>',
    "wordpress": '<div class="wp-caption"><img src="a.jpg" alt="{alt}" {size}>'
    '<p class="wp-caption-text">{caption}</p></div>',
    "afpims data": '<div class="slide"><img src="/900/510/0/240415-A-EX530-1629.JPG" alt="{alt}" {size}></div>'
    '<script>var s = {{ title:"Net", byLine:"Sgt. Jane Doe", description:"{caption}", '
    'imageUrl:"https://media.example.mil/900/510/0/240415-A-EX530-1629.JPG" }}</script>',
    "loose": '<p><img src="a.jpg" alt="{alt}" {size}></p>'
    '<p class="caption">{caption} (U.S. Army photo by Sgt. Jane Doe)</p>',
}


@pytest.mark.parametrize("markup", MARKUP.values(), ids=MARKUP)
@pytest.mark.parametrize(
    ("alt", "verdict"),
    [
        (SAID, FAIL),
        (SAID.upper(), FAIL),
        (SAID.replace("torn ", ""), FAIL),
        (SAID + " (U.S. Army photo by Sgt. Jane Doe)", FAIL),
        ("Three people pull a net over the side of a boat.", PASS),
        ("Volunteers at the harbor", PASS),
    ],
)
def test_captions(markup: str, alt: str, verdict: Verdict) -> None:
    body = markup.format(alt=alt, caption=SAID, size=SIZE)
    assert worst("image-alt-caption", body) is verdict
    if verdict is FAIL:  # told once
        assert worst("image-alt-beside", body) is not FAIL


def test_the_share_is_told() -> None:
    body = MARKUP["figure"].format(alt=SAID.replace("torn ", ""), caption=SAID, size=SIZE)
    (outcome,) = outcomes("image-alt-caption", article_of(body))
    assert "97% of its words" in outcome.message


def test_short_ones_must_be_equal() -> None:
    figure = MARKUP["figure"]
    assert (
        worst("image-alt-caption", figure.format(alt="A boat", caption="A boat.", size=SIZE))
        is FAIL
    )
    assert (
        worst("image-alt-caption", figure.format(alt="A boat", caption="A boat leaves", size=SIZE))
        is PASS
    )


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ('<p><a href="/a"><img src="a.svg" alt="Tide tables"> Tide tables</a></p>', FAIL),
        ('<p><a href="/a"><img src="a.svg" alt="tide tables"> Tide tables!</a></p>', FAIL),
        ('<p><a href="/a"><img src="a.svg" alt="PDF"> Tide tables</a></p>', PASS),
        ('<p><a href="/a"><img src="a.svg" alt=""> Tide tables</a></p>', None),
        (
            '<div><a href="/a"><img src="a.jpg" alt="Tide tables"></a></div><h2><a href="/a">Tide tables</a></h2>',
            FAIL,
        ),
        (
            '<p><img src="a.svg" alt="Tide tables"> <span aria-hidden="true">Tide tables</span></p>',
            None,
        ),
        ('<p><img src="a.svg" alt="Map"> See the Map below</p>', PASS),
    ],
)
def test_text_beside(body: str, verdict: Verdict | None) -> None:
    assert worst("image-alt-beside", f"<section>{body}</section>") is verdict


def test_titles_and_headlines() -> None:
    same = f'<img src="a.jpg" alt="{SAID}" title="{SAID}" {SIZE}>'
    assert worst("image-alt-title", same) is FAIL
    assert (
        worst("image-alt-title", f'<img src="a.jpg" alt="{SAID}" title="Enlarge" {SIZE}>') is PASS
    )
    assert worst("image-alt-title", f'<img src="a.jpg" title="{SAID}" {SIZE}>') is None
    assert worst("image-alt-headline", same, headline=SAID) is FAIL
    assert worst("image-alt-headline", same, headline="Harbor cleanup") is PASS


def test_different_pictures() -> None:
    one = '<p>A.</p><img src="{}" alt="Sailors at sea" width="800" height="600"><p>B.</p>'
    twice = one.format("a.jpg") + one.format("b.jpg") + one.format("c.jpg")
    assert verdicts("image-alt-twice", twice) == [PASS, REVIEW, REVIEW]
    sizes = one.format("a.jpg") + one.format("a-300x200.jpg") + one.format("/x/a@2x.jpg")
    assert verdicts("image-alt-twice", sizes) == [PASS]
    icons = '<img src="a.svg" alt="New" width="16" height="16"><img src="b.svg" alt="New" width="16" height="16">'
    assert verdicts("image-alt-twice", icons) == []


def test_a_page_of_many_pictures_in_one_box_is_read_in_bounded_time() -> None:
    body = "<div>" + "<b>word </b>" * 3000 + f'<img src="a.jpg" alt="{SAID}">' * 500 + "</div>"
    assert worst("image-alt-beside", body) is not FAIL
