"""Checks of how the government banner looks: its flag, and the line that it has to itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article
from checker.article.banner import Banner
from checker.article.banner_texts import Kind, squash
from checker.article.text import fold
from checker.article.visible import unseen
from checker.checks._above import is_alert, is_skip_link
from checker.checks.banner import elsewhere, unless_lost, within
from checker.verdict import Outcome, failed, passed, review

_FLAG = re.compile(r"flag|bandera|stars-?and-?stripes|\U0001f1fa\U0001f1f8", re.I)
_OTHER_ICONS = re.compile(r"dot-?gov|dot-?mil|https|lock|padlock|candado|chevron|arrow|caret", re.I)
_PICTURES = ("img", "svg", "picture", "object", "image", "use", "i", "span", "input")
_SHOWN = frozenset("img svg picture video iframe object embed canvas button input select a".split())


type _Box = tuple[int, int, int, int]


def flag(article: Article) -> Iterator[Outcome]:
    """The banner shows the flag: a picture, drawing or background that is called so, or the flag as a character. Any
    other picture before its explanation is for a person to judge, and so is a banner whose style sheets nobody read.
    Source: Federal Website Standards, banner, acceptance criteria: "U.S. flag image"."""
    banner = article.banner
    if banner is None or banner.hidden or elsewhere(article):
        return
    where = article.locate(banner.element)
    head = _head(banner)
    if any(map(_says_flag, head)) or any(_FLAG.search(url) for url in _backgrounds(article, head)):
        yield passed()
        return
    pictures = [tag for tag in head if tag.name in ("img", "svg", "picture", "object")]
    others = [tag for tag in pictures if not _OTHER_ICONS.search(_described(tag))]
    if others or _backgrounds(article, head):
        yield review(
            "The banner has a picture, but nothing says that it is the U.S. flag",
            article.locate(others[0]) if others else where,
            "Look whether it shows the flag",
        )
    elif article.page.rendering is None and _styled(article):
        yield review(
            "The banner's markup has no picture of the U.S. flag; only a browser knows whether a style sheet adds it",
            where,
            "Have presscheck load the page in a browser, or look at the banner",
        )
    else:
        told = failed(
            "The banner does not show the U.S. flag",
            where,
            "Put the small flag of the U.S. Web Design System before its first sentence",
        )
        yield unless_lost(article, told)


def line(article: Article) -> Iterator[Outcome]:
    """Nothing that readers see stands beside the banner. What lies over it (chats, consent dialogs) is left out.
    Source: Federal Website Standards, banner: "must appear on a line by itself"."""
    banner = article.banner
    if banner is None or banner.hidden or elsewhere(article):
        return
    place = _place(article, banner)
    if place is None:
        return
    for tag in article.elements():
        if _beside(article, tag, banner, place):
            text = fold(tag.get_text(" "))[:80] or str(tag.get("alt", ""))[:80]
            said = f"{f'“{text}”' if text else f'An element ({tag.name})'} stands beside the banner"
            yield unless_lost(
                article,
                failed(
                    said,
                    article.locate(tag),
                    "Give the banner a line of its own, above everything else",
                ),
            )
            return
    yield passed()


def _head(banner: Banner) -> list[Tag]:
    """The elements of the banner that stand before its explanation; all where it explains nothing."""
    explained = next(
        (part.element for part in banner.parts if part.kind in (Kind.DOMAIN, Kind.HTTPS)), None
    )
    found = [banner.element]
    for tag in banner.element.find_all(True):
        if tag is explained:
            break
        found.append(tag)
    return found


def _says_flag(tag: Tag) -> bool:
    return tag.name in _PICTURES and bool(_FLAG.search(_described(tag)))


def _described(tag: Tag) -> str:
    """All that an element's attributes and the title of a drawing say of it, and the text of a span."""
    values = [str(tag.get(key, "")) for key in ("src", "srcset", "alt", "id", "href", "data")]
    values += [str(tag.get(key, "")) for key in ("xlink:href", "aria-label", "title", "style")]
    values += [name for name in tag.get_attribute_list("class") if name]
    values += [each.get_text() for each in tag.find_all(["title", "desc"])]
    if tag.name == "span":
        values.append(tag.get_text())
    return " ".join(values)


def _backgrounds(article: Article, tags: list[Tag]) -> list[str]:
    rendering = article.page.rendering
    if rendering is None:
        return []
    numbers = {article.document.number(tag) for tag in tags}
    return [
        each.url
        for each in rendering.backgrounds
        if each.element in numbers and not _OTHER_ICONS.search(each.url)
    ]


def _styled(article: Article) -> bool:
    return article.access.foreign_styles or any(article.elements("style"))


def _place(article: Article, banner: Banner) -> _Box | None:
    """The banner's box; that of its sentence where an element without a box holds it all."""
    for tag in (banner.element, banner.parts[0].element):
        box = article.box(tag)
        if box is not None and box[2] > 1 and box[3] > 1:
            return box
    return None


def _beside(article: Article, tag: Tag, banner: Banner, own: _Box) -> bool:
    """Whether readers see the element left or right of the banner's box, as high as it for the most part."""
    box = article.box(tag)
    if box is None or box[2] <= 2 or box[3] <= 2 or box[0] + box[2] <= 0:
        return False
    shared = min(box[1] + box[3], own[1] + own[3]) - max(box[1], own[1])
    apart = box[0] + box[2] <= own[0] + 1 or box[0] >= own[0] + own[2] - 1
    if not apart or 2 * shared < min(box[3], own[3]) or not _shows(tag):
        return False
    return not within(tag, banner.element) and not _passing(article, tag)


def _shows(tag: Tag) -> bool:
    return tag.name in _SHOWN or any(
        isinstance(each, str) and squash(each)
        for each in tag.find_all(string=True, recursive=False)
    )


def _passing(article: Article, tag: Tag) -> bool:
    """Whether it is hidden, a skip link or an alert that comes and goes."""
    return unseen(article, tag) or is_skip_link(tag) or any(map(is_alert, (tag, *tag.parents)))
