"""Checks of pictures that are marked as decoration though something says that they are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article
from checker.article.images import Image
from checker.article.keyboard import value
from checker.article.roles import ICON, Role
from checker.verdict import Outcome, failed, passed, review

_FORMAT = re.compile(r"jpe?g|png|svg|webp|gif$")  # letters that no English word has
_EMPTY_WORDS = frozenset(
    """image images img picture pic photo photograph photos graphic graphics icon logo banner button bullet arrow chart
    diagram graph table map drawing painting artwork spacer blank placeholder untitled thumbnail screenshot alt alttext
    decorative null undefined none file jpg jpeg png gif todo tbd""".split()
)
_WORD = re.compile(r"\w+")


def named_yet_hidden(article: Article) -> Iterator[Outcome]:
    """No picture that is marked as decoration, or hidden from assistive technology, has words in its alt: either the
    words are lost, or the picture is decoration and its alt is to be empty. Beside other words of its link or button
    a picture may be hidden; what shows no content of the article asks for a look.
    Source: ICT Testing Baseline, 6.1-MeaningfulImage and 6.2-DecorativeImage; WCAG 2.0, 1.1.1."""
    for image in article.images:
        tag = image.tag
        if tag.name != "img" or image.role is Role.TRACKING:
            continue
        mark = _mark(article, tag)
        around = tag.parent
        if not mark or article.access.hidden(tag) or (around and article.access.veiled(around)):
            continue
        where = article.locate(tag, image.file_name)
        if not value(tag, "alt") or _told_beside(article, image):
            yield passed()
            continue
        message = f"The picture has the text alternative “{value(tag, 'alt')[:60]}”, which {mark} keeps from readers"
        fix = f"Take {mark} away, or write alt=“” if the picture is decoration."
        yield (review if _small_matter(image) else failed)(message, where, fix)


def _mark(article: Article, tag: Tag) -> str:
    if value(tag, "aria-hidden").lower() == "true":
        return 'aria-hidden="true"'
    role = article.access.explicit_role(tag)
    return (
        f'role="{role}"'
        if role in ("none", "presentation") and not article.access.conflicts(tag)
        else ""
    )


def _small_matter(image: Image) -> bool:
    """Whether it is an icon, a logo or the like, or stands outside the content: little is lost."""
    furniture = image.role is Role.FURNITURE or bool(image.setting.furniture) or image.setting.apart
    return furniture or image.larger_than(ICON) is False


def _told_beside(article: Article, image: Image) -> bool:
    """Whether the link or button around the picture has words of its own."""
    outer = next(
        (each for each in image.tag.parents if each.name in ("a", "button", "summary")), None
    )
    return outer is not None and bool(article.names.name(outer))


def alternative_says_something(article: Article) -> Iterator[Outcome]:
    """A picture's alternative is not one word that stands for any picture ("image", "photo") or that no reader would
    know (a run of letters with a file format in it). File names are another rule's.
    Source: ICT Testing Baseline, 6.1-MeaningfulImage; WCAG 2.0, 1.1.1, F30 (placeholders)."""
    for image in article.images:
        if image.tag.name not in ("img", "input") or not image.exposed or not image.name:
            continue
        words = _WORD.findall(image.name.casefold())
        where = article.locate(image.tag, image.file_name)
        if words and all(word in _EMPTY_WORDS or word.isdecimal() for word in words):
            yield review(
                f"The text alternative “{image.name[:60]}” would fit any picture",
                where,
                "Describe in a short sentence what the picture shows.",
            )
        elif (
            len(words) == 1
            and len(words[0]) > 6
            and _FORMAT.search(words[0])
            and "." not in image.name
        ):
            yield review(
                f"The text alternative “{image.name[:60]}” looks like the name of a file",
                where,
                "Describe in a short sentence what the picture shows.",
            )
        else:
            yield passed()
