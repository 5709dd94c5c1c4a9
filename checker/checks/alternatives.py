"""Checks of the words of text alternatives: placeholders, set phrases, length, language, what belongs elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4.element import Tag

from checker.article import Article, credit, language, virin
from checker.article.alike import words
from checker.article.images import Image
from checker.article.roles import ICON, Kind, Role
from checker.article.wording import Likeness, likeness
from checker.checks._pictures import LONG, file, named, short, styled_away, where
from checker.verdict import Outcome, failed, passed, review


def placeholder(
    article: Article, *, anywhere: tuple[str, ...], of_content: tuple[str, ...]
) -> Iterator[Outcome]:
    """No text alternative is what systems and authors write where one should stand: ``anywhere`` the words that never
    are one, ``of_content`` those that may name an icon, and are none of a picture of the article that is no link.
    Numbers at the end do not count ("image 1"); names of files are another rule's.
    Source: WCAG 1.1.1, F30 (placeholder text)."""
    for image in named(article):
        if likeness(image.name, image.sources) is not Likeness.NONE:
            continue
        said = " ".join(words(re.sub(r"[\s_-]{0,3}\d{1,6}$", "", image.name[:LONG])))
        content = image.role is Role.CONTENT and image.setting.link is None
        if (said in anywhere or (content and said in of_content)) and not styled_away(
            article, image.tag
        ):
            yield failed(
                f'The text alternative "{short(image.name)}" only stands in the place of one.',
                where(article, image),
                "Describe in a short sentence what the picture shows.",
            )
        else:
            yield passed()


def set_phrase(
    article: Article, *, phrases: tuple[str, ...], but: tuple[str, ...] = ()
) -> Iterator[Outcome]:
    """No text alternative begins with a phrase that says that it is a picture; ``but`` are words after which it is a
    name ("photo of the year"). Words further on are meant: "photo identification".
    Source: Section508.gov, alternative text."""
    beginnings = tuple(f"{each} " for each in phrases)
    for image in named(article):
        said = f"{' '.join(words(image.name))} "
        likely = phrases if said.startswith(beginnings) else ()
        phrase = next((each for each in likely if _begins(said, each)), "")
        if phrase and not any(_begins(said, f"{phrase} {each}") for each in but):
            yield failed(
                f'The text alternative begins with "{image.name[:40]}": readers hear that it is a picture anyway.',
                where(article, image),
                f'Leave out "{phrase}" and begin with what is seen.',
            )
        else:
            yield passed()


def _begins(said: str, phrase: str) -> bool:
    """Whether words, each with a blank behind it, begin with those of the phrase and go on."""
    return said.startswith(f"{phrase} ") and len(said) > len(phrase) + 1


def not_too_long(article: Article, *, at_most: int) -> Iterator[Outcome]:
    """Text alternatives have at most so many characters. Source: Section508.gov ("short and to the point")."""
    for image in named(article):
        if image.named_by == "aria-labelledby" or len(image.name) <= at_most:
            yield passed()
        else:
            yield failed(
                f'The text alternative of "{file(image)}" has {len(image.name)} characters, more than {at_most}: '
                "it is read in one breath, and nobody can stop or skip in it.",
                where(article, image),
                "Say the point of the picture in a sentence or two, and write the rest into the text or the caption.",
            )


def not_too_short(article: Article, *, at_least: int, larger_than: int) -> Iterator[Outcome]:
    """Text alternatives of the article's photographs that are larger than so many pixels have at least so many
    characters. What other rules tell (file names) and pictures that are links are left out.
    Source: Section508.gov (common mistakes)."""
    for image in named(article):
        if image.role is not Role.CONTENT or image.setting.link is not None:
            continue
        if image.kind in (Kind.SVG, Kind.GRAPHIC, Kind.OBJECT) or not image.larger_than(
            larger_than
        ):
            continue
        if len(image.name) >= at_least or likeness(image.name, image.sources) is not Likeness.NONE:
            yield passed()
        else:
            yield failed(
                f'The text alternative "{image.name}" has {len(image.name)} characters, fewer than {at_least}: '
                "that hardly tells what the picture shows.",
                where(article, image),
                "Say who or what is seen, and what goes on.",
            )


_SPOKEN = {"en": "eng", "es": "spa"}
_LETTERS = re.compile(r"[^\W\d_]")


def language_of_page(article: Article, *, confidence: float, letters: int) -> Iterator[Outcome]:
    """A text alternative is in the language that the page states for it (the nearest ``lang``): English or Spanish.
    Asked only of those of at least so many letters, and of which the detector is as sure as ``confidence`` (0 to 1).
    Source: Section508.gov (same language as the page); WCAG 3.1.2."""
    for image in named(article):
        stated = _language(image.tag)
        if (
            stated.split("-")[0] not in _SPOKEN
            or len(_LETTERS.findall(image.name[:1000])) < letters
        ):
            continue
        found = language.spoken(image.name[:1000], confidence)
        own = _SPOKEN[stated.split("-")[0]]
        if found.language in (None, own) or found.language not in _SPOKEN.values():
            yield passed()
        else:
            yield review(
                f'The text alternative "{short(image.name)}" seems to be {found.name} '
                f'(confidence {found.confidence:.2f}), where the page says lang="{stated}".',
                where(article, image),
                "Translate it, or state its language with lang on the picture.",
            )


def _language(tag: Tag) -> str:
    for each in (tag, *tag.parents):
        if "lang" in each.attrs:
            return str(each["lang"]).strip().lower()
    return ""


def nothing_of_the_record(article: Article) -> Iterator[Outcome]:
    """No text alternative holds the credit or the VIRIN of its picture. An alternative that is nothing but a VIRIN is
    ``alternative_file_name``'s. Source: DINFOS (the credit line is a part of the caption); Section508.gov."""
    for image in named(article):
        if likeness(image.name, image.sources) is not Likeness.NONE:
            continue
        number = next(virin.find(image.name[:LONG]), None)
        made = credit.find(image.name[:LONG])
        if number is not None:
            yield failed(
                f'The text alternative of "{file(image)}" holds the VIRIN {number}.',
                where(article, image),
                "Take the number out: it belongs into the caption.",
            )
        elif made is not None and credit.certain(image.name, made):
            yield failed(
                f'The text alternative of "{file(image)}" holds the credit "{short(made.text)}".',
                where(article, image),
                "Take the credit out: it belongs into the caption, where all readers see it.",
            )
        else:
            yield passed()


