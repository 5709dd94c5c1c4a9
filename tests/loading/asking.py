"""Pages that are asked for without a browser, and servers that do not answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from checker.loading.http import load_url
from checker.loading.options import Options, Target
from checker.page import Page


def load(url: str, **options: object) -> Page:
    """The page at an address, asked for once, with these options."""
    return load_url(Target(url, url=url), Options(**{"retries": 0, "http_port": 1, **options}))  # type: ignore[arg-type]


def closed_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def silent(first: bytes = b"") -> Iterator[int]:
    """A server that takes a connection and, past ``first``, says a byte now and then until the client gives up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        done = threading.Event()

        def drip() -> None:
            with listener.accept()[0] as connection:
                try:
                    connection.sendall(first)
                    while first and not done.wait(0.05):
                        connection.sendall(b"x")
                    done.wait()
                except OSError:
                    return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            done.set()
            thread.join()
