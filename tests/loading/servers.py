"""Local servers that record what they were asked, with and without TLS."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

type Answer = tuple[int, dict[str, str] | list[tuple[str, str]], bytes]


@dataclass
class Asked:
    """A request that a server got."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass
class Site:
    """A running server: its port and what it was asked."""

    port: int
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [request.path for request in self.asked]


@contextmanager
def serve(
    answer: Callable[[Asked], Answer], context: ssl.SSLContext | None = None
) -> Iterator[Site]:
    """A server on loopback that answers every request by ``answer`` until the block ends."""
    site = Site(0)

    class Handler(BaseHTTPRequestHandler):
        def handle_all(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers)
            site.asked.append(asked)
            status, fields, body = answer(asked)
            self.send_response_only(status)
            for name, value in fields.items() if isinstance(fields, dict) else fields:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_DELETE = handle_all

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: (
            None
        )  # a client that refuses our certificate is what we test
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def html(body: str = "<p>An article.</p>", **headers: str) -> Answer:
    """A page with the given body."""
    page = f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Article</title>{body}"
    fields = {"Content-Type": "text/html; charset=utf-8"}
    return 200, fields | {k.replace("_", "-"): v for k, v in headers.items()}, page.encode()


def moved(location: str, status: int = 301) -> Answer:
    """A redirect."""
    return status, {"Location": location}, b""
