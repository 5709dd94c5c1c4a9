"""Local files on loopback, each site from its own root, so that root-relative links work."""

from __future__ import annotations

import mimetypes
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, unquote, urlsplit

from checker.loading.credentials import OptionError
from checker.loading.options import Options, Target
from checker.loading.targets import public_address

HOST = "presscheck.localhost"
"""The name by which the browser knows the server: no port in it, so that two runs give the same page."""
ORIGIN = f"http://{HOST}"
LOOPBACK = "127.0.0.1"
OUT_OF_REACH = (
    "the Grid's browsers cannot reach files of this machine: give --serve-at with its name or address as they know it, "
    "or audit the page where it is published"
)
_INDEX = ("index.html", "index.htm")

_TYPES = mimetypes.MimeTypes(filenames=())  # the system's table differs from machine to machine
for _name, _type in {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
    ".xhtml": "application/xhtml+xml",
    ".vtt": "text/vtt",
}.items():
    _TYPES.add_type(_type, _name)


def listening_at(options: Options) -> str:
    """The name or address at which local files are served: loopback's for a browser of this machine (a Grid on
    loopback included), else what ``--serve-at`` says; empty where it says nothing."""
    if options.serve_at:
        return options.serve_at
    host = urlsplit(options.grid).hostname or LOOPBACK
    return LOOPBACK if host == "localhost" or host.startswith("127.") or host == "::1" else ""


def check(options: Options) -> None:
    """Raises OptionError where ``--serve-at`` is no name or address of this machine."""
    if options.serve_at:
        try:
            with socket.create_server((options.serve_at, 0)):
                pass
        except OSError as error:
            reason = error.strerror or error
            raise OptionError(
                f"--serve-at {options.serve_at}: not an address of this machine: {reason}"
            ) from None


@dataclass(frozen=True)
class Site:
    """A local target as it is served. ``public`` is the origin that readers will see (empty: none is known),
    ``prefix`` the path under which the root stands there, ``page`` the target's own path on the server."""

    root: Path | None
    public: str
    prefix: str
    page: str
    document: bytes = b""
    kind: str = "text/html"

    @classmethod
    def of(cls, target: Target, document: bytes, options: Options) -> Site:
        """How to serve a local target: under the path of its public address, where it has one."""
        address = public_address(target, options)
        parts = urlsplit(address)
        public = f"{parts.scheme}://{parts.netloc}" if address else ""
        if target.path is None:
            return cls(None, public, "/", parts.path or "/", document)
        root = target.root or target.path.parent
        inside = (
            target.path.relative_to(root) if target.path.is_relative_to(root) else target.path.name
        )
        place = quote(Path(inside).as_posix().encode(errors="surrogateescape"))
        folder = urlsplit(options.public_url).path.rstrip("/") if not target.address else ""
        kind = "application/xhtml+xml" if target.path.suffix.lower() == ".xhtml" else "text/html"
        page = parts.path if address else f"/{place}"
        return cls(root, public, f"{folder}/", page or "/", document, kind)

    def translate(self, text: str) -> str:
        """Addresses of the server as readers will see them; root-relative where nobody published the page."""
        if HOST not in text:
            return text
        name = urlsplit(self.public).hostname or "localhost"
        return text.replace(ORIGIN, self.public).replace(HOST, name)

    def file(self, path: str) -> Path | None:
        """The file for a request's path: below the root, symbolic links included, and not hidden (a page's script may
        ask for any); None where there is none."""
        if self.root is None or "\0" in path:
            return None
        root = Path(os.path.realpath(self.root))
        for place in self._places(path):
            for name in ("", *_INDEX):
                found = Path(os.path.realpath(root / place / name))
                inside = found.is_relative_to(root) and not _hidden(found.relative_to(root))
                if inside and found.is_file():
                    return found
        return None

    def _places(self, path: str) -> Iterator[str]:
        if path.startswith(self.prefix):
            yield path[len(self.prefix) :].lstrip("/")
        yield path.lstrip("/")

    def published(self, url: str) -> bool:
        """Whether an address of the server belongs to the folder, rather than to the rest of the public site."""
        return unquote(urlsplit(url).path).startswith(self.prefix)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site | None = None


class Served:
    """The server, in a thread. It shows one site at a time, to a browser that asks for ``HOST`` alone. ``at`` is the
    name or address of this machine at which it listens; it raises OSError where that is none."""

    def __init__(self, at: str = LOOPBACK) -> None:
        self._at = at
        self._server = _Server((at, 0), _Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def place(self) -> str:
        """Where it listens: host and port."""
        return f"{self._at}:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @contextmanager
    def show(self, site: Site) -> Iterator[None]:
        """Serve this site, and nothing after it."""
        self._server.site = site
        try:
            yield
        finally:
            self._server.site = None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A file of the site, or 404."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """The same without its body."""
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        assert isinstance(self.server, _Server)
        site = self.server.site
        path = unquote(urlsplit(self.path).path, errors="surrogateescape")
        if site is None or self.headers.get("Host") != HOST:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"", body=body)
        elif path == unquote(site.page, errors="surrogateescape"):
            self._send(HTTPStatus.OK, site.kind, site.document, body=body)
        else:
            self._file(site, path, body=body)

    def _file(self, site: Site, path: str, *, body: bool) -> None:
        found = site.file(path)
        if found is None:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"not in the folder", body=body)
            return
        if found.name in _INDEX and not path.endswith(("/", found.name)):
            where = quote(path.encode(errors="surrogateescape")) + "/"
            self._send(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b"", where, body=body)
            return
        try:
            file = found.open("rb")
        except OSError:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"cannot be read", body=body)
            return
        with file:  # a film of any size, handed on piece by piece
            kind = _TYPES.guess_type(found.name)[0] or "application/octet-stream"
            self._head(HTTPStatus.OK, kind, os.fstat(file.fileno()).st_size)
            if body:
                shutil.copyfileobj(file, self.wfile)

    def _send(
        self, status: HTTPStatus, kind: str, data: bytes, location: str = "", *, body: bool
    ) -> None:
        self._head(status, kind, len(data), location)
        if body:
            self.wfile.write(data)

    def _head(self, status: HTTPStatus, kind: str, size: int, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        self.send_header("Cache-Control", "no-store")
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what was asked for is in the browser's log."""
