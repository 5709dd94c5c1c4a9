"""VIRINs as published, one of each form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.article import virin
from checker.article.virin import Form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("240415-A-EX530-1629", Form.STRICT),
        ("240415-a-ex530-1629", Form.STRICT),
        ("240711-D-D0439-1001", Form.STRICT),  # a DVIAN
        ("440606-N-AB123-1001", Form.STRICT),  # the century is unsaid
        ("240229-O-AB123-1001-BE", Form.STRICT),
        ("240615-M-MI258-1107M", Form.SUFFIX),
        ("240711-D-D0439-001C", Form.LEGACY),
        ("161112-D-SW162-143B.JPG", Form.LEGACY),
        ("060515-M-1234S-001", Form.LEGACY),
        ("020926-O-9999G-908", Form.LEGACY),
        ("160115-F-ZZZZZ-902", Form.PLACEHOLDER),
        ("200101-D-ZZ999-1001", Form.PLACEHOLDER),
        ("430512-F-AFHRA-1001", Form.PLACEHOLDER),
        ("240415-Q-EX530-1629", Form.UNKNOWN_LETTER),
        ("241315-A-EX530-1629", Form.BAD_DATE),
        ("240431-A-EX530-1629", Form.BAD_DATE),
        ("230229-A-EX530-1629", Form.BAD_DATE),
        ("150325-F-FC975-870(1)", Form.MALFORMED),
        ("20240415-A-EX530-1629", Form.MALFORMED),
        ("240415-A-EX530", Form.MALFORMED),
        ("", Form.MALFORMED),
    ],
)
def test_form(text: str, form: Form) -> None:
    assert virin.parse(text).form is form


def test_only_bad_dates_and_the_unreadable_are_not_well_formed() -> None:
    for form in Form:
        assert virin.Virin("x", form).well_formed is (form not in (Form.BAD_DATE, Form.MALFORMED))


def test_fields() -> None:
    read = virin.parse(" 240415-o-ex530-1629b-be.jpg ")
    assert (read.date, read.service, read.identifier, read.sequence) == (
        "240415",
        "O",
        "EX530",
        "1629",
    )
    assert (read.suffix, read.country, read.extension) == ("B", "BE", ".JPG")
    assert read.number == "240415-O-EX530-1629B-BE"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("VIRIN: 240711-D-D0439-001C", "240711-D-D0439-001C"),
        ("virin 240711-D-D0439-001C.", "240711-D-D0439-001C"),
        ("VIRIN Number: 240711-D-D0439-001C", "240711-D-D0439-001C"),
        ("VIRIN:", ""),
        ("Every VIRIN has four fields.", None),
        ("VIRIN: N/A", None),
        ("240711-D-D0439-001C", None),
    ],
)
def test_label(text: str, value: str | None) -> None:
    assert virin.labelled(text) == value


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    read = virin.parse(text)
    assert read.text == text.strip()
    assert read.well_formed is bool(read.date and read.form is not Form.BAD_DATE)
