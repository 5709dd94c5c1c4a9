"""The connection under a request: its bound in time, and its TLS facts."""

from __future__ import annotations

import socket
import ssl
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from checker.page import Tls

if TYPE_CHECKING:
    import httpx


class Deadline:
    """The bound of a whole try. httpx bounds each read, which a server that sends a byte now and then outlasts; when
    the time is over, the connections are shut down under it."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            while self._sockets:
                self._sockets.pop().close()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """httpcore's trace: keeps a handle of every connection, which the TLS handshake does not take away."""
        if event.endswith("connect_tcp.complete"):
            opened = info["return_value"].get_extra_info("socket")
            with self._lock:
                self._sockets.append(opened.dup())

    def _end(self) -> None:
        with self._lock:
            self.over = True
            for opened in self._sockets:
                try:
                    opened.shutdown(socket.SHUT_RDWR)
                except OSError:  # closed by the other side already
                    continue


def tls_facts(response: httpx.Response, *, verified: bool) -> Tls | None:
    """Facts of the connection that brought the response; without the certificate's where it was not verified."""
    stream = response.extensions.get("network_stream")
    secured = stream.get_extra_info("ssl_object") if stream else None
    if secured is None:
        return None
    certificate = secured.getpeercert() or {}
    cipher = secured.cipher()
    return Tls(
        protocol=(secured.version() or "").replace("TLSv", "TLS "),
        cipher=cipher[0] if cipher else "",
        subject=_name(certificate.get("subject", ())),
        issuer=_name(certificate.get("issuer", ())),
        names=tuple(value for _, value in certificate.get("subjectAltName", ())),
        valid_from=_moment(certificate.get("notBefore")),
        valid_to=_moment(certificate.get("notAfter")),
        verified=verified,
    )


def _name(parts: Any) -> str:
    """The common name of a distinguished name, else its organization."""
    fields = {key: value for part in parts for key, value in part}
    return str(fields.get("commonName") or fields.get("organizationName") or "")


def _moment(text: str | None) -> str:
    if not text:
        return ""
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC).strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )
