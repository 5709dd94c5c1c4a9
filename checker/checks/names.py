"""Checks of accessible names: what a user interface element is called by assistive technology."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bs4.element import Tag

from checker.article import Article
from checker.article.keyboard import value
from checker.verdict import Outcome, failed, passed, review


def named(
    article: Article,
    *,
    what: str,
    suggestion: str,
    roles: tuple[str, ...] = (),
    elements: tuple[str, ...] = (),
    excepted: tuple[str, ...] = (),
    described: bool = False,
) -> Iterator[Outcome]:
    """Each element of these ``roles`` or ``elements`` (``name`` or ``name[attribute=value]``), but those ``excepted``,
    that assistive technology gets has a name that is not empty.

    ``what`` is the element in an editor's words. Where ``described``, an element that only a description tells asks for
    a look. What a script that nobody ran may still fill asks for a look too.
    Source: WCAG 2.0, 4.1.2, 2.4.4, 1.1.1; accname 1.2.
    """
    for tag in _meant(article, roles, elements):
        if not article.access.exposed(tag) or (excepted and _is_one(tag, excepted)):
            continue
        if article.names.name(tag):
            yield passed()
            continue
        if article.markup_names.name(tag):
            continue  # its words are there, but the browser shows them to nobody: it may be a state of a script
        where = article.locate(tag)
        if described and article.names.description(tag):
            yield review(f"This {what} has a description but no name", where, suggestion)
        elif _may_be_filled(article, tag):
            yield review(f"This {what} has no name unless a script gives it one", where, suggestion)
        else:
            yield failed(f"This {what} has no name{_because(article, tag)}", where, suggestion)


def _meant(article: Article, roles: tuple[str, ...], elements: tuple[str, ...]) -> list[Tag]:
    """The elements of these roles and those that these patterns describe, each once, in document order."""
    by_role = article.access.of_roles(*roles)
    if not elements:
        return by_role
    others = article.elements(*(each.partition("[")[0] for each in elements))
    fitting = [tag for tag in others if _is_one(tag, elements)]
    return article.in_order((fitting, (tag for tag in by_role if not _is_one(tag, elements))))


def _is_one(tag: Tag, patterns: tuple[str, ...]) -> bool:
    return any(_is(tag, each) for each in patterns)


def _is(tag: Tag, pattern: str) -> bool:
    name, attribute, wanted = _read(pattern)
    return tag.name == name and (not attribute or value(tag, attribute).lower() == wanted)


@lru_cache(maxsize=256)
def _read(pattern: str) -> tuple[str, str, str]:
    """The name, the attribute (empty for none) and the value that it must have."""
    name, _, condition = pattern.partition("[")
    attribute, _, wanted = condition.rstrip("]").partition("=")
    return name, attribute, wanted


def _may_be_filled(article: Article, tag: Tag) -> bool:
    """Forms controls are labelled by hand; what holds content may get it from a script, or in a custom element."""
    if tag.name in ("input", "select", "textarea", "img", "area", "iframe"):
        return article.access.in_custom_element(tag, inside=False)
    if any(article.within(tag, "img")) or tag.attrs.get("href", "#") not in ("#", ""):
        return article.access.in_custom_element(tag, inside=True)
    return article.access.waiting(tag)


def _because(article: Article, tag: Tag) -> str:
    """What an editor sees instead of a name."""
    missing = [
        identity
        for identity in value(tag, "aria-labelledby").split()
        if article.access.by_id(tag, identity) is None
    ]
    if missing:
        return f": aria-labelledby names the id “{missing[0][:40]}”, which nothing on the page has"
    if any(article.within(tag, "img")):
        return ": the picture in it has no text alternative"
    if any(article.within(tag, "svg")):
        return ": the icon in it has no title"
    return ""
