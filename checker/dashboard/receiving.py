"""``POST /api/runs``: a report into the history, as ``history import`` does. Nothing that it names is fetched."""

from __future__ import annotations

import mmap
import tempfile
from dataclasses import asdict, dataclass, field
from typing import IO

import anyio
import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from checker.dashboard.access import Access
from checker.dashboard.problems import WAIT, Refused
from checker.history import reading
from checker.history.errors import Conflict, HistoryError, Unavailable
from checker.history.values import site_name
from checker.history.writing import Recorded, record

_AT_ONCE = 4


@dataclass(frozen=True)
class Receiving:
    """Takes reports, so many at once; others are asked to come again."""

    access: Access
    busy: anyio.Semaphore = field(default_factory=lambda: anyio.Semaphore(_AT_ONCE))

    async def __call__(self, request: Request) -> Response:
        """201 with the run, 200 where it was there already. Raises Refused, Unavailable."""
        token = await run_in_threadpool(self.access.writer, request)
        site = _site(request, token.site)
        _check_head(request, self.access.largest)
        try:
            self.busy.acquire_nowait()
        except anyio.WouldBlock:
            raise Refused(503, "other reports are being recorded; try again", WAIT) from None
        try:
            found = await self._take(request, site)
        finally:
            self.busy.release()
        return Response(
            msgspec.json.encode(asdict(found)),
            status_code=200 if found.already else 201,
            headers={"location": f"/api/runs/{found.id}", "cache-control": "no-store"},
            media_type="application/json",
        )

    async def _take(self, request: Request, site: str) -> Recorded:
        with tempfile.TemporaryFile(prefix="presscheck-") as spool:
            try:
                with anyio.fail_after(self.access.patience):
                    await _spool(request, spool, self.access.largest)
            except TimeoutError:
                raise Refused(408, "the report did not come in time") from None
            except ClientDisconnect:
                raise Refused(400, "the report was cut off") from None
            except OSError:
                raise Refused(503, "no room for the report; try again later", WAIT) from None
            return await run_in_threadpool(self._record, spool, site)

    def _record(self, spool: IO[bytes], site: str) -> Recorded:
        spool.flush()
        if not spool.seek(0, 2):
            raise Refused(400, "the body is empty; send a report that --json wrote")
        name = self.access.history.name
        mapped = mmap.mmap(
            spool.fileno(), 0, access=mmap.ACCESS_READ
        )  # the report's as long as it lives
        try:
            return record(self.access.history, reading.parse(mapped, "the body"), site=site)
        except Unavailable:
            raise
        except Conflict as error:
            raise Refused(409, str(error)) from None
        except HistoryError as error:
            if str(error).startswith(name):  # the database's fault, not the report's
                raise Unavailable(str(error)) from None
            raise Refused(422, str(error)) from None


def _site(request: Request, allowed: str) -> str:
    """The site that is written: the token's, which the request may name. Raises Refused."""
    asked = request.query_params.get("site", allowed)
    try:
        named = site_name(asked)
    except HistoryError:
        raise Refused(400, "site takes a name of 1 to 200 characters") from None
    if named != allowed:
        raise Refused(403, f"the token writes {allowed} only")
    return allowed


def _check_head(request: Request, largest: int) -> None:
    """Raises Refused for what is refused before any of the body is read."""
    headers = request.headers
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" or headers.get("content-encoding", "identity") != "identity":
        raise Refused(415, "send the report as application/json, not compressed")
    length = headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit():
        raise Refused(400, "content-length is no number")
    if int(length[:20]) > largest:
        raise Refused(413, f"a report has at most {largest} bytes here")


async def _spool(request: Request, spool: IO[bytes], largest: int) -> None:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > largest:
            raise Refused(413, f"a report has at most {largest} bytes here")
        await run_in_threadpool(spool.write, chunk)
