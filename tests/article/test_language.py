"""Which language a text is in, and which tags name one."""

from __future__ import annotations

import pytest

from checker.article.language import is_spanish, known


@pytest.mark.parametrize(
    ("text", "spanish"),
    [
        ("Los marineros saludan desde la cubierta del buque en la costa de Virginia.", True),
        ("El general entrega las medallas a los soldados que volvieron de la misión.", True),
        ("Sailors wave from the deck of the ship off the coast of Virginia.", False),
        ("Families walk along La Jolla Shores in San Diego, Calif., June 4, 2024.", False),
        ("Lock A locked padlock", False),
        ("", False),
    ],
)
def test_spanish_is_told_from_english(text: str, spanish: bool) -> None:
    assert is_spanish(text, 0.95) is spanish


@pytest.mark.parametrize(("tag", "there"), [("en-US", True), ("x-ours", True), ("eng", False)])
def test_a_language_is_one_of_the_registry(tag: str, there: bool) -> None:
    assert known(tag) is there
