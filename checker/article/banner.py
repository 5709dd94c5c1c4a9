"""The government banner, found by its words, never by class names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace
from itertools import accumulate, compress
from typing import TYPE_CHECKING

from bs4.element import NavigableString, Tag

from checker.article.banner_texts import SIGNS, Generation, Kind, Sign, squash, squashed
from checker.article.host import Domain
from checker.article.spoken import spoken
from checker.article.text import fold
from checker.article.visible import unseen

if TYPE_CHECKING:
    from checker.article import Article

REQUIRED = (Kind.SENTENCE, Kind.DOMAIN, Kind.HTTPS)
"""What a banner must say (Federal Website Standards, banner)."""

_APART = (
    400  # letters between two parts of one banner; the longest that a release has are half of it
)
_HINT = re.compile(r"[oO][fF]{1,2}[iI\u0130\u0131][cC][iI\u0130\u0131][aA][lL]")
"""The word in any case: found in a third of the time of the same with a flag that says so."""
_PLAIN = re.compile(
    r"officialwebsiteoftheunitedstatesgovernment|sitiooficialdelgobiernodeestadosunidos"
)
_ARTICLE = ("main", "article")
_ELSEWHERE = (*_ARTICLE, "footer")
_LEADS = frozenset(("", "a", "an", "the", "un", "el", "los", "thisisan", "thisisthe"))
_SKIPPED = frozenset({"script", "style", "noscript", "textarea"})
_COMPONENT = re.compile(r"^(?=.*-).*(?:usa|gov|government|uswds)-?banner$")


@dataclass(frozen=True)
class Part:
    """A piece of the banner: what it does, in which language and generation of words, the domain it names, the element
    that holds it and that element's text."""

    kind: Kind
    language: str
    generation: Generation | None
    domain: Domain | None
    element: Tag
    text: str


@dataclass(frozen=True)
class Banner:
    """The banner of a page. ``domain`` is None where its words name none or both, ``generation`` None where only its
    first sentence is there; ``words`` is all its text, squashed; ``hidden`` says that nobody sees its sentence."""

    element: Tag
    language: str
    domain: Domain | None
    generation: Generation | None
    parts: tuple[Part, ...]
    words: str
    hidden: bool

    @property
    def missing(self) -> tuple[Kind, ...]:
        """What it must say and does not; the oldest words had nothing on HTTPS to recognise."""
        said = {part.kind for part in self.parts}
        if self.generation is Generation.OLDER:
            said.add(Kind.HTTPS)
        return tuple(kind for kind in REQUIRED if kind not in said)

    @property
    def complete(self) -> bool:
        """Whether it says all that it must."""
        return not self.missing

    @property
    def domains(self) -> frozenset[Domain]:
        """Every domain that its words name."""
        return frozenset(part.domain for part in self.parts if part.domain)


def find_banner(article: Article) -> Banner | None:
    """The banner of a page, its shadow roots included; None where the document has none."""
    body = article.page_body
    if body is None or not _HINT.search(article.page.html):
        return None
    text = _Text(article, body)
    found = [text.banner(group) for group in _groups(text) if _is_banner(text, group)]
    return max(found, key=lambda b: (len({p.kind for p in b.parts}), not b.hidden), default=None)


def unread_component(article: Article) -> Tag | None:
    """A banner component whose shadow root is not in the document: what it shows cannot be told."""
    if "banner" not in article.page.html:
        return None
    for tag in article.elements():
        if "-" in tag.name and _COMPONENT.match(tag.name):
            return None if tag.find("template", shadowrootmode=True) else tag
    return None


def said_by_scripts(article: Article) -> bool:
    """Whether the banner's sentence stands in a script or an inert template, which may show it."""
    return any(
        _PLAIN.search(squash("".join(s for s in tag.descendants if isinstance(s, NavigableString))))
        for tag in article.document.tags
        if tag.name in ("script", "template") and "shadowrootmode" not in tag.attrs
    )


