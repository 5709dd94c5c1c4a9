"""http(s) addresses -> Pages, without a browser; and the probe over plain http."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from checker.loading import fetch
from checker.loading.credentials import tls_context
from checker.loading.encoding import decode
from checker.loading.failure import FetchError, cause, plain
from checker.loading.options import Options, Target
from checker.loading.redact import redact_url, scrub
from checker.loading.static import now, problem_page
from checker.loading.trouble import find_trouble
from checker.page import Hop, Missing, Mode, Need, Page, Problem, Tls, Trouble
from checker.verdict import Cause

_PROBE_TIME = 10.0
_HEAD_REFUSED = (400, 403, 404, 405, 501)


def load_url(target: Target, options: Options, gaps: tuple[Missing, ...] = ()) -> Page:
    """The page at the target's address, as its server sends it. ``gaps`` say why nothing was rendered. An address that
    does not answer, or answers with no article, is a page with a problem."""
    try:
        answer = fetch.get(target.url, options)
    except FetchError as error:
        return scrub(_unanswered(target, error, options, gaps), options)
    return load_answer(target, answer, options, gaps)


def load_answer(
    target: Target, answer: fetch.Answer, options: Options, gaps: tuple[Missing, ...] = ()
) -> Page:
    """The page of what a server sent. Out of an archive it has no TLS facts and no probe: its server is not asked."""
    content_type = answer.header("content-type")
    decoded = decode(answer.body, content_type)
    problem = _download(answer) or find_trouble(
        answer.status, content_type, decoded.text, target.url, answer.url
    )
    if target.archived:
        probe, tls_gaps = None, _archived()
    else:
        probe, tls_gaps = _transport(answer.url, answer.tls, options, problem)
    page = Page(
        target=target.text,
        url=answer.url,
        mode=Mode.STATIC,
        html=decoded.text,
        loaded_at=target.archived or now(),
        final_url=answer.url,
        redirects=answer.redirects,
        status=answer.status,
        headers=answer.headers,
        tls=answer.tls,
        probe=probe,
        source=decoded.text,
        missing=(*gaps, *tls_gaps),
        problem=problem,
        notes=(*answer.notes, *decoded.notes),
    )
    return scrub(page, options)


def http_probe(url: str, options: Options) -> Hop | Missing:
    """What the same address answers over plain http (on ``Options.http_port``), not followed.

    Status 0 with no location says that the port is closed, which OMB M-15-13 takes for an answer: http is then not
    served at all. No credential goes along, and no query that looks secret. A Missing says why there is no answer.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return _no_probe(Cause.BROKEN, "the address cannot be read")
    if parts.scheme != "https":
        return _no_probe(Cause.OUT_OF_REACH, "the page itself is not on https")
    if port not in (None, 443) and options.http_port == 80:
        reason = f"the address names port {port}: where its plain http would answer is not known"
        return _no_probe(Cause.OUT_OF_REACH, reason)
    host = parts.hostname or ""
    netloc = f"[{host}]" if ":" in host else host
    if options.http_port != 80:
        netloc += f":{options.http_port}"
    query = parts.query if redact_url(f"?{parts.query}") == f"?{parts.query}" else ""
    return _ask(urlunsplit(("http", netloc, parts.path or "/", query, "")), options)


def _ask(url: str, options: Options) -> Hop | Missing:
    timeout = min(options.timeout, _PROBE_TIME)
    try:
        with httpx.Client(
            timeout=timeout, headers=fetch.HEADERS, verify=tls_context(options)
        ) as client:
            answer = client.head(url)
            if answer.status_code in _HEAD_REFUSED:
                with client.stream("GET", url) as answer:
                    pass
    except httpx.TimeoutException:
        reason = f"plain http did not answer within {timeout:g} s: a firewall drops it, or the server is slow"
        return _no_probe(Cause.OUT_OF_REACH, reason)
    except httpx.HTTPError as error:
        if cause(error, ConnectionRefusedError):
            return Hop(url, 0, "")
        return _no_probe(Cause.BROKEN, f"the same address over plain http: {plain(error)}")
    if answer.status_code in (502, 503, 504) and _by_proxy(url):
        reason = f"the proxy answered {answer.status_code} for plain http: the server itself was not reached"
        return _no_probe(Cause.OUT_OF_REACH, reason)
    return Hop(url, answer.status_code, answer.headers.get("location", ""))


def _by_proxy(url: str) -> bool:
    proxies = getproxies()
    return bool(proxies.get("http") or proxies.get("all")) and not proxy_bypass(
        urlsplit(url).hostname or ""
    )


def _transport(
    url: str, tls: Tls | None, options: Options, problem: Problem | None
) -> tuple[Hop | None, tuple[Missing, ...]]:
    """The probe's answer, and what is missing of TLS facts and probe."""
    gaps: list[Missing] = []
    if tls is None and url.startswith("https:"):
        reason = "the connection does not tell its certificate"
        gaps.append(Missing(Need.TLS, Cause.BROKEN, reason))
    elif tls is None:
        gaps.append(Missing(Need.TLS, Cause.OUT_OF_REACH, "the page is not on https"))
    elif not tls.verified:
        reason = "--insecure: the server's certificate was not verified"
        gaps.append(Missing(Need.TLS, Cause.OUT_OF_REACH, reason))
    if problem is not None:  # nothing of the page will be judged
        gaps.append(Missing(Need.HTTP_PROBE, Cause.OUT_OF_REACH, "the page did not load"))
        return None, tuple(gaps)
    probe = http_probe(url, options)
    if isinstance(probe, Missing):
        return None, (*gaps, probe)
    return probe, tuple(gaps)


def _archived() -> tuple[Missing, ...]:
    reason = "an archive does not keep the connection"
    return tuple(Missing(need, Cause.OUT_OF_REACH, reason) for need in (Need.TLS, Need.HTTP_PROBE))


def _download(answer: fetch.Answer) -> Problem | None:
    if 200 <= answer.status < 300 and answer.header("content-disposition").lower().startswith(
        "attachment"
    ):
        return Problem(Trouble.NOT_HTML, "the server offers a file for download, not a web page")
    return None


def _unanswered(
    target: Target, error: FetchError, options: Options, gaps: tuple[Missing, ...]
) -> Page:
    needs = (Need.TRANSPORT, Need.TLS, Need.HTTP_PROBE)
    missing = tuple(Missing(need, Cause.BROKEN, str(error)) for need in needs)
    return problem_page(target, Problem(error.kind, str(error)), options, (*gaps, *missing))


def _no_probe(cause: Cause, reason: str) -> Missing:
    return Missing(Need.HTTP_PROBE, cause, reason)
