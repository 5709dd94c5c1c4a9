"""What a request is refused with: RFC 9457 problem details. No message names a file or the database's address."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from checker.clean import one_line
from checker.history.errors import Unavailable

WAIT = {"retry-after": "30"}


class Refused(HTTPException):
    """A request that is answered with a problem: its status, one line on what to change, headers."""


def answer(status: int, said: str, headers: Mapping[str, str] | None = None) -> Response:
    """The problem as a response."""
    body = {"status": status, "title": HTTPStatus(status).phrase, "detail": one_line(said)[:500]}
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        headers={"cache-control": "no-store", **(headers or {})},
        media_type="application/problem+json",
    )


async def on_refused(_: Request, error: Exception) -> Response:
    """Refusals of ours and of the router."""
    assert isinstance(error, HTTPException)
    return answer(error.status_code, error.detail, error.headers)


async def on_unavailable(_: Request, error: Exception) -> Response:
    """The database does not answer, is locked or full."""
    return answer(503, "the database does not answer or takes no more; try again later", WAIT)


HANDLERS = {Refused: on_refused, HTTPException: on_refused, Unavailable: on_unavailable}
