"""What stands above the banner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4.element import CData, NavigableString, PageElement, Tag

from checker.article import Article
from checker.article.banner import Banner
from checker.article.banner_texts import squash
from checker.article.text import fold
from checker.article.visible import hides, unseen

_SHOWN = frozenset("img svg picture video iframe object embed canvas button input select".split())
_CONTENT = frozenset(
    {"main", "article", "h1"}
)  # no style sheet makes a page of an article hide these
_SKIP_LINK = re.compile(r"\b(?:skip|jump)\b|main content|\bsaltar\b|contenido principal", re.I)
_ALERT_ROLES = frozenset({"alert", "alertdialog", "dialog", "status"})
_ALERT = re.compile(
    r"alert|notice|notification|announce|emergency|warning|cookie|consent|preview|outage|dialog|modal",
    re.I,
)
_FOR_SCREEN_READERS = re.compile(
    r"sr-only|visually-?hidden|screen-?reader|hidden|invisible|off-?screen|hide", re.I
)


@dataclass(frozen=True)
class Above:
    """Something above the banner: ``certain`` that readers see it there, ``alert`` if it looks like a site alert."""

    element: Tag
    text: str
    certain: bool
    alert: bool


def above(article: Article, banner: Banner) -> Iterator[Above]:
    """What stands before the banner in the document and, where a browser laid it out, above it on the page; not skip
    links, hidden things, scripts, noscript and the state that forms carry."""
    body = article.page_body
    assert body is not None
    rendered = article.page.rendering is not None
    for node in _before(body, banner.element):
        tag = node if isinstance(node, Tag) else node.parent
        if tag is None or is_skip_link(tag) or unseen(article, tag):
            continue
        around = [tag, *(each for each in tag.parents if each is not article.document.soup)]
        if _below(article, tag, banner) if rendered else any(map(_hinted_away, around)):
            continue
        alert = any(map(is_alert, around))
        certain = not alert and (rendered or any(each.name in _CONTENT for each in around))
        yield Above(tag, _text(node), certain, alert)
    for tag in article.elements("main", "h1"):  # style sheets may turn the order round
        if rendered and _higher(article, tag, banner) and not unseen(article, tag):
            yield Above(tag, _text(tag), certain=True, alert=False)


def _before(body: Tag, element: Tag) -> Iterator[PageElement]:
    """Text with letters and elements that show something, up to the element, hidden subtrees left out."""
    stack: list[Iterator[PageElement]] = [iter(body.contents)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif node is element:
            return
        elif isinstance(node, Tag):
            if hides(node):
                continue
            if node.name in _SHOWN and not _is_pixel(node):
                yield node
            if node.name not in _SHOWN:
                stack.append(iter(node.contents))
        elif type(node) in (NavigableString, CData) and squash(str(node)):
            yield node


def is_skip_link(tag: Tag) -> bool:
    link = tag if tag.name in ("a", "button") else tag.find_parent(["a", "button"])
    if link is None:
        return False
    return str(link.get("href", "")).startswith("#") or bool(_SKIP_LINK.search(link.get_text(" ")))


def _is_pixel(tag: Tag) -> bool:
    return any(str(tag.get(side, "")).strip() in ("0", "1") for side in ("width", "height"))


def _hinted_away(tag: Tag) -> bool:
    return tag.name not in ("body", "html") and any(
        _FOR_SCREEN_READERS.search(name) for name in tag.get_attribute_list("class") if name
    )


def is_alert(tag: Tag) -> bool:
    if tag.name == "body":
        return False
    if tag.name == "dialog" or tag.get("role") in _ALERT_ROLES:
        return True
    words = (tag.get("id"), tag.get("aria-label"), *tag.get_attribute_list("class"))
    return any(_ALERT.search(str(word)) for word in words if word)


def _below(article: Article, tag: Tag, banner: Banner) -> bool:
    """Whether the browser put it beside or below the banner, where it keeps nothing from the top."""
    there, here = article.box(tag), article.box(banner.element)
    if not there or not here or not (here[2] and here[3]):
        return False
    return there[1] >= here[1]


def _higher(article: Article, tag: Tag, banner: Banner) -> bool:
    """Whether the browser put it wholly above the banner."""
    there, here = article.box(tag), article.box(banner.element)
    if not there or not here or not all((there[2], there[3], here[2], here[3])):
        return False
    return there[1] + there[3] <= here[1]


def _text(node: PageElement) -> str:
    if isinstance(node, Tag):
        shown = node.find("img") or node if node.name == "picture" else node
        return fold(node.get_text(" ")) or fold(str(shown.get("alt") or shown.get("title") or ""))
    return fold(str(node))
