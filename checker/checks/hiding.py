"""Checks of what is kept from assistive technology, or flattened for it, though people operate or read it."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article
from checker.article.aria import tables
from checker.article.keyboard import may_focus, tabbable, value
from checker.article.text import text_of
from checker.verdict import Outcome, failed, passed, review

_PRESENTATIONAL = ("none", "presentation")


def hidden_has_no_focus(article: Article) -> Iterator[Outcome]:
    """Nothing in an element of aria-hidden="true" is reached by the keyboard. Where a browser went the keyboard's way,
    it decides. Else markup does, and asks for a look where style sheets that nobody read may hide the element, or
    scripts may send the focus on.
    Source: ACT rule 6cfa84; WCAG 2.0, 4.1.2; Using ARIA, fourth rule."""
    for tag in article.with_attribute("aria-hidden"):
        around = tag.parent
        if value(tag, "aria-hidden").lower() != "true" or (
            around is not None and article.access.veiled(around)
        ):
            continue
        inside = [(each, _reach(article, each)) for each in _takers(article, tag)]
        sure = next((each for each, reached in inside if reached), None)
        unsure = next((each for each, reached in inside if reached is None), None)
        fix = (
            "Take aria-hidden away, or take what it hides out of the tab order too "
            '(hidden, or tabindex="-1").'
        )
        if sure is not None:
            yield failed(_unheard(article, sure), article.locate(tag), fix)
        elif unsure is not None:
            yield review(_unheard(article, unsure), article.locate(tag), fix)
        else:
            yield passed()


def _unheard(article: Article, tag: Tag) -> str:
    said = text_of(tag)[:60] or article.locate(tag).name[:60]
    thing = f"“{said}” ({tag.name})" if said else f"a {tag.name} element"
    return f"The keyboard reaches {thing}, but aria-hidden keeps it from screen readers"


def _takers(article: Article, tag: Tag) -> Iterator[Tag]:
    """The element and those in it, as far as they may take the focus."""
    return (each for each in (tag, *article.within(tag)) if may_focus(each))


def _reach(article: Article, tag: Tag) -> bool | None:
    """Whether the keyboard reaches the element; None where that is not sure."""
    if not _reached(article, tag):
        return False
    access = article.access
    if access.focus is None:
        return None if access.scripted or access.foreign_styles else True
    if article.document.number(tag) in access.stops:
        return True
    return False if access.focus.complete else None


def _reached(article: Article, tag: Tag) -> bool:
    """Whether the element is in the tab order, by its markup, and shown."""
    if not tabbable(tag) or article.access.hidden(tag):
        return False
    return tag.name != "area" or bool(value(tag, "href"))


def decorative_stays_hidden(article: Article) -> Iterator[Outcome]:
    """What is marked as decorative (role none or presentation, or an empty alt) has no state or property and takes no
    focus by which browsers show it after all.
    Source: ACT rule 46ca7f; WAI-ARIA 1.2, 8.4 (presentational roles conflict resolution)."""
    names = tables().globals - {"aria-hidden"}
    plain = (tag for tag in article.elements("img") if "role" not in tag.attrs)
    for tag in article.in_order((article.with_attribute("role"), filter(_is_empty, plain))):
        role = article.access.explicit_role(tag)
        if role not in _PRESENTATIONAL and (role or not _is_empty(tag)):
            continue
        told = [name for name in tag.attrs if name in names and value(tag, name)]
        if not article.access.exposed(tag):
            yield passed()
        elif told:
            yield failed(
                f"This is marked as decorative, yet {told[0]} makes assistive technology tell it",
                article.locate(tag),
                f"Take {told[0]} away if it is decoration; else take the mark away.",
            )
        elif tabbable(tag) and tag.name not in ("a", "button"):
            yield failed(
                "This is marked as decorative, yet it takes the keyboard's focus",
                article.locate(tag),
                "Take it out of the tab order if it is decoration; else take the mark away.",
            )
        else:
            yield passed()


def _is_empty(tag: Tag) -> bool:
    """Whether the element is an image with an empty alternative."""
    return tag.name == "img" and tag.attrs.get("alt") == ""


def flat_children(article: Article) -> Iterator[Outcome]:
    """Nothing inside an element whose children are presentational (button, img, tab...) is reached by the keyboard.
    Source: ACT rule 307n5z; WAI-ARIA 1.2, 5.2.8."""
    flat = [name for name, role in tables().roles.items() if role.flat]
    for tag in article.access.of_roles(*flat):
        role = article.access.role(tag)
        if tag.name in ("option", "svg") or not article.access.exposed(tag):
            continue
        inside = (each for each in _takers(article, tag) if each is not tag)
        inner = next((each for each in inside if _reached(article, each)), None)
        if inner is None:
            yield passed()
            continue
        message = f"A {inner.name} that takes the focus stands in a {role}, whose content assistive technology flattens"
        fix = "Put it beside, not inside."
        yield (review if article.access.foreign_styles else failed)(
            message, article.locate(inner), fix
        )
