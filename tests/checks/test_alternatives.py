"""The words of text alternatives: what is told, and what an editor may well have meant."""

from __future__ import annotations

import pytest

from checker.verdict import Verdict
from tests.checks.support_articles import article_of, outcomes, worst

FAIL, REVIEW, PASS = Verdict.FAIL, Verdict.REVIEW, Verdict.PASS


def picture(alt: str, more: str = 'width="800" height="600"', src: str = "harbor.jpg") -> str:
    return f'<p><img src="{src}" alt="{alt}" {more}></p>'


@pytest.mark.parametrize(
    ("alt", "verdict"),
    [
        ("IMG_1234", FAIL),
        ("IMG-20240102-WA0001", FAIL),
        ("DSC0001", FAIL),
        ("DSCN0001", FAIL),
        ("_DSC0001", FAIL),
        ("PXL_20240102_101112345", FAIL),
        ("DJI_0012", FAIL),
        ("9f86d081884c7d659a2feaa0c55ad015", FAIL),
        ("550e8400-e29b-41d4-a716-446655440000", FAIL),
        ("photos/2024/boat.jpg", FAIL),
        ("240415-A-EX530-1629", FAIL),
        ("IMG_1234 (1)", FAIL),
        ("150325-F-FC975-870(1)", FAIL),
        ("Screenshot 2024-01-02 at 10.11.12 AM", FAIL),
        ("WhatsApp Image 2024-01-02 at 10.11.12", FAIL),
        ("SAM 2000", PASS),
        ("Hard copy", PASS),
        ("Chart (2)", PASS),
        ("DSC", PASS),
        ("deadbeefdeadbeef", PASS),  # no digit: perhaps a word game
        ("12345678901234567890", PASS),  # no letter: a number that is shown
        ("Boat IMG_1234 in the harbor", PASS),
    ],
)
def test_names_of_files(alt: str, verdict: Verdict) -> None:
    assert worst("image-alt-filename", picture(alt)) is verdict


@pytest.mark.parametrize(
    ("alt", "verdict"),
    [
        ("image", FAIL),
        ("Photo", FAIL),
        ("PICTURE", FAIL),
        ("image 12", FAIL),
        ("image1", FAIL),
        ("Image_2", FAIL),
        ("Alt text", FAIL),
        ("[alt text]", FAIL),
        ("placeholder", FAIL),
        ("untitled-1", FAIL),
        ("undefined", FAIL),
        ("Imagen", FAIL),
        ("A photo", PASS),
        ("Photographers", PASS),
        ("Image processing laboratory", PASS),
        ("Picture 1 shows the old pier", PASS),
    ],
)
def test_placeholders(alt: str, verdict: Verdict) -> None:
    assert worst("image-alt-placeholder", picture(alt)) is verdict


def test_a_word_that_names_an_icon_or_a_link_is_no_placeholder() -> None:
    assert worst("image-alt-placeholder", picture("Photo", 'width="16" height="16"')) is PASS
    link = '<a href="/photos/"><img src="p.jpg" alt="Photos" width="300" height="200"></a>'
    assert worst("image-alt-placeholder", link) is PASS


@pytest.mark.parametrize(
    ("alt", "verdict"),
    [
        ("Image of a boat", FAIL),
        ("image of: a boat", FAIL),
        ("A photo of a boat", FAIL),
        ("An image showing a boat", FAIL),
        ("This is a picture of a boat", FAIL),
        ("Black and white photo of a boat", FAIL),
        ("Foto de un barco", FAIL),
        ("Photo identification is checked", PASS),
        ("Photo op with sailors", PASS),
        ("Photograph albums on a table", PASS),
        ("Images of America, a book", PASS),
        ("Picture of health: a swimmer", PASS),
        ("Image of the Day: a nebula", PASS),
        ("Map of the harbor", PASS),
        ("Screenshot of the settings", PASS),
        ("A sailor holds a photo of a boat", PASS),
    ],
)
def test_set_phrases(alt: str, verdict: Verdict) -> None:
    assert worst("image-alt-phrase", picture(alt)) is verdict


def test_length_and_limit_are_told() -> None:
    (outcome,) = [
        each
        for each in outcomes("image-alt-long", article_of(picture("net " * 80)))
        if each.message
    ]
    assert "319 characters" in outcome.message
    assert "300" in outcome.message


@pytest.mark.parametrize(
    ("alt", "more", "verdict"),
    [
        ("Boat", 'width="800" height="600"', FAIL),
        ("Boat", 'width="150" height="100"', None),
        ("Boat", "", None),
        ("A boat at dawn", 'width="800" height="600"', PASS),
    ],
)
def test_short_ones_of_large_photographs(alt: str, more: str, verdict: Verdict | None) -> None:
    assert worst("image-alt-short", picture(alt, more)) is verdict


@pytest.mark.parametrize(
    ("lang", "alt", "verdict"),
    [
        ("en", "Voluntarios sacan una red del puerto en la madrugada del lunes.", REVIEW),
        ("en-US", "Un soldado saluda a la bandera durante la ceremonia en San Juan.", REVIEW),
        ("es", "Soldiers from the 1st Infantry Division march past the reviewing stand.", REVIEW),
        ("en", "Sgt. 1st Class Jose Hernandez and Maria de la Cruz in San Juan, Puerto Rico", PASS),
        ("en", "President Macron at the Élysée with Generals de Gaulle and Leclerc", PASS),
        ("en", "Ricardo Rossello, Carolina, Puerto Rico, Muniz Air National Guard Base", PASS),
        ("en", "El Paso", None),
        ("fr", "Soldiers from the 1st Infantry Division march past the reviewing stand.", None),
        ('""', "Voluntarios sacan una red del puerto en la madrugada del lunes.", None),
    ],
)
def test_language(lang: str, alt: str, verdict: Verdict | None) -> None:
    assert worst("image-alt-language", picture(alt), lang=lang) is verdict


@pytest.mark.parametrize(
    ("alt", "verdict"),
    [
        ("Sailors wave. (U.S. Navy photo by Seaman Jane Doe)", FAIL),
        ("Sailors wave. U.S. Navy photo by Seaman Jane Doe", FAIL),
        ("Sailors wave. Credit: NATO", FAIL),
        ("Sailors wave. (Courtesy photo)", FAIL),
        ("Sailors wave, 240415-N-EX530-1629", FAIL),
        ("Sailors wave (left).", PASS),
        ("Catches of three years (graphic)", PASS),
        ("A credit card on a table", PASS),
        ("A photo by the door", PASS),
    ],
)
def test_credits(alt: str, verdict: Verdict) -> None:
    assert worst("image-alt-credit", picture(alt)) is verdict


@pytest.mark.parametrize(
    ("alt", "src", "verdict"),
    [
        ("ERCIM logo", "w3c-logo.png", REVIEW),
        ("W3C logo", "w3c-logo.png", PASS),
        ("Department of Homeland Security logo", "dhs-logo.svg", PASS),
        ("General Services Administration logo", "gsa-logo-w100.png", PASS),
        ("U.S. Army logo", "army_logo.png", PASS),
        ("Agency logo", "footer-logo.png", PASS),
        ("A shark", "w3c-logo.png", PASS),
        ("Bland Corp. logo", "corplogo.png", PASS),
    ],
)
def test_logos(alt: str, src: str, verdict: Verdict) -> None:
    assert worst("image-alt-doubt", picture(alt, src=src)) is verdict
