"""Which element holds the article's own content: headline, text and pictures, without what pages of a site share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bs4.element import NavigableString, Tag

from checker.article.setting import APART, apart, tokens

if TYPE_CHECKING:
    from checker.article import Article

_SHARE = 0.5
_TEXT_NAMES = re.compile(
    r"\b(?:article|story|news|post|entry|page|main|field name|node|maincontent) ?(?:body|text|content|main)\b"
    r"|\bfield name body\b|\bbody text\b|\bprint body\b"
)


def find_body(article: Article) -> Tag | None:
    """The element that holds the article, or the document's body where nothing says which does.

    Marked up first (article, main, itemprop articleBody), then by the names that content systems give, then by where
    most of the text stands; always widened to hold the headline where one element short of the page holds both.
    """
    page = article.page_body
    if page is None:
        return None
    text = _Text(article, page)
    found = _marked(article, text) or _named(article, text) or _densest(page, text)
    return _with_headline(found, article.elements("h1"), text, page)


class _Text:
    """How much running text elements hold: characters outside links, forms and what stands apart (nav, footer...)."""

    def __init__(self, article: Article, page: Tag) -> None:
        elements = article.elements()
        weights: dict[int, int] = defaultdict(int)
        self._weights = weights
        self.apart: set[int] = set()
        for tag in article.in_order((article.elements(*APART), article.with_attribute("role"))):
            if id(tag) not in self.apart and apart(tag):
                self.apart.update((id(tag), *map(id, article.within(tag))))
        for run in article.index.texts:
            if type(run) is NavigableString and not run.isspace():
                weights[id(run.parent)] += len(run)
        apart_ids = self.apart
        for tag in reversed(elements):
            mine = id(tag)
            if weight := weights.get(mine):
                if tag.name in _NOT_TEXT or mine in apart_ids:
                    del weights[mine]
                elif (around := tag.parent) is not None:
                    weights[id(around)] += weight
        self.total = weights.get(id(page), 0)

    def __getitem__(self, tag: Tag) -> int:
        return self._weights.get(id(tag), 0)

    def most(self, tags: Iterable[Tag]) -> Tag | None:
        """The one with the most text, the first of equals; None where none has text."""
        best = max(tags, key=lambda tag: self[tag], default=None)
        return best if best is not None and self[best] else None


_NOT_TEXT = frozenset(
    "a button script style select textarea option label template noscript svg".split()
)


def _called(article: Article, name: str, text: _Text) -> list[Tag]:
    """The elements of that name or role that do not stand apart."""
    by_role = (tag for tag in article.with_attribute("role") if tag.attrs["role"] == name)
    found = (article.elements(name), (tag for tag in by_role if tag.name != name))
    return [tag for tag in article.in_order(found) if id(tag) not in text.apart]


def _marked(article: Article, text: _Text) -> Tag | None:
    main = text.most(_called(article, "main", text))
    whole = text[main] if main else text.total
    articles = _called(article, "article", text)
    best = text.most(articles)
    if best and text[best] >= _SHARE * whole:
        return best
    there = (tag for tag in article.with_attribute("itemprop") if id(tag) not in text.apart)
    body = text.most(tag for tag in there if "articleBody" in str(tag["itemprop"]))
    if body and text[body] >= _SHARE * whole:
        return body
    return main or (best if len(articles) == 1 else None)


def _named(article: Article, text: _Text) -> Tag | None:
    """The element with a content system's name for an article's text, where most of the text is in it."""
    named = (
        tag
        for tag in article.elements("div", "section", "td")
        if text[tag] >= _SHARE * text.total and _TEXT_NAMES.search(" ".join(tokens(tag)))
    )
    return min(named, key=lambda tag: text[tag], default=None) if text.total else None


def _densest(page: Tag, text: _Text) -> Tag:
    """From the top down into the child that holds most of the text, until the text spreads over several."""
    current = page
    while True:
        children = [each for each in current.contents if isinstance(each, Tag)]
        best = text.most(children)
        if best is None or text[best] < 0.7 * text[current] or best.name in _LEAVES:
            return current
        current = best


_LEAVES = frozenset("p ul ol dl table blockquote pre span strong em b i figure".split())


def _with_headline(found: Tag, headlines: Iterable[Tag], text: _Text, page: Tag) -> Tag:
    """The nearest ancestor that also holds the page's h1; the element itself where only the page would, or where more
    would come in than the article has."""
    above = {id(each): depth for depth, each in enumerate((found, *found.parents))}
    around = [found, *(each for each in found.parents if isinstance(each, Tag))]
    nearest = len(around)
    for tag in headlines:
        if id(tag) in text.apart or _SITE.intersection(tokens(tag)):
            continue
        depth = next(
            (above[id(each)] for each in (tag, *tag.parents) if id(each) in above), nearest
        )
        nearest = min(nearest, depth)
    if nearest >= len(around) or around[nearest] is page or page not in around[nearest:]:
        return found
    wider = around[nearest]
    return wider if text[wider] <= _WIDER * text[found] else found


_SITE = frozenset({"site", "logo", "masthead", "brand"})
_WIDER = 1.5
