"""A check of styles that turn the page for one orientation of the screen."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from checker.article import Article
from checker.article.styles import style_rules
from checker.verdict import Outcome, failed, passed

_ORIENTATION = re.compile(r"\(\s*orientation\s*:\s*(portrait|landscape)\s*\)", re.I)
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_FUNCTION = re.compile(r"([a-z0-9]+)\(([^()]*)\)", re.I)
_ANGLE = re.compile(r"([-+]?\d*\.?\d+(?:e[-+]?\d+)?)(deg|rad|grad|turn)?", re.I)
_DEGREES = {"deg": 1.0, "rad": 180 / math.pi, "grad": 0.9, "turn": 360.0, "": 1.0}
_PAGE = re.compile(r"(?:^|,)\s*(html|body|:root)\s*(?=,|$)", re.I)
_CLOSE = 2.0


def not_locked(article: Article) -> Iterator[Outcome]:
    """No style sheet of the page turns html or body by a quarter for portrait or for landscape alone.
    Only style elements are read; linked style sheets are not known here. A turn within 2 degrees of a quarter counts,
    and what the page is turned by in every orientation is taken off. Source: ACT rule b33eff; WCAG 2.1, 1.3.4."""
    body = article.page_body
    if body is None or article.access.hidden(body):
        return
    for sheet in article.elements("style"):
        css = _COMMENT.sub("", sheet.get_text())
        always = dict(_turns(css))
        for condition, block in _media(css):
            orientation = _ORIENTATION.search(condition)
            if orientation is None:
                continue
            for target, degrees in _turns(block):
                turn = (degrees - always.get(target, 0.0)) % 360
                if min(abs(turn - 90), abs(turn - 270)) <= _CLOSE:
                    yield failed(
                        f"A style turns the page by {turn:.0f} degrees in {orientation[1].lower()} orientation",
                        article.locate(article.root or sheet),
                        "Take the rotation out of the media query.",
                    )
                else:
                    yield passed()


def _media(css: str) -> Iterator[tuple[str, str]]:
    """Condition and content of the sheet's top-level media rules."""
    for match in re.finditer(r"@media([^{;]*)\{", css, re.I):
        depth, end = 1, match.end()
        while end < len(css) and depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield match[1], css[match.end() : end - 1]


def _turns(css: str) -> Iterator[tuple[str, float]]:
    """By how many degrees rules turn the page's root elements: html (or :root) and body."""
    for selector, style in style_rules(css):
        degrees = _turn(style)
        if degrees is not None:
            for match in _PAGE.finditer(selector):
                yield match[1].lower().replace(":root", "html"), degrees


def _turn(style: Mapping[str, tuple[str, bool]]) -> float | None:
    """Degrees around the axis that looks at the reader; None where nothing turns, or not in a way that we read."""
    total, turned = 0.0, False
    for name, arguments in _FUNCTION.findall(style.get("transform", ("", False))[0]):
        degrees = _function(name.lower(), [part.strip() for part in arguments.split(",")])
        if degrees is not None:
            total, turned = total + degrees, True
    rotate = style.get("rotate", ("", False))[0].split()
    if (
        rotate
        and (len(rotate) == 1 or rotate[0] == "z")
        and (angle := _angle(rotate[-1])) is not None
    ):
        total, turned = total + angle, True
    return total if turned else None


def _function(name: str, arguments: list[str]) -> float | None:
    match name:
        case "rotate" | "rotatez":
            return _angle(arguments[0]) if len(arguments) == 1 else None
        case "rotate3d":
            return (
                _angle(arguments[3])
                if len(arguments) == 4 and arguments[:2] == ["0", "0"]
                else None
            )
        case "matrix" | "matrix3d":
            numbers = [_number(argument) for argument in arguments]
            if len(numbers) not in (6, 16):
                return None
            return math.degrees(math.atan2(numbers[1], numbers[0]))
        case _:
            return None


def _angle(text: str) -> float | None:
    match = _ANGLE.fullmatch(text.strip())
    return float(match[1]) * _DEGREES[(match[2] or "").lower()] if match else None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