_LOGO = re.compile(r"(?:^|[\W_])(?P<owner>[a-z0-9]{2,})[-_ ]logo(?![a-z])", re.I)


def fits_what_is_known(article: Article, *, no_owners: tuple[str, ...]) -> Iterator[Outcome]:
    """What is known of a picture beside its alternative does not speak against it: a logo's file names its owner
    (``no_owners``: words that name none); a canvas, drawn by a script, says nothing at all; a drawing whose name is
    only an abbreviation does not say whether it is a logo, a seal or a chart. Source: ACT qt1vmo; WCAG 1.1.1."""
    for image in named(article):
        if message := _against(image, no_owners):
            yield review(
                message,
                where(article, image),
                "Compare the picture with its alternative, and say what is seen.",
            )
        elif image.kind is not Kind.GRAPHIC or image.sources:
            yield passed()
    for tag in article.elements("canvas"):
        name = article.names.name(tag)
        if name and article.access.exposed(tag):
            yield review(
                f'A script draws the picture that is called "{short(name)}": whether it shows that, only a look tells.',
                article.locate(tag),
                "Compare the picture with its alternative.",
            )


def _against(image: Image, no_owners: tuple[str, ...]) -> str:
    said = words(image.name)
    if image.kind is Kind.SVG and image.tag.get("role") and image.setting.link is None:
        small = image.larger_than(ICON) is False
        if not small and re.fullmatch(r"[A-Z0-9]{2,5}", image.name):
            return f'"{image.name}" does not say what the drawing is: a logo, a seal, a chart.'
    match = _LOGO.search(image.file_name)
    if "logo" not in said or match is None:
        return ""
    owner = match["owner"].lower()
    others = [word for word in said if word not in ("logo", "s")]
    if owner in no_owners or not others or _names(owner, others):
        return ""
    return f'The file is named "{short(image.file_name)}", but its alternative is "{short(image.name)}".'


def _names(owner: str, said: Sequence[str]) -> bool:
    """Whether the words of an alternative and the owner in a file's name can be the same: a word in the other, or the
    initials, in any case and with or without small words ("dod": Department of Defense)."""
    joined = "".join(said)
    if owner in joined or any(word in owner for word in said if len(word) > 2):
        return True
    large = (word for word in said if len(word) > 3)
    initials = ("".join(word[0] for word in some) for some in (said, large))
    return any(len(each) > 1 and (owner in each or each in owner) for each in initials)
