"""Certificates of the user's own authority (``--ca-file``), for a browser that takes none.

Chromium has no switch for another authority, but one that lets in certificates by the hash of their public key. So each
server's certificate is verified here, against the user's file, with name and dates; and only the key of one that holds
is let in.
"""

from __future__ import annotations

import base64
import hashlib
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from checker.loading.credentials import tls_context
from checker.loading.options import Options
from checker.page import Request

_SECONDS = 10.0


def pin(url: str, options: Options) -> str | None:
    """The hash of the key of the server's certificate (base64 of SHA-256 of its SubjectPublicKeyInfo), where the user
    named an authority and the certificate holds by it; None where not."""
    parts = urlsplit(url)
    if options.ca_file is None or options.insecure or parts.scheme not in ("https", "wss"):
        return None
    host = parts.hostname or ""
    try:
        with (
            socket.create_connection((host, parts.port or 443), timeout=_SECONDS) as plain,
            tls_context(options).wrap_socket(plain, server_hostname=host) as secured,
        ):
            certificate = secured.getpeercert(binary_form=True)
    except OSError:  # the browser's own attempt will say why
        return None
    return spki_hash(certificate) if certificate else None


def missing_pins(requests: Iterable[Request], options: Options) -> set[str]:
    """The keys of the servers whose certificates the browser refused and the user's authority vouches for."""
    if options.ca_file is None:
        return set()
    refused = {
        "{0.scheme}://{0.netloc}/".format(urlsplit(request.url))
        for request in requests
        if "ERR_CERT_AUTHORITY_INVALID" in request.error
    }
    return {found for url in sorted(refused) if (found := pin(url, options))}


def spki_hash(certificate: bytes) -> str:
    """The pin of a certificate in DER (RFC 7469, 2.4; the field's place: RFC 5280, 4.1)."""
    (body,) = list(_fields(certificate))[:1]
    (facts, _), *_ = _fields(body[0])
    fields = [whole for _, whole in _fields(facts)]
    if fields[0][0] == 0xA0:  # the version, which may be left out
        fields = fields[1:]
    return base64.b64encode(hashlib.sha256(fields[5]).digest()).decode("ascii")


def _fields(data: bytes) -> Iterable[tuple[bytes, bytes]]:
    """The DER values in a row: each its content and the whole of it."""
    place = 0
    while place < len(data):
        start, length = place + 2, data[place + 1]
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[start : start + size])
            start += size
        yield data[start : start + length], data[place : start + length]
        place = start + length
