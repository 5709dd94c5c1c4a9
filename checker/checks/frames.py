"""Checks of frames."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article
from checker.article.framed import documents
from checker.article.keyboard import above, tabbable, tabindex, value
from checker.article.text import text_of
from checker.verdict import Outcome, failed, passed, review

_STAMP = re.compile(r' data-presscheck="\d+"')


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


def same_name(article: Article) -> Iterator[Outcome]:
    """Frames of one name, those in frames included, show the same document: by its address, or by its markup where
    that is known. Whether different ones serve the same purpose (two copies, advertising) a person says.
    Source: ACT rule 4b1c6c; WCAG 2.0, 4.1.2."""
    shown: dict[str, list[tuple[Tag, str, set[str]]]] = {}
    for holder, there in [(None, article), *documents(article)]:
        for tag in there.elements("iframe"):
            name = there.names.name(tag) if there.access.exposed(tag) else ""
            content = _content(tag, there)
            if name and content:
                shown.setdefault(name.casefold(), []).append((holder or tag, name, content))
    for frames in shown.values():
        others = [frame for frame in frames if not frame[2] & frames[0][2]]
        if not others:
            if len(frames) > 1:
                yield passed(count=len(frames))
            continue
        where, name, _ = others[0]
        yield review(
            f'{len(frames)} frames are called "{name[:60]}" and show different pages: do they serve the same purpose?',
            article.locate(where),
            "Give each frame a title of its own.",
        )


def _content(tag: Tag, there: Article) -> set[str]:
    """What tells the frame's document: its address, and its markup where that is known and says anything."""
    found = (
        {f"address {there.resolve(value(tag, 'src')).partition('#')[0]}"}
        if tag.get("src")
        else set()
    )
    for frame, document in documents(there):
        if frame is tag and text_of(document.document.soup):
            found.add(_STAMP.sub("", document.document.html))
    return found


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
