"""Checks of the languages that parts of a page say they are in."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import NavigableString, Tag

from checker.article import Article
from checker.article.keyboard import above, value
from checker.article.language import known
from checker.article.text import fold
from checker.verdict import Outcome, failed, passed


def parts_known(article: Article) -> Iterator[Outcome]:
    """A lang attribute below html, for text that no nearer one speaks of, begins with a language that exists.
    Source: ACT rule de46e4; WCAG 2.0, 3.1.2; BCP 47."""
    for tag in article.with_attribute("lang"):
        stated = value(tag, "lang")
        if not stated or tag.name == "html" or not _speaks(article, tag):
            continue
        if known(stated):
            yield passed()
        else:
            yield failed(
                f"lang=“{stated[:40]}” begins with no language code that exists",
                article.locate(tag),
                "Write the language's code, such as es for Spanish or zh for Chinese.",
            )


def _speaks(article: Article, tag: Tag) -> bool:
    """Whether some text that readers get is in this language by this attribute."""
    for text in tag.find_all(string=True):
        if type(text) is not NavigableString or not fold(str(text)) or text.parent is None:
            continue
        nearest = next((each for each in above(text.parent) if value(each, "lang")), None)
        if nearest is tag and article.access.exposed(text.parent):
            return True
    return any(
        value(each, "alt") and next((a for a in above(each) if value(a, "lang")), None) is tag
        for each in tag.find_all("img")
    )
