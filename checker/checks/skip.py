"""Checks of the way past what pages repeat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from bs4.element import Tag

from checker.article import Article
from checker.article.keyboard import tabbable, value
from checker.verdict import Outcome, passed, review

_MEND = 'Make the first link of the page lead to the main element (href="#main", id="main").'


def past_blocks(article: Article, *, at_least: int = 5) -> Iterator[Outcome]:
    """Where ``at_least`` stops of the Tab key come before the content (the main element, else the first main heading),
    a link before it leads to it. On a page of which nothing says where its content begins, one stop is enough to ask.

    What of it other pages repeat one page does not show, so nothing fails here. Source: ACT rule ye5d6e (a part of
    cf77f2); WCAG 2.0, 2.4.1, which headings and landmarks may meet as well (techniques H69, ARIA11)."""
    order = {id(tag): at for at, tag in enumerate(article.elements())}
    stops = [tag for tag in article.elements() if tabbable(tag) and article.access.exposed(tag)]
    content = _content(article)
    before = [tag for tag in stops if content is None or order[id(tag)] < order[id(content)]]
    if len(before) < (1 if content is None else at_least):
        return
    links = [(tag, fragment) for tag in before if (fragment := _fragment(article, tag))]
    places = [(tag, _place(article, fragment)) for tag, fragment in links]
    if content is not None:
        for _, place in places:
            if place is not None and _at(place, content, stops, order):
                yield passed()
                return
    lost = next((tag for tag, place in places if place is None), None)
    if lost is not None:
        message = (
            f"The link {article.names.name(lost)[:40]!r} leads to a place that is not on the page"
        )
        yield review(message, article.locate(lost), _MEND)
    elif content is None:
        message = "No main element or heading says where the content begins: does a link lead past what pages repeat?"
        yield review(message, article.locate(before[0]), _MEND)
    else:
        message = f"No link leads past the {len(before)} links and controls before the content"
        yield review(message, article.locate(before[0]), _MEND)


def _content(article: Article) -> Tag | None:
    mains = (
        t for t in article.elements() if t.name == "main" or value(t, "role").lower() == "main"
    )
    headings = (t for t in article.elements("h1") if article.access.exposed(t))
    return next(mains, None) or next(headings, None)


def _fragment(article: Article, tag: Tag) -> str:
    """The place on this page that the link leads to; empty where it leads elsewhere."""
    if tag.name != "a" or not tag.has_attr("href"):
        return ""
    address, _, fragment = article.resolve(value(tag, "href")).partition("#")
    here = article.page.url.partition("#")[0]
    return unquote(fragment) if address == here or value(tag, "href").startswith("#") else ""


def _place(article: Article, fragment: str) -> Tag | None:
    named = (t for t in article.with_attribute("id") if value(t, "id") == fragment)
    anchors = (
        t for t in article.with_attribute("name") if t.name == "a" and value(t, "name") == fragment
    )
    return next(named, None) or next(anchors, None)


def _at(place: Tag, content: Tag, stops: Sequence[Tag], order: dict[int, int]) -> bool:
    """Whether nothing takes the focus between the place and the beginning of the content, or it is in the content."""
    if place is content or content in place.parents:
        return True
    first, last = sorted((order[id(place)], order[id(content)]))
    return not any(first < order[id(tag)] < last for tag in stops)
