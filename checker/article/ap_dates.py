"""Dates in running text, as captions have them, and the day of an article.

AP and DINFOS write "Aug. 11, 2020": the months from March to July in full, the others abbreviated before a day, no
ordinal, no weekday, no "on". Other forms are read too. A parser for any date (dateutil, dateparser) would find dates in
"March 15 miles" or "Lot 24"; what is told to an editor must be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bs4.element import Tag

if TYPE_CHECKING:
    from checker.article import Article


class Form(StrEnum):
    """How a date is written."""

    AP = "AP"
    MONTH = "month not in AP form"  # August 11, 2020; Sep. 3, 2020
    ORDINAL = "ordinal"  # Aug. 11th, 2020
    DAY_FIRST = "day before month"  # 11 Aug 2020
    NUMERIC = "figures"  # 08/11/2020, 2020-08-11


@dataclass(frozen=True)
class Dated:
    """A date of a text, as written in ``text``. ``day`` is None for a month and year; ``last`` is the day on which a
    stretch of days ends; ``weekday`` and ``on`` are those words before it, or empty."""

    text: str
    start: int
    year: int | None
    month: int
    day: int | None
    last: int | None
    form: Form
    weekday: str = ""
    on: str = ""

    def includes(self, when: date) -> bool:
        """Whether the day is one that the text names, as far as it says."""
        if (self.year is not None and self.year != when.year) or self.month != when.month:
            return False
        return self.day is None or self.day <= when.day <= (self.last or self.day)

    def exact(self) -> date | None:
        """The (first) day, where the text says year and day and there is such a day."""
        if self.year is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_AP = dict(
    zip(
        "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split(),
        range(1, 13),
        strict=True,
    )
)
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_BEFORE = re.compile(
    r"(?P<on>\b[Oo]n\s+)?(?P<weekday>\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:on\s+)?)?\Z"
)
_LONGEST_BEFORE = 60
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?P<ordinal>st|nd|rd|th)?"
_LAST = r"(?:\s?(?:-|\u2013|to|and|through)\s?(?P<last>[1-9]|[12]\d|3[01])(?!\d))?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?!\d)"
_ANY_MONTH = re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
_WORDED = (
    re.compile(rf"\b{_MONTH}\s+{_DAY}(?![\d:]){_LAST}(?:,?\s+{_YEAR})?"),
    re.compile(rf"\b{_DAY}\s+{_MONTH},?\s+{_YEAR}"),
    re.compile(rf"\b{_MONTH},?\s+{_YEAR}"),
)
_ANY_FIGURES = re.compile(r"\d[/-]\d")
_FIGURES = (
    re.compile(rf"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01])/{_YEAR}(?!/)"),
    re.compile(rf"(?<![\d-]){_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])"),
)  # fmt: skip
_UNITS = re.compile(
    r"\s*(?:-|to\s)?\s*(?:miles?|people|feet|meters|kilometers|percent|soldiers)\b", re.I
)


def find(text: str) -> Iterator[Dated]:
    """The dates of a text in their order; of forms that overlap the longest."""
    taken: list[tuple[int, int]] = []
    found: list[Dated] = []
    for form in _forms(text):
        end = 0
        for match in form.finditer(text):
            before = _BEFORE.search(text, max(end, match.start() - _LONGEST_BEFORE), match.start())
            assert before is not None  # it may be empty
            start, end = before.start(), match.end()
            if any(start < other and end > first for first, other in taken):
                continue
            if (read := _read(match, before)) is not None and not _UNITS.match(text, end):
                taken.append((start, end))
                found.append(read)
    yield from sorted(found, key=lambda each: each.start)


def _forms(text: str) -> Iterator[re.Pattern[str]]:
    """The forms of which the text may have one: most texts have no date."""
    if _ANY_MONTH.search(text):
        yield from _WORDED
    if _ANY_FIGURES.search(text):
        yield from _FIGURES


def _read(match: re.Match[str], before: re.Match[str]) -> Dated | None:
    said = match.groupdict()
    month = said["month"]
    number = (
        int(month)
        if month.isdecimal()
        else next(
            at for at, name in enumerate(_MONTHS, 1) if name.startswith(month.rstrip(".")[:3])
        )
    )
    day = int(said["day"]) if said.get("day") else None
    year = int(said["year"]) if said["year"] else None
    return Dated(
        text=match[0].strip(),
        start=before.start(),
        year=year,
        month=number,
        day=day,
        last=int(said["last"]) if said.get("last") else None,
        form=_form(match, month, day),
        weekday=(before["weekday"] or "").strip(" ,").removesuffix(" on"),
        on=(before["on"] or "").strip(),
    )


def _form(match: re.Match[str], month: str, day: int | None) -> Form:
    said = match.groupdict()
    if month.isdecimal():
        return Form.NUMERIC
    if day is None:
        return Form.AP if month in _MONTHS else Form.MONTH
    if said.get("ordinal"):
        return Form.ORDINAL
    if match.start("day") < match.start("month"):
        return Form.DAY_FIRST
    return Form.AP if month in _AP else Form.MONTH


def ap_form(dated: Dated) -> str:
    """The date as AP writes it."""
    if dated.day is None:
        return f"{_MONTHS[dated.month - 1]} {dated.year}"
    month = next(name for name, number in _AP.items() if number == dated.month)
    days = f"{dated.day}-{dated.last}" if dated.last else str(dated.day)
    return f"{month} {days}, {dated.year}" if dated.year else f"{month} {days}"


_PUBLISHED = (
    "article:published_time",
    "dc.date",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "date",
    "publishdate",
    "pubdate",
    "datepublished",
)
_ISO = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)")
_STATED = re.compile(r"\bPublished\b[:\s]*", re.I)


def published(article: Article) -> date | None:
    """The day on which the article is dated: by its metadata, a ``time`` element or a line "Published ..."; else the
    day on which it was loaded, for an article that is not out yet."""
    for meta in article.elements("meta"):
        name = str(meta.get("property", meta.get("name", meta.get("itemprop", "")))).lower()
        if name in _PUBLISHED and (found := _iso(str(meta.get("content", "")))):
            return found
    for tag in article.elements("time"):
        if article.in_body(tag) and (found := _iso(str(tag.get("datetime", "")))):
            return found
    return _stated(article) or _iso(article.page.loaded_at)


def _stated(article: Article) -> date | None:
    for string in _texts(article.body):
        if label := _STATED.search(string):
            for dated in find(string[label.end() : label.end() + 60]):
                return dated.exact()
    return None


def _texts(body: Tag | None) -> Iterator[str]:
    if body is not None:
        for text in body.find_all(string=_STATED, limit=5):
            yield str(text)


def _iso(text: str) -> date | None:
    match = _ISO.match(text)
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def of_virin(digits: str, near: date) -> date | None:
    """The day of a VIRIN's six digits, in the century that brings it nearest to ``near`` and not after it by a year."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    for century in (near.year // 100 * 100, near.year // 100 * 100 - 100):
        try:
            found = date(century + year, month, day)
        except ValueError:
            continue
        if found <= near + timedelta(days=366):
            return found
    return None
