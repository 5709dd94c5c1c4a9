"""Around every answer: a rate limit, security headers, a log line in JSON. No header, query or secret is logged."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from checker.clean import one_line
from checker.dashboard.problems import answer
from checker.history.runs import now, stamp

HEADERS = {
    "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""Headers of every answer, where it does not say otherwise itself (a page of the dashboard has another CSP)."""

_FREE = "/healthz"

type Log = Callable[[dict[str, object]], None]


def to_stderr(line: dict[str, object]) -> None:
    """A log line on standard error."""
    sys.stderr.write(msgspec.json.encode(line).decode() + "\n")
    sys.stderr.flush()


@dataclass
class Limits:
    """How often one client may ask, in this process: all its requests, and those that write."""

    reads: RateLimitItem = field(default_factory=lambda: parse("600/minute"))
    writes: RateLimitItem = field(default_factory=lambda: parse("60/minute"))
    strategy: FixedWindowRateLimiter = field(
        default_factory=lambda: FixedWindowRateLimiter(MemoryStorage())
    )

    def wait(self, client: str, method: str) -> int:
        """Seconds that the client must wait; 0 where it may ask now."""
        item = self.reads if method in ("GET", "HEAD", "OPTIONS") else self.writes
        if self.strategy.hit(item, client):
            return 0
        reset = self.strategy.get_window_stats(item, client).reset_time
        return max(1, int(reset - time.time()) + 1)


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, limits: Limits | None = None, log: Log = to_stderr) -> None:
        self.app = app
        self.limits = limits or Limits()
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse who asks too often with 429."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.monotonic(), 500
        client = scope["client"][0] if scope.get("client") else "local"

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            wait = 0 if scope["path"] == _FREE else self.limits.wait(client, scope["method"])
            if wait:
                busy = answer(429, "too many requests", {"retry-after": str(wait)})
                await busy(scope, receive, told)
            else:
                await self.app(scope, receive, told)
        finally:
            self.log(
                {
                    "time": stamp(now()),
                    "client": client,
                    "method": one_line(scope["method"])[:10],
                    "path": one_line(scope["path"])[:300],
                    "status": status,
                    "token": scope.get("presscheck.token", ""),
                    "milliseconds": round((time.monotonic() - began) * 1000),
                }
            )
