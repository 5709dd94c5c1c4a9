"""VIRINs: the Visual Information Record Identification Numbers of DoD pictures.

Format: DIMOC, "How to Create a VIRIN" (http://www.dimoc.mil/quick/virin.html): date shot (YYMMDD), service letter,
VISION ID or DVIAN, sequence of scene and shot, and for foreign photographers the country (ISO 3166-1 Alpha-2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

SERVICES = frozenset("ACDFGHJLMNOSZ")
"""Army, Coalition, DoD, Air Force, Coast Guard, Homeland Security, Joint, Multinational, Marine Corps, Navy, Other,
State, National Guard. C, J and L stand in DIMOC's metadata table of 2011."""


class Form(StrEnum):
    """What kind of VIRIN a text is. The last two are not well-formed; the others are in use."""

    STRICT = "strict"  # 240415-A-EX530-1629
    SUFFIX = "suffix"  # 240615-M-MI258-1107M: a letter that no public source defines
    LEGACY = "legacy"  # 060515-M-1234S-001: three-digit sequence, or four digits and a letter for the photographer
    PLACEHOLDER = "placeholder"  # 160115-F-ZZZZZ-902
    UNKNOWN_LETTER = "unknown-letter"  # 240415-Q-EX530-1629
    BAD_DATE = "bad-date"  # 241315-A-EX530-1629
    MALFORMED = "malformed"


@dataclass(frozen=True)
class Virin:
    """A VIRIN by its fields, upper case. ``text`` is as shown; where it is malformed the fields are empty.
    ``date`` is YYMMDD with the century unsaid; ``suffix``, ``country`` and ``extension`` are empty where absent."""

    text: str
    form: Form
    date: str = ""
    service: str = ""
    identifier: str = ""
    sequence: str = ""
    suffix: str = ""
    country: str = ""
    extension: str = ""

    @property
    def well_formed(self) -> bool:
        """Whether the fields and the date can be read."""
        return self.form not in (Form.BAD_DATE, Form.MALFORMED)

    @property
    def number(self) -> str:
        """What identifies the picture: without the displayed extension, upper case."""
        return self.text.upper().removesuffix(self.extension)


_FIELDS = re.compile(
    r"(?P<date>[0-9]{6})-(?P<service>[A-Z])-"
    r"(?P<identifier>[A-Z]{2}[0-9]{3}|[A-Z][0-9]{4}|[0-9]{4}[A-Z]|[A-Z]{4,6})-"
    r"(?P<sequence>[0-9]{3,4})(?P<suffix>[A-Z])?(?:-(?P<country>[A-Z]{2}))?"
    r"(?P<extension>\.(?:JPE?G|PNG|GIF|TIFF?))?"
)
_PLACEHOLDER = re.compile(r"[A-Z]{4,6}|ZZ999|XX[0-9]{3}|[A-Z]{2}000|[A-Z]0000")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_LIKE = re.compile(
    r"(?<![\w-])[0-9]{6}-[A-Za-z]-[A-Za-z0-9]{4,6}-[0-9]{3,4}[A-Za-z]?(?:-[A-Za-z]{2})?(?:\.[A-Za-z]{3,4})?(?![\w-])"
)
_LABELLED = re.compile(
    r"\bVIRIN\b(?:\s+(?:number|no\.?|ID))?\s*[:#=]*\s*(?P<value>[^\s,;|)\]]*)", re.I
)


@lru_cache(maxsize=1024)
def parse(text: str) -> Virin:
    """Read a text as a VIRIN, in any case, with or without a displayed file extension."""
    shown = text.strip()
    match = _FIELDS.fullmatch(shown.upper())
    if match is None:
        return Virin(shown, Form.MALFORMED)
    fields = {name: value or "" for name, value in match.groupdict().items()}
    return Virin(shown, _form(fields), **fields)


def _form(fields: dict[str, str]) -> Form:
    if not _is_date(fields["date"]):
        return Form.BAD_DATE
    if _PLACEHOLDER.fullmatch(fields["identifier"]):
        return Form.PLACEHOLDER
    if fields["service"] not in SERVICES:
        return Form.UNKNOWN_LETTER
    if (
        len(fields["sequence"]) == 3
        or fields["sequence"] < "1001"
        or fields["identifier"][0].isdigit()
    ):
        return Form.LEGACY
    return Form.SUFFIX if fields["suffix"] else Form.STRICT


def _is_date(text: str) -> bool:
    """YYMMDD that some century has: the pictures of 1944 are published too."""
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    return (month, day) != (2, 29) or year % 4 == 0


def labelled(text: str) -> str | None:
    """What stands behind the label "VIRIN": the value, empty where the label stands alone; None without a label. In a
    sentence the word is no label ("a VIRIN has four fields"): the value has a digit."""
    match = _LABELLED.search(text) if "virin" in text.lower() else None
    if match is None:
        return None
    value = match["value"].rstrip(".")
    if any(character.isdigit() for character in value):
        return value
    return "" if fullness(text, match) else None


def fullness(text: str, match: re.Match[str]) -> bool:
    """Whether the label is all that the text says."""
    return not (text[: match.start()] + text[match.start("value") :]).strip(" :-\u2013\u2014")


def find(text: str) -> Iterator[str]:
    """The VIRIN-shaped words of a text, as they stand there."""
    for match in _LIKE.finditer(text):
        yield match[0]


def in_file_name(name: str) -> Virin | None:
    """The VIRIN that a picture's file name is, if it is one."""
    found = parse(name)
    return found if found.well_formed else None
