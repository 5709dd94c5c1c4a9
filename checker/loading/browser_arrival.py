"""Going to an address: which document came, if any did, and by which ways."""

from __future__ import annotations

import time
from collections.abc import Iterator

from checker.loading.browser_tab import PAUSE, Tab
from checker.loading.browser_world import FrameInfo, frames
from checker.loading.chrome_log import ABORTED, Exchange
from checker.loading.chrome_net import Failed, failure
from checker.loading.trouble import find_trouble
from checker.page import Hop, Problem, Trouble

_FOLLOWS = 1.0
_GRACE = 4.0
_NO_CONTENT = (204, 205)  # the former page stays
_HTML = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml"})


class Reloaded(Exception):
    """The document under our scripts was replaced by another."""


def navigate(tab: Tab, url: str, seconds: float) -> None:
    """Goes there and waits until the document is parsed, ``seconds`` at most. Raises Failed where none came, Hung and
    Gone."""
    with tab.deadline(seconds + _GRACE, "loading the page"):
        tab.go(url)
        if not _arrives(tab, seconds):
            tab.cdp("Page.stopLoading")
            message = f"the page did not finish loading within {seconds:g} s"
            raise Failed(Problem(Trouble.TIME_OUT, message))
    log = tab.log
    if log.downloads and not log.parsed:
        message = f"a file for download ({log.downloads[0][:100]}), not a web page"
        raise Failed(Problem(Trouble.NOT_HTML, message), final=True)
    if log.halted and not log.parsed:
        message = "the page broke off: it went for another address before all of it was there"
        raise Failed(Problem(Trouble.LOAD_ERROR, message))
    if not log.parsed:
        raise failure(log, url)


def _arrives(tab: Tab, seconds: float) -> bool:
    """Waits until the document is parsed, or it is clear that none will come; False where the time is over."""
    end = time.monotonic() + seconds
    log = tab.listen()
    while time.monotonic() < end:
        last = log.documents[-1] if log.documents else None
        if log.parsed or log.halted or (log.downloads and last and last.error):
            return True
        if last and last.error == ABORTED:  # another document or a download follows, if any does
            end = min(end, time.monotonic() + _FOLLOWS)
        elif last and (last.error or (last.done and last.status in _NO_CONTENT)):
            return True
        log = tab.listen(PAUSE)
    last = tab.log.documents[-1] if tab.log.documents else None
    return last is not None and last.error == ABORTED


def document_of(tab: Tab) -> tuple[FrameInfo, Exchange]:
    """The document that the window shows, and how it came. Raises Failed where it is the browser's own error page,
    Reloaded where the log does not know it yet."""
    frame = frames(tab.driver)[0]
    log = tab.listen()
    if frame.failed:
        raise failure(log, frame.failed)
    for exchange in reversed(log.documents):
        if exchange.id == frame.loader:
            return frame, exchange
    raise Reloaded


def no_page(document: Exchange, frame: FrameInfo, url: str) -> Problem | None:
    """The problem of a document that is no page by its status and type alone."""
    status = document.status
    if status is not None and 200 <= status < 300 and frame.mime in _HTML:
        return None
    return find_trouble(status, media_type(document) or frame.mime, "<p>-", url, frame.url)


def media_type(document: Exchange) -> str:
    """Its Content-Type; empty where there is none."""
    return next((value for name, value in document.headers() if name.lower() == "content-type"), "")


def hops(documents: list[Exchange], last: Exchange) -> Iterator[Hop]:
    """Redirects by servers, and those by the pages themselves (status 200)."""
    for number, one in enumerate(documents):
        yield from one.redirects()
        if one is last:
            return
        following = documents[number + 1] if number + 1 < len(documents) else last
        if one.status is not None:
            start = following.hops[0][0] if following.hops else following.url
            if start != one.url:
                yield Hop(one.url, one.status, start)
