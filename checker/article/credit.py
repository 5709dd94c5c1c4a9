"""Credit lines of pictures, as the services, agencies and their content systems write them.

Shapes were seen in published captions: "Credit: NATO", "Photo By: Sgt. A. Name", "(U.S. Army photo by Sgt. A. Name)",
"(U.S. Air Force photo/Jim Varhegyi)", "(Courtesy photo)", "DoD photo by Marvin Lynchard".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WHAT = (
    r"photo(?:graph)?s?|image(?:ry)?s?|illustrations?|graphics?|art(?:work)?|infographics?|screenshots?|video"
    r"|screen\s?shots?|picture|drawing|map|chart|fotos?|fotograf[ií]as?|imagen(?:es)?"
)
_LABEL = re.compile(
    rf"""(?:(?:{_WHAT})\s+)?(?:credits?|cr[eé]ditos?)(?:\s+line)?\s*[:\u2013\u2014]\s*
    |(?:{_WHAT}|shot|taken|story\ and\ photos?)\s+(?:by|from|por|de)\s*:\s*
    |(?:{_WHAT}|graphic)?\s*(?:courtesy\s*(?:of)?|cortes[ií]a\s*(?:de)?|source|provided\ by|copyright)\s*:\s*
    |photographer\s*:\s*
    |(?:photo|image|foto)\s*:\s+(?=[A-Z])
    """,
    re.I | re.X,
)
_ALONE = re.compile(rf"(?:(?:{_WHAT})\s+)?(?:credits?(?:\s+line)?|by|photographer)\s*:?", re.I)
_PHOTO = r"(?:[Pp]hoto(?:graph)?s?|PHOTO|[Ii]mage(?:ry)?|[Ii]llustration|[Gg]raphic|[Aa]rtwork|[Aa]rt|[Vv]ideo)"
_OWNER = (
    r"(?:(?:[A-Z]\.)+[A-Z]?|(?:Dept|Natl|Ft|St|Co|Inc|Corp|Univ)\.|[A-Z][\w&\u2019'-]*"
    r"|of|the|and|for|file|archive|archival|official|courtesy)"
)
_WHOLE = re.compile(
    rf"""(?:{_OWNER}[ ,]+){{0,10}}{_PHOTO}\s*(?:illustration\s*)?(?:\s+by\s+\S|\s*/\s*\S|,?\s+courtesy\s).*
    |(?:{_OWNER}\s+){{1,8}}{_PHOTO}s?[.]?
    |(?:[Cc]ourtesy|COURTESY)\s+(?:(?:{_PHOTO})[.]?|(?:of|OF)\s+.+)
    |(?:©|\(c\)|[Cc]opyright\s)\s*.+
    """,
    re.X,
)
_TAIL = re.compile(
    r"\((?P<inner>(?:[^()]|\([^()]*\)){4,300})\)\s*(?:[.]|\(?[Rr]eleased\)?[.]?)?\s*$"
)
_INSIDE = re.compile(
    rf"\b(?:{_WHAT}|courtesy|cortes[ií]a|credit|cr[eé]dito|getty|©)\b",
    re.I,
)
_NOT_A_CREDIT = re.compile(
    r"\b(?:left|right|above|below|top|bottom|center|pictured|shown|see|click|not\ pictured|foreground)\b",
    re.I,
)
_LAST = re.compile(r"(?<=[.!?\u201d\"])\s+(?:[|\u2013\u2014]\s+)?(?=\S)|\s+[|\u2013\u2014]\s+")
_AGENCY_AND_NAME = re.compile(
    rf"(?:{_OWNER}[ ]?){{1,6}}/[ ]?(?:[A-Z][\w.\u2019'-]*[ ]){{1,5}}[A-Z][\w.\u2019'-]*(?:,[ ].{{1,60}})?"
    r"|(?:NASA|ESA|NOAA|USGS|USDA|NSF|DOE|NIST|NIH|CDC|FEMA|EPA|GSA)/[A-Z][\w.\u2019-]*"
)
"""Who made it without a word for what: (NASA/Bill Ingalls), (NASA/JPL-Caltech)."""
_MARKS = ".;,|\u2013\u2014 "


@dataclass(frozen=True)
class Credit:
    """Who made a picture. ``text`` is the credit without label or parentheses; ``start`` and ``end`` say where it
    stands, label included, in the text that was read."""

    text: str
    start: int
    end: int


def is_label(text: str) -> bool:
    """Whether a text is only a credit's label, its value standing elsewhere: "Photo credit:"."""
    return bool(_ALONE.fullmatch(text.strip())) and bool(text.strip())


@lru_cache(maxsize=1024)  # a line beside a picture is read more than once
def find(text: str) -> Credit | None:
    """The credit in a caption: a labelled line, a parenthesis at its end, or a last sentence that is one."""
    if labelled := _LABEL.match(text):
        value = text[labelled.end() :].strip(_MARKS[1:])
        return Credit(value, 0, len(text)) if value else None
    for read in (_parenthesised, _sentence, _inner_label):
        if found := read(text):
            return found
    return None


def _parenthesised(text: str) -> Credit | None:
    match = _TAIL.search(text)
    if match is None:
        return None
    inner = match["inner"].strip()
    if label := _LABEL.match(inner):
        return Credit(inner[label.end() :].strip(), match.start(), match.end())
    if (
        _WHOLE.fullmatch(inner)
        or _AGENCY_AND_NAME.fullmatch(inner)
        or (_INSIDE.search(inner) and not _NOT_A_CREDIT.search(inner))
    ):
        return Credit(inner, match.start(), match.end())
    return None


def _sentence(text: str) -> Credit | None:
    """The whole text or what follows one of its stops, where that is a credit: the longest that is one."""
    starts = [0, *(match.end() for match in _LAST.finditer(text))]
    for start in starts[-6:]:
        rest = text[start:].strip()
        if len(rest) <= 200 and _WHOLE.fullmatch(rest):
            return Credit(rest.rstrip(_MARKS), start, len(text))
    return None


def _inner_label(text: str) -> Credit | None:
    """A label further on in the text: "A caption. Credit: NATO"."""
    for match in _LAST.finditer(text):
        if label := _LABEL.match(text, match.end()):
            value = text[label.end() :].strip(_MARKS[1:])
            if value and len(value) <= 200:
                return Credit(value, match.end(), len(text))
    return None


_BY = re.compile(
    r"\bby:?\s+(?-i:[A-Z])|\b(?:courtesy|credits?|copyright|photographer)\b|[/©:]|\bU\.?S\.?\b",
    re.I,
)


def certain(text: str, made: Credit) -> bool:
    """Whether what was found in a text that is no caption is a credit: "(chart)" at the end of one is none."""
    return bool(_BY.search(text[made.start : made.end]))
