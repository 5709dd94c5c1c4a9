"""Checks of how the page gets to readers: HTTPS, the way there from http, HSTS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

import hstspreload

from checker.article import Article
from checker.article.host import is_address, is_public
from checker.verdict import Cause, Outcome, failed, not_tested, passed, review

_REDIRECTS = frozenset(
    {301, 302, 303, 307, 308}
)  # RFC 9110, 15.4: those that send the reader to Location
_MAX_AGE = re.compile(r'max-age\s*=\s*(?:"(\d+)"|(\d+))', re.I)


def https_page(article: Article) -> Iterator[Outcome]:
    """Readers get the page over https. Not tested where no public address is known: a file, a preview on the author's
    own machine. Source: OMB M-15-13."""
    if not is_public(article.host):
        yield not_tested(
            "the page has no public address; name the one it will be published under with --public-url",
            Cause.OUT_OF_REACH,
        )
    elif _scheme(article.page.url) == "https":
        yield passed()
    else:
        yield failed(
            f"Readers get the page without encryption: {article.page.url}",
            suggestion="Publish the page under an https address",
        )


def http_redirect(article: Article) -> Iterator[Outcome]:
    """The page's address over plain http leads to https by a server's redirect, or nothing answers there. A page that
    sends readers on by script or ``<meta>`` does not do it, nor does an error. Not tested at an address that is not
    public.
    Source: OMB M-15-13 and its compliance guide."""
    probe = article.page.probe
    assert probe is not None
    if not is_public(urlsplit(probe.url).hostname or ""):
        yield _private(probe.url)
    elif probe.status == 0:
        yield passed(message="nothing answers over plain http")
    elif probe.status not in _REDIRECTS:
        yield failed(
            f"Over plain http the server answers with status {probe.status}, not with a redirect to https",
            suggestion="Have the server answer every http request with a redirect (301 or 308) to the https address",
        )
    else:
        target = urljoin(probe.url, probe.location)
        if _scheme(target) == "https":
            yield passed()
        elif target == probe.url or not probe.location:
            yield failed(
                "Over plain http the server redirects to nowhere",
                suggestion="Have the server redirect to the https address",
            )
        else:
            yield review(
                f"Over plain http the server redirects to another http address ({target}); "
                "whether that one leads to https was not followed",
                suggestion="Redirect to https in the first step",
            )


def hsts(
    article: Article, *, minimum_age: int, preloaded: tuple[str, ...] = ()
) -> Iterator[Outcome]:
    """Browsers are told to use https alone for ``minimum_age`` seconds at least, by the server's own header or by a
    parent domain on the list that browsers bring along; ``preloaded`` names domains that are newer on it than our copy.
    Not for pages without https, nor for bare addresses (RFC 6797, 8.1.1); a server that is not public may do without.
    Source: OMB M-15-13, compliance guide: "max-age of at least 1 year"."""
    host = (urlsplit(article.page.final_url or article.page.url).hostname or "").lower()
    if _scheme(article.page.final_url or article.page.url) != "https" or is_address(host):
        return
    age = _age(article.page.header("strict-transport-security"))
    if age is not None and age >= minimum_age:
        yield passed()
    elif on_list(host, preloaded):
        yield passed(message="a parent domain is on the preload list of browsers")
    elif not is_public(host):
        yield _private(article.page.final_url)
    else:
        said = (
            "The server does not tell browsers to use https only (no Strict-Transport-Security header)"
            if age is None
            else f"The server tells browsers to use https only for {age} seconds; a year has {minimum_age}"
        )
        yield failed(
            f"{said}, and no parent domain of {host} is on our copy of the preload list of browsers",
            suggestion=f"Send Strict-Transport-Security: max-age={minimum_age}; includeSubDomains",
        )


def _private(url: str) -> Outcome:
    """What is asked of public servers, at one that no reader reaches."""
    return not_tested(
        f"the answer came from {url}, which is no public address; audit the published page",
        Cause.OUT_OF_REACH,
    )


def _scheme(url: str) -> str:
    return urlsplit(url).scheme.lower()


def _age(headers: tuple[str, ...]) -> int | None:
    """``max-age`` of the first header (RFC 6797, 8.1: the others do not count), or None."""
    for directive in headers[0].split(";") if headers else ():
        if match := _MAX_AGE.fullmatch(directive.strip()):
            return int(match[1] or match[2])
    return None


def on_list(host: str, preloaded: tuple[str, ...]) -> bool:
    """Whether browsers bring along that the host, or a domain above it, is on https alone."""
    if any(host == domain or host.endswith(f".{domain}") for domain in preloaded):
        return True
    return _brought_along(host)


@lru_cache(maxsize=4096)  # each look reads the list's file
def _brought_along(host: str) -> bool:
    try:
        return bool(hstspreload.in_hsts_preload(host.encode("idna").decode("ascii")))
    except UnicodeError:
        return False
