"""Checks of the government banner: there, first, in the right words, on the right host."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from bs4.element import Tag

from checker.article import Article
from checker.article.banner import Banner, said_by_scripts, unread_component
from checker.article.banner_texts import Generation, Kind, current
from checker.article.host import Domain, domain_of, is_public
from checker.checks._above import Above, above
from checker.page import Mode
from checker.verdict import Location, Outcome, failed, passed, review

_LANGUAGES = {"en": "English", "es": "Spanish"}
_SAYS = {
    Kind.SENTENCE: "that this is an official government site",
    Kind.ACTION: "how readers open the explanation",
    Kind.DOMAIN: "what .gov or .mil means",
    Kind.HTTPS: "what HTTPS means",
}
_RELEASES = {
    Generation.OLDER: "“always use a .gov or .mil domain”: USWDS 1.0 to 1.2",
    Generation.OUTDATED: "“often end in .gov or .mil”: USWDS 1.3 to 2.7",
}
_QUOTED = 140


def present(article: Article) -> Iterator[Outcome]:
    """The page shows the banner with its three texts: official site, domain, HTTPS. Not on hosts outside .gov and
    .mil; where no public host is known, the page is taken for a government's.
    Source: Federal Website Standards, banner, acceptance criteria."""
    if elsewhere(article):
        return
    banner = article.banner
    if banner is None:
        yield _absent(article)
    elif banner.hidden:
        yield failed(
            "The banner is in the page, but nobody sees it",
            article.locate(banner.element),
            "Show the banner at the top of the page",
        )
    elif banner.missing:
        lacking = " and ".join(_SAYS[kind] for kind in banner.missing)
        yield failed(
            f"The banner does not say {lacking}",
            article.locate(banner.element),
            "Use the whole banner of the U.S. Web Design System",
        )
    else:
        yield passed()


def first(article: Article) -> Iterator[Outcome]:
    """Nothing that readers see stands above the banner but a skip link. A site alert there is for a person to judge,
    and so is what style sheets may hide when no browser was there.
    Source: Federal Website Standards, banner: "must be at the top of every page"."""
    banner = article.banner
    if banner is None or banner.hidden or elsewhere(article):
        return
    found = list(above(article, banner))
    for thing in found:
        if thing.certain:
            told = failed(
                f"{_named(thing)} stands above the banner",
                article.locate(thing.element),
                "Move the banner to the top of the page, right after the skip link",
            )
            yield told if thing.element.name in ("main", "h1") else unless_lost(article, told)
            return
    for thing in found:
        where = article.locate(thing.element)
        if thing.alert:
            yield review(
                f"{_named(thing)} stands above the banner; if it is a site alert, it belongs below",
                where,
                "Put the banner first, then the alert",
            )
        else:
            yield review(
                f"{_named(thing)} stands before the banner in the markup; only a browser knows whether readers see it",
                where,
                "Have presscheck load the page in a browser, or look at the top of the page",
            )
        return
    yield passed()


def wording(article: Article) -> Iterator[Outcome]:
    """The banner has the present words of its language and domain, in an accepted form. Words that a government which
    is not federal may adapt are for a person to judge.
    Source: USWDS, banner: "Use the provided text without customization", "Keep the text up to date"."""
    banner = article.banner
    if banner is None or elsewhere(article):
        return
    where = article.locate(banner.element)
    found = [*_language(article, banner, where), *_domain(article, banner, where)]
    if banner.generation in _RELEASES:
        found.append(
            failed(
                f"The banner has outdated words ({_RELEASES[banner.generation]})",
                where,
                "Use the present banner of the U.S. Web Design System",
            )
        )
    elif not found:
        found = list(_altered(article, banner, where))
    yield from found or [passed()]


def host(article: Article) -> Iterator[Outcome]:
    """The banner stands on .gov and .mil hosts alone, and with HTTPS only. Nothing is said where no public host is
    known. Source: USWDS, banner: "Do NOT use the banner on non-government domains such as a .com or .org", "Use this
    banner only if your site uses both the proper top-level domain (TLD) _and_ HTTPS"."""
    banner = article.banner
    if banner is None or not is_public(article.host):
        return
    where = article.locate(banner.element)
    if domain_of(article.host) and urlsplit(article.page.url).scheme == "http":
        yield failed(
            "The banner tells readers that this site uses HTTPS, but the page is published without it",
            where,
            "Publish the page under an https address",
        )
    elif domain_of(article.host):
        yield passed()
    else:
        yield failed(
            f"The banner tells readers that this is a government site, but {article.host} is no .gov or .mil host",
            where,
            "Take the banner off; if the page will be published elsewhere, name that address with --public-url",
        )


