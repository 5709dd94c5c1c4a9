"""Checks of addresses that a page gives away: its own, for search engines and shared links, and those of its links."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4.element import Tag

from checker.article import Article
from checker.article.host import domain_of, is_public
from checker.checks.mixed import upgrades
from checker.checks.transport import on_list
from checker.verdict import Outcome, failed, passed

_SHARED = frozenset(
    """og:url og:image og:image:url og:image:secure_url og:video og:video:url og:audio twitter:image twitter:player
    """.split()
)


def given(article: Article) -> Iterator[Outcome]:
    """The addresses that the head gives search engines and shared links begin with https: canonical and alternate
    links, Open Graph and Twitter cards. Source: OMB M-15-13; https.cio.gov."""
    for tag, address in _given(article):
        scheme = urlsplit(article.resolve(address)).scheme
        if address.lower().startswith("http:"):
            yield failed(
                f"The page gives {_name(tag)} as {address[:120]}, without encryption",
                article.locate(tag),
                f"Write https:{address[5:125]}",
            )
        elif scheme in ("", "https"):
            yield passed()


def links(article: Article, *, preloaded: tuple[str, ...] = ()) -> Iterator[Outcome]:
    """No link leads over http to a host that is known to have https: the page's own, and government hosts of which
    browsers know that they have nothing else (their preload list; ``preloaded`` names domains that are newer on it
    than our copy). Source: OMB M-15-13; https.cio.gov."""
    fine = 0
    for tag in article.elements("a", "area"):
        address = str(tag.attrs.get("href", "")).strip()
        host = _host(address) if "//" in address else ""
        if not host or not is_public(host):
            continue
        if address[:6].lower() == "https:":
            fine += 1
        elif address[:5].lower() == "http:" and (why := _secure(article, host, preloaded)):
            yield failed(
                f"The link leads to {address[:120]} without encryption, though {why}",
                article.locate(tag),
                f"Write https:{address[5:125]}",
            )
    if fine:
        yield passed(count=fine)


def _given(article: Article) -> Iterator[tuple[Tag, str]]:
    for tag in article.elements("link"):
        relations = {str(each).lower() for each in tag.get_attribute_list("rel") if each}
        own = "canonical" in relations or ("alternate" in relations and tag.has_attr("hreflang"))
        if own and (address := str(tag.get("href", "")).strip()):
            yield tag, address
    for tag in article.elements("meta"):
        name = str(tag.get("property") or tag.get("name") or "").strip().lower()
        if name in _SHARED and (address := str(tag.get("content", "")).strip()):
            yield tag, address


def _name(tag: Tag) -> str:
    if tag.name == "link":
        return (
            "its own address"
            if "canonical" in str(tag.get("rel", "")).lower()
            else "another version"
        )
    return str(tag.get("property") or tag.get("name")).strip().lower()


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _secure(article: Article, host: str, preloaded: tuple[str, ...]) -> str:
    """Why a host is known to have https; empty where it is not."""
    if host == article.host and urlsplit(article.page.url).scheme == "https":
        return "" if upgrades(article) else "this page itself is there with it"
    if domain_of(host) and on_list(host, preloaded):
        return f"browsers know {host} to be on HTTPS alone"
    return ""
