"""Checks of roles, states and properties (WAI-ARIA 1.2), and of the ids by which elements name each other."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article
from checker.article.aria import tables, valid
from checker.article.implicit import NO_ROLE_INPUTS
from checker.article.keyboard import above, value
from checker.page import Mode
from checker.verdict import Location, Outcome, failed, passed, review

_PRESENTATIONAL = ("none", "presentation")
_TABLE_ROLES = frozenset(("table", "grid", "treegrid"))


def role_exists(article: Article) -> Iterator[Outcome]:
    """Each role attribute that says something names at least one role that exists.
    Source: ACT rule 674b10; WAI-ARIA 1.2, 5.4."""
    for tag in article.with_attribute("role"):
        words = value(tag, "role").split()
        if not words or not article.access.exposed(tag):
            continue
        if article.access.explicit_role(tag):
            yield passed()
        else:
            yield failed(
                f"role=“{' '.join(words)[:60]}” is no role that assistive technology knows",
                article.locate(tag),
                "Write a role of WAI-ARIA, or leave the attribute out.",
            )


def value_valid(article: Article) -> Iterator[Outcome]:
    """Each aria attribute that is not empty has a value of its type; ids are not looked up.
    Source: ACT rule 6a7281; WAI-ARIA 1.2, 6.6."""
    known = tables().attributes
    for tag, name in article.once(_stated):
        if (
            name not in known
            or not value(tag, name)
            or (name != "aria-hidden" and article.access.hidden(tag))
        ):
            continue
        if valid(known[name], value(tag, name)):
            yield passed()
            continue
        kind = known[name]
        takes = f"takes {', '.join(kind.values)}" if kind.values else f"takes {_KINDS[kind.type]}"
        yield failed(
            f"{name}=“{value(tag, name)[:60]}” is no value of that attribute, which {takes}",
            article.locate(tag),
            f"Give {name} one of its values, or leave it out.",
        )


_KINDS = {"boolean": "true or false", "integer": "a whole number", "number": "a number"}


def attribute_permitted(article: Article) -> Iterator[Outcome]:
    """Each aria attribute is global or one that the element's role takes. Elements to which HTML gives no role but that
    are fields take what a text field takes. Source: ACT rule 5c01ea; WAI-ARIA 1.2, 6.2 and 8.6; ARIA in HTML."""
    known = tables()
    for tag, name in article.once(_stated):
        if name not in known.attributes or not article.access.exposed(tag) or "-" in tag.name:
            continue
        role = article.access.role(tag)
        if (
            known.supports(role, name)
            or (role in _PRESENTATIONAL)
            or _native_field(tag, name, role)
        ):
            yield passed()
            continue
        owner = f"the role {role}" if role else f"a {tag.name} element without a role"
        yield failed(
            f"{name} means nothing on {owner}",
            article.locate(tag),
            f"Take {name} out, or give the element the right role.",
        )


def _native_field(tag: Tag, name: str, role: str) -> bool:
    known = tables()
    if tag.name == "input" and value(tag, "type").lower() in NO_ROLE_INPUTS:
        return known.supports("textbox", name) or known.supports("spinbutton", name)
    if tag.name == "select":
        return known.supports("combobox", name) or known.supports("listbox", name)
    if tag.name == "hr" or (tag.name == "summary" and role in ("button", "")):
        return name == "aria-expanded"
    if tag.name == "input" and value(tag, "type").lower() == "checkbox":
        return name == "aria-pressed"
    if tag.name == "td":
        return known.supports("gridcell", name)
    return False


def _stated(article: Article) -> tuple[tuple[Tag, str], ...]:
    """The elements with aria attributes, and each of these."""
    stated = [name for name in article.attributes if name.startswith("aria-")]
    return tuple(
        (tag, name)
        for tag in article.with_any(stated)
        for name in tag.attrs
        if name.startswith("aria-")
    )


def context(article: Article) -> Iterator[Outcome]:
    """Each element whose explicit role must stand in another stands in it, or is owned by one. What an element owns but
    the page as served does not have, a script may add: a look.
    Source: ACT rule ff89c9; WAI-ARIA 1.2, 5.2.7."""
    yield from _owned_later(article)
    roles = tables().roles
    owners = _owners(article)
    for tag in article.with_attribute("role"):
        role = article.access.explicit_role(tag)
        wanted = roles[role].context.split() if role else []
        if not wanted or not article.access.exposed(tag):
            continue
        owner = next(iter(owners.get(id(tag), ())), None)
        parent = _parent(article, tag) if owner is None else _parent(article, owner, itself=True)
        found = article.access.role(parent) if parent is not None else ""
        where = article.locate(tag)
        if found in wanted or (found == "gridcell" and role in _TABLE_ROLES):
            yield passed()
            continue
        message = f"The role {role} stands outside {_either(wanted)}, and means nothing there"
        fix = f"Put it into an element of role {_either(wanted)}, or take the role away."
        if (
            article.access.unsettled
            or (parent is not None and not found)
            or _in_custom_element(tag)
        ):
            yield review(message, where, fix)
        else:
            yield failed(message, where, fix)


def _owned_later(article: Article) -> Iterator[Outcome]:
    if article.page.mode is not Mode.STATIC or not article.access.unsettled:
        return
    for tag in article.with_attribute("aria-owns"):
        for identity in value(tag, "aria-owns").split():
            if article.access.by_id(tag, identity) is None and article.access.exposed(tag):
                yield review(
                    f"aria-owns names the id “{identity[:60]}”, which nothing on the page as served has: whether "
                    "what a script adds may stand there is seen in a browser",
                    article.locate(tag),
                    "Judge the page in a browser.",
                )
                break


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _owners(article: Article) -> dict[int, list[Tag]]:
    owned: dict[int, list[Tag]] = {}
    for tag in article.with_attribute("aria-owns"):
        for identity in value(tag, "aria-owns").split():
            if (target := article.access.by_id(tag, identity)) is not None:
                owned.setdefault(id(target), []).append(tag)
    return owned


def _parent(article: Article, tag: Tag, *, itself: bool = False) -> Tag | None:
    """The nearest element around it that assistive technology knows: with a role other than a presentational one, or
    with a global state or property. None where there is none below the body."""
    for each in above(tag):
        if (each is tag and not itself) or each.name in ("template", "body", "html"):
            continue
        role = article.access.role(each)
        if role and role not in (*_PRESENTATIONAL, "generic"):
            return each
        if any(name in tables().globals and name != "aria-hidden" for name in each.attrs):
            return each
    return None


def _in_custom_element(tag: Tag) -> bool:
    return any("-" in each.name for each in tag.parents)


def ids_unique(article: Article) -> Iterator[Outcome]:
    """An id by which labels or aria attributes name an element stands once in its tree.
    Source: ACT rule 3ea0c8's part that assistive technology meets; WCAG 2.0, 4.1.2."""
    seen: set[int] = set()
    for tag, identity in _references(article):
        targets = article.access.all_by_id(tag, identity)
        if not targets or id(targets[0]) in seen or not article.access.exposed(tag):
            continue
        seen.add(id(targets[0]))
        if len(targets) == 1:
            yield passed()
            continue
        where: Location = article.locate(targets[1])
        message = (
            f"The id “{identity[:60]}” stands {len(targets)} times, so a label may be another's"
        )
        yield (review if article.page.mode is Mode.STATIC and article.access.unsettled else failed)(
            message, where, "Give each element an id of its own."
        )


def _references(article: Article) -> Iterator[tuple[Tag, str]]:
    for tag in article.with_any(("for", "aria-labelledby", "aria-describedby")):
        if tag.name == "label" and (target := value(tag, "for")):
            yield tag, target
        for name in ("aria-labelledby", "aria-describedby"):
            for identity in value(tag, name).split():
                yield tag, identity
