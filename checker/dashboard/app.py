"""The dashboard's application: its pages, and the API beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from checker.dashboard import api_routes, pages_routes
from checker.dashboard.access import Access
from checker.dashboard.guard import Guard, Limits, Log, to_stderr
from checker.dashboard.problems import Refused
from checker.history.errors import HistoryError
from checker.rule import Criterion


def create_app(
    access: Access,
    criteria: Mapping[str, Criterion],
    *,
    hosts: Sequence[str] = ("*",),
    limits: Limits | None = None,
    log: Log = to_stderr,
) -> Starlette:
    """The application over a history. ``criteria`` are WCAG's by number; ``hosts`` the Host headers that it answers.
    Everything is limited, headed and logged; a history that cannot be read is a 503."""
    around = [
        Middleware(Guard, limits=limits, log=log),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
    ]
    handlers = {
        Refused: pages_routes.on_refused,
        HTTPException: pages_routes.on_refused,
        HistoryError: pages_routes.on_unavailable,
    }
    found = [*api_routes.routes(access), *pages_routes.routes(access, criteria)]
    return Starlette(routes=found, middleware=around, exception_handlers=handlers)
