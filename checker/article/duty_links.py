"""Links that agencies owe their readers: found by what they are called, judged by where they lead and who sees them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bs4.element import Tag

from checker.article.agency import fits
from checker.article.host import domain_of
from checker.article.text import fold, text_of
from checker.article.tree import below, enclosing
from checker.article.visible import unseen

if TYPE_CHECKING:
    from checker.article import Article

_MOST_WORDS = 5  # a longer link is a headline, not one of the site's own
_RUNNING = 25  # letters of text beside a link that make it part of a sentence
_NO_WORD = re.compile(r"[^\w&]+")
_CONTACT = ("mailto", "tel")


class Leads(IntEnum):
    """Where a link leads, best first."""

    HOME = 0  # to the agency itself
    HIDDEN = 1  # to the agency, but nobody sees the link
    GOVERNMENT = 2  # to another government host
    AWAY = 3  # to a host that is not the government's
    NOWHERE = 4  # to no page


@dataclass(frozen=True)
class DutyLink:
    """A link that is called as the duty asks."""

    element: Tag
    text: str
    target: str
    leads: Leads


def duty_links(
    article: Article,
    duty: str,
    texts: tuple[str, ...],
    words: tuple[str, ...],
    hosts: tuple[str, ...] = (),
) -> Iterator[DutyLink]:
    """Links with one of the ``texts`` as their whole text, or one of the ``words`` in a short text outside the article;
    those in running text apart. ``hosts`` are where they lead if not to the agency."""
    said = article.agency.link(duty) if article.agency else None
    wholes = frozenset(map(_plain, (*texts, *(said.texts if said else ())))) - {""}
    called = article.once(_Called)
    parts = [part for each in words if (part := _plain(each)) in called.every]
    accepted = hosts or (said.hosts if said else ())
    for tag, label, plain in called.having(wholes, parts):
        if plain not in wholes and not (_is_short(plain, parts) and not _in_article(tag)):
            continue
        if "href" in tag.attrs and not in_running_text(tag):
            yield DutyLink(
                tag, label, str(tag["href"]).strip(), _leads(article, tag, accepted, bool(hosts))
            )


class _Called:
    """What a page's links are called: ``every`` is all of it, a link a line."""

    def __init__(self, article: Article) -> None:
        self._links = article.links
        plains = [plain for _, _, plain in article.links]
        self.every = "\n".join(plains)
        self._ends = list(accumulate(len(plain) + 1 for plain in plains))
        self._places: dict[str, list[int]] = defaultdict(list)
        for at, plain in enumerate(plains):
            self._places[plain].append(at)

    def having(self, wholes: Iterable[str], parts: Iterable[str]) -> list[tuple[Tag, str, str]]:
        """The links that are called one of the ``wholes``, or so that one of the ``parts`` is in it, in order."""
        found = {at for whole in wholes for at in self._places.get(whole, ())}
        for part in parts:
            place = self.every.find(part)
            while 0 <= place < len(self.every):
                at = bisect_right(self._ends, place)
                found.add(at)
                place = self.every.find(part, self._ends[at])
        return [self._links[at] for at in sorted(found)]


def _is_short(plain: str, parts: list[str]) -> bool:
    """Whether what a link is called is short and has one of the parts as words of it."""
    return len(plain.split()) <= _MOST_WORDS and any(
        re.search(rf"\b{re.escape(each)}\b", plain) for each in parts
    )


def hub_links(article: Article, texts: tuple[str, ...]) -> Iterator[Tag]:
    """Links to pages that gather policies: with one of the ``texts``, or called so by the agency."""
    wholes = {_plain(each) for each in (*texts, *(article.agency.hubs if article.agency else ()))}
    for tag, _, plain in article.links:
        if plain in wholes and tag.name == "a" and "href" in tag.attrs:
            yield tag


def called(article: Article) -> Iterator[tuple[Tag, str, str]]:
    """The page's links, what each is called, and the same without case and punctuation."""
    for tag in article.elements("a", "area"):
        label = _label_of(article, tag)
        yield tag, label, _plain(label)


def _label_of(article: Article, tag: Tag) -> str:
    """What a link is called: its text, else its label, its title or its picture's alternative text."""
    if text := article.text(tag):
        return text
    pictures = [str(each.get("alt", "")) for each in article.within(tag, "img")]
    named = (str(tag.get("aria-label", "")), str(tag.get("title", "")), str(tag.get("alt", "")))
    return next((fold(each) for each in (*named, *pictures) if each.strip()), "")


def in_running_text(tag: Tag) -> bool:
    """Whether a link is part of a sentence: its paragraph has more text than links."""
    holder = enclosing(tag, "p", "li", "td", "dd", "h1", "h2", "h3")
    if holder is None or holder.name != "p":
        return holder is not None and holder.name.startswith("h")
    linked = sum(len(text_of(each)) for each in below(holder) if each.name == "a")
    return len(text_of(holder)) - linked > _RUNNING


def _in_article(tag: Tag) -> bool:
    """Whether a link stands in the page's content, where it may be another article's title ("Privacy week begins")."""
    around = enclosing(tag, "main", "article", "nav", "header", "footer", "aside")
    return around is not None and around.name in ("main", "article")


def same_site(host: str, other: str) -> bool:
    """Whether two hosts are of the same registered name; below .gov and .mil that has two labels."""
    return bool(host) and host.split(".")[-2:] == other.split(".")[-2:]


def _leads(article: Article, tag: Tag, accepted: tuple[str, ...], only: bool) -> Leads:
    href = str(tag.get("href", "")).strip()
    try:
        target = urlsplit(article.resolve(href))
    except ValueError:
        return Leads.NOWHERE
    scheme = target.scheme.lower()
    if not href or href.startswith("#") or scheme == "javascript":
        return Leads.NOWHERE
    host = (target.hostname or "").lower()
    right = scheme in _CONTACT or (not host and not only) or _right(article, host, accepted, only)
    if right:
        return Leads.HIDDEN if unseen(article, tag) else Leads.HOME
    return Leads.GOVERNMENT if domain_of(host) else Leads.AWAY


def _right(article: Article, host: str, accepted: tuple[str, ...], only: bool) -> bool:
    """Whether a host is one to which the link may lead; a page without a known host may name any of the government."""
    if fits(host, accepted):
        return True
    if only:
        return False
    if article.agency is not None and article.agency.has(host):
        return True
    return same_site(article.host, host) if article.host else domain_of(host) is not None


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return _NO_WORD.sub(" ", text.casefold()).strip()