class _Text:
    """The text of a body as readers may meet it, squashed, and where each piece of it stands."""

    def __init__(self, article: Article, body: Tag) -> None:
        self._article = article
        said = spoken(article, body)
        pieces = squashed(said)
        self.runs = list(compress(said, pieces))
        ends = accumulate(map(len, filter(None, pieces)))
        self.starts = [0, *ends][: len(self.runs)]
        self.squashed = "".join(pieces)

    def signs(self) -> Iterator[tuple[Sign, re.Match[str]]]:
        """Every sign, in order, none within another. Each pattern is looked for by itself, which takes a tenth of the
        time of all at once: a search for plain letters is quick."""
        waiting = [
            (match.start(), number, match)
            for number, sign in enumerate(SIGNS)
            if (match := sign.search(self.squashed))
        ]
        heapify(waiting)
        end = 0
        while waiting:
            start, number, match = waiting[0]
            if start >= end:
                yield SIGNS[number], match
                end = match.end()
            if later := SIGNS[number].search(self.squashed, end):
                heapreplace(waiting, (later.start(), number, later))
            else:
                heappop(waiting)

    def index(self, offset: int) -> int:
        """The run that holds the letter."""
        return bisect_right(self.starts, offset) - 1

    def holder(self, first: int, last: int) -> Tag:
        """The innermost element that holds two runs."""
        inside = {id(parent) for parent in self.runs[last].parents}
        return next(p for p in self.runs[first].parents if id(p) in inside)

    def part(self, sign: Sign, match: re.Match[str]) -> Part:
        element = self.holder(self.index(match.start()), self.index(match.end() - 1))
        said = self._article.text(element) or fold(match.group())
        domain = sign.domain(match.group())
        return Part(sign.kind, sign.language, sign.generation, domain, element, said)

    def banner(self, group: _Group) -> Banner:
        first, last = self.index(group[0][1].start()), self.index(group[-1][1].end() - 1)
        parts = tuple(self.part(sign, match) for sign, match in group)
        generations = [part.generation for part in parts if part.generation]
        domains = {part.domain for part in parts if part.domain}
        return Banner(
            element=self._outermost(self.holder(first, last), first, last),
            language=Counter(part.language for part in parts).most_common(1)[0][0],
            domain=domains.pop() if len(domains) == 1 else None,
            generation=min(generations, default=None),
            parts=parts,
            words=self.squashed[self.starts[first] : self._end(last)],
            hidden=unseen(self._article, parts[0].element),
        )

    def _end(self, index: int) -> int:
        return self.starts[index + 1] if index + 1 < len(self.starts) else len(self.squashed)

    def _outermost(self, element: Tag, first: int, last: int) -> Tag:
        """The widest element that holds nothing but ``element``."""
        around = [self.runs[i] for i in (first - 1, last + 1) if 0 <= i < len(self.runs)]
        others = {id(parent) for run in around for parent in run.parents}
        while (parent := element.parent) is not None and parent.name not in ("body", "main"):
            if id(parent) in others or not _only_child(element, parent):
                break
            element = parent
        return element


type _Group = list[tuple[Sign, re.Match[str]]]


def _groups(text: _Text) -> Iterator[_Group]:
    """Signs that stand together. A banner begins with its sentence and ends with its HTTPS part."""
    group: _Group = []
    seen: set[Kind] = set()
    for sign, match in text.signs():
        far = group and match.start() - group[-1][1].end() > _APART
        again = (sign.kind is Kind.SENTENCE and seen & {Kind.DOMAIN, Kind.HTTPS}) or (
            sign.kind is Kind.ACTION and Kind.HTTPS in seen
        )
        if far or again:
            yield group
            group, seen = [], set()
        group.append((sign, match))
        seen.add(sign.kind)
    if group:
        yield group


def _is_banner(text: _Text, group: _Group) -> bool:
    """Whether the signs are a banner's. In the article a sentence that only quotes its words is none."""
    if _quoted(text, group[0][1].start()):
        return False
    kinds = {sign.kind for sign, _ in group}
    if Kind.SENTENCE in kinds and len(kinds) > 1:
        return True
    if kinds >= {Kind.DOMAIN, Kind.HTTPS}:
        return True
    start = group[0][1].start()
    plain = _PLAIN.match(text.squashed, start)
    return bool(plain) and not _stands_in(text.runs[text.index(start)], _ELSEWHERE)


def _quoted(text: _Text, start: int) -> bool:
    """Whether words stand in the article, behind others of their sentence."""
    index = text.index(start)
    before = text.squashed[text.starts[index] : start]
    return before not in _LEADS and _stands_in(text.runs[index], _ARTICLE)


def _stands_in(run: NavigableString, names: tuple[str, ...]) -> bool:
    return any(each.name in names for each in run.parents)


def _only_child(element: Tag, parent: Tag) -> bool:
    likes: Iterable[Tag] = (each for each in parent.contents if isinstance(each, Tag))
    return all(each is element or each.name in ("style", "link", *_SKIPPED) for each in likes)
