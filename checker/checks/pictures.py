"""Checks of pictures themselves: whether they are shown, and whether what is marked as decoration is content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.article import Article
from checker.article.images import Image
from checker.article.naming import visible
from checker.article.roles import Kind, Role
from checker.article.text import text_of
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
    """A picture that is marked as decoration shows no content. Two kinds ask for a look: photographs and the like in
    the article's text, larger than so many pixels or of unknown size, and logos and seals that stand alone (not beside
    words in a link, nor a second time with a name, nor as an image map, whose areas have the names).
    Source: ACT e88epe; WCAG 1.1.1, F38; Section508.gov ("Logos are never decorative")."""
    named = {image.file_name for image in article.images if image.name and image.exposed}
    for image in article.images:
        if image.hidden or image.link is not None or image.role is Role.TRACKING:
            continue  # one that is all that a link has is a link without a name
        if not _empty(image):
            continue
        if (
            image.file_name in named
            or image.tag.has_attr("usemap")
            or _told_by_link(article, image)
        ):
            yield passed()
        elif image.role is Role.CONTENT and image.larger_than(larger_than) is not False:
            yield review(
                f'"{file(image)}" is marked as decoration, but stands in the article\'s text like a picture of it.',
                where(article, image),
                'Leave alt="" if nobody misses the picture; else describe what it shows.',
            )
        elif _MARK.search(image.file_name.rpartition(".")[0]):
            yield review(
                f'"{file(image)}" is marked as decoration, but its name says that it is a logo or seal.',
                where(article, image),
                "Say in alt whose it is, unless the name stands beside it.",
            )
        else:
            yield passed()


def _empty(image: Image) -> bool:
    """Whether its author marked the picture itself as decoration."""
    own = str(image.tag.get("aria-hidden", "")).lower() == "true"
    if image.kind in (Kind.SVG, Kind.BACKGROUND, Kind.OBJECT) or (
        image.setting.aria_hidden and not own
    ):
        return False
    return not image.alt and (image.decorative or own)


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
        told = (
            image.name or text_of(image.tag) or image.tag.find(["img", "svg", "video", "picture"])
        )
        if told or image.role is not Role.CONTENT or not image.larger_than(larger_than):
            yield passed()
        else:
            yield review(
                f'The style sheet shows "{file(image)}" where nothing says what it is: if it belongs to the article, '
                "blind readers miss it.",
                where(article, image),
                "Show it by an img element with an alternative, or name it; leave it if it decorates.",
            )
