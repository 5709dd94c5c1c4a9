"""Where a page's time goes: the steps of loading in one browser and of judging, timed one by one."""

from __future__ import annotations

import functools
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from benchmarks import server, site
from benchmarks.parts import Sizes, site_folder
from benchmarks.table import Part
from checker import catalog, engine
from checker.engine import Selection
from checker.loading import browser_arrival, browser_pictures, browser_quiet
from checker.loading.browser import open_browser
from checker.loading.browser_probes import Probes
from checker.loading.browser_session import Session
from checker.loading.browser_visit import Visit
from checker.loading.options import Options, Target
from checker.run import Judge

STEPS: dict[str, tuple[Any, str]] = {
    "an empty window, cookies and storage cleared": (Session, "ready"),
    "navigation, until the document is parsed": (browser_arrival, "navigate"),
    "the load event, and quiet": (browser_quiet, "_wait"),
    "own probe: the page scrolled through": (browser_quiet, "_scroll"),
    "axe: injection where it is lacking, axe.run, transfer": (Visit, "_judged"),
    "the rendered DOM, boxes, pictures' facts": (Visit, "_snapshot"),
    "own probe: picture of the first view": (browser_pictures, "first_view"),
    "own probe: the focus followed by keyboard": (Probes, "focus"),
    "own probe: the banner by mouse and keyboard": (Probes, "banner"),
    "own probe: the page at 200 percent": (Probes, "enlarged"),
    "own probe: text that changes by itself": (Probes, "changing"),
    "own probe: pictures of what is reported": (browser_pictures, "take"),
    "judging (in another process in a run)": (engine.Engine, "audit"),
}
"""What is timed, by what it is called in the table: no step is within another."""


def where(sizes: Sizes) -> Part:
    """The steps' mean milliseconds a page."""
    number = sizes.rendered
    spent: defaultdict[str, list[float]] = defaultdict(list)
    judge = Judge(catalog.load(), Selection())
    folder = site_folder(number)
    with server.serving(folder) as origin, _timed(spent), open_browser(Options()) as browser:
        browser.load(_target(origin, 0), judge.pictures_of)
        spent.clear()
        started = time.monotonic()
        for row in range(number):
            browser.load(_target(origin, row), judge.pictures_of)
        whole = (time.monotonic() - started) / number
    known = {name: sum(spent[name]) / number for name in STEPS}
    rest = whole - sum(known.values())
    lines = [
        (name, f"{1000 * each:.0f}", f"{100 * each / whole:.0f} %") for name, each in known.items()
    ]
    lines.append(
        (
            "the rest: the source, the log, the probe of http",
            f"{1000 * rest:.0f}",
            f"{100 * rest / whole:.0f} %",
        )
    )
    lines.append(("**a page, one after the other**", f"**{1000 * whole:.0f}**", ""))
    return Part(
        "Where a page's time goes",
        f"One browser, {number} pages of the generated site, means. In a run with two browsers the waits of one are "
        "the other's work.",
        ("step", "ms a page", "share"),
        lines,
    )


def _target(origin: str, row: int) -> Target:
    url = origin + site.address(row)
    return Target(url, url=url)


@contextmanager
def _timed(spent: defaultdict[str, list[float]]) -> Iterator[None]:
    with ExitStack() as stack:
        for name, (owner, attribute) in STEPS.items():
            stack.enter_context(
                patch.object(
                    owner,
                    attribute,
                    _timing(name, getattr(owner, attribute), spent),
                )
            )
        yield


def _timing(name: str, inner: Any, spent: defaultdict[str, list[float]]) -> Any:
    @functools.wraps(inner)
    def timed(*arguments: Any, **named: Any) -> Any:
        started = time.monotonic()
        try:
            return inner(*arguments, **named)
        finally:
            spent[name].append(time.monotonic() - started)

    return timed
