"""How much two texts have in common.

By difflib over words: texts are short, and rapidfuzz would take as long to import as a page takes to judge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from bs4.element import CData, NavigableString, Tag

from checker.article.text import fold

_WORD = re.compile(r"\w+")
_AT_MOST = 150  # words compared: who repeats a text repeats its beginning
_LOOKED_AT = 400  # nodes of an element that are read at most: hostile pages have more


@lru_cache(maxsize=1024)  # several rules ask of each picture's alternative
def words(text: str) -> tuple[str, ...]:
    """The words of a text in their order, case folded, without punctuation."""
    return tuple(_WORD.findall(text.casefold()))


def similarity(one: str, other: str, at_least: float = 0.0) -> float:
    """Twice the words that both have in one order, by the words of both: 1 for the same words, 0 for none in common.
    Where it cannot reach ``at_least``, 0."""
    left, right = words(one)[:_AT_MOST], words(other)[:_AT_MOST]
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    both = len(left) + len(right)
    if at_least >= 1 or 2 * min(len(left), len(right)) / both < at_least:
        return 0.0
    if 2 * (Counter(left) & Counter(right)).total() / both < at_least:
        return 0.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def short_text(tag: Tag, at_most: int) -> str | None:
    """The element's text as listeners get it, spaces folded, if it is no longer than ``at_most`` characters; None where
    it is, or where the element is too large to say."""
    parts: list[str] = []
    length = 0
    for seen, text in enumerate(_strings(tag)):
        if seen >= _LOOKED_AT:
            return None
        parts.append(text)
        length += len(text.strip())
        if length > at_most:
            return None
    return fold("".join(parts))


def _strings(tag: Tag) -> Iterator[str]:
    """A text for every node: those of elements, and of what is hidden from listeners, are empty."""
    silent: set[int] = set()
    for node in tag.descendants:
        if id(node.parent) in silent or (isinstance(node, Tag) and _silent(node)):
            silent.add(id(node))
            yield ""
        else:
            yield str(node) if type(node) in (NavigableString, CData) else ""


def _silent(tag: Tag) -> bool:
    return (
        tag.attrs.get("aria-hidden") == "true"
        or "hidden" in tag.attrs
        or tag.name in ("template", "noscript")
    )
