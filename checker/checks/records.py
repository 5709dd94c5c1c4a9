"""Checks of what identifies a picture: the shape of its credit, its VIRIN and what stands beside that."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from checker.article import Article, ap_dates, services
from checker.article.alike import words
from checker.article.ap_dates import Dated
from checker.article.figures import Figure
from checker.article.virin import Form, Virin
from checker.checks._pictures import LONG, file, short
from checker.verdict import Location, Outcome, failed, passed, review

_PHOTO_ALONE = re.compile(
    r"\bphoto(?:graph)?\s+(?P<name>[A-Z][\w.\u2019'-]*(?:\s+[A-Z][\w.\u2019'-]*)+)$", re.I
)
_ADDRESS = re.compile(r"https?://|\bwww\.|\.(?:jpe?g|png|gif|tiff?)$", re.I)


def credit_shape(article: Article, *, no_names: tuple[str, ...], at_most: int) -> Iterator[Outcome]:
    """A credit names who made the picture: it is none of the words that stand in a name's place (``no_names``), no
    address, no more than ``at_most`` characters, and "by" or a slash stands between "photo" and the name.
    Source: DINFOS (credit line); shapes as published by the services."""
    for figure in article.figures:
        if figure.credit is None:
            continue
        fault, fix = _credit_fault(figure.credit.text, no_names, at_most)
        if fault:
            yield failed(
                f'The credit "{short(figure.credit.text)}" {fault}.',
                article.locate(figure.credit.tag),
                fix,
            )
        else:
            yield passed()


def _credit_fault(text: str, no_names: tuple[str, ...], at_most: int) -> tuple[str, str]:
    said = " ".join(words(text))
    if said in no_names or not said:
        return "names nobody", 'Name who made it, or write "Courtesy photo".'
    if _ADDRESS.search(text):
        return "is an address, not a name", "Name who made it; a link can lead to the address."
    if len(text) > at_most:
        return f"has {len(text)} characters, more than {at_most}: it is no credit line", (
            "Write only who made it, and the rest into the caption."
        )
    match = _PHOTO_ALONE.search(text)
    if (
        match
        and match.start()
        and match["name"].split()[0].lower() not in ("by", "courtesy", "illustration")
    ):
        return 'has no "by" between "photo" and the name', f'Write "photo by {match["name"]}".'
    return "", ""


def placeholder_number(article: Article) -> Iterator[Outcome]:
    """A VIRIN that the page shows names a photographer's VISION ID or a DVIAN, not a placeholder such as ZZ999.
    Source: DIMOC, How to Create a VIRIN; placeholders as seen in published pictures."""
    for figure, number in _numbered(article):
        if number.form is Form.PLACEHOLDER:
            yield failed(
                f'The VIRIN "{number.number}" has the placeholder "{number.identifier}" where the photographer\'s '
                "VISION ID or the unit's DVIAN stands.",
                _place(article, figure),
                "Ask who holds the record for the real number.",
            )
        else:
            yield passed()


def date_of_caption(article: Article, *, days: int, historical: int) -> Iterator[Outcome]:
    """The day in a VIRIN is (to within ``days``) a day that the caption names. A caption without an exact day, and one
    whose day is more than ``historical`` days from the VIRIN's (an old picture, numbered anew) are not judged, unless
    only the year differs by one. Of a number that only the file's name has, a site may have made the date: there that
    slip alone is told. Source: DINFOS (the date in the caption matches the Date Shot and the VIRIN)."""
    for figure in article.figures:
        number = figure.number or figure.image.virin
        text = figure.description or (figure.caption.text if figure.caption else "")
        named = list(ap_dates.find(text[:LONG]))
        exact = [(each, day) for each in named if each.year and (day := each.exact())]
        if number is None or not number.well_formed or not exact:
            continue
        nearest, day = exact[0]
        shot = ap_dates.of_virin(number.date, near=day)
        if shot is None:
            continue
        apart = min(_apart(each, of, shot) for each, of in exact)
        slip = (shot.month, shot.day) == (day.month, day.day) and abs(shot.year - day.year) == 1
        if any(each.includes(shot) for each in named) or apart <= days:
            yield passed()
        elif slip or (figure.number and apart <= historical):
            yield failed(
                f'The caption says "{nearest.text}", but the VIRIN {number.number} '
                f"{'' if figure.number else 'in the file name '}says {_said(shot)}.",
                _place(article, figure),
                "Compare both with the original record, and correct the one that is wrong.",
            )


def _apart(dated: Dated, day: date, shot: date) -> int:
    last = day.replace(day=dated.last) if dated.last and dated.last > day.day else day
    return 0 if day <= shot <= last else min(abs((shot - day).days), abs((shot - last).days))


def _said(day: date) -> str:
    return ap_dates.ap_form(Dated("", 0, day.year, day.month, day.day, None, ap_dates.Form.AP))


def service_of_credit(article: Article) -> Iterator[Outcome]:
    """The service letter of a VIRIN is that of the service that the credit names. Only Army, Navy, Air Force, Marine
    Corps and Coast Guard are compared: others are joint, or number for several.
    Source: DIMOC, How to Create a VIRIN (service letters)."""
    for figure, number in _numbered(article):
        if figure.credit is None or number.service not in services.LETTERS:
            continue
        named = services.named(figure.credit.text)
        if not named:
            continue
        if number.service in named:
            yield passed()
        else:
            yield review(
                f"The VIRIN {number.number} is one of the {services.LETTERS[number.service]} "
                f'(letter {number.service}), but the credit says "{short(figure.credit.text)}".',
                _place(article, figure),
                "Compare both with the original record.",
            )


def number_of_file(article: Article) -> Iterator[Outcome]:
    """A shown VIRIN is the one that the picture's file is named by, where it is named by one; suffix letters do not
    count. Where the site makes the shown number from the file's name (AFPIMS galleries), equality says nothing.
    Source: DIMOC, How to Create a VIRIN; AFPIMS' SlideShow module."""
    note = "the site makes the number from the file's name" if _derived(article) else ""
    for figure, number in _numbered(article):
        files = [each.virin for each in figure.images if each.virin is not None]
        if not files:
            continue
        if any(_bare(each) == _bare(number) for each in files):
            yield passed(message=note)
        else:
            yield failed(
                f"The page shows the VIRIN {number.number}, but the picture's file is named {files[0].number}.",
                _place(article, figure),
                "Find out which is this picture's, and correct the other.",
            )


