"""Captions that AFPIMS galleries carry as data: their script shows them with the picture.

``slideItem = { title:"...", alt:"...", byLine:"...", description:"...", imageUrl:"...", virin:null }`` stands in an
inline script of defense.gov and .mil pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from bs4.element import Tag

from checker.article import address
from checker.article.captions import Parts, Words
from checker.article.text import fold

if TYPE_CHECKING:
    from checker.article import Article

type Slides = Mapping[str, Slide]

_FIELD = re.compile(r"""(?<![\w"'])["']?(\w+)["']?\s*:\s*("(?:[^"\\\n]|\\.)*")""")
_OBJECT = re.compile(r"""\{(?:[^{}"]|"(?:[^"\\\n]|\\.)*"){0,400}\}""")
_MARKS = ("imageUrl", "byLine")


@dataclass(frozen=True)
class Slide:
    """The words that a gallery's script shows for one picture."""

    title: str
    description: str
    by_line: str
    virin: str

    def parts(self, tag: Tag) -> Parts:
        """The words as parts of a figure; ``tag`` is the picture that they are shown with."""
        return Parts(
            title=Words(self.title, tag) if self.title else None,
            caption=Words(self.description, tag) if self.description else None,
            description=self.description,
            credit=Words(self.by_line, tag) if self.by_line else None,
            virin=Words(self.virin, tag) if self.virin else None,
        )


def find_slides(article: Article) -> Slides:
    """Slides by the file name of their picture."""
    found: dict[str, Slide] = {}
    for script in article.elements("script"):
        text = script.string or ""
        if all(mark in text for mark in _MARKS):
            for match in _OBJECT.finditer(text):
                fields = {key: _text(value) for key, value in _FIELD.findall(match[0])}
                if name := address.file_name(fields.get("imageUrl", "")):
                    found[name] = Slide(
                        fields.get("title", ""),
                        fields.get("description", ""),
                        fields.get("byLine", ""),
                        fields.get("virin", ""),
                    )
    return found


def _text(literal: str) -> str:
    try:
        return fold(msgspec.json.decode(literal, type=str))
    except msgspec.DecodeError:
        return fold(literal[1:-1])
