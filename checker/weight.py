"""What a document weighs beyond its text: attributes and style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4.element import AttributeValueList, Stylesheet, Tag

_START_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'|=\s*+data:[^\s>]*+""", re.I)


def names(html: str, most: int) -> str:
    """That the attributes have names, and values without quotes, of more than ``most`` characters, by a look at the
    markup alone: to build millions of them takes a minute. Empty where they have not."""
    tags = (found[0] for found in _START_TAG.finditer(html) if len(found[0]) > most)
    crowded = any(len(_QUOTED.sub("", tag)) > most for tag in tags)
    return f"attributes of more than {most:,} characters" if crowded else ""


def excess(tags: Iterable[Tag], most: int) -> str:
    """That attributes, or style sheets, have more than ``most`` characters; empty where they have not."""
    elements = list(tags)
    attributes = (attribute for tag in elements for attribute in tag.attrs.items())
    if sum(len(name) + _weight(value) for name, value in attributes) > most:
        return f"attributes of more than {most:,} characters"
    texts = (text for tag in elements if tag.name == "style" for text in tag.contents)
    if sum(len(text) for text in texts if isinstance(text, Stylesheet)) > most:
        return f"style sheets of more than {most:,} characters"
    return ""


def _weight(value: str | AttributeValueList) -> int:
    """Characters of an attribute's value."""
    if isinstance(value, str):
        return 0 if value[:5].lower() == "data:" else len(value)
    return sum(1 + len(word) for word in value)
