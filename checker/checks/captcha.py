"""Checks of CAPTCHAs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article
from checker.article.images import Image
from checker.article.keyboard import value
from checker.verdict import Outcome, failed, passed, review

_CAPTCHA = "captcha"
_NAMES = ("id", "class", "name", "alt", "aria-label")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|php|aspx?)\b", re.I)
_SOUND = re.compile(r"\b(?:audio|sound|listen|hear|spoken|play)\b|captcha.*\.(?:mp3|wav|ogg)", re.I)


def named(article: Article) -> Iterator[Outcome]:
    """A picture that by its file, id, class or alternative is a CAPTCHA has an alternative; one that hardly says what
    it is for asks for a look. Source: ICT Testing Baseline, 6.3; WCAG 2.0, 1.1.1 (CAPTCHA)."""
    for image in article.once(_captchas):
        where = article.locate(image.tag, image.file_name)
        fix = "Say that it is a CAPTCHA, and what to do: alt=“CAPTCHA picture; the sound is next to it”."
        if not image.name:
            yield failed("This CAPTCHA has no text alternative", where, fix)
        elif len(_WORD.findall(image.name)) < 2 or _FILE.search(image.name):
            yield review(
                f"The CAPTCHA's alternative “{image.name[:60]}” hardly says what it is for",
                where,
                fix,
            )
        else:
            yield passed()


def has_other_form(article: Article) -> Iterator[Outcome]:
    """A page with a CAPTCHA picture offers one to hear. Source: ICT Testing Baseline, 6.3; WCAG 2.0, 1.1.1."""
    for image in article.once(_captchas):
        where = article.locate(image.tag, image.file_name)
        if any(
            _sounds(article, tag)
            for tag in article.elements("a", "button", "input", "audio", "source", "iframe")
        ):
            yield passed()
        else:
            yield review(
                "Nothing on the page offers this CAPTCHA to people who cannot see it",
                where,
                "Offer one that can be heard, or a way that needs no CAPTCHA.",
            )


def _captchas(article: Article) -> tuple[Image, ...]:
    return tuple(
        image
        for image in article.images
        if image.tag.name in ("img", "input", "svg", "canvas")
        and _CAPTCHA in _told(image).lower()
        and not article.access.hidden(image.tag)
    )


def _told(image: Image) -> str:
    """What the picture's names and address say of it."""
    names = (value(image.tag, key) for key in _NAMES if key in image.tag.attrs)
    return " ".join((*names, *image.sources[:1]))


def _sounds(article: Article, tag: Tag) -> bool:
    if tag.name == "audio":
        return True
    told = " ".join(value(tag, name) for name in ("src", "href", "id", "title", "value"))
    return bool(_SOUND.search(article.names.name(tag)) or _SOUND.search(told))