def _derived(article: Article) -> bool:
    return any(
        "slide" in (text := script.string or "") and ".virin=" in text
        for script in article.elements("script")
    )


def number_of_one_picture(article: Article) -> Iterator[Outcome]:
    """A VIRIN stands with one picture only; sizes of it count as one. Source: DIMOC, How to Create a VIRIN."""
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure, number in _numbered(article):
        known = groups[number.number]
        if all(_file(figure) != _file(each) for each in known):
            known.append(figure)
    for shown, figures in groups.items():
        yield passed()
        for figure in figures[1:]:
            yield failed(
                f'The VIRIN {shown} stands with two pictures: "{file(figures[0].image)}" and "{file(figure.image)}".',
                _place(article, figure),
                "Look up both pictures' own numbers.",
            )


def _file(figure: Figure) -> str:
    known = figure.image.virin
    return (
        _bare(known)
        if known
        else re.sub(r"[-_](?:\d{2,4}x\d{2,4}|\d{3,4}w?)(?=\.)", "", figure.image.file_name)
    )


def _bare(number: Virin) -> str:
    """The number without what sites add."""
    return f"{number.date}-{number.service}-{number.identifier}-{number.sequence}"


def _numbered(article: Article) -> tuple[tuple[Figure, Virin], ...]:
    """Figures that show a VIRIN that can be read."""
    return article.once(_find_numbered)


def _find_numbered(article: Article) -> tuple[tuple[Figure, Virin], ...]:
    shown = ((figure, figure.number) for figure in article.figures)
    return tuple((figure, read) for figure, read in shown if read is not None and read.well_formed)


def _place(article: Article, figure: Figure) -> Location:
    words = figure.virin or figure.caption
    return article.locate(words.tag if words else figure.tag, figure.image.file_name)