def elsewhere(article: Article) -> bool:
    """Whether the page is on a public host that is not the government's."""
    return is_public(article.host) and domain_of(article.host) is None


def within(tag: Tag, holder: Tag) -> bool:
    """Whether an element is the holder or stands in it."""
    return any(each is holder for each in (tag, *tag.parents))


def unless_lost(article: Article, told: Outcome) -> Outcome:
    """A failure of the layout, unless style sheets of the page did not come: then a person has to look."""
    lost = article.page.lost("stylesheet") if article.page.rendering is not None else ()
    if not lost:
        return told
    message = f"{told.message}; but {len(lost)} of the page's style sheets did not load ({lost[0]})"
    return review(message, told.where, told.suggestion)


def _absent(article: Article) -> Outcome:
    component = unread_component(article)
    if component is not None:
        return review(
            f"The page has <{component.name}>, but what it shows is not in the markup that was read",
            article.locate(component),
            "Look whether the banner shows at the top of the page",
        )
    if article.page.mode is Mode.STATIC and said_by_scripts(article):
        return review(
            "The words of the banner stand in a script or a template; only a browser knows whether they show",
            suggestion="Have presscheck load the page in a browser, or look at the top of the page",
        )
    return failed(
        "The page has no banner that says it is an official government site",
        suggestion="Put the banner of the U.S. Web Design System at the top of the page",
    )


def _named(thing: Above) -> str:
    text = thing.text if len(thing.text) <= 80 else thing.text[:79] + "…"
    return f"“{text}”" if text else f"An element ({thing.element.name})"


def _language(article: Article, banner: Banner, where: Location) -> Iterator[Outcome]:
    page = article.language
    if page in _LANGUAGES and page != banner.language:
        yield failed(
            f"The page is in {_LANGUAGES[page]}, the banner in {_LANGUAGES[banner.language]}",
            where,
            f"Use the {_LANGUAGES[page]} text of the banner",
        )


def _domain(article: Article, banner: Banner, where: Location) -> Iterator[Outcome]:
    right = domain_of(article.host)
    if len(banner.domains) > 1:
        yield failed(
            "The banner explains .gov in one place and .mil in another",
            where,
            f"Use the .{right or 'gov or .mil'} text throughout",
        )
    elif right and banner.domain and banner.domain is not right:
        yield failed(
            f"The banner explains .{banner.domain}, but the page is on a .{right} host ({article.host})",
            where,
            f"Use the .{right} text of the banner",
        )


def _altered(article: Article, banner: Banner, where: Location) -> Iterator[Outcome]:
    domain = banner.domain or domain_of(article.host) or Domain.GOV
    for words in current(banner.language, domain):
        if words.kind in banner.missing or words.said_in(banner.words):
            continue
        ours = words.forms[0]
        said = _nearest([part.text for part in banner.parts if part.kind is words.kind], ours)
        message = (
            f"The banner says “{_short(said)}”, not “{ours}”"
            if said
            else f"The banner does not say “{ours}”"
        )
        if words.adaptable:
            message += "; that is right only for a government site that is not federal"
            yield review(message, where, f"Write “{ours}”")
        elif words.kind is Kind.ACTION:
            yield review(message, where, f"Write “{ours}”")
        else:
            yield failed(message, where, f"Write “{ours}”")


def _nearest(texts: list[str], ours: str) -> str:
    """Of what the banner says, the text that is likest to what it should say; empty where there is none."""
    return max(texts, key=lambda text: SequenceMatcher(None, text, ours).ratio(), default="")


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
