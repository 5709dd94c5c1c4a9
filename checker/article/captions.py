"""Lines beside a picture -> title, caption, credit and VIRIN."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bs4.element import Tag

from checker.article import credit, virin
from checker.article.flow import Line
from checker.article.setting import tokens
from checker.article.text import fold


@dataclass(frozen=True, eq=False)
class Words:
    """A text and the element that it stands in."""

    text: str
    tag: Tag


@dataclass(frozen=True, eq=False)
class Parts:
    """What the lines beside a picture say. ``caption`` is as shown; ``description`` is it without the credit."""

    title: Words | None = None
    caption: Words | None = None
    description: str = ""
    credit: Words | None = None
    virin: Words | None = None

    def filled(self, other: Parts) -> Parts:
        """These parts, with those of the other where there is none."""
        return Parts(
            self.title or other.title,
            self.caption or other.caption,
            self.description if self.caption else other.description,
            self.credit or other.credit,
            self.virin or other.virin,
        )


_NOISE = re.compile(
    r"""[\W_\d]*|(?:image|photo|picture|slide)?\s*\d+\s*(?:/|of)\s*\d+\s*[-:.]?
    |download(?:\s+(?:image|hi-?res|photo|full.*))?|hi-?res|photo\s+details|share|expand|view\s+(?:image|larger|full).*
    |click\s+to\s+.*|image|photo|picture|caption\s*:?|details|image\s+info|photo\s+details\s*/.*
    |(?:date\s+(?:taken|posted|created)|photo\s+id|resolution|size|location|category|camera|lens|downloads|web\s+views
    |image\s+dimensions|keywords?|tags?|published|country)\s*:.*
    """,
    re.I | re.X,
)
_COUNT = re.compile(
    r"^\s*\d+\s*/\s*\d+\s*[-\u2013\u2014]?\s*|^(?:caption|description)\s*:\s*", re.I
)
_TITLE = 90
_CREDITED = frozenset("credit credits attribution photographer copyright".split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def is_labelled(text: str) -> bool:
    """Whether a line says whose picture it is or which VIRIN it has."""
    return (
        virin.labelled(text) is not None or credit.is_label(text) or credit.find(text) is not None
    )


def is_value(before: Sequence[Line], line: Line) -> bool:
    """Whether the line is the value of a label that stands alone before it: "Credit" / "NATO"."""
    return bool(before) and len(line.text) <= 120 and _bare_label(before[-1].text) != ""


def unlabelled(lines: Sequence[Line]) -> int:
    """How many lines are neither labelled nor noise."""
    return sum(
        1 for line in lines if not _NOISE.fullmatch(line.text) and not is_labelled(line.text)
    )


def labelled_facts(lines: Sequence[Line]) -> Parts:
    """Only what a label names: "Photo By: ...", "VIRIN: ..."; a parenthesised credit is some caption's own."""
    found = Parts()
    for at, line in enumerate(lines):
        found = found.filled(
            _labelled(line, lines[at + 1] if at + 1 < len(lines) else None) or Parts()
        )
    return found


def read(lines: Sequence[Line], box: Tag | None) -> Parts:
    """Sort the lines beside a picture; ``box`` is the element around them, where one is."""
    found = Parts()
    plain: list[Line] = []
    value = False
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        if value:
            value = False
            continue
        if parts := _labelled(line, following):
            value = _bare_label(line.text) != "" and following is not None
            found = found.filled(parts)
        elif _NOISE.fullmatch(line.text) or (line.text.isupper() and "," in line.text):
            continue  # a line in capitals with a comma is DVIDS' place: PORTVILLE, MAINE, UNITED STATES
        elif found.title is None and line.tag.name in _HEADINGS:
            found = replace(found, title=Words(line.text, line.tag))
        else:
            plain.append(line)
    return _with_caption(found, _captions(plain, box))


def _bare_label(text: str) -> str:
    if credit.is_label(text):
        return "credit"
    return "virin" if virin.labelled(text) == "" else ""


def _labelled(line: Line, following: Line | None) -> Parts | None:
    """What a line says by its label alone, or by a class name that says credit; None where it is running text."""
    bare = _bare_label(line.text)
    if bare and following is not None and not _bare_label(following.text):
        words = Words(following.text, following.tag)
        return Parts(credit=words) if bare == "credit" else Parts(virin=words)
    if bare:
        return None if bare == "credit" else Parts()
    number = virin.labelled(line.text)
    made = credit.find(line.text)
    labelled = made is not None and made.start == 0 and made.end == len(line.text)
    if number is not None:
        words = Words(number, line.tag)
        rest = fold(line.text[: line.text.upper().index("VIRIN")]).rstrip("|/,;- ")
        before = credit.find(rest) if rest else None
        if not rest or (before is not None and before.start == 0):
            return Parts(virin=words, credit=Words(before.text, line.tag) if before else None)
        return None
    if made is not None and labelled:
        return Parts(credit=Words(made.text, line.tag))
    if _CREDITED.intersection(tokens(line.tag)) and len(line.text) <= 200:
        return Parts(credit=Words(line.text.strip("()[] "), line.tag))
    return None


def _captions(lines: list[Line], box: Tag | None) -> list[Line]:
    """The lines that are the caption: those that elements or class names call so, else all."""
    called = [line for line in lines if _is_caption(line.tag, box)]
    return (
        called + [line for line in lines if line not in called and _is_title(line)]
        if called
        else lines
    )


def _is_caption(tag: Tag, box: Tag | None) -> bool:
    for each in (tag, *tag.parents):
        if each is box or not isinstance(each, Tag):
            return False
        if each.name in ("figcaption", "caption") or any(
            "caption" in word for word in tokens(each)
        ):
            return True
    return False


def _is_title(line: Line) -> bool:
    return "title" in tokens(line.tag) or line.tag.name in ("strong", "b")


def _with_caption(found: Parts, lines: list[Line]) -> Parts:
    titled = [line for line in lines if _is_title(line)]
    title = found.title
    if title is None and len(lines) > 1:
        first = titled[0] if titled else lines[0]
        short = len(first.text) <= _TITLE and not first.text.endswith(".")
        if titled or (short and len(lines[1].text) > len(first.text)):
            title = Words(_COUNT.sub("", first.text), first.tag)
            lines = [line for line in lines if line is not first]
    texts = [_COUNT.sub("", line.text) for line in lines]
    text = fold(" ".join(texts))
    if not text:
        return replace(found, title=title)
    number = virin.labelled(text) or next(virin.find(text), None)
    rest = _without(text, number) if number else text
    made = credit.find(rest)
    description = (rest[: made.start] + rest[made.end :]).strip(" |/\u2013\u2014") if made else rest
    tag = lines[0].tag
    return Parts(
        title=title,
        caption=Words(text, tag) if description else None,
        description=description,
        credit=found.credit or (Words(made.text, tag) if made else None),
        virin=found.virin or (Words(number, tag) if number else None),
    )


def _without(text: str, number: str) -> str:
    """A caption without the VIRIN that stands in it, its label and what sets both apart from the words around them."""
    label = rf"[\[(|/,;\s\u2013\u2014-]*(?:VIRIN\s*[:#]?\s*)?{re.escape(number)}[\])|\s]*"
    return fold(re.sub(label, " ", text, flags=re.I))
