"""Credits and VIRINs against what stands beside them."""

from __future__ import annotations

import pytest

from checker.verdict import Verdict
from tests.checks.support_articles import article_of, outcomes, verdicts, worst

FAIL, REVIEW, PASS = Verdict.FAIL, Verdict.REVIEW, Verdict.PASS


def figure(words: str, src: str = "harbor.jpg") -> str:
    return (
        f'<figure><img src="{src}" alt="A boat at the pier" width="800" height="600">'
        f"<figcaption>{words}</figcaption></figure><p>Text between the pictures, some of it.</p>"
    )


@pytest.mark.parametrize(
    ("credit", "verdict"),
    [
        ("(U.S. Air Force photo/Senior Airman Chris Massey)", PASS),
        ("(U.S. Navy photo by Mass Communication Specialist 1st Class Danielle Serocki)", PASS),
        ("(Courtesy photo)", PASS),
        ("DoD photo by Marvin Lynchard", PASS),
        ("<br>Photo By: Army Sgt. Jane Doe", PASS),
        ("<br>Credit: NATO", PASS),
        ("(U.S. Air Force archive photo)", PASS),
        ("(U.S. Army photo illustration by Jane Doe)", PASS),
        ("(Official White House Photo Andrea Hanks)", FAIL),
        ("<br>Credit: N/A", FAIL),
        ("<br>Credit: photographer", FAIL),
        ("<br>Credit: https://www.example.com/p/1", FAIL),
        ("<br>Credit: " + "one and another and " * 9 + "a third", FAIL),
        ("", None),
    ],
)
def test_credits(credit: str, verdict: Verdict | None) -> None:
    assert (
        worst("figure-credit-shape", figure(f"A boat leaves the pier at dawn. {credit}")) is verdict
    )


@pytest.mark.parametrize(
    ("caption", "virin", "verdict"),
    [
        ("at sea, Nov. 2, 2020", "201102-M-EM580-2160", PASS),
        ("at sea, Oct. 2, 2020", "201102-M-EM580-2160", FAIL),
        ("at sea, Nov. 4, 2020", "201103-N-WI365-3009C", FAIL),
        ("at sea, Nov. 4 and returned Nov. 6, 2020", "201104-N-WI365-3009C", PASS),
        ("at sea, November 2020", "201103-N-WI365-3009C", None),
        ("at sea", "201103-N-WI365-3009C", None),
        ("at sea, June 6, 1944", "440606-N-AB123-1001", PASS),
        ("at sea, June 6, 1944", "190606-N-AB123-1001", None),  # scanned for an anniversary
        ("at sea, Jan. 3, 2023", "240103-N-AB123-1001", FAIL),
        ("at sea, 2 Nov. 2020", "201102-M-EM580-2160", PASS),
        ("at sea, Feb. 30, 2020", "200229-M-EM580-2160", None),
        ("at sea, Nov. 4, 2020", "201303-N-WI365-3009C", None),  # no date at all: another rule's
    ],
)
def test_dates(caption: str, virin: str, verdict: Verdict | None) -> None:
    assert worst("virin-date", figure(f"Boats leave {caption}.<br>VIRIN: {virin}")) is verdict


@pytest.mark.parametrize(
    ("virin", "caption", "verdict"),
    [
        ("160114-F-FC975-590", "Jan. 14, 2015", FAIL),  # the slip of every January
        ("160114-F-FC975-590", "Nov. 2, 2015", None),  # sites date their files
        ("160114-F-FC975-590", "Jan. 14, 2016", PASS),
    ],
)
def test_dates_of_files(virin: str, caption: str, verdict: Verdict | None) -> None:
    assert worst("virin-date", figure(f"Boats leave, {caption}.", f"/i/{virin}.JPG")) is verdict


@pytest.mark.parametrize(
    ("credit", "virin", "verdict"),
    [
        ("U.S. Navy photo by Seaman Jane Doe", "240415-N-EX530-1629", PASS),
        ("U.S. Navy photo by Seaman Jane Doe", "240415-A-EX530-1629", REVIEW),
        ("Army Sgt. Jane Doe", "240415-F-EX530-1629", REVIEW),
        ("U.S. Marine Corps photo by Cpl. Jane Doe", "240415-M-EX530-1629", PASS),
        ("U.S. Coast Guard photo by Petty Officer 2nd Class Jane Doe", "240415-G-EX530-1629", PASS),
        (
            "U.S. Coast Guard photo by Petty Officer 2nd Class Jane Doe",
            "240415-N-EX530-1629",
            REVIEW,
        ),
        ("Air National Guard photo by Tech. Sgt. Jane Doe", "240415-Z-EX530-1629", None),
        ("U.S. Army National Guard photo by Sgt. Jane Doe", "240415-A-EX530-1629", None),
        ("DoD photo by Navy Petty Officer 2nd Class Jane Doe", "240415-N-EX530-1629", None),
        ("U.S. Army photo by Sgt. Jane Doe", "240415-D-EX530-1629", None),
        ("Jane Doe", "240415-A-EX530-1629", None),
        ("Courtesy of the Navy", "240415-A-EX530-1629", None),
    ],
)
def test_services(credit: str, virin: str, verdict: Verdict | None) -> None:
    body = figure(f"Boats leave.<br>Credit: {credit}<br>VIRIN: {virin}")
    assert worst("virin-service", body) is verdict


def test_files() -> None:
    shown = "Boats leave.<br>VIRIN: 240415-A-EX530-1629"
    assert worst("virin-file", figure(shown, "/i/240415-A-EX530-1630.JPG")) is FAIL
    assert worst("virin-file", figure(shown, "/i/240415-A-EX530-1629C.JPG")) is PASS
    assert worst("virin-file", figure(shown, "/i/boats.jpg")) is None
    derived = "<script>slide.virin=k; y.virin=k</script>"
    (outcome,) = outcomes(
        "virin-file", article_of(figure(shown, "/i/240415-A-EX530-1629.JPG") + derived)
    )
    assert "file's name" in outcome.message


def test_one_number_under_two_pictures() -> None:
    shown = "Boats leave.<br>VIRIN: 240415-A-EX530-1629"
    assert verdicts("virin-twice", figure(shown) + figure(shown, "pier.jpg")) == [PASS, FAIL]
    assert verdicts("virin-twice", figure(shown) + figure(shown, "harbor-300x200.jpg")) == [PASS]


def test_placeholders() -> None:
    for number, verdict in {
        "240415-A-ZZ999-1001": FAIL,
        "240415-A-XX000-1001": FAIL,
        "240415-A-EX530-1001": PASS,
        "240415-A-A0001-1001": PASS,
    }.items():
        assert worst("virin-placeholder", figure(f"Boats leave.<br>VIRIN: {number}")) is verdict
