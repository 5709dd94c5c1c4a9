"""One GET as a browser's address bar does it: redirects one by one, bounded in size and time, with TLS facts."""

from __future__ import annotations

import re
import ssl
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from checker import __version__
from checker.loading.connection import Deadline, tls_facts
from checker.loading.credentials import cookies_for, headers_for, tls_context
from checker.loading.failure import FetchError, explain
from checker.loading.options import Options
from checker.loading.redact import redact_url
from checker.loading.static import LIMIT, TOO_LARGE
from checker.page import Hop, Tls, Trouble

if TYPE_CHECKING:
    import httpx

HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; presscheck/{__version__})",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.9",
}
MOST_REDIRECTS = 20  # as many as browsers follow

_MOVED = (301, 302, 303, 307, 308)
_PASSING = (502, 503, 504)  # a gateway's trouble may be over at the next try
_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 4.0
_NO_PAGE = re.compile(r"(image|video|audio|font)/|application/(pdf|zip|octet-stream|msword|vnd\.)")


@dataclass(frozen=True)
class Answer:
    """What the last server on the way sent. ``headers`` are as received, repeated ones repeated."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    redirects: tuple[Hop, ...]
    tls: Tls | None
    notes: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """The first value of a header, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def get(url: str, options: Options) -> Answer:
    """Ask for an address and follow its redirects. A server that is not reached, or answers 502, 503 or 504, is asked
    again ``Options.retries`` times. Credentials go to the address's own origin alone. Raises FetchError."""
    context = tls_context(options)
    before: list[str] = []
    for left in range(options.retries, -1, -1):
        try:
            answer = _walk(url, options, context)
        except FetchError as error:
            if not (error.passing and left):
                raise
            before.append(str(error))
        else:
            if answer.status not in _PASSING or not left:
                return replace(answer, notes=_retried(before))
            before.append(f"the server answered {answer.status}")
        time.sleep(min(_FIRST_PAUSE * 2 ** (len(before) - 1), _LONGEST_PAUSE))
    raise AssertionError("the last try returns or raises")


def _retried(before: list[str]) -> tuple[str, ...]:
    return (f"loaded at try {len(before) + 1}; before: {'; '.join(before)}",) if before else ()


def _walk(start: str, options: Options, context: ssl.SSLContext) -> Answer:
    """One try: from hop to hop, all within the time."""
    import httpx  # a tenth of a second, which a run over files saves

    redirects: list[Hop] = []
    url = start
    with Deadline(options.timeout) as deadline:
        try:
            with httpx.Client(
                verify=context,
                timeout=options.timeout,
                event_hooks={"response": [_check_location]},
            ) as client:
                while True:
                    answer = _ask(client, url, start, options, deadline)
                    location = answer.header("location")
                    if answer.status not in _MOVED or not location:
                        return replace(answer, redirects=tuple(redirects))
                    redirects.append(Hop(url, answer.status, location))
                    url = _next(url, location, len(redirects))
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            raise explain(error, url, options.timeout, late=deadline.over) from error


def _next(url: str, location: str, so_far: int) -> str:
    if so_far > MOST_REDIRECTS:
        raise FetchError(
            Trouble.LOAD_ERROR, f"the address redirects without end ({MOST_REDIRECTS} redirects)"
        )
    return urljoin(url, location)


def _check_location(response: httpx.Response) -> None:
    """Raises FetchError for a redirect to what is no web page. A hook, as httpx itself stumbles over such a one."""
    location = response.headers.get("location", "")
    if response.status_code not in _MOVED or not location:
        return
    try:
        target = urlsplit(urljoin(str(response.url), location))
        sound = target.scheme in ("http", "https") and bool(target.hostname) and target.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise FetchError(
            Trouble.LOAD_ERROR,
            f"it redirects to {redact_url(location)[:200]}, which is no web page",
        )


def _ask(
    client: httpx.Client, url: str, start: str, options: Options, deadline: Deadline
) -> Answer:
    address = _bare(url)
    given = [(n.encode(), v.encode()) for n, v in headers_for(url, start, options)]
    names = {name.lower() for name, _ in given}
    usual = [
        (n.encode(), v.encode()) for n, v in HEADERS.items() if n.lower().encode() not in names
    ]
    request = client.build_request(
        "GET", address, headers=[*usual, *given], extensions={"trace": deadline.trace}
    )
    _add_cookies(request, cookies_for(url, start, options))
    response = client.send(request, stream=True)
    try:
        tls = tls_facts(response, verified=not options.insecure)  # before the body's end closes it
        moved = response.status_code in _MOVED and "location" in response.headers
        return Answer(
            url=address,
            status=response.status_code,
            headers=tuple(
                (name.decode("latin-1"), _text(value)) for name, value in response.headers.raw
            ),
            body=b"" if moved else _body(response, deadline),
            redirects=(),
            tls=tls,
        )
    finally:
        response.close()


def _bare(url: str) -> str:
    """Without userinfo (that goes as a header, to its own origin) and without the fragment."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()


def _text(value: bytes) -> str:
    """A header's value as browsers read it: UTF-8 where it is, else byte by byte."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _add_cookies(request: httpx.Request, cookies: dict[str, str]) -> None:
    """The user's cookies, beside those that the servers set on the way, which win."""
    there = request.headers.get("Cookie", "")
    names = {part.partition("=")[0].strip() for part in there.split(";")}
    added = [f"{name}={value}" for name, value in cookies.items() if name not in names]
    if added:
        request.headers["Cookie"] = "; ".join(filter(None, [there, *added]))


def _body(response: httpx.Response, deadline: Deadline) -> bytes:
    """The body without its content coding; of what cannot be a page, only the start."""
    no_page = _NO_PAGE.match(response.headers.get("content-type", "").strip().lower())
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if no_page:
            break
        if size > LIMIT:
            raise FetchError(Trouble.TOO_LARGE, TOO_LARGE)
    if deadline.over:  # the end may be that of the time, not that of the document
        import httpx

        raise httpx.ReadTimeout("the document took too long")
    return b"".join(chunks)
