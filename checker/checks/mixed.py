"""Checks of what an https page loads or sends over plain http."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from bs4.element import Tag

from checker.article import Article
from checker.article.host import is_loopback, is_public
from checker.article.locate import name_of, selector, snippet
from checker.article.subresources import Danger, Subresource, subresources
from checker.article.tree import enclosing
from checker.page import Mode
from checker.verdict import Location, Outcome, failed, passed

_UPGRADE = re.compile(r"(?:^|[;,])\s*upgrade-insecure-requests\s*(?:$|[;,])", re.I)
_LOADS = {
    Danger.ACTIVE: "Browsers block that on an https page",
    Danger.PASSIVE: "Browsers ask for it over https instead, and show nothing where that fails",
}
_CONTROLS = frozenset({"input", "textarea", "select", "button"})
_ACTIVE_KINDS = frozenset({"script", "stylesheet", "font", "document", "xhr", "fetch", "websocket"})


def content(article: Article, *, danger: Danger) -> Iterator[Outcome]:
    """What the page loads comes over https: the markup as judged, the markup as served where scripts changed it, and
    what the browser asked for. A page without https has no mixed content, and one that tells browsers to upgrade
    (``upgrade-insecure-requests``) loads none. A page without a public address is judged as if published over https;
    what scripts of such a preview add is left out, since on https they may add something else.
    Source: https.cio.gov, mixed content; OMB M-15-13."""
    if not _judged(article) or upgrades(article):
        return
    told: set[str] = set()
    fine = 0
    doubtful = _made_by_scripts_of_a_preview(article)
    for tag, loads in _by_element(article.subresources, danger):
        bad = [
            (each, url) for each in loads if _insecure(article, url := _url(article, each.address))
        ]
        sure = [url for each, url in bad if each.address not in doubtful]
        told.update(sure)
        if sure:
            yield _mixed(sure, danger, article.locate(tag))
        elif not bad:
            fine += 1
    for tag, url in _only_served(article, danger, told):
        told.add(url)
        yield _mixed([url], danger, _served_at(article, tag))
    for url in _asked_for(article, danger, told):
        yield _mixed([url], danger, None)
    if fine:
        yield passed(count=fine)


def form_action(article: Article) -> Iterator[Outcome]:
    """What readers type is sent over https: no form's ``action``, no button's ``formaction`` is an http address. A form
    that holds nothing to fill in or press (a content system's wrapper of the page) sends nothing of theirs.
    Source: OMB M-15-13."""
    if not _judged(article):
        return
    for tag in article.elements("form", "button", "input"):
        address = tag.get("action" if tag.name == "form" else "formaction")
        if not isinstance(address, str) or not address.strip():
            continue
        if tag.name == "form" and id(tag) not in article.once(_used_forms):
            continue
        url = _url(article, address)
        if _insecure(article, url):
            yield failed(
                f"The form sends what readers enter without encryption, to {url}",
                article.locate(tag),
                "Send it to an https address",
            )
        elif urlsplit(url).scheme in ("", "https"):
            yield passed()


def _used_forms(article: Article) -> frozenset[int]:
    """The forms with a field that is not hidden, a button, or an element that a script may make one; by identity."""
    used: set[int] = set()
    made_by_scripts = (name for name in article.index.by_name if "-" in name)
    for tag in article.elements(*_CONTROLS, *made_by_scripts):
        if tag.name == "input" and str(tag.get("type", "")).strip().lower() == "hidden":
            continue
        named = article.by_id.get(str(tag["form"])) if tag.has_attr("form") else None
        form = named or enclosing(tag, "form")
        if form is not None:
            used.add(id(form))
    return frozenset(used)


def _judged(article: Article) -> bool:
    """Whether the page is https, or is not public yet and so must become it."""
    return not is_public(article.host) or urlsplit(article.page.url).scheme == "https"


def _insecure(article: Article, url: str) -> bool:
    """Whether an address is plain http, and neither this machine nor the preview's own host."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if parts.scheme != "http" or not host or is_loopback(host):
        return False
    return urlsplit(article.page.url).scheme == "https" or host != article.host


def upgrades(article: Article) -> bool:
    """Whether the page tells browsers to ask for https in place of http (``upgrade-insecure-requests``)."""
    if any(_UPGRADE.search(value) for value in article.page.header("content-security-policy")):
        return True
    return any(
        str(meta.get("http-equiv", "")).lower() == "content-security-policy"
        and _UPGRADE.search(str(meta.get("content", "")))
        for meta in article.elements("meta")
    )


def _by_element(
    loads: Iterable[Subresource], danger: Danger
) -> Iterator[tuple[Tag, list[Subresource]]]:
    """The loads of that danger by element: an element is told once."""
    groups: dict[int, list[Subresource]] = defaultdict(list)
    for each in loads:
        if each.danger is danger:
            groups[id(each.element)].append(each)
    for group in groups.values():
        yield group[0].element, group


def _url(article: Article, address: str) -> str:
    """The address as the published page will have it: what takes the page's own scheme takes https."""
    try:
        return urljoin(article.once(_published_base), address.strip())
    except ValueError:
        return address


def _published_base(article: Article) -> str:
    own = urlsplit(article.page.url)
    base = urlsplit(article.base)
    if own.scheme == "http" and (base.scheme, base.netloc) == (own.scheme, own.netloc):
        return base._replace(scheme="https").geturl()
    return article.base


def _is_preview(article: Article) -> bool:
    """Whether a browser had the page over plain http, so that scripts took what they add from there, too: a preview,
    or a saved file, whose own server nobody asked, under whatever address it is judged."""
    page = article.page
    if page.mode is not Mode.RENDERED:
        return False
    return page.source_path != "" or urlsplit(page.final_url).scheme != "https"


def _made_by_scripts_of_a_preview(article: Article) -> frozenset[str]:
    """The addresses that only the document after scripts has."""
    if not _is_preview(article) or article.source is None:
        return frozenset()
    served = {each.address for each in article.once(_served)}
    return frozenset(each.address for each in article.subresources) - served


def _served(article: Article) -> tuple[Subresource, ...]:
    """What the source loads, where it is known."""
    return tuple(subresources(article.source.tags)) if article.source else ()


def _only_served(article: Article, danger: Danger, told: set[str]) -> Iterator[tuple[Tag, str]]:
    """What the source loads over http and the document after scripts no longer does."""
    if article.page.mode is Mode.STATIC or article.source is None:
        return
    for tag, loads in _by_element(article.once(_served), danger):
        if tag.find_parent(["noscript", "template"]) is not None:
            continue
        for each in loads:
            url = _url(article, each.address)
            if url not in told and _insecure(article, url):
                yield tag, url
                break


def _asked_for(article: Article, danger: Danger, told: set[str]) -> Iterator[str]:
    """What the browser asked for over http and no markup names: the work of scripts and style sheets."""
    page = article.page
    if _is_preview(article):
        return
    known = {page.target, page.final_url, *(hop.url for hop in page.redirects), *told}
    for request in page.requests:
        active = request.mixed == "blockable" or request.kind in _ACTIVE_KINDS
        wanted = active is (danger is Danger.ACTIVE)
        if wanted and request.url not in known and _insecure(article, request.url):
            known.add(request.url)
            yield request.url


def _served_at(article: Article, tag: Tag) -> Location:
    """The place of an element that only the source has."""
    assert article.source is not None
    line, column = article.source.position(tag) or (None, None)
    return Location(selector(tag, article.source), snippet(tag), name_of(tag)[:120], line, column)


def _mixed(urls: list[str], danger: Danger, where: Location | None) -> Outcome:
    more = f" (and {len(urls) - 1} more)" if len(urls) > 1 else ""
    return failed(
        f"The page loads {urls[0]}{more} without encryption. {_LOADS[danger]}",
        where,
        "Use the https address, if the server has one; else host the file on a server that has",
    )
