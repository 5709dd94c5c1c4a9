"""A program of its own: waits for the end of who started it, and gives a browser's slot back to its Selenium Grid where
nobody else did. A session that nobody ends keeps its slot for five minutes, and a resumed run would wait for it.

Its first line of standard input says of what browser; a second, that it was ended. It imports nothing of ours.
"""

from __future__ import annotations

import json
import ssl
import sys
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import IO, Any
from urllib.parse import urlsplit

_PATIENCE = 30.0


def watch(said: IO[str]) -> None:
    """Read until there is no more; then end the session that nobody said is ended."""
    first = said.readline()
    if first and not said.readline():
        with suppress(OSError, HTTPException):  # it may be gone, or the Grid
            _end(json.loads(first))


def _end(session: dict[str, Any]) -> None:
    parts = urlsplit(session["address"])
    if parts.scheme == "https":
        context = ssl.create_default_context(cafile=session["authorities"])
        talk: HTTPConnection = HTTPSConnection(parts.netloc, timeout=_PATIENCE, context=context)
    else:
        talk = HTTPConnection(parts.netloc, timeout=_PATIENCE)
    talk.request("DELETE", parts.path, headers=session["headers"])
    talk.getresponse().read()


if __name__ == "__main__":
    watch(sys.stdin)
