"""Why an address did not answer, in a sentence that a web editor understands and that holds no secret."""

from __future__ import annotations

import socket
import ssl
from urllib.parse import urlsplit

from checker.page import Trouble


class FetchError(Exception):
    """The address gave no document. ``passing``: another try may help."""

    def __init__(self, kind: Trouble, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.kind = kind
        self.passing = passing


def explain(error: Exception, url: str, timeout: float, *, late: bool = False) -> FetchError:
    """The failure of a request to ``url`` as a FetchError. ``late``: the time of the whole try was over."""
    import httpx  # a tenth of a second, which a run over files saves

    host = urlsplit(url).hostname or url
    if late or isinstance(error, httpx.TimeoutException):
        return FetchError(Trouble.TIME_OUT, f"{host} did not send the page within {timeout:g} s")
    if certificate := cause(error, ssl.SSLCertVerificationError):
        return FetchError(Trouble.LOAD_ERROR, f"{host}: {_distrust(certificate)}")
    return FetchError(
        Trouble.LOAD_ERROR,
        f"{host}: {plain(error)}",
        passing=isinstance(error, httpx.TransportError),
    )


def plain(error: Exception) -> str:
    """What went wrong with a connection, in words."""
    import httpx

    if cause(error, ConnectionRefusedError):
        return "the server refused the connection"
    if cause(error, socket.gaierror):
        return "the host name is not known"
    if cause(error, ssl.SSLError):
        return f"no secure connection could be made ({_reason(error)})"
    match error:
        case httpx.ProxyError():
            return f"the proxy refused ({_one_line(error)})"
        case httpx.LocalProtocolError():
            return "the request cannot be sent: check the values of --header"
        case httpx.RemoteProtocolError() | httpx.ReadError():
            return f"the server broke off ({_one_line(error) or 'connection closed'})"
        case httpx.InvalidURL():
            return "the address cannot be read"
        case _:
            return f"no connection ({_one_line(error) or type(error).__name__})"


def cause[T: BaseException](error: BaseException, kind: type[T]) -> T | None:
    """The first of the error and its causes that is of the kind."""
    at: BaseException | None = error
    seen: set[int] = set()
    while at is not None and id(at) not in seen:
        if isinstance(at, kind):
            return at
        seen.add(id(at))
        at = at.__cause__ or at.__context__
    return None


def _distrust(error: ssl.SSLCertVerificationError) -> str:
    match error.verify_code:  # openssl/x509_vfy.h
        case 10:
            return (
                "the server's certificate has expired: readers get a warning in place of the page"
            )
        case 9:
            return "the server's certificate is not valid yet"
        case 62 | 64:
            return "the server's certificate is for another host name"
        case _:
            return (
                f"the server's certificate is not trusted ({error.verify_message}): name the agency's authority by"
                " --ca-file, or leave TLS untested by --insecure"
            )


def _reason(error: BaseException) -> str:
    found = cause(error, ssl.SSLError)
    return (found.reason or "TLS").replace("_", " ").lower() if found else ""


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
