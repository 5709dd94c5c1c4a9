"""A folder served on this machine alone, for cases whose files name each other by absolute paths."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os import PathLike
from pathlib import Path
from threading import Thread


@contextmanager
def served(folder: Path, prefix: str = "/") -> Iterator[str]:
    """The folder's address, which begins with ``prefix``; nobody but this machine reaches it."""
    handler = partial(_Handler, prefix, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, name="cases", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, prefix: str, *args: object, **named: object) -> None:
        self._prefix = prefix
        super().__init__(*args, **named)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self._prefix))

    def guess_type(self, path: str | PathLike[str]) -> str:
        """The file's type; text is UTF-8."""
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the run tells what it did."""
