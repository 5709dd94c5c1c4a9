"""Figures: pictures of the article with the caption, credit and VIRIN that the page shows for them.

Content systems mark these up in many ways, so labels ("Credit:", "VIRIN:", a parenthesised credit) and nearness
decide; element names and then class names are hints.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bs4.element import Tag

from checker.article import captions, flow, slides
from checker.article.captions import Parts, Words
from checker.article.flow import Flow, Line
from checker.article.images import Image
from checker.article.roles import Kind, Role
from checker.article.setting import tokens
from checker.article.virin import Virin
from checker.article.virin import parse as parse_virin

if TYPE_CHECKING:
    from checker.article import Article


@dataclass(frozen=True, eq=False)
class Figure:
    """A picture (or several under one caption) and its words.

    ``tag`` is the element that holds them, the picture's own where they stand loose beside it. ``caption`` is as the
    page shows it, a credit in the same line included; ``description`` is the caption without the credit, empty where
    it is only that. ``virin`` is what stands behind the label or in the caption, ``number`` the same by its fields.
    """

    tag: Tag
    images: tuple[Image, ...]
    title: Words | None = None
    caption: Words | None = None
    description: str = ""
    credit: Words | None = None
    virin: Words | None = None

    @property
    def image(self) -> Image:
        """The picture, the first of several."""
        return self.images[0]

    @property
    def number(self) -> Virin | None:
        """The shown VIRIN by its fields."""
        return parse_virin(self.virin.text) if self.virin else None


_HINTS = frozenset(
    """figure fig caption media image images img photo photos picture slide slideshow thumb thumbnail gallery popup
    lightbox""".split()
)
_HELD = 3000  # characters that a box with a telling name holds at most besides its picture
_PLAIN = 600  # the same of a box without one
_SAME = 8  # times that a box shows one file at most, as small and large views of it
_NEAR = 3  # unlabelled lines between a picture and its credit or VIRIN


def find_figures(article: Article) -> Iterator[Figure]:
    """The article's content pictures with their words, in document order; a file shown twice in one box counts once."""
    body = article.body
    if body is None:
        return
    read = flow.read(article, body)
    told = slides.find_slides(article)
    found = [_figure(read, group, told) for group in _groups(read, body)]
    yield from _labelled_elsewhere(found, read)


@dataclass(frozen=True, eq=False)
class _Group:
    """Pictures of one box and where its words start and end; ``end`` is also where loose lines after it start."""

    images: tuple[Image, ...]
    box: Tag | None
    start: int
    end: int


def _groups(read: Flow, body: Tag) -> Iterator[_Group]:
    done: set[int] = set()
    for at, image in enumerate(read.items):
        if not isinstance(image, Image) or id(image) in done or not _counts(image):
            continue
        box = _box(read, body, image, at)
        start, end = read.span(box) if box is not None else (at, at + 1)
        images = [
            each for each in read.items[start:end] if isinstance(each, Image) and _counts(each)
        ] or [image]
        done.update(id(each) for each in images)
        by_file = {each.file_name or str(id(each)): each for each in reversed(images)}
        yield _Group(tuple(reversed(by_file.values())), box, start, end)


def _counts(image: Image) -> bool:
    return image.role is Role.CONTENT and image.kind is not Kind.BACKGROUND and not image.hidden


def _box(read: Flow, body: Tag, image: Image, at: int) -> Tag | None:
    """The element that holds the picture and its words, or None where they stand loose."""
    figure = image.setting.figure
    widest: Tag | None = None
    held = 0
    for parent in image.tag.parents:
        if parent is body or not isinstance(parent, Tag):
            break
        start, end = read.span(parent)
        if _several(read, start, end):
            if not held and _captions_all(parent, figure) and read.count(start, end):
                return parent
            return widest
        if read.count(start, end) and not _holds_words(read, parent, image, start, end):
            break
        if read.count(start, end) > held or parent is figure:
            widest, held = parent, read.count(start, end)
            if not _open(read, parent, start, end):
                break
    return widest


