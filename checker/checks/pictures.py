"""Checks of pictures themselves: whether they are shown, and whether what is marked as decoration is content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.article import Article
from checker.article.images import Image
from checker.article.naming import visible
from checker.article.roles import Kind, Role
from checker.checks._pictures import file, short, styled_away, where
from checker.verdict import Outcome, failed, passed, review


def decoration_has_no_title(article: Article) -> Iterator[Outcome]:
    """A picture with an empty alt has no title: the one says decoration, the other does not. One that is all that a
    link has is the link's matter. Source: ICT Testing Baseline, 6.2-DecorativeImage; WCAG technique H67."""
    for image in article.images:
        if image.alt != "" or not image.exposed or image.link is not None:
            continue
        if image.role is Role.TRACKING or image.named_by.startswith("aria-"):
            continue
        title = visible(str(image.tag.get("title", "")))
        if title and not styled_away(article, image.tag):
            yield failed(
                f'"{file(image)}" is marked as decoration (alt=""), but has the title "{short(title)}".',
                where(article, image),
                "Take the title away; if its words matter, write them into alt.",
            )
        else:
            yield passed()


_MARK = re.compile(r"(?:^|[\W_\d])(?:logo|seal|emblem|crest|coat[-_ ]of[-_ ]arms)(?![a-z])", re.I)


def empty_is_decoration(article: Article, *, larger_than: int) -> Iterator[Outcome]:
    """A picture that is marked as decoration, or that nothing names, shows no content. Some ask for a look: photographs
    and the like in the article's text, larger than so many pixels or of unknown size, drawings as large, and logos and
    seals that stand alone (not beside words in a link, nor a second time with a name, nor as an image map, whose areas
    have the names). What is all that a link has is a link without a name.
    Source: ACT e88epe; WCAG 1.1.1, F38; Section508.gov ("Logos are never decorative")."""
    named = {image.file_name for image in article.images if image.name and image.exposed} - {""}
    for image in article.images:
        if image.hidden or image.link is not None or not _silent(article, image):
            continue
        doubt = _doubt(image, larger_than)
        told = image.file_name in named or "usemap" in image.tag.attrs
        if doubt and not told and not _told_by_link(article, image):
            yield review(
                doubt,
                where(article, image),
                'Leave alt="" if nobody misses the picture; else describe what it shows.',
            )
        else:
            yield passed()
    for tag in article.elements("canvas"):
        if not article.access.hidden(tag) and not article.names.name(tag) and not article.text(tag):
            yield review(
                "A script draws a picture here, and nothing says what it shows.",
                article.locate(tag),
                "Describe it in aria-label with role=img, or in text beside it; leave it if it decorates.",
            )


def _silent(article: Article, image: Image) -> bool:
    """Whether assistive technology passes the picture over, by its author's mark or for want of a name and a role."""
    if image.role is Role.TRACKING or image.kind in (Kind.BACKGROUND, Kind.OBJECT):
        return False
    if image.kind is Kind.SVG:
        return not (image.name or image.tag.get("role") or article.text(image.tag))
    return image.setting.aria_hidden or (image.decorative and not image.alt)


def _doubt(image: Image, larger_than: int) -> str:
    """Why a picture that is passed over may be content; empty where nothing says so."""
    if _MARK.search(image.file_name.rpartition(".")[0]):
        return (
            f'"{file(image)}" is marked as decoration, but its name says that it is a logo or seal.'
        )
    large = image.larger_than(larger_than)
    if image.kind is Kind.SVG:
        bare = large is None and not image.tag.get("class") and image.tag.find("use") is None
        apart = (
            image.role is Role.FURNITURE
            or image.setting.link is not None
            or image.setting.aria_hidden
        )
        if not apart and (large or bare):
            return "Nothing says what this drawing (svg) shows."
    elif image.role is Role.CONTENT and large is not False:
        return f'"{file(image)}" is marked as decoration, but stands in the article\'s text like a picture of it.'
    return ""


def _told_by_link(article: Article, image: Image) -> bool:
    return image.setting.link is not None and bool(article.names.name(image.setting.link))


def loaded(article: Article) -> Iterator[Outcome]:
    """Pictures that readers see are shown. One that nobody answered for is not judged (``ImageFacts.loaded``), nor are
    the files of a page from a folder of which none is there: then the page was saved without its pictures.
    Source: none asks for it; a missing picture is a fault of any article."""
    rendering = article.page.rendering
    if rendering is None:
        return
    facts = {each.element: each for each in rendering.images}
    served = article.page.status is not None or any(
        each.loaded and not each.source.startswith("data:") for each in rendering.images
    )
    answers = {request.url: request.status for request in article.page.requests}
    for image in article.images:
        known = facts.get(article.document.number(image.tag) or -1)
        if known is None or known.loaded is None or image.hidden or image.role is Role.TRACKING:
            continue
        if known.loaded:
            yield passed()
        elif served or known.source.startswith("data:"):
            status = answers.get(known.source) or 0
            because = (
                f"its server answered {status}" if status >= 400 else "what came is no picture"
            )
            yield failed(
                f'The picture "{file(image)}" is not shown: {because}.',
                where(article, image),
                "Upload the picture again, or correct its address.",
            )


def background_is_decoration(article: Article, *, larger_than: int) -> Iterator[Outcome]:
    """A picture that CSS puts behind an element shows no content, or the element has a name or words of its own. Those
    of the article, larger than so many pixels, that stand alone ask for a look. Source: WCAG 1.1.1, F3."""
    for image in article.images:
        if image.kind is not Kind.BACKGROUND or image.hidden or not image.in_body:
            continue
        told = image.name or image.text or image.tag.find(["img", "svg", "video", "picture"])
        if told or image.role is not Role.CONTENT or not image.larger_than(larger_than):
            yield passed()
        else:
            yield review(
                f'The style sheet shows "{file(image)}" where nothing says what it is: if it belongs to the article, '
                "blind readers miss it.",
                where(article, image),
                "Show it by an img element with an alternative, or name it; leave it if it decorates.",
            )
