"""Checks of the page enlarged to 200 percent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from bs4.element import Tag

from checker.article import Article
from checker.article.keyboard import above, tabbable, value
from checker.rendering import CutText
from checker.verdict import Cause, Outcome, failed, not_tested, passed, review

_LAYOUT = ("stylesheet", "font")
_OPENERS = frozenset({"button", "summary", "label"})
_TOO = {"height": "low", "width": "narrow"}
_MEND = {
    "height": "Give the box min-height instead of height, or let it scroll (overflow: auto).",
    "width": "Let the text wrap (white-space: normal), or let the box scroll (overflow: auto).",
}


def cut(article: Article) -> Iterator[Outcome]:
    """No line of text is cut through by a box with ``overflow: hidden`` or ``clip`` at 200 percent.

    What a browser measured of text that is seen in a window of 640 by 512 CSS pixels: a line of which one part shows
    and another does not. Lines that are left out whole, an ellipsis and a count of lines (``text-overflow``,
    ``line-clamp``) are the author's own ways of shortening. Asked about, not failed, is text that was put there by
    position, transform, animation or scrolling, and a box beside which a control or a link may give the rest. Source:
    ACT rule 59br37; WCAG 2.0, 1.4.4 (failure F69)."""
    rendering = article.page.rendering
    if rendering is None or rendering.zoomed is None:
        yield not_tested("the page was not seen at 200 percent", Cause.OUT_OF_REACH)
        return
    zoomed = rendering.zoomed
    if not zoomed.whole:
        yield not_tested("only a part of the page's text was measured in time", Cause.OUT_OF_REACH)
    if whole := zoomed.texts - len(zoomed.cut):
        yield passed(count=whole)
    boxes: dict[tuple[int, str], list[CutText]] = {}
    for text in zoomed.cut:
        boxes.setdefault((text.box, text.side), []).append(text)
    for (number, _), texts in boxes.items():
        box, tag = article.by_number(number), article.by_number(texts[0].element)
        if box is not None and tag is not None:
            yield _judged(article, box, tag, texts)


def _judged(article: Article, box: Tag, tag: Tag, texts: list[CutText]) -> Outcome:
    first = texts[0]
    more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
    already = ", as it does at 100 percent" if first.before else ""
    name = f"<{box.name}{'#' + value(box, 'id') if value(box, 'id') else ''}>"
    said = (
        f"At 200 percent a box ({name}) that is too {_TOO[first.side]} cuts through the text "
        f'"{first.text[:60]}"{more}{already}'
    )
    doubt = _doubt(article, box, texts)
    if doubt:
        return review(f"{said}; {doubt}", article.locate(tag), _MEND[first.side])
    return failed(said, article.locate(tag), _MEND[first.side])


def _doubt(article: Article, box: Tag, texts: list[CutText]) -> str:
    """Why a person must say whether anything is lost; empty where nothing speaks for it."""
    if lost := article.page.lost(*_LAYOUT):
        return f"but {len(lost)} of the page's style sheets and fonts did not load ({lost[0]})"
    if texts[0].moved:
        return "it was placed or moved there: can the rest be reached?"
    if other := _rest(article, box):
        return f"does this <{other.name}> give the rest?"
    return ""


def _rest(article: Article, box: Tag) -> Tag | None:
    """What may give a reader the rest of the box: a control in or beside it or one that names it, a link around or
    beside it."""
    inside = {id(tag) for tag in chain([box], box.find_all(True))}
    for tag in chain(above(box), box.parent.find_all(True) if box.parent else ()):
        if (
            tag.name in ("a", "area")
            and (tag is box or id(tag) not in inside)
            and tag.has_attr("href")
        ):
            return tag
        if tag.name in _OPENERS or tag.has_attr("onclick") or (tabbable(tag) and tag.name != "a"):
            return tag
    names = {value(tag, "id") for tag in chain(above(box), box.find_all(True))} - {""}
    for tag in article.with_attribute("aria-controls"):
        if names.intersection(value(tag, "aria-controls").split()):
            return tag
    return None
