"""The API behind a real server, over a history of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest

from checker.dashboard.access import Access
from checker.dashboard.api_routes import application, routes
from checker.gate import Policy
from checker.history import runs, tokens
from checker.history.database import History
from checker.history.tokens import Scope
from checker.outputs import json as json_output
from checker.report import Report
from tests.dashboard.serving import served
from tests.history.conftest import address, history, server
from tests.history.reports import SITE

__all__ = ["address", "history", "server"]


def written(report: Report) -> bytes:
    """The report as --json writes it."""
    return "".join(json_output.write(report, Policy())).encode()


@dataclass
class Api:
    """A server of a history; ``lines`` is its log. Tokens that write SITE and that read."""

    base: str
    history: History
    write: str
    read: str
    client: httpx.Client
    lines: list[dict[str, object]] = field(default_factory=list)

    def post(
        self, body: Any, *, token: str = "", query: str = "", **headers: str
    ) -> httpx.Response:
        heads = {
            "authorization": f"Bearer {token or self.write}",
            "content-type": "application/json",
        }
        heads |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(f"{self.base}/api/runs{query}", content=body, headers=heads)

    def get(self, path: str, *, token: str = "", **headers: str) -> httpx.Response:
        heads = {"authorization": f"Bearer {token or self.read}", **headers}
        return self.client.get(self.base + path, headers=heads)


@contextmanager
def serving(history: History) -> Iterator[Api]:
    """The API of a history, and tokens for it."""
    lasting = timedelta(days=1)
    _, write = tokens.create(history, Scope.WRITE, runs.now(), lasting, site=SITE)
    _, read = tokens.create(history, Scope.READ, runs.now(), lasting)
    lines: list[dict[str, object]] = []
    app = application(routes(Access(history, largest=300_000)), log=lines.append)
    with served(app) as base, httpx.Client(trust_env=False, timeout=60) as client:
        yield Api(base, history, write, read, client, lines)


@pytest.fixture
def api(history: History) -> Iterator[Api]:
    with serving(history) as started:
        yield started
