"""The dashboard served: each page from the history as it is at that moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from checker.dashboard import overview, problems, rendering, site_pages
from checker.dashboard.access import Access
from checker.dashboard.desk import Desk, Shown
from checker.dashboard.places import slug
from checker.dashboard.problems import Refused
from checker.dashboard.rendering import Frame
from checker.dashboard.tagging import tagged
from checker.history.database import Reader
from checker.history.queries import runs
from checker.rule import Criterion

HTML = "text/html; charset=utf-8"
_POLICY = f"{rendering.POLICY}; frame-ancestors 'none'"
_ASK = 'Basic realm="presscheck: any name, a read token as password", charset="UTF-8"'
_JSON = ("/api/", "/metrics", "/healthz")


@dataclass(frozen=True)
class Pages:
    """What the routes answer from."""

    access: Access
    criteria: Mapping[str, Criterion]

    def sites(self, request: Request) -> Response:
        """The list of sites."""
        self.access.reader(request)
        moment = self.access.clock()
        with self.access.history.reading() as connection:
            html = of_sites(connection, moment, self.criteria, Frame("index.html", True))
        return _answer(request, html)

    def view(self, request: Request) -> Response:
        """A view of a site, filtered as the address says."""
        self.access.reader(request)
        name, given = request.path_params["view"], request.query_params.multi_items()
        with self.access.history.reading() as connection:
            desk = self._desk(connection, request)
            return _answer(request, _written(desk, site_pages.view(desk, name, given), request))

    def thing(self, request: Request) -> Response:
        """A single thing of a site."""
        self.access.reader(request)
        kind, name = request.path_params["kind"], request.path_params["name"]
        after = request.query_params.get("after", "")
        with self.access.history.reading() as connection:
            desk = self._desk(connection, request)
            return _answer(request, _written(desk, site_pages.thing(desk, kind, name, after), request))  # fmt: skip

    def _desk(self, connection: Reader, request: Request) -> Desk:
        wanted = request.path_params["site"]
        for site in runs.sites(connection):
            if slug(site.name) == wanted:
                return Desk(connection, site, self.access.clock(), self.criteria)
        raise Refused(404, "The history has no such site.")


def of_sites(
    connection: Reader, moment: datetime, criteria: Mapping[str, Criterion], frame: Frame
) -> str:
    """The list of sites."""
    desks = [Desk(connection, site, moment, criteria) for site in runs.sites(connection)]
    tables = {desk.site.name: overview.cells(desk) for desk in desks}
    shown = Shown("sites", "Sites", {"tables": tables})
    return rendering.of_sites(desks, shown, frame, moment.date().isoformat())


def routes(access: Access, criteria: Mapping[str, Criterion]) -> list[Route]:
    """The pages' routes, for the root of an application."""
    pages = Pages(access, criteria)
    return [
        Route("/", pages.sites, methods=["GET"]),
        Route("/index.html", pages.sites, methods=["GET"]),
        Route("/assets/{name}", _asset, methods=["GET"]),
        Route("/sites/{site}/", _first_page, methods=["GET"]),
        Route("/sites/{site}/{view}.html", pages.view, methods=["GET"]),
        Route("/sites/{site}/{kind}/{name}.html", pages.thing, methods=["GET"]),
    ]


def _first_page(request: Request) -> Response:
    return RedirectResponse("index.html")


def _asset(request: Request) -> Response:
    """The style or the script: open, since it says nothing of a site, and kept for ever."""
    body = rendering.assets().files.get(request.path_params["name"])
    if body is None:
        raise Refused(404, "The dashboard has no such file.")
    kind = "text/css" if request.path_params["name"].endswith(".css") else "text/javascript"
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(body, headers=headers, media_type=kind)


def _written(desk: Desk, shown: Shown, request: Request) -> str:
    path = request.url.path.removeprefix("/")
    given = {key: value for key, value in request.query_params.items() if key != "after"}
    after = "after" in request.query_params
    first = f"?{urlencode(given)}" if after else ""
    return rendering.of_site(
        desk, shown, Frame(path, True, lambda place: f"?{urlencode({**given, 'after': place})}", first)
    )  # fmt: skip


def _answer(request: Request, html: str) -> Response:
    answer = tagged(request, html.encode("utf-8", "replace"), HTML)
    answer.headers["content-security-policy"] = _POLICY
    return answer


async def on_refused(request: Request, error: Exception) -> Response:
    """A refusal: a problem document for programs, a page for people. Who may not read is asked for a token."""
    assert isinstance(error, HTTPException)
    if request.url.path.startswith(_JSON):
        return await problems.on_refused(request, error)
    headers = dict(error.headers or {})
    if error.status_code == 401:
        headers["www-authenticate"] = _ASK
    return _problem(request, error.status_code, error.detail, headers)


async def on_unavailable(request: Request, error: Exception) -> Response:
    """The database does not answer, is locked or full."""
    if request.url.path.startswith(_JSON):
        return await problems.on_unavailable(request, error)
    return _problem(request, 503, "The database does not answer. Try again later.", problems.WAIT)


def _problem(request: Request, status: int, said: str, headers: Mapping[str, str]) -> Response:
    titles = {400: "That address cannot be read", 401: "A token is needed", 403: "Not with this token",
              404: "Not found", 503: "Not available now"}  # fmt: skip
    shown = Shown("problem", titles.get(status, "Refused"), {"said": said})
    frame = Frame(request.url.path.removeprefix("/"), True)
    body = rendering.of_sites((), shown, frame, "")
    headers = {"cache-control": "no-store", "content-security-policy": _POLICY, **headers}
    return Response(body.encode("utf-8", "replace"), status, headers, HTML)
