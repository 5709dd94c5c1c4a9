"""The HTML report as tests read it."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from checker import document
from checker.gate import Policy
from checker.outputs import html
from checker.report import Report


def text_of(report: Report, policy: Policy | None = None, **limits: int) -> str:
    """The whole file."""
    return "".join(html.write(report, policy or Policy(), **limits))


def soup_of(report: Report, policy: Policy | None = None, **limits: int) -> BeautifulSoup:
    """The file as it is read."""
    return document.load(text_of(report, policy, **limits)).soup


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    """The only element of that selector."""
    found = soup.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


def words(tag: Tag) -> str:
    """An element's text, white space folded."""
    return re.sub(r"\s+", " ", tag.get_text()).strip()
