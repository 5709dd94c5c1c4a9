"""What an element is recognised by on the next run: its handle first, its markup, the words around it, its place last.

Specified in docs/fingerprints.md. What tools generate (class names, ids, nonces, data attributes, query strings) is
never part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bs4.element import PageElement, Tag

from checker.article.naming import named
from checker.article.resource import resource_of, target
from checker.article.text import TEXT, fold, text_of
from checker.article.tree import below

if TYPE_CHECKING:
    from checker.article import Article

_NAME = 120
_TEXT = 200
_AROUND = 40
_ENDS = _AROUND + 1
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
    return article.once(_Identities).of(tag)


class _Identities:
    """The identities of a page's elements; what several of them have around them is read once."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._known: dict[int, Identity] = {}
        self._landmarks: dict[int, str] = {}
        self._said: dict[int, str] = {}

    def of(self, tag: Tag) -> Identity:
        """The identity of an element of the document."""
        known = self._known.get(id(tag))
        if known is None:
            known = self._known[id(tag)] = self._found(tag)
        return known

    def _found(self, tag: Tag) -> Identity:
        article = self._article
        if tag.name in _ONCE:
            return Identity(tag.name, markup=f"<{tag.name}>")
        landmark, structure = self._path(tag)
        return Identity(
            tag=tag.name,
            name=_name(article, tag) if tag.name in _NAMED or tag.get("role") else "",
            resource=resource_of(article, tag),
            landmark=landmark,
            markup=_markup(article, tag),
            context=self._context(tag),
            structure=structure,
        )

    def _path(self, tag: Tag) -> tuple[str, str]:
        """The landmarks around an element, the outermost first: ``main/article``, ``navigation "Topics"``; and its
        structure: element names with their turn among siblings of that name, below the nearest landmark."""
        turn, known = self._article.document.turn, self._landmarks
        landmarks: list[str] = []
        steps: list[str] = []
        current: Tag | None = tag
        while current is not None:
            landmark = ""
            if current is not tag:
                found = known.get(id(current))
                landmark = known[id(current)] = _landmark(current) if found is None else found
            if landmark:
                landmarks.append(landmark)
            elif not landmarks and current.parent is not None:
                steps.append(f"{current.name}:{turn(current)[0]}")
            current = current.parent
        return "/".join(reversed(landmarks)), ">".join(reversed(steps))

    def _context(self, tag: Tag) -> str:
        """The last words before the element and the first after it; empty where there are too few to tell anything."""
        near = self._texts(tag.previous_element, ahead=False)
        before = " ".join(reversed(near))[-_AROUND:]
        after = " ".join(self._texts(_behind(tag), ahead=True))[:_AROUND]
        return f"{before}|{after}" if len(before) + len(after) > 10 else ""

    def _texts(self, start: PageElement | None, *, ahead: bool) -> list[str]:
        """The nearest texts from there on, the nearest first, blanks folded: enough of them for a context."""
        texts: list[str] = []
        length = 0
        current, known = start, self._said
        for _ in range(_NODES):
            if current is None:
                break
            if type(current) in TEXT:
                text = known.get(id(current))
                if text is None:
                    text = known[id(current)] = _ends(current)
                if text:
                    texts.append(text)
                    length += len(text)
                    if length > _AROUND:
                        break
            current = current.next_element if ahead else current.previous_element
        return texts


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
        text = text_of(tag, _NAME) or _alternatives(tag) or text
    return fold(text or str(tag.get("title", "")) or str(tag.get("placeholder", "")))[:_NAME]


def _alternatives(tag: Tag) -> str:
    """Those of the pictures in an element."""
    return fold(" ".join(str(each.get("alt", "")) for each in below(tag) if each.name == "img"))


def _landmark(tag: Tag) -> str:
    attributes = tag.attrs
    label = fold(str(attributes["aria-label"]))[:60] if "aria-label" in attributes else ""
    role = str(attributes["role"]).split(" ")[0].lower() if "role" in attributes else ""
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
    return f"<{tag.name}{attributes}>{text_of(tag, _TEXT)[:_TEXT]}"


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


def _behind(tag: Tag) -> PageElement | None:
    """What stands first behind the element's end."""
    current: Tag | None = tag
    while current is not None and current.next_sibling is None:
        current = current.parent
    return current.next_sibling if current is not None else None


def _ends(node: PageElement) -> str:
    """A text, blanks folded; of a long one as much of its start and its end as a context takes."""
    said = fold(str(node))
    return said if len(said) <= 2 * _ENDS else said[:_ENDS] + said[-_ENDS:]
