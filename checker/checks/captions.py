"""Advice on captions as AP and DINFOS teach them. English only; pictures of the past are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.article import Article, ap_dates, language
from checker.article.ap_dates import Dated, Form
from checker.article.captions import Words
from checker.article.figures import Figure
from checker.checks._pictures import LONG, drawn, file
from checker.verdict import Location, Outcome, failed, passed

_PAST = re.compile(
    r"\b(?:archiv\w*|histor\w*|circa|World War|vintage|undated)\b|\bfile (?:photo|image)\b", re.I
)
_PLACE = re.compile(
    r"\b(?:in|at|near|aboard|off|over|above|on|outside|inside|across|from|to|through|along|around|of|into|between)"
    r"\s+(?:the\s+)?(?:[a-z]+\s+){0,3}[A-Z]|\b[A-Z]\w+,\s+[A-Z]"
    r"|\b(?:Stations?|Base|Fort|Camp|Pentagon|White House|Capitol|Airport|Shipyard|Arsenal|Depot)\b"
)
_PORTRAIT = re.compile(r"[A-Z]\S*(?: (?:[A-Z]\S*|de|la|van|von|of|the)){0,7}")
_WORDY = 4
_SURE = 0.95  # confidence from which a caption of an English page is taken for Spanish


@dataclass(frozen=True)
class _Caption:
    figure: Figure
    text: str
    dates: tuple[Dated, ...]

    def where(self, article: Article) -> Location:
        tag = self.figure.caption.tag if self.figure.caption else self.figure.tag
        return article.locate(tag, self.figure.image.file_name)


def date_form(article: Article, *, historical_years: int) -> Iterator[Outcome]:
    """Dates of captions are in AP form: "Aug. 11, 2020". A month with a year alone is in full.
    ``historical_years``: captions whose year is so far from the article's are not judged.
    Source: DINFOS, caption checklist; AP Stylebook."""
    for caption in article.once(_captions, historical_years):
        for dated in caption.dates:
            if dated.form is Form.AP:
                yield passed()
            else:
                yield failed(
                    f'The caption of "{file(caption.figure.image)}" writes the date as "{dated.text}".',
                    caption.where(article),
                    f'AP form is "{ap_dates.ap_form(dated)}".',
                )


def no_weekday(article: Article, *, historical_years: int) -> Iterator[Outcome]:
    """Captions name no weekday beside a date. Parameters as above. Source: DINFOS, caption checklist."""
    for caption in article.once(_captions, historical_years):
        for dated in caption.dates:
            if dated.weekday:
                yield failed(
                    f'The caption of "{file(caption.figure.image)}" names the weekday: '
                    f'"{dated.weekday}, {dated.text}".',
                    caption.where(article),
                    f'Write "{ap_dates.ap_form(dated)}".',
                )
            else:
                yield passed()


def no_on(article: Article, *, historical_years: int) -> Iterator[Outcome]:
    """The word "on" does not stand before a caption's date. Parameters as above. Source: DINFOS, caption checklist."""
    for caption in article.once(_captions, historical_years):
        for dated in caption.dates:
            if dated.on and dated.day is not None:
                yield failed(
                    f'The caption of "{file(caption.figure.image)}" has "on" before the date: "on {dated.text}".',
                    caption.where(article),
                    f'Write "{ap_dates.ap_form(dated)}" without "on".',
                )
            else:
                yield passed()


def who_when_where(article: Article, *, historical_years: int) -> Iterator[Outcome]:
    """Captions say who, when and where, as far as words show it: a date, a name with a capital after a preposition, a
    sentence rather than a label. Charts, maps and screenshots, and a name alone (a portrait) are not judged.
    Parameters as above. Source: DINFOS, caption checklist."""
    for caption in article.once(_captions, historical_years):
        if drawn(caption.figure.image) or _PORTRAIT.fullmatch(caption.text):
            continue
        missing = [
            what
            for what, there in (
                ("who does what", len(caption.text.split()) >= _WORDY),
                ("when", bool(caption.dates)),
                ("where", bool(_PLACE.search(_undated(caption)))),
            )
            if not there
        ]
        if missing:
            yield failed(
                f'The caption of "{file(caption.figure.image)}" seems not to say {_listed(missing)}.',
                caption.where(article),
                "Tell in the first sentence who does what, where and when: "
                '"Soldiers cross the Han River near Seoul, South Korea, Aug. 11, 2020."',
            )
        else:
            yield passed()


def _undated(caption: _Caption) -> str:
    text = caption.text
    for dated in caption.dates:
        text = text.replace(dated.text, "")
    return text


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _captions(article: Article, historical_years: int) -> tuple[_Caption, ...]:
    return tuple(_judged(article, historical_years)) if article.language in ("", "en") else ()


def _judged(article: Article, historical_years: int) -> Iterator[_Caption]:
    today = ap_dates.published(article)
    for figure in article.figures:
        words = figure.caption
        text = figure.description[:LONG]
        if words is None or not text or language.is_spanish(text, _SURE):
            continue
        found = tuple(ap_dates.find(text))
        if not _of_the_past(figure, words, found, today.year if today else None, historical_years):
            yield _Caption(figure, text, found)


def _of_the_past(
    figure: Figure, words: Words, found: tuple[Dated, ...], year: int | None, years: int
) -> bool:
    if _PAST.search(words.text):
        return True
    if year is None:
        return False
    if any(each.year is not None and abs(each.year - year) > years for each in found):
        return True
    number = figure.number or figure.image.virin
    return number is not None and bool(number.date) and (year - int(number.date[:2])) % 100 > years
