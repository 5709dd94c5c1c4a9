"""What the checks of pictures share: which are judged, and what an editor calls them."""

from __future__ import annotations

import re

from bs4.element import Tag

from checker.article import Article
from checker.article.images import Image
from checker.article.roles import Kind, Role
from checker.article.text import fold
from checker.verdict import Location

LONG = 5000
"""Characters of a caption or an alternative that are looked through: hostile pages have more."""
SHOWN = 100
"""Characters of the page's text that a message shows at most."""


_DRAWN = re.compile(
    r"screen[ _-]?(?:shot|capture|grab)|\b(?:infographic|chart|graph|diagram|map)\b", re.I
)


def drawn(image: Image) -> bool:
    """Whether a picture says that it is a chart, a map or a screenshot: nobody took it at a place on a day."""
    return bool(_DRAWN.search(f"{image.name[:LONG]} {image.file_name}"))


def named(article: Article) -> tuple[Image, ...]:
    """The pictures whose name assistive technology reads."""
    return article.once(_find_named)


def _find_named(article: Article) -> tuple[Image, ...]:
    return tuple(
        image
        for image in article.images
        if image.name
        and image.exposed
        and not image.decorative
        and image.role is not Role.TRACKING
        and image.kind is not Kind.BACKGROUND
    )


def styled_away(article: Article, tag: Tag) -> bool:
    """Whether the page's own style sheets hide the element, where no browser says. Asked only of what would fail."""
    if article.hidden(tag) is not None:
        return False
    style = article.access.style
    if style(tag).get("visibility", "").lower() in ("hidden", "collapse"):
        return True
    return any(style(each).get("display", "").lower() == "none" for each in (tag, *tag.parents))


def where(article: Article, image: Image) -> Location:
    """The place of a picture, called by its file."""
    return article.locate(image.tag, image.file_name)


def file(image: Image) -> str:
    """What an editor calls the picture."""
    return short(image.file_name) or f"<{image.tag.name}>"


def short(text: str) -> str:
    """A text of the page, not too long for a message."""
    text = fold(text)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
