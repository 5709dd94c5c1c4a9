"""Credit lines as published, and sentences that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.article import credit


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Credit: NATO", "NATO"),
        ("Photo Credit: Eugen Walker, Army", "Eugen Walker, Army"),
        ("Photo By: Air Force Airman Brie Bolton", "Air Force Airman Brie Bolton"),
        ("Image credit: NASA/JPL-Caltech", "NASA/JPL-Caltech"),
        ("(U.S. Air Force photo/Jim Varhegyi)", "U.S. Air Force photo/Jim Varhegyi"),
        ("U.S. Air Force photo/Jim Varhegyi", "U.S. Air Force photo/Jim Varhegyi"),
        ("Jets fly over. (U.S. Air Force archive photo)", "U.S. Air Force archive photo"),
        (
            "Troops march. (U.S. Army photo by Sgt. Jane Doe) (Released)",
            "U.S. Army photo by Sgt. Jane Doe",
        ),
        ("Troops march. U.S. Army photo by Sgt. Jane Doe.", "U.S. Army photo by Sgt. Jane Doe"),
        ("Gen. Ann Lee. Photo by Randy Moon", "Photo by Randy Moon"),
        ("A reunion. (Courtesy photo)", "Courtesy photo"),
        ("A dam. | Photo courtesy of Portville Power", "Photo courtesy of Portville Power"),
        ("A meeting. Credit: NATO", "NATO"),
        ("Un barco sale. (Foto de la Marina por Jane Doe)", "Foto de la Marina por Jane Doe"),
        ("Crédito: NATO", "NATO"),
        ("Foto de: Jane Doe", "Jane Doe"),
    ],
)
def test_credit(text: str, made: str) -> None:
    found = credit.find(text)
    assert found is not None
    assert found.text == made


@pytest.mark.parametrize(
    "text",
    [
        "Brig. Gen. Robin Vance",
        "Smith looks at a photo by his desk.",
        "A man (left) in a photo (see photo above)",
        "Figure 1. Map of the area",
        "The Army photo team works here.",
        "Robin Vance (pictured, photo at right) speaks.",
        "She took credit for the work.",
        "Credit:",
        "",
    ],
)
def test_no_credit(text: str) -> None:
    assert credit.find(text) is None


@given(st.text(alphabet="Photo by(): .,/|U.S Army\n", max_size=300))
def test_any_text_is_read(text: str) -> None:
    found = credit.find(text)
    assert found is None or 0 <= found.start < found.end <= len(text)
