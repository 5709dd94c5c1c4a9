"""Checks of a page's outline (the parts that readers jump to, the levels of its headings) and of its head."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article
from checker.article.keyboard import value
from checker.article.text import fold
from checker.verdict import Location, Outcome, failed, passed

_PARTS = {
    "banner": "header",
    "navigation": "nav",
    "contentinfo": "footer",
}
_WIDTH = re.compile(r"(?:^|[,;\s])width\s*=", re.I)


def landmarks(article: Article) -> Iterator[Outcome]:
    """The page marks its header, its navigation and its footer, by element or role; what is main is another rule's.
    Source: U.S. Web Design System, base template; WAI-ARIA, landmarks."""
    access = article.access
    found = {
        access.role(tag)
        for tag in (*article.elements(*_PARTS.values()), *article.with_attribute("role"))
        if access.exposed(tag)
    }
    lacking = [name for role, name in _PARTS.items() if role not in found]
    if lacking:
        yield failed(
            f"Nothing marks the page's {' nor its '.join(lacking)}",
            _whole(article),
            f"Use the {' and '.join(lacking)} element in the site's template",
        )
    else:
        yield passed()


def heading_levels(article: Article) -> Iterator[Outcome]:
    """No heading is more than one level below the one before it.
    Source: W3C WAI, headings tutorial; axe-core, heading-order."""
    before = 0
    fine = 0
    for tag in article.access.of_roles("heading"):
        level = _level(article, tag)
        if level is None:
            continue
        if before and level > before + 1:
            yield failed(
                f"“{fold(tag.get_text(' '))[:80]}” is a heading of level {level} below one of level {before}: "
                "a level is skipped",
                article.locate(tag),
                f"Make it an h{before + 1}",
            )
        else:
            fine += 1
        before = level
    if fine:
        yield passed(count=fine)


def description(article: Article, *, minimum: int) -> Iterator[Outcome]:
    """The page has a meta description of ``minimum`` characters at least; its name may be written in capitals.
    Source: Federal Website Standards, meta page description: "at least 50 characters"."""
    found = [tag for tag in article.elements("meta") if value(tag, "name").lower() == "description"]
    best = max(found, key=lambda tag: len(fold(value(tag, "content"))), default=None)
    advice = "Say in a sentence or two what the page is about; 50 to 160 characters"
    text = fold(value(best, "content")) if best is not None else ""
    if best is None:
        yield failed("The page has no meta description", _whole(article), advice)
    elif len(text) >= minimum:
        yield passed()
    elif not text:
        yield failed("The page's meta description is empty", article.locate(best), advice)
    else:
        yield failed(
            f"The meta description “{text}” has {len(text)} characters; {minimum} is the least",
            article.locate(best),
            advice,
        )


def viewport(article: Article) -> Iterator[Outcome]:
    """A viewport in the head gives the page the width of the device.
    Source: GSA site scanning, viewport_meta_tag; 21st Century IDEA, mobile-friendly."""
    found = [tag for tag in article.elements("meta") if value(tag, "name").lower() == "viewport"]
    for tag in found:
        if _WIDTH.search(value(tag, "content")):
            yield passed()
            return
    yield failed(
        "The page's viewport does not say width=" if found else "The page has no viewport",
        article.locate(found[0]) if found else _whole(article),
        'Write <meta name="viewport" content="width=device-width, initial-scale=1"> into the head',
    )


def _level(article: Article, tag: Tag) -> int | None:
    is_heading = tag.name in ("h1", "h2", "h3", "h4", "h5", "h6")
    if not is_heading and value(tag, "role").lower() != "heading":
        return None
    if article.access.role(tag) != "heading" or not article.access.exposed(tag):
        return None
    said = value(tag, "aria-level")
    if said.isdecimal() and int(said) > 0:
        return int(said)
    return int(tag.name[1]) if is_heading else 2


def _whole(article: Article) -> Location | None:
    html = article.root
    return None if html is None else article.locate(html, name="html")
