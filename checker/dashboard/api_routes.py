"""The routes of the API; ``application`` puts them, or more, behind the guard."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from checker.dashboard import api_files, asked, openapi
from checker.dashboard.access import Access
from checker.dashboard.guard import Guard, Limits, Log, to_stderr
from checker.dashboard.problems import HANDLERS, Refused
from checker.dashboard.reading import ENDPOINTS, Endpoint
from checker.dashboard.receiving import Receiving
from checker.dashboard.tagging import tagged
from checker.history.queries import runs


def routes(access: Access) -> list[Route]:
    """The API's routes, for the root of an application."""
    receiving = Receiving(access)
    description = msgspec.json.encode(openapi.described())

    async def receive(request: Request) -> Response:
        return await receiving(request)

    def describe(request: Request) -> Response:
        return tagged(request, description)

    def health(_: Request) -> Response:
        with access.history.reading() as connection:
            runs.sites(connection)
        return Response(
            b'{"status":"ok"}', headers={"cache-control": "no-store"}, media_type="application/json"
        )

    def run(request: Request) -> Response:
        access.reader(request)
        asked.read(request, ())
        mark = request.path_params["id"]
        with access.history.reading() as connection:
            found = runs.run(connection, mark, access.clock()) if mark.isalnum() else None
        if found is None:
            raise Refused(404, "no run of that id")
        return tagged(request, msgspec.json.encode(found))

    return [
        Route("/healthz", health, methods=["GET"]),
        Route("/api/openapi.json", describe, methods=["GET"]),
        Route("/api/runs", receive, methods=["POST"]),
        *(_listed(access, each) for each in ENDPOINTS),
        Route("/api/runs/{id}", run, methods=["GET"]),
        *api_files.routes(access),
    ]


def application(
    found: Sequence[BaseRoute],
    *,
    hosts: Sequence[str] = ("*",),
    limits: Limits | None = None,
    log: Log = to_stderr,
) -> Starlette:
    """An application of these routes: refusals are problems, everything is limited, headed and logged; ``hosts`` are
    the Host headers that it answers."""
    around = [
        Middleware(Guard, limits=limits, log=log),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
    ]
    return Starlette(routes=found, middleware=around, exception_handlers=HANDLERS)


def _listed(access: Access, each: Endpoint) -> Route:
    def answer(request: Request) -> Response:
        access.reader(request)
        values = asked.read(request, each.parameters)
        with access.history.reading() as connection:
            found = each.list(connection, values, access.clock())
        return tagged(request, msgspec.json.encode(found, order="deterministic"))

    return Route(each.path, answer, methods=["GET"])
