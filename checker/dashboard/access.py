"""Who asks: the token of a request, and what it opens. Tokens are taken from the Authorization header only: as Bearer,
or for reading as the password of Basic, which is what browsers can send. No write goes by Basic: a browser would add
it to what another site's page sends."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from checker.dashboard.problems import Refused
from checker.history import runs, tokens
from checker.history.database import History
from checker.history.tokens import Scope, Token

_PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


@dataclass(frozen=True)
class Access:
    """The history and the terms of its server: ``open_reading`` lets everybody read without a token, ``local`` those
    who come to this machine itself and not through a proxy; ``largest`` are the bytes of a report that is taken,
    ``patience`` the seconds in which it must have come."""

    history: History
    open_reading: bool = False
    largest: int = 256 * 2**20
    patience: float = 300.0
    clock: Callable[[], datetime] = runs.now
    local: bool = False

    def reader(self, request: Request) -> None:
        """Let who may read pass. Raises Refused (401, 403), Unavailable."""
        here = self.local and not any(name in request.headers for name in _PASSED_ON)
        if not (self.open_reading or here):
            self._holder(request, Scope.READ)

    def writer(self, request: Request) -> Token:
        """The token of who may write a site. Raises Refused (401, 403), Unavailable."""
        return self._holder(request, Scope.WRITE)

    def _holder(self, request: Request, scope: Scope) -> Token:
        given = _given(request, scope)
        with self.history.reading() as connection:
            token = tokens.find(connection, given, self.clock())
        if token is None:
            wrong = {"www-authenticate": 'Bearer error="invalid_token"'}
            raise Refused(401, "the token is unknown, revoked or expired", wrong)
        request.scope["presscheck.token"] = token.name
        if token.scope is not scope:
            short = {"www-authenticate": 'Bearer error="insufficient_scope"'}
            raise Refused(403, f"the token may not {scope}", short)
        return token


def _given(request: Request, scope: Scope) -> str:
    """The token in the request's header. Raises Refused (401)."""
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    match kind.lower():
        case "bearer":
            return given.strip()
        case "basic" if scope is Scope.READ:
            return _password(given.strip())
    raise Refused(
        401, "this needs a token: Authorization: Bearer …", {"www-authenticate": "Bearer"}
    )


def _password(given: str) -> str:
    try:
        return base64.b64decode(given, validate=True).decode("ascii").partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
