"""Chromium's network errors in a sentence that a web editor understands."""

from __future__ import annotations

from urllib.parse import urlsplit

from checker.loading.chrome_log import Log
from checker.loading.trouble import find_trouble
from checker.page import Problem, Trouble

_CLIENT = (
    "it asks for a client certificate, which a browser without a window cannot be given:"
    " use --render never with --client-cert"
)
_SAID = {
    "ERR_NAME_NOT_RESOLVED": "no server of that name is found (DNS)",
    "ERR_CONNECTION_REFUSED": "the server refuses the connection",
    "ERR_CONNECTION_RESET": "the server broke off the connection",
    "ERR_CONNECTION_CLOSED": "the server broke off the connection",
    "ERR_EMPTY_RESPONSE": "the server sent nothing",
    "ERR_INTERNET_DISCONNECTED": "this machine has no network",
    "ERR_ADDRESS_UNREACHABLE": "the server cannot be reached from here",
    "ERR_CONNECTION_TIMED_OUT": "the server does not answer",
    "ERR_TIMED_OUT": "the server does not answer",
    "ERR_TOO_MANY_REDIRECTS": "the address redirects without end",
    "ERR_CERT_AUTHORITY_INVALID": "its certificate is of an authority that is not trusted: --ca-file names another",
    "ERR_CERT_COMMON_NAME_INVALID": "its certificate is for another name",
    "ERR_CERT_DATE_INVALID": "its certificate has expired or is not valid yet",
    "ERR_CERT_REVOKED": "its certificate was revoked",
    "ERR_SSL_PROTOCOL_ERROR": "it does not speak TLS as it should",
    "ERR_SSL_VERSION_OR_CIPHER_MISMATCH": "it speaks only TLS that browsers no longer take",
    "ERR_BAD_SSL_CLIENT_AUTH_CERT": _CLIENT,
    "ERR_SSL_CLIENT_AUTH_CERT_NEEDED": _CLIENT,
    "ERR_PROXY_CONNECTION_FAILED": "the proxy does not answer",
    "ERR_TUNNEL_CONNECTION_FAILED": "the proxy does not let the connection through",
    "ERR_INVALID_AUTH_CREDENTIALS": "the server does not take the user and password",
    "ERR_BLOCKED_BY_RESPONSE": "the server's own headers forbid to show it",
}
_FINAL = ("ERR_CERT", "ERR_TOO_MANY_REDIRECTS", "ERR_SSL", "ERR_BAD_SSL", "ERR_INVALID")
_LATE = frozenset({"ERR_CONNECTION_TIMED_OUT", "ERR_TIMED_OUT"})


class Failed(Exception):
    """No document came. ``final``: another try would not help."""

    def __init__(self, problem: Problem, *, final: bool = False) -> None:
        super().__init__(problem.message)
        self.problem = problem
        self.final = final


def failure(log: Log, url: str) -> Failed:
    """Why the document did not come, by the log of asking for ``url``."""
    last = log.documents[-1] if log.documents else None
    code = (last.error if last else "").removeprefix("net::")
    if (
        last
        and last.status is not None
        and (problem := find_trouble(last.status, "", "-", url, ""))
    ):
        return Failed(problem)
    host = urlsplit(last.url if last else url).hostname or url
    said = _SAID.get(code) or f"the page did not load ({code or 'the browser does not say why'})"
    kind = Trouble.TIME_OUT if code in _LATE else Trouble.LOAD_ERROR
    return Failed(Problem(kind, f"{host}: {said}"), final=code.startswith(_FINAL))
