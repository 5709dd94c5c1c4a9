"""How long the views of a large history take, against those of a small one.

``python -m benchmarks.history make ADDRESS PAGES WEEKS`` fills an empty database (``history_site``);
``python -m benchmarks.history compare SMALL BIG`` asks both for every view in turn, through the application that is
served, and prints Markdown: medians in milliseconds and how many times longer the big one takes.
"""

from __future__ import annotations

import sys
import time
from statistics import median

import anyio
import httpx
from starlette.applications import Starlette

from benchmarks.history_site import SITE, make
from checker import catalog
from checker.dashboard.access import Access
from checker.dashboard.app import create_app
from checker.dashboard.guard import Limits
from checker.history.database import History, open_history
from checker.history.queries import rules, runs
from checker.history.runs import now

_TIMES = 5
_VIEWS = (
    "/",
    *(f"/sites/{SITE}/{name}.html" for name in ("index", "findings", "fixed", "pages", "rules", "faults", "waivers",
                                               "runs", "person", "page/7", "rule/{rule}", "run/{run}")),
    *(f"/api/{name}?site={SITE}" for name in ("runs", "pages", "rules", "findings", "waivers", "trends")),
    f"/api/findings?site={SITE}&state=fixed",
    f"/api/findings?site={SITE}&severity=warning&region=article",
    f"/api/feed.atom?site={SITE}",
    f"/api/findings.csv?site={SITE}&rule={{rule}}",
    "/api/sites",
    "/metrics",
)  # fmt: skip


class _Unlimited(Limits):
    def wait(self, client: str, method: str) -> int:
        return 0


def _app(history: History) -> Starlette:
    access = Access(history, open_reading=True)
    return create_app(access, catalog.load(()).criteria, limits=_Unlimited(), log=lambda line: None)


def _named(history: History) -> dict[str, str]:
    """A rule with open findings and the newest run."""
    with history.reading() as connection:
        site = runs.site(connection, SITE)
        assert site is not None
        newest = runs.last(connection, site.number, now())
        assert newest is not None
        failing = next(each.id for each in rules.rules(connection, site.number) if each.open)
    return {"rule": failing, "run": newest.id}


async def _asked(histories: list[History]) -> list[tuple[str, int, list[float]]]:
    """Every view, the worst status, and the median in each history."""
    clients = [
        httpx.AsyncClient(transport=httpx.ASGITransport(_app(each)), base_url="http://localhost")
        for each in histories
    ]
    names = [_named(each) for each in histories]
    rows = []
    for view in _VIEWS:
        took: list[list[float]] = [[] for _ in clients]
        status = 200
        for _ in range(_TIMES):
            for each, client, name in zip(took, clients, names, strict=True):
                began = time.perf_counter()
                answer = await client.get(view.format(**name))
                each.append((time.perf_counter() - began) * 1000)
                status = max(status, answer.status_code)
        rows.append((view, status, [median(each) for each in took]))
    return rows


def compare(small: str, big: str) -> None:
    """Print the table."""
    histories = [open_history(place) for place in (small, big)]
    print("| view | small, ms | big, ms | ratio |\n| --- | ---: | ---: | ---: |")
    for view, status, (few, many) in anyio.run(_asked, histories):
        said = "" if status == 200 else f" (status {status})"
        print(f"| `{view}`{said} | {few:.1f} | {many:.1f} | {many / few:.1f} |")
    for each in histories:
        each.close()


def main(arguments: list[str]) -> None:
    """Run one of both."""
    match arguments:
        case ["make", address, pages, weeks]:
            history = open_history(address, create=True)
            make(history, int(pages), int(weeks))
            history.close()
        case ["compare", small, big]:
            compare(small, big)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
