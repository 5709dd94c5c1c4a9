"""Checks of the links that sites of the government owe their readers, and of the identifier that gathers them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from bs4.element import Tag

from checker.article import Article
from checker.article.duty_links import Leads, duty_links, hub_links, same_site
from checker.article.keyboard import value
from checker.article.text import text_of
from checker.checks.banner import elsewhere
from checker.verdict import Outcome, failed, passed, review


class Scope(StrEnum):
    """Which pages owe the link."""

    EVERY = "every"
    HOME = "home"  # the home page, by its address
    POLICIES = "policies"  # the page of website policies, by its address


_HOMES = frozenset(
    """index.html index.htm index.php index.aspx default.aspx home home.aspx en es espanol""".split()
)
_POLICIES = re.compile(r"(?:^|[/-])polic(?:y|ies)(?:$|[/.-])|^legal(?:$|[/.-])|^políticas", re.I)
_HUBS = (
    "Policies",
    "Site policies",
    "Web policies",
    "Website policies",
    "Policies and notices",
    "Legal",
    "Important links",
    "Políticas",
)
_IDENTIFIER = re.compile(r"looking for u\.?s\.? government information and services", re.I)
_SECTIONS = {
    "masthead": "the agency's name",
    "required-links": "the required links",
    "usagov": "the way to USA.gov",
}
_DOMAIN = "usa-identifier__identity-domain"
_HOST = re.compile(r"^(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})$", re.I)


def required(
    article: Article,
    *,
    duty: str,
    texts: tuple[str, ...],
    words: tuple[str, ...] = (),
    hosts: tuple[str, ...] = (),
    scope: Scope = Scope.EVERY,
) -> Iterator[Outcome]:
    """A page of the ``scope`` has the link: called by one of the ``texts`` (or with one of the ``words`` in a short
    text), outside running text, seen, and to the page's own agency or one of ``hosts``. What leads to another
    government host is for a person to judge, and so is a page that has a link to its policies instead.
    Source: digital.gov, required web content and links."""
    if elsewhere(article) or not _in_scope(article, scope):
        return
    found = sorted(duty_links(article, duty, texts, words, hosts), key=lambda each: each.leads)
    if not found:
        yield _absent(article, texts[0])
        return
    best = found[0]
    where = article.locate(best.element)
    match best.leads:
        case Leads.HOME:
            yield passed()
        case Leads.HIDDEN:
            yield review(
                f"The link “{best.text}” is there, but not seen when the page opens",
                where,
                "Look whether readers find it, in a menu that opens",
            )
        case Leads.GOVERNMENT:
            yield review(
                f"The link “{best.text}” leads to {best.target[:120]}, another host of the government",
                where,
                "Look whether that is the page of the agency in charge; if so, name its host in the agency's file",
            )
        case Leads.AWAY:
            yield failed(
                f"The link “{best.text}” leads to {best.target[:120]}, which is no government host",
                where,
                "Link the agency's own page",
            )
        case Leads.NOWHERE:
            yield failed(
                f"The link “{best.text}” leads to no page ({best.target[:60] or 'it has no address'})",
                where,
                "Link the agency's own page",
            )


def identifier(article: Article) -> Iterator[Outcome]:
    """A USWDS identifier has its three sections and names the site on which it stands, and its agency where an agency's
    file says which that is. A page without one is not judged.
    Source: U.S. Web Design System, identifier: "don't delete sections"."""
    found = _identifier(article)
    if found is None:
        return
    where = article.locate(found)
    parts = " ".join(value(tag, "class") for tag in article.within(found))
    lacking = [
        said for part, said in _SECTIONS.items() if f"usa-identifier__section--{part}" not in parts
    ]
    if lacking:
        yield failed(
            f"The identifier lacks {' and '.join(lacking)}",
            where,
            "Use the whole identifier of the U.S. Web Design System",
        )
        return
    named = (tag for tag in article.within(found) if _DOMAIN in value(tag, "class").split())
    host = next((_HOST.match(article.text(tag)) for tag in named), None)
    if host and article.host and not same_site(host[1].lower(), article.host):
        yield review(
            f"The identifier names {host[1]}, but the page is on {article.host}",
            where,
            "Name the site on which the page is",
        )
    elif stranger := _another_agency(article, found):
        yield review(
            f"The identifier names “{text_of(stranger)[:80]}”, which is not the agency of {article.host}",
            where,
            "Name the agency whose site it is",
        )
    else:
        yield passed()


def _another_agency(article: Article, found: Tag) -> Tag | None:
    """The identifier's link to an agency that is not the page's; None where the page's agency is not known."""
    agency = article.agency
    if agency is None:
        return None
    links = found.select(".usa-identifier__identity-disclaimer a[href]")
    hosts = [urlsplit(article.resolve(str(link["href"]))).hostname or "" for link in links]
    return next(iter(links), None) if all(host and not agency.has(host) for host in hosts) else None


def _in_scope(article: Article, scope: Scope) -> bool:
    path = unquote(urlsplit(article.page.url).path).strip("/").lower()
    match scope:
        case Scope.EVERY:
            return True
        case Scope.HOME:
            return bool(article.host) and (not path or path in _HOMES)
        case Scope.POLICIES:
            return _POLICIES.search(path) is not None


def _identifier(article: Article) -> Tag | None:
    for tag in article.with_attribute("class"):
        if "usa-identifier" not in tag.attrs["class"]:
            continue
        text = article.text(tag)
        if text and (value(tag, "role") != "none" or _IDENTIFIER.search(text)):
            return tag
    return None


def _absent(article: Article, text: str) -> Outcome:
    hub = next(iter(hub_links(article, _HUBS)), None)
    if hub is not None:
        return review(
            f"The page has no link “{text}”; it may be behind “{text_of(hub)[:60]}”",
            article.locate(hub),
            "Look whether readers find it there",
        )
    return failed(
        f"The page has no link “{text}”",
        suggestion="Add it to the footer or the identifier of the site's template",
    )
