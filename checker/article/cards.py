"""Cards: the parts of an article's page that show other articles, whose pictures and captions are not this one's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bs4.element import Tag

from checker.article.tree import enclosing

if TYPE_CHECKING:
    from checker.article import Article

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OTHERS = re.compile(
    r"(?:related|recommended|recent|latest|trending|popular|more|other|top|featured)\s+"
    r"(?:stories|articles?|news|posts?|links?|content|photos|videos|from|on|in|headlines|items|reading)\b"
    r"|related\b|recommended\b|you may also|you might also|read (?:next|more)|up next|in this section|see also",
    re.I,
)
_REACH = 5


def find_cards(article: Article, body: Tag) -> frozenset[int]:
    """The ids of the elements that are cards: articles in the article, what follows a heading like "Related Stories",
    figures whose caption is another article's headline, and boxes where picture and heading lead to the same page."""
    cards: set[int] = set()
    headings: list[Tag] = []
    for tag in article.elements(*_HEADINGS, "article", "figcaption"):
        if not article.in_body(tag):
            continue
        if tag.name in _HEADINGS:
            headings.append(tag)
        elif tag.name == "article" and tag is not body and _is_teaser(article, tag, body):
            cards.add(id(tag))
        elif tag.name == "figcaption" and _is_headline(article, tag):
            cards.add(id(enclosing(tag, "figure") or tag))
    for heading in headings:
        if _OTHERS.match(article.text(heading)):
            cards.update(_below(heading, body))
    cards.update(_boxes(article, headings, body))
    return frozenset(cards)


def _is_teaser(article: Article, tag: Tag, body: Tag) -> bool:
    """Whether an article element within the body is another article: it has a headline, and not most of the text.
    Content systems use the element for a picture with its caption too."""
    return any(article.within(tag, *_HEADINGS)) and 2 * len(tag.get_text()) < len(body.get_text())


def _is_headline(article: Article, caption: Tag) -> bool:
    """Whether a figcaption is another article's card: a heading with a date or a link."""
    if not any(article.within(caption, *_HEADINGS)):
        return False
    figure = enclosing(caption, "figure") or caption
    return any(article.within(caption, "time")) or any(map(_leads, article.within(figure, "a")))


def _below(heading: Tag, body: Tag) -> Iterator[int]:
    """What stands under a heading, up to the next of its rank or above; a heading alone in its box speaks for it."""
    current = heading
    while current.parent is not None and current.parent is not body and _alone(current):
        current = current.parent
    for sibling in current.next_siblings:
        if isinstance(sibling, Tag):
            if sibling.name in _HEADINGS and sibling.name <= heading.name:
                return
            yield id(sibling)


def _alone(tag: Tag) -> bool:
    assert tag.parent is not None
    return all(
        each is tag or not (isinstance(each, Tag) or str(each).strip())
        for each in tag.parent.contents
    )


def _boxes(article: Article, headings: list[Tag], body: Tag) -> Iterator[int]:
    """Boxes in which a picture and a heading lead to the same page."""
    leading: dict[str, list[Tag]] = {}
    for heading in headings:
        link = next(filter(_leads, article.within(heading, "a")), None) or _around(heading)
        if link is not None and not str(link["href"]).startswith("#"):
            leading.setdefault(str(link["href"]), []).append(heading)
    if not leading:
        return
    for picture in article.elements("img"):
        link = _around(picture) if article.in_body(picture) else None
        for heading in leading.get(str(link["href"]), [])[:_REACH] if link else ():
            around = {id(tag): tag for tag in _near(heading, body)}
            box = next((tag for tag in _near(picture, body) if id(tag) in around), None)
            if box is not None:
                yield id(box)


def _leads(link: Tag) -> bool:
    return "href" in link.attrs


def _around(tag: Tag) -> Tag | None:
    """The nearest link around an element that leads somewhere."""
    link = enclosing(tag, "a")
    while link is not None and not _leads(link):
        link = enclosing(link, "a")
    return link


def _near(tag: Tag, body: Tag) -> Iterator[Tag]:
    for _, parent in zip(range(_REACH), tag.parents, strict=False):
        if parent is body or not isinstance(parent, Tag):
            return
        yield parent
