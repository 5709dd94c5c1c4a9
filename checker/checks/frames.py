"""Checks of frames."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article
from checker.article.framed import documents
from checker.article.keyboard import above, tabbable, tabindex, value
from checker.verdict import Outcome, failed, passed


def reachable(article: Article) -> Iterator[Outcome]:
    """A frame that holds something for the keyboard is not taken out of the tab order.
    Frames whose document is not known (another origin, or no browser) are not judged; nor those beside an open dialog,
    which may be modal. Source: ACT rule akn7bn; WCAG 2.0, 2.1.1."""
    dialog = next((tag for tag in article.elements("dialog") if tag.has_attr("open")), None)
    for tag, there in documents(article):
        if not _visible(article, tag) or (dialog is not None and dialog not in list(tag.parents)):
            continue
        found = _first_stop(there)
        if found is None:
            continue
        index = tabindex(tag)
        if index is None or index >= 0:
            yield passed()
        else:
            yield failed(
                f"The keyboard cannot reach the {found.name} in this frame: its tabindex is {index}",
                article.locate(tag),
                "Take tabindex off the frame.",
            )


def _first_stop(there: Article) -> Tag | None:
    access = there.access
    return next((t for t in there.elements() if tabbable(t) and not access.hidden(t)), None)


def _visible(article: Article, tag: Tag) -> bool:
    if article.access.hidden(tag) or any(each.has_attr("inert") for each in above(tag)):
        return False
    if any(value(tag, side) in ("0", "1") for side in ("width", "height")):
        return False
    box = article.box(tag)
    return box is None or (box[2] > 1 and box[3] > 1)
