"""What the checks of captions, credits and VIRINs say, beyond the rules' own examples."""

from __future__ import annotations

import pytest

from checker.article import Article
from checker.checks import figures
from checker.page import Mode, Page
from checker.verdict import Verdict

TEXT = "<p>" + "The harbor was cleaned by forty people before the tide came in. " * 4 + "</p>"


def article_of(body: str) -> Article:
    html = f"<!doctype html><html lang=en><title>T</title><body><main><h1>H</h1>{TEXT}{body}{TEXT}</main>"
    return Article(
        Page(target="x", url="https://www.example.mil/", mode=Mode.STATIC, html=html, loaded_at="")
    )


@pytest.mark.parametrize(
    ("size", "judged"),
    [
        ("", True),
        ("width=201 height=100", True),
        ("width=200 height=150", False),
        ("width=100", False),
        ("height=400", True),
    ],
)
def test_only_large_pictures_and_those_of_unknown_size(size: str, judged: bool) -> None:
    found = list(figures.caption(article_of(f"<img src=a.jpg alt=x {size}>")))
    assert bool(found) is judged


def test_the_size_is_a_parameter() -> None:
    assert not list(figures.caption(article_of("<img src=a.jpg width=300>"), larger_than=300))


def test_a_credit_alone_is_no_caption() -> None:
    article = article_of(
        "<figure><img src=a.jpg alt=x><figcaption>(Courtesy photo)</figcaption></figure>"
    )
    (caption,) = figures.caption(article)
    (credit,) = figures.credit(article)
    assert (caption.verdict, credit.verdict) == (Verdict.FAIL, Verdict.PASS)


def test_text_of_the_article_is_no_caption() -> None:
    for text in (
        TEXT,
        f"{TEXT * 4}<p>(Courtesy photo)</p>",
        f"<h2>Next</h2>{TEXT}<p>Credit: NATO</p>",
    ):
        (figure,) = article_of(f"<p><img src=a.jpg alt=x></p>{text}").figures
        assert figure.caption is None


def test_a_screenshot_has_no_photographer() -> None:
    article = article_of(
        "<figure><img src=a.png alt='Screenshot of the form'><figcaption>The form.</figcaption></figure>"
    )
    assert list(figures.credit(article)) == []
    assert len(list(figures.caption(article))) == 1


def test_pictures_under_one_caption_are_one_figure() -> None:
    article = article_of(
        "<figure><img src=a.jpg alt=x><img src=b.jpg alt=x><figcaption>Two boats. Credit: NATO</figcaption></figure>"
    )
    (figure,) = article.figures
    assert [image.file_name for image in figure.images] == ["a.jpg", "b.jpg"]
    assert figure.description == "Two boats."


def test_a_gallery_of_figures() -> None:
    one = "<figure class=wp-block-image><img src={0}.jpg alt=x><figcaption>Boat {0}.</figcaption></figure>"
    article = article_of(
        "<figure class=wp-block-gallery>" + one.format("a") + one.format("b") + "</figure>"
    )
    assert [each.description for each in article.figures] == ["Boat a.", "Boat b."]


def test_a_virin_in_the_file_name_is_a_hint_and_no_more() -> None:
    (outcome,) = figures.virin_shown(article_of("<img src=/0/240415-A-EX530-1629.JPG alt=x>"))
    assert outcome.verdict is Verdict.FAIL
    assert "240415-A-EX530-1629" in outcome.message


def test_a_virin_in_the_caption_counts_without_a_label() -> None:
    article = article_of(
        "<figure><img src=a.jpg alt=x><figcaption>240415-N-AB123-1001 PORTVILLE (April 15, 2024) Sailors row."
        "</figcaption></figure>"
    )
    assert [each.verdict for each in figures.virin_shown(article)] == [Verdict.PASS]
    assert [each.verdict for each in figures.virin_format(article)] == [Verdict.PASS]


def test_the_message_says_what_is_wrong_with_the_date() -> None:
    article = article_of(
        "<figure><img src=a.jpg alt=x><figcaption>A boat.<br>VIRIN: 240231-N-AB123-1001</figcaption></figure>"
    )
    (outcome,) = figures.virin_format(article)
    assert outcome.verdict is Verdict.FAIL
    assert '"240231"' in outcome.message