def _captions_all(parent: Tag, figure: Tag | None) -> bool:
    """Whether a box of several pictures is theirs: the picture's own figure, or one around figures of which only it has
    a caption."""
    if parent is figure:
        return True
    captions = parent.find_all("figcaption") if parent.name == "figure" else []
    return len(captions) == 1 and captions[0].parent is parent


def _several(read: Flow, start: int, end: int) -> bool:
    """Whether different content pictures stand there. So many of one file are no one's caption either."""
    files: set[str] = set()
    seen = 0
    for at in range(start, end):
        each = read.items[at]
        if isinstance(each, Image) and _counts(each):
            files.add(each.file_name)
            seen += 1
            if len(files) > 1 or seen > _SAME:
                return True
    return False


def _holds_words(read: Flow, box: Tag, image: Image, start: int, end: int) -> bool:
    """Whether a box around a picture holds its words rather than the article's text."""
    length, lines = read.length(start, end), read.lines(start, end)
    if box is image.setting.figure or box.name == "figure":
        return True
    if any(line.tag.name in ("h1", "h2") for line in lines) or length > _HELD:
        return False
    if 2 * length > read.length(0, len(read.items)) and len(lines) < len(
        read.lines(0, len(read.items))
    ):
        return all(captions.is_labelled(line.text) for line in lines[1:]) and captions.is_labelled(
            lines[-1].text
        )
    if _HINTS.intersection(tokens(box)) or str(box.get("itemtype", "")).endswith("ImageObject"):
        return True
    if any(captions.is_labelled(line.text) for line in lines):
        return captions.unlabelled(lines) <= _NEAR
    return len(lines) == 1 and length <= _PLAIN


def _open(read: Flow, box: Tag, start: int, end: int) -> bool:
    """Whether a wider box may add to it: what credits the picture is not there yet."""
    return not any(captions.is_labelled(line.text) for line in read.lines(start, end))


def _figure(read: Flow, group: _Group, told: slides.Slides) -> Figure:
    lines = read.lines(group.start, group.end)
    parts = captions.read(lines, group.box)
    if not (parts.caption and parts.credit and parts.virin):
        loose = _loose(read, group.end, parts)
        if loose and parts.caption:
            parts = parts.filled(captions.read(loose, None))
        elif loose:
            parts = captions.read([*lines, *loose], group.box)
    if not parts.caption and (slide := told.get(group.images[0].file_name)):
        parts = parts.filled(slide.parts(group.images[0].tag))
    return _made(group.box or group.images[0].tag, group.images, parts)


def _made(tag: Tag, images: tuple[Image, ...], parts: Parts) -> Figure:
    return Figure(
        tag, images, parts.title, parts.caption, parts.description, parts.credit, parts.virin
    )


def _loose(read: Flow, start: int, parts: Parts) -> list[Line]:
    """Lines after a picture's box that belong to it: up to and with the run of labelled lines, where one is near."""
    taken: list[Line] = []
    plain = 0
    end = 0
    limit = 0 if parts.caption else _NEAR
    for each in read.items[start : start + 12]:
        if isinstance(each, Image):
            if _counts(each):
                break
            continue
        if each.linked:
            continue
        if captions.is_labelled(each.text) or captions.is_value(taken, each):
            taken.append(each)
            end = len(taken)
            continue
        plain += 1
        if end or plain > limit or each.tag.name in ("h1", "h2"):
            break
        taken.append(each)
    return taken[:end] if sum(len(line.text) for line in taken[:end]) <= _HELD else []


def _labelled_elsewhere(figures: list[Figure], read: Flow) -> list[Figure]:
    """On a page of one picture (DVIDS), labelled facts anywhere in the article are the picture's."""
    if len(figures) != 1 or (figures[0].credit and figures[0].virin):
        return figures
    figure = figures[0]
    facts = captions.labelled_facts(read.lines(0, len(read.items)))
    return [
        Figure(
            figure.tag,
            figure.images,
            figure.title,
            figure.caption,
            figure.description,
            figure.credit or facts.credit,
            figure.virin or facts.virin,
        )
    ]
