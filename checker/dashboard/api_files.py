"""The routes of what other programs read: exports, metrics, feed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from checker.dashboard import asked, exports, feed, metrics
from checker.dashboard.access import Access
from checker.dashboard.problems import WAIT, Refused
from checker.dashboard.reading import FILTER, filter_of, site_of
from checker.dashboard.tagging import tagged

ATOM = "application/atom+xml"
PARQUET = "application/vnd.apache.parquet"
EXPORT = (asked.SITE, *FILTER)
FEED = (asked.SITE, asked.LIMIT)


def routes(access: Access) -> list[Route]:
    """The files' routes."""

    def export(request: Request, write: exports.Write, media: str) -> Response:
        access.reader(request)
        values = asked.read(request, EXPORT)
        name = request.url.path.rpartition("/")[2]
        try:
            with access.history.reading() as connection:
                site = site_of(connection, values["site"])
                today = access.clock().date().isoformat()
                wanted = exports.Wanted(site, filter_of(values), today)
                stream = exports.written(write, connection, wanted)
        except OSError:
            raise Refused(503, "no room for the export; try again later", WAIT) from None
        headers = {
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "private, no-store",
        }
        return StreamingResponse(exports.chunks(stream), headers=headers, media_type=media)

    def as_csv(request: Request) -> Response:
        return export(request, exports.as_csv, "text/csv")

    def as_parquet(request: Request) -> Response:
        return export(request, exports.as_parquet, PARQUET)

    def measured(request: Request) -> Response:
        access.reader(request)
        asked.read(request, ())
        with access.history.reading() as connection:
            body = metrics.exposition(connection, access.clock())
        return Response(body, headers={"cache-control": "no-store"}, media_type=metrics.KIND)

    def fed(request: Request) -> Response:
        access.reader(request)
        values = asked.read(request, FEED)
        with access.history.reading() as connection:
            site = site_of(connection, values["site"])
            body = feed.atom(connection, site, access.clock(), values["limit"])
        return tagged(request, body, ATOM)

    return [
        Route("/api/findings.csv", as_csv, methods=["GET"]),
        Route("/api/findings.parquet", as_parquet, methods=["GET"]),
        Route("/metrics", measured, methods=["GET"]),
        Route("/api/feed.atom", fed, methods=["GET"]),
    ]
