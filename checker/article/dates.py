"""Dates as readers write them, and the one that a page gives as its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bs4.element import NavigableString, Tag

from checker.article.text import fold, text_of
from checker.article.visible import unseen

if TYPE_CHECKING:
    from checker.article import Article

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
)
_SHORT = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ene|abr|ago|dic)\b\.?"
_MONTH = rf"(?:(?P<full>{_MONTHS})|(?P<short>{_SHORT}))"
_YEAR = r"(?:19|20)\d{2}"
_DATE = re.compile(
    rf"(?<!\w)(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s+{_YEAR}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[\s-]+(?:de\s+)?(?:(?P<full2>{_MONTHS})|(?P<short2>{_SHORT}))[\s,-]+(?:de\s+)?{_YEAR}"
    rf"|(?P<digits>\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR}|{_YEAR}-\d{{2}}-\d{{2}}))(?!\d)",
    re.I,
)
_TELLING = 15  # letters by which a heading and the title are the same
_AROUND = 700  # letters of text before and after the headline that belong to it
_CALLED = re.compile(
    r"publish|pub-?date|post(?:ed)?-?(?:date|on)|date-?(?:line|posted)|timestamp", re.I
)
_SAID = re.compile(r"published|publicado|posted|release(?:d| date)|date", re.I)
_PUBLISHED = frozenset(
    """article:published_time og:article:published_time datepublished dc.date dc.date.issued dcterms.date dcterms.issued
    dcterms.created pubdate publishdate publish-date date""".split()
)
_NEWS_PATH = re.compile(
    r"/(?:news|articles?|press|press-releases?|press-office|releases?|stories|blog|posts?|noticias)(?:[/_-]|$)"
    r"|/(?:19|20)\d{2}/\d{1,2}/",
    re.I,
)
_NEWS_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(?:News|Blog|Report)[A-Za-z]*"')


@dataclass(frozen=True)
class Date:
    """A date that a page shows: its words, and the element that holds them. ``month`` is ``full``, ``short`` or
    ``digits`` as the month is written."""

    text: str
    element: Tag
    month: str


def is_news(article: Article) -> bool:
    """Whether a page is news by its address or its structured data. A time of publication in the head says it of any
    page that a content system made."""
    if _NEWS_PATH.search(urlsplit(article.page.url).path):
        return True
    return any(
        str(tag.get("type", "")).lower() == "application/ld+json"
        and _NEWS_TYPE.search(tag.get_text())
        for tag in article.elements("script")
    )


def published_in_metadata(article: Article) -> Tag | None:
    """The element of the head in which machines find the date of publication."""
    for tag in article.elements("meta"):
        name = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "")
        if name.strip().lower() in _PUBLISHED and str(tag.get("content", "")).strip():
            return tag
    return None


def published(article: Article) -> Date | None:
    """The date that readers find at the headline, in a ``time`` element of the article, or marked as published."""
    for runs in _near_the_headline(article):
        if found := _date_among(runs):
            return found
    marked = (tag for tag in article.with_attribute("itemprop") if _is_marked(tag))
    for tag in article.in_order((article.elements("time"), marked)):
        if _of_the_article(article, tag) and (found := _date_in(tag)):
            return found
    for tag in article.elements("p", "span", "div", "li", "dd", "small"):
        if _called_so(tag) or _SAID.search("".join(tag.find_all(string=True, recursive=False))):
            text = text_of(tag)
            if len(text) < 120 and not unseen(article, tag) and (found := _date_in(tag)):
                return found
    return None


def _is_marked(tag: Tag) -> bool:
    """Whether an element of another name than ``time`` is marked as the date of publication."""
    return tag.name != "time" and "datePublished" in str(tag.attrs["itemprop"])


def _called_so(tag: Tag) -> bool:
    names = (str(each) for each in tag.get_attribute_list("class") if each)
    return any(_CALLED.search(name) for name in names)


def _date_in(tag: Tag) -> Date | None:
    match = _DATE.search(text_of(tag))
    return Date(fold(match.group()), tag, _month(match)) if match else None


def _of_the_article(article: Article, tag: Tag) -> bool:
    if unseen(article, tag) or tag.find_parent(["aside", "nav", "footer", "li"]) is not None:
        return False
    return article.body is None or article.in_body(tag)


type _Run = tuple[Tag, str]


def _near_the_headline(article: Article) -> Iterator[list[_Run]]:
    """Pieces of text that readers see after the headline, then those before it, each with the element that holds it."""
    headline = _headline(article)
    span = article.index.span(headline) if headline is not None else None
    if span is None:
        return
    texts = article.index.texts
    place = next((at for at in range(*span) if _said(texts[at])), None)
    if place is not None:
        yield list(_within(article, islice(texts, place + 1, None)))
        yield list(_within(article, map(texts.__getitem__, range(place - 1, -1, -1))))[::-1]


def _said(text: NavigableString) -> bool:
    """Whether it is more than a blank."""
    return text.parent is not None and not text.isspace()


def _headline(article: Article) -> Tag | None:
    """The heading that the title repeats, else the first of the first level."""
    title = fold(article.title).casefold()
    for tag in article.elements("h1", "h2"):
        text = text_of(tag).casefold()
        if len(text) >= _TELLING and text[:_TELLING] == title[:_TELLING]:
            return tag
    return next(iter(article.elements("h1")), None)


def _within(article: Article, texts: Iterable[NavigableString]) -> Iterator[_Run]:
    letters = 0
    for each in texts:
        if each.parent is not None and not each.isspace() and not unseen(article, each.parent):
            text = fold(each)
            letters += len(text)
            if letters > _AROUND:
                return
            yield each.parent, text


def _date_among(runs: list[_Run]) -> Date | None:
    """The first date of the text that the runs make; it may be made of several."""
    match = _DATE.search(" ".join(text for _, text in runs))
    if match is None:
        return None
    end = 0
    for tag, text in runs:
        end += len(text) + 1
        if end > match.start():
            return Date(match.group(), tag, _month(match))
    raise AssertionError("a match is within the text")


def _month(match: re.Match[str]) -> str:
    if match["digits"]:
        return "digits"
    return "full" if match["full"] or match["full2"] else "short"
