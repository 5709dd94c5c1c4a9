"""Checks of text alternatives that repeat what stands beside them, or what is said of another picture."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bs4.element import Tag

from checker.article import Article, credit, virin
from checker.article.alike import short_text, similarity, words
from checker.article.images import Image
from checker.article.naming import visible
from checker.article.roles import Role
from checker.checks._pictures import LONG, file, named, short, where
from checker.verdict import Outcome, failed, passed, review

_OWN = frozenset({"alt", "aria-label", "title"})
_CLIMB = 4


@dataclass(frozen=True)
class _Bar:
    """From which share of common words on texts repeat each other; those of fewer words must be equal."""

    alike: float
    at_least: int

    def share(self, name: str, other: str) -> float:
        """The share, or 0 where it is too low. A credit at the end of the name does not count."""
        made = credit.find(name[:LONG])
        texts = {name, name[: made.start] if made and made.start else name}
        return max(self._share(text, other) for text in texts)

    def _share(self, text: str, other: str) -> float:
        bar = self.alike if len(words(text)) >= self.at_least else 1.0
        share = similarity(text, other, bar)
        return share if share >= bar else 0.0


def _said(share: float) -> str:
    return "is the same as" if share == 1 else f"has {share:.0%} of its words in common with"


def caption(article: Article, *, alike: float, at_least: int) -> Iterator[Outcome]:
    """A picture's text alternative is not its caption once more. ``alike``: the share of common words (0 to 1) from
    which it is, for alternatives of ``at_least`` words; shorter ones must be equal. The credit does not count.
    Captions are those of the article's figures however they are marked up, and any figcaption.
    Source: Section508.gov (alternative text does not repeat the text)."""
    bar = _Bar(alike, at_least)
    captions = article.once(_captions)
    for image in _written(article):
        texts = captions.get(id(image.tag))
        if texts is None:
            continue
        share = max(bar.share(image.name, text) for text in texts)
        if share:
            yield failed(
                f'The text alternative of "{file(image)}" {_said(share)} its caption: it is read twice, and what '
                "the picture looks like is not told.",
                where(article, image),
                "Describe in the alternative what is seen, and leave names, place and date to the caption.",
            )
        else:
            yield passed()


def _captions(article: Article) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for figure in article.figures:
        texts = [
            text for text in (figure.caption and figure.caption.text, figure.description) if text
        ]
        if figure.title:
            texts.append(figure.title.text)
        for image in figure.images:
            if texts:
                found[id(image.tag)] = texts
    for image in article.images:
        around = image.setting.figure
        if id(image.tag) not in found and around is not None and around is not image.tag:
            own = next(article.within(around, "figcaption"), None)
            if own is not None and (text := article.text(own)):
                found[id(image.tag)] = [text]
    return found


def title_attribute(article: Article, *, alike: float, at_least: int) -> Iterator[Outcome]:
    """A picture's title attribute does not repeat its alternative. Parameters as for captions.
    Source: Section508.gov; HTML (the title attribute is advisory information)."""
    bar = _Bar(alike, at_least)
    for image in _written(article):
        title = visible(str(image.tag.get("title", "")))
        if not title or image.named_by == "title":
            continue
        if share := bar.share(image.name, title):
            yield failed(
                f'The title attribute of "{file(image)}" {_said(share)} its text alternative: some screen readers '
                "read both.",
                where(article, image),
                "Take the title attribute away.",
            )
        else:
            yield passed()


def headline(article: Article, *, alike: float, at_least: int) -> Iterator[Outcome]:
    """A text alternative is not the article's headline. Parameters as for captions. Links home and cards of other
    articles have their own names. Source: Section508.gov (common mistakes)."""
    bar = _Bar(alike, at_least)
    headings = list(article.elements("h1"))
    lines = [text for tag in headings if (text := article.text(tag))]
    lines += [part for part in re.split(r"\s+[|\u2013\u2014-]\s+", article.title)[:1] if part]
    for image in _written(article):
        if not lines or len(words(image.name)) < at_least:
            continue
        if any(each is not image.tag and article.index.holds(each, image.tag) for each in headings):
            continue
        if share := max(bar.share(image.name, line) for line in lines):
            yield failed(
                f'The text alternative of "{file(image)}" {_said(share)} the headline: it says what the article is '
                "about, not what the picture shows.",
                where(article, image),
                "Describe what is seen.",
            )
        else:
            yield passed()


def text_beside(article: Article, *, alike: float, at_least: int) -> Iterator[Outcome]:
    """A text alternative is not what the text right beside the picture says: in the same link, cell or paragraph, or in
    the element before or after. Parameters as for captions; captions are another rule's.
    Source: Section508.gov (common mistakes); axe image-redundant-alt."""
    bar = _Bar(alike, at_least)
    captions = article.once(_captions)
    for image in _written(article):
        beside = [text for text in _beside(image.tag, len(image.name)) if text]
        if not beside:
            continue
        if any(bar.share(image.name, text) for text in captions.get(id(image.tag), ())):
            continue
        if share := max(bar.share(image.name, text) for text in beside):
            yield failed(
                f'The text alternative "{short(image.name)}" {_said(share)} the text beside the picture: it is read '
                "twice.",
                where(article, image),
                'Write alt="" if the picture adds nothing to the text; else say what it adds.',
            )
        else:
            yield passed()


def _beside(tag: Tag, length: int) -> Iterator[str]:
    """Texts near a picture that are short enough to be compared: of the box that it shares, else of its neighbours."""
    limit = length + length // 4 + 20
    current = tag
    for _, parent in zip(range(_CLIMB), tag.parents, strict=False):
        if parent.name == "figure":
            return
        if parent.name in ("body", "main", "article", "[document]"):
            break
        text = short_text(parent, limit)
        if text is None:
            break
        if text:
            yield text
            return
        current = parent
    for sibling in (current.find_previous_sibling(), current.find_next_sibling()):
        if isinstance(sibling, Tag) and sibling.name not in ("figcaption", "script", "style"):
            yield short_text(sibling, limit) or ""


def other_picture(article: Article, *, at_least: int) -> Iterator[Outcome]:
    """Different pictures of the article have different alternatives. Two sizes of a file are one picture; alternatives
    of fewer than ``at_least`` words are not compared. Source: WCAG 1.1.1 (equivalent purpose)."""
    groups: dict[str, dict[str, Image]] = defaultdict(dict)
    for image in _written(article):
        if image.role is Role.CONTENT and image.file_name and len(words(image.name)) >= at_least:
            groups[image.name.casefold()].setdefault(_picture(image), image)
    for images in groups.values():
        first, *others = images.values()
        yield passed()
        for image in others:
            yield review(
                f'"{file(image)}" has the same text alternative as "{file(first)}": "{short(image.name)}".',
                where(article, image),
                "Say what tells this picture from the other.",
            )


_SIZE = re.compile(
    r"[-_](?:\d{2,4}x\d{2,4}|scaled|thumb(?:nail)?|small|medium|large|\d{3,4}w?|[1-3]x)$|@[1-3]x$",
    re.I,
)


def _picture(image: Image) -> str:
    """What is the same for all sizes of a picture. The last digits of a VIRIN are no size."""
    stem = image.file_name.rpartition(".")[0] or image.file_name
    if virin.parse(stem).well_formed:
        return stem.casefold()
    return _SIZE.sub("", stem).casefold()


def _written(article: Article) -> Iterator[Image]:
    """Pictures whose alternative was written for them, not taken from other text by reference."""
    return (image for image in named(article) if image.named_by in _OWN)
