"""Checks of what the page says of its pictures: caption, credit, VIRIN."""

from __future__ import annotations

from collections.abc import Iterator

from checker.article import Article, virin
from checker.article.figures import Figure
from checker.article.roles import Kind
from checker.article.virin import Form, Virin
from checker.checks._pictures import drawn
from checker.verdict import Location, Outcome, failed, passed


def caption(article: Article, *, larger_than: int = 200) -> Iterator[Outcome]:
    """Content pictures of the article have a caption. ``larger_than``: pixels of the longer side that a picture
    needs to be judged; one of unknown size is. Source: DINFOS captioning; DoD Visual Information Style Guide."""
    for figure in _large(article, larger_than):
        if figure.caption is not None:
            yield passed()
        elif figure.credit is not None:
            yield failed(
                f'The picture "{_file(figure)}" has a credit but no caption.',
                _where(article, figure),
                "Say in the caption who does what, when and where.",
            )
        else:
            yield failed(
                f'No caption stands with the picture "{_file(figure)}".',
                _where(article, figure),
                "Add a caption below the picture: who does what, when and where.",
            )


def credit(article: Article, *, larger_than: int = 200) -> Iterator[Outcome]:
    """Content pictures of the article have a credit. ``larger_than`` as for captions. Screenshots, charts and maps that
    say that they are have no photographer and are not judged.
    Source: DINFOS captioning: explanation, identification, background, credit line."""
    for figure in _large(article, larger_than):
        if figure.credit is None and drawn(figure.image):
            continue
        if figure.credit is not None:
            yield passed()
        else:
            yield failed(
                f'Nothing says who made the picture "{_file(figure)}".',
                _where(article, figure),
                'Add a credit line such as "Credit: Army Sgt. Jane Doe" or "(U.S. Army photo by Sgt. Jane Doe)".',
            )


def virin_shown(article: Article, *, larger_than: int = 200) -> Iterator[Outcome]:
    """Content pictures of the article show their VIRIN; a file name does not show it. ``larger_than`` as for captions.
    Source: DoDI 5040.02 (visual information record identification number)."""
    for figure in _large(article, larger_than):
        if figure.virin is not None:
            yield passed()
            continue
        known = figure.image.virin
        hint = f' Its file name says "{known.number}".' if known else ""
        yield failed(
            f'No VIRIN stands with the picture "{_file(figure)}".{hint}',
            _where(article, figure),
            'Show the number with the picture: "VIRIN: YYMMDD-X-AA000-0000".',
        )


def virin_format(article: Article) -> Iterator[Outcome]:
    """A VIRIN that the page shows can be read: six digits that are a date, service letter, VISION ID or DVIAN,
    sequence. Any case; old forms, placeholders, suffixes and letters that no list has are in use and pass.
    Source: DIMOC, How to Create a VIRIN."""
    for figure in article.figures:
        if figure.virin is None:
            continue
        read = virin.parse(figure.virin.text)
        if read.well_formed:
            yield passed()
        else:
            yield failed(_fault(read), article.locate(figure.virin.tag), _form(figure))


def _fault(read: Virin) -> str:
    if read.form is Form.BAD_DATE:
        return f'The VIRIN "{read.text}" begins with "{read.date}", which is no date (year, month, day).'
    return f'"{read.text[:60]}" is no VIRIN: its parts are not those of the form.'


def _form(figure: Figure) -> str:
    known = figure.image.virin
    if known is not None:
        return (
            f'The picture\'s file name says "{known.number}": compare it with the original record.'
        )
    return "Write date (YYMMDD), service letter, VISION ID and sequence: 240415-A-EX530-1629."


def _large(article: Article, larger_than: int) -> Iterator[Figure]:
    """Figures that the rules apply to: photographs, charts and the like, shown larger than portraits and marks."""
    for figure in article.figures:
        if figure.image.kind in (Kind.SVG, Kind.GRAPHIC):
            continue
        if any(image.larger_than(larger_than) is not False for image in figure.images):
            yield figure


def _where(article: Article, figure: Figure) -> Location:
    return article.locate(figure.image.tag, figure.image.name or figure.image.file_name)


def _file(figure: Figure) -> str:
    return figure.image.file_name[:100] or f"<{figure.image.tag.name}>"
