"""What an element is recognised by on the next run: its handle first, its markup, the words around it, its place last.

Specified in docs/fingerprints.md. What tools generate (class names, ids, nonces, data attributes, query strings) is
never part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from bs4.element import CData, NavigableString, PageElement, Tag

from checker.article.naming import named
from checker.article.resource import resource_of, target
from checker.article.text import fold, text_of
from checker.document import Document

if TYPE_CHECKING:
    from checker.article import Article

_NAME = 120
_TEXT = 200
_AROUND = 40
_NODES = 400

_ONCE = frozenset("html head body title main base".split())
"""Elements of which a page has one: nothing else tells them apart, and their text is the page's."""
_NAMED_BY_TEXT = frozenset(
    "a button h1 h2 h3 h4 h5 h6 summary label legend option th caption".split()
)
_NAMED = _NAMED_BY_TEXT | frozenset(
    "img svg area input select textarea iframe frame video audio object embed canvas meter progress".split()
)
_VOLATILE = frozenset(
    """class id style nonce integrity for headers list form srcset sizes width height loading decoding fetchpriority
    crossorigin referrerpolicy value content aria-labelledby aria-describedby aria-controls aria-owns aria-details
    aria-activedescendant aria-flowto aria-errormessage aria-expanded aria-pressed aria-selected aria-current aria-busy
    slot part""".split()
)
_GENERATED = re.compile(r"(?:data-|on|_ng|ng-|v-|x-|wire:|js|:|@|\[|\()")
_ADDRESSES = frozenset(
    "href src action formaction poster data cite xlink:href background longdesc usemap".split()
)

_ROLES = {"nav": "navigation", "main": "main", "aside": "complementary", "article": "article"}
_NAMED_ROLES = {"section": "region", "form": "form", "dialog": "dialog"}
_LANDMARKS = frozenset(
    {*_ROLES.values(), *_NAMED_ROLES.values(), "banner", "contentinfo", "search"}
)
_SECTIONING = frozenset("article aside main nav section".split())


@dataclass(frozen=True)
class Identity:
    """Of one element: ``tag`` its name; ``name`` its accessible name where it is of a kind that has one; ``resource``
    the picture (file name or VIRIN), link target or media that it shows; ``landmark`` the path of landmarks around it;
    ``markup`` its start tag and text without what is generated; ``context`` the words before and after it;
    ``structure`` its path below the nearest landmark. Empty where there is none."""

    tag: str
    name: str = ""
    resource: str = ""
    landmark: str = ""
    markup: str = ""
    context: str = ""
    structure: str = ""


def identify(article: Article, tag: Tag) -> Identity:
    """The identity of an element of the article's document."""
    if tag.name in _ONCE:
        return Identity(tag.name, markup=f"<{tag.name}>")
    resource = resource_of(article, tag)
    return Identity(
        tag=tag.name,
        name=_name(article, tag) if tag.name in _NAMED or tag.get("role") else "",
        resource=resource,
        landmark=landmark_path(tag),
        markup=_markup(article, tag),
        context=_context(tag),
        structure=_structure(article.document, tag),
    )


def apart(article: Article, tag: Tag) -> Identity:
    """The identity of an element of which only its own markup is known (one of a frame that only axe could read)."""
    return Identity(
        tag=tag.name,
        name=_name(article, tag) if tag.name in _NAMED else "",
        resource=resource_of(article, tag),
        markup=_markup(article, tag),
    )


def _name(article: Article, tag: Tag) -> str:
    """The words by which assistive technology tells the element from its likes; never a file name."""
    text, source = named(tag, article.by_id)
    by_text = tag.name in _NAMED_BY_TEXT or tag.has_attr("role")
    if by_text and source in ("", "title"):
        alternatives = (str(each.get("alt", "")) for each in tag.find_all("img"))
        text = text_of(tag) or fold(" ".join(alternatives)) or text
    return fold(text or str(tag.get("title", "")) or str(tag.get("placeholder", "")))[:_NAME]


def landmark_path(tag: Tag) -> str:
    """The landmarks around an element, the outermost first: ``main/article``, ``navigation "Topics"``."""
    steps = [step for each in tag.parents if isinstance(each, Tag) and (step := _landmark(each))]
    return "/".join(reversed(steps))


def _landmark(tag: Tag) -> str:
    label = fold(str(tag.get("aria-label", "")))[:60]
    role = str(tag.get("role", "")).split(" ")[0].lower()
    if role not in _LANDMARKS:
        role = _ROLES.get(tag.name, "") or (_NAMED_ROLES.get(tag.name, "") if label else "")
        if tag.name in ("header", "footer") and not any(
            each.name in _SECTIONING for each in tag.parents
        ):
            role = "banner" if tag.name == "header" else "contentinfo"
    return (f'{role} "{label}"' if label else role) if role else ""


def _markup(article: Article, tag: Tag) -> str:
    """The start tag without what is generated, attributes sorted, addresses without query; then the start of the
    text."""
    attributes = "".join(f" {key}={value!r}" for key, value in sorted(_attributes(article, tag)))
    return f"<{tag.name}{attributes}>{text_of(tag)[:_TEXT]}"


def _attributes(article: Article, tag: Tag) -> Iterator[tuple[str, str]]:
    for key, value in tag.attrs.items():
        name = key.lower()
        if name in _VOLATILE or _GENERATED.match(name):
            continue
        text = value if isinstance(value, str) else " ".join(value)
        if name in _ADDRESSES:
            if tag.name not in ("img", "source", "input"):  # a picture's address is its resource
                yield name, target(article, text)
        else:
            yield name, fold(text)


def _context(tag: Tag) -> str:
    """The last words before the element and the first after it; empty where there are too few to tell anything."""
    before = " ".join(reversed(_texts(tag.previous_elements)))[-_AROUND:]
    after = " ".join(_texts(_following(tag)))[:_AROUND]
    return f"{before}|{after}" if len(before) + len(after) > 10 else ""


def _following(tag: Tag) -> Iterator[PageElement]:
    """What stands behind the element's end, in document order."""
    current: Tag | None = tag
    while current is not None and current.next_sibling is None:
        current = current.parent
    if current is not None and (start := current.next_sibling) is not None:
        yield start
        yield from start.next_elements


def _texts(elements: Iterable[PageElement]) -> list[str]:
    """The nearest texts, the nearest first, blanks folded: enough of them for a context."""
    texts: list[str] = []
    length = 0
    for each in islice(elements, _NODES):
        if type(each) in (NavigableString, CData) and (text := fold(str(each))):
            texts.append(text)
            length += len(text)
            if length > _AROUND:
                break
    return texts


def _structure(document: Document, tag: Tag) -> str:
    """Element names with their turn among siblings of that name, up to the nearest landmark."""
    steps: list[str] = []
    current: Tag | None = tag
    while (
        current is not None
        and current.parent is not None
        and (current is tag or not _landmark(current))
    ):
        steps.append(f"{current.name}:{document.turn(current)[0]}")
        current = current.parent
    return ">".join(reversed(steps))
