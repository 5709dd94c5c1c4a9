"""A server of an application: bound before it says so, quiet but for JSON lines, gone without a stack trace."""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Callable, Sequence

import msgspec
import uvicorn
from starlette.types import ASGIApp

from checker.clean import one_line
from checker.history.errors import HistoryError
from checker.history.runs import now, stamp

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_AT_ONCE = 100


class _Json(logging.Formatter):
    """What the server itself says, as a JSON line."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": stamp(now()),
            "level": record.levelname.lower(),
            "message": one_line(record.getMessage()),
        }
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return msgspec.json.encode(said).decode()


def loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def allowed_hosts(host: str, given: Sequence[str]) -> list[str]:
    """Host headers that are answered, so that no page of the web reads a server of this machine by a name that it
    points here: loopback's, those that are given; all, on a public address where none is given."""
    if not loopback(host) and not given:
        return ["*"]
    return [*LOOPBACK, "[::1]", *given]


def serve(app: ASGIApp, host: str, port: int, ready: Callable[[str], object]) -> None:
    """Serve until a signal ends it; ``ready`` is told the address. Raises HistoryError for one that cannot be used."""
    try:
        family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server(where[:2], family=family, backlog=_AT_ONCE)
    except (OSError, UnicodeError) as error:
        raise HistoryError(f"--host {host} --port {port}: {error}") from None
    with listening:
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{listening.getsockname()[1]}")
        uvicorn.Server(_config(app)).run([listening])


def _config(app: ASGIApp) -> uvicorn.Config:
    log = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": _Json}},
        "handlers": {"json": {"class": "logging.StreamHandler", "formatter": "json"}},
        "loggers": {"uvicorn": {"handlers": ["json"], "level": "WARNING", "propagate": False}},
    }
    return uvicorn.Config(app, log_config=log, access_log=False, server_header=False,
                          limit_concurrency=_AT_ONCE, timeout_graceful_shutdown=10)  # fmt: skip
