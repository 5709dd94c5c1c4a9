"""Checks of pictures' text alternatives. A picture that assistive technology never gets to is not judged."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article, naming
from checker.article.images import Image
from checker.article.naming import visible
from checker.article.roles import Kind, Role
from checker.article.text import fold
from checker.article.wording import Likeness, likeness
from checker.checks._pictures import file, short, styled_away
from checker.verdict import Outcome, failed, passed


def alternative_missing(article: Article) -> Iterator[Outcome]:
    """Images, image buttons and image map areas have an alternative or are marked as decoration. Images with an alt
    of white space are ``alternative_blank``'s; drawings (svg) without role img are none of these.
    Source: WCAG 1.1.1, F65 (img, area and input type=image without alternative); ACT 23a2a8."""
    for image in article.images:
        if not _judged(image) or (image.alt and not visible(image.alt)):
            continue
        if image.name or image.description or image.decorative:
            yield passed()
        elif not styled_away(article, image.tag):
            yield failed(
                _missing(image), article.locate(image.tag, image.file_name), _what_to_write(image)
            )
    for area in article.elements("area"):
        if area.has_attr("href") and not article.settings[area].concealed:
            name, _ = naming.named(area, article.by_id)
            if name:
                yield passed()
            elif not styled_away(article, area):
                yield failed(
                    f'The area of an image map that leads to "{short(str(area["href"]))}" has no alternative.',
                    article.locate(area),
                    "Name the link's target in the area's alt.",
                )


def alternative_blank(article: Article) -> Iterator[Outcome]:
    """An alt that is not empty has more than white space. Source: WCAG 1.1.1; ACT 23a2a8, failed example 4."""
    for image in article.images:
        if image.alt and image.exposed and image.role is not Role.TRACKING:
            if visible(image.alt) or image.name:
                yield passed()
            elif not styled_away(article, image.tag):
                yield failed(
                    f'The text alternative of "{file(image)}" is only white space.',
                    article.locate(image.tag, image.file_name),
                    'Describe what the picture shows, or write alt="" if it is decoration.',
                )


def alternative_file_name(article: Article) -> Iterator[Outcome]:
    """A text alternative is not the name, path or address of a file, nor a VIRIN. An alternative that is the file's
    name without its ending is one only where it is no word that a person would write ("DSC_0419").
    Source: WCAG 1.1.1, F30 (file names as text alternatives)."""
    for image in article.images:
        if image.exposed and image.name and image.role is not Role.TRACKING:
            match likeness(image.name, image.sources):
                case Likeness.NONE:
                    yield passed()
                case found:
                    yield failed(
                        f'The text alternative "{short(image.name)}" is {found.value}.',
                        article.locate(image.tag, image.file_name),
                        "Describe in a short sentence what the picture shows.",
                    )


def _judged(image: Image) -> bool:
    """Whether the picture needs an alternative or a mark that it is decoration: exposed, and an element that is by
    itself or by its role an image."""
    if not image.exposed or image.role is Role.TRACKING or image.kind is Kind.BACKGROUND:
        return False
    if image.kind is Kind.SVG:
        return bool(image.tag.get("role")) and not image.decorative
    return image.kind is not Kind.OBJECT or not _has_content(image.tag)


def _has_content(tag: Tag) -> bool:
    """Whether an object has content of its own, which is its alternative (H53)."""
    return bool(fold(tag.get_text())) or tag.find(["img", "a"]) is not None


def _missing(image: Image) -> str:
    match image.kind:
        case Kind.INPUT:
            return f'The image button "{file(image)}" has no text alternative: nothing says what it does.'
        case Kind.SVG | Kind.GRAPHIC:
            return (
                f"An element with the role of an image ({image.tag.name}) has no text alternative."
            )
        case _ if image.link is not None:
            where = short(str(image.link.get("href", "")))
            return f'The picture "{file(image)}", all that the link to "{where}" has, has no text alternative.'
        case _ if image.tag.get("role") in ("none", "presentation"):
            return f'The picture "{file(image)}" is marked as decoration but takes focus, and has no text alternative.'
        case _:
            return f'The picture "{file(image)}" has no text alternative.'


def _what_to_write(image: Image) -> str:
    if image.kind is Kind.INPUT:
        return 'Say in alt what the button does, such as alt="Search".'
    if image.link is not None:
        return "Say in alt where the link leads."
    if image.kind in (Kind.SVG, Kind.GRAPHIC):
        return "Describe it in aria-label, or take the role away where it is decoration."
    if image.setting.link is not None or image.role is Role.DECORATION:
        return 'Write alt="" if the picture adds nothing to the text beside it; else describe what it shows.'
    return 'Describe in alt what the picture shows; write alt="" only if it is decoration.'
