"""Checks of the secure connection that brought the page: protocol, cipher, certificate; and of its cookies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from checker.article import Article
from checker.article.host import is_address, is_public
from checker.page import Tls
from checker.verdict import Cause, Outcome, failed, not_tested, passed

_VERSION = re.compile(r"(TLS|SSL)\D*(\d)(?:\.(\d))?", re.I)
_MOST_NAMED = 3


def protocol(article: Article, *, minimum: str) -> Iterator[Outcome]:
    """The connection has at least the protocol version ``minimum`` ("TLS 1.2"): the best that server and browser both
    have. Source: https.cio.gov, technical guidelines; NIST SP 800-52."""
    for tls in _connection(article):
        said = _version(tls.protocol)
        if said is None:
            yield not_tested(f"the protocol {tls.protocol!r} is not known", Cause.OUT_OF_REACH)
        elif said >= (_version(minimum) or said):
            yield passed(message=tls.protocol)
        else:
            yield failed(
                f"The best protocol that the server offers is {tls.protocol}; {minimum} is the least",
                suggestion=f"Have the web team switch on {minimum} and later, and the former ones off",
            )


def forbidden(
    article: Article, *, protocols: tuple[str, ...], ciphers: tuple[str, ...]
) -> Iterator[Outcome]:
    """The connection has none of the ``protocols``, and no cipher whose name has one of ``ciphers`` as a part. Only
    what was used for this page is seen; what else the server offers is not asked.
    Source: BOD 18-01."""
    for tls in _connection(article):
        cipher = re.split(r"[^A-Z0-9]+", tls.cipher.upper())
        versions = {_version(each) for each in protocols}
        used = [part for part in ciphers if part.upper() in cipher]
        if _version(tls.protocol) in versions:
            used.append(tls.protocol)
        if used:
            yield failed(
                f"The connection uses {' and '.join(used)}, which must be disabled",
                suggestion="Have the web team disable it on the server",
            )
        else:
            yield passed(message=f"{tls.protocol}, {tls.cipher}")


def certificate(article: Article) -> Iterator[Outcome]:
    """The certificate was verified up to an authority that is trusted, is for the page's host, and its time had begun
    and was not over when the page was loaded. Source: OMB M-15-13; RFC 9525 on names."""
    for tls in _connection(article):
        host = (urlsplit(article.page.final_url or article.page.url).hostname or "").lower()
        begins, ends, now = map(_moment, (tls.valid_from, tls.valid_to, article.page.loaded_at))
        wrong = []
        if not tls.verified:
            wrong.append("no authority that browsers trust vouches for it")
        if tls.names and not is_address(host) and not any(_covers(n, host) for n in tls.names):
            names = ", ".join(tls.names[:_MOST_NAMED])
            wrong.append(f"it is for {names}, not for {host}")
        if now and ends and now > ends:
            wrong.append(f"it ended on {ends:%Y-%m-%d}")
        if now and begins and now < begins:
            wrong.append(f"it begins on {begins:%Y-%m-%d} only")
        if wrong:
            yield failed(
                f"Browsers will not accept the server's certificate: {'; '.join(wrong)}",
                suggestion="Have the web team install a certificate for this host",
            )
        else:
            yield passed(message=f"issued by {tls.issuer}")


def days_left(article: Article, *, minimum: int) -> Iterator[Outcome]:
    """When the page was loaded, the certificate had ``minimum`` days left at least. One that is over is told by
    another rule. Source: own experience; what renews itself does so weeks before."""
    for tls in _connection(article):
        ends, now = _moment(tls.valid_to), _moment(article.page.loaded_at)
        if ends is None or now is None or ends < now:
            return
        left = ends - now
        if left >= timedelta(days=minimum):
            yield passed(message=f"{left.days} days left")
        else:
            yield failed(
                f"The server's certificate ends on {ends:%Y-%m-%d}, in {left.days} days",
                suggestion="Ask the web team whether its renewal is under way",
            )


def cookies(article: Article) -> Iterator[Outcome]:
    """Every cookie that the server sets with the page has the attribute ``Secure``.
    Source: RFC 6265, 4.1.2.5 and 8.3; the spirit of OMB M-15-13."""
    url = urlsplit(article.page.final_url or article.page.url)
    if url.scheme != "https" or not is_public(url.hostname or ""):
        return
    fine = 0
    for value in article.page.header("set-cookie"):
        for line in filter(str.strip, value.split("\n")):
            pair, *attributes = (part.strip() for part in line.split(";"))
            if any(each.lower() == "secure" for each in attributes):
                fine += 1
            else:
                name = pair.partition("=")[0]
                yield failed(
                    f"The cookie “{name[:60]}” may be sent without encryption: it is set without Secure",
                    suggestion="Have the web team set it with the attributes Secure and, where no script reads it, "
                    "HttpOnly",
                )
    if fine:
        yield passed(count=fine)


def _connection(article: Article) -> Iterator[Tls]:
    """The connection's facts; nothing of pages without https."""
    tls = article.page.tls
    assert tls is not None
    if urlsplit(article.page.final_url or article.page.url).scheme == "https":
        yield tls


def _version(text: str) -> tuple[bool, int, int] | None:
    """A protocol's version, in an order; QUIC has TLS 1.3 (RFC 9001)."""
    if text.upper().startswith("QUIC"):
        return True, 1, 3
    match = _VERSION.match(text)
    return (match[1].upper() == "TLS", int(match[2]), int(match[3] or 0)) if match else None


def _covers(name: str, host: str) -> bool:
    """Whether a certificate's name is for the host; ``*`` stands for one label (RFC 9525, 6.3)."""
    name = name.lower().rstrip(".")
    if name.startswith("*."):
        return host.partition(".")[2] == name[2:]
    return name == host


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
