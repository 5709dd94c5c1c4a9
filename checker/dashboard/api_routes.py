"""The routes of the API; ``application`` puts them, or more, behind the guard."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from checker.dashboard.access import Access
from checker.dashboard.guard import Guard, Limits, Log, to_stderr
from checker.dashboard.problems import HANDLERS
from checker.dashboard.receiving import Receiving
from checker.history.queries import runs as runs_of


def routes(access: Access) -> list[Route]:
    """The API's routes; Mount them nowhere else than at the root."""

    def health(_: Request) -> Response:
        with access.history.reading() as connection:
            runs_of.sites(connection)
        return Response(
            b'{"status":"ok"}', headers={"cache-control": "no-store"}, media_type="application/json"
        )

    receiving = Receiving(access)

    async def receive(request: Request) -> Response:
        return await receiving(request)

    return [
        Route("/healthz", health, methods=["GET"]),
        Route("/api/runs", receive, methods=["POST"]),
    ]


def application(
    found: Sequence[BaseRoute], *, limits: Limits | None = None, log: Log = to_stderr
) -> Starlette:
    """An application of these routes: refusals are problems, everything is limited, headed and logged."""
    guard = Middleware(Guard, limits=limits, log=log)
    return Starlette(routes=found, middleware=[guard], exception_handlers=HANDLERS)
