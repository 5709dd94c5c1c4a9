"""Pages that are none, or that fight back: each is told, and the next one loads."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from checker.loading.browser import Browser
from checker.page import Need, Page, Trouble
from checker.verdict import Cause
from tests.loading import browsing
from tests.loading.browsing import QUICK, article, site, text, visit
from tests.loading.servers import Site, html, moved, serve

pytestmark = pytest.mark.browser

IMPATIENT = replace(QUICK, timeout=2, settle=1, script_timeout=3)

PAGES = {
    "/": article(""),
    "/broken": (500, {"Content-Type": "text/html"}, b"<h1>Internal error</h1>"),
    "/empty-500": (500, {"Content-Type": "text/html"}, b""),
    "/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.4\n%%EOF"),
    "/plain": (200, {"Content-Type": "text/plain"}, b"Only text"),
    "/file": (
        200,
        {
            "Content-Type": "application/zip",
            "Content-Disposition": "attachment; filename=report.zip",
        },
        b"PK\x03\x04",
    ),
    "/nothing": (204, {}, b""),
    "/blank": html(""),
    "/circle": moved("/circle"),
    "/loop": article("<script>while (true) {}</script>"),
    "/late-loop": article("<script>setTimeout(() => { while (true) {} }, 200)</script>"),
    "/reloads": article("<script>setTimeout(() => location.reload(), 30)</script>"),
    "/dialogs": article("<script>while (true) alert('Again')</script>"),
    "/windows": article("<script>setInterval(() => open('/windows'), 10)</script>"),
    "/broken-off": article("<script>location = '/nothing'</script>"),
    "/sent-away": article("<script>location = '/file'</script>"),
    "/leaves": article("<script>setTimeout(() => { location = 'about:blank' }, 30)</script>"),
    "/download": article(
        "<a download=form.bin href='data:application/octet-stream,x'>Form</a>"
        "<script>setTimeout(() => document.querySelector('a').click(), 30)</script>"
    ),
    "/download-here": article("<script>setTimeout(() => { location = '/file' }, 30)</script>"),
    "/download-in-a-frame": article("<iframe title=Form src=/file></iframe>"),
    "/nowhere": article("<script>setTimeout(() => { location = '/nothing' }, 30)</script>"),
    "/mail": article(
        "<script>setTimeout(() => { location = 'mailto:a@example.gov' }, 30)</script>"
    ),
    # The clock makes the look at it last until the page has reloaded.
    "/reloads-once": article(
        "<script>setInterval(() => {}, 9999);"
        "if (!sessionStorage.done) setTimeout(() => { sessionStorage.done = 1; location.reload() }, 1200)"
        "</script>"
    ),
    "/sandbox": article("", Content_Security_Policy="sandbox"),
    "/trap": article("<a href=/ onfocus='while (true) {}'>More</a>"),
    "/slow-axe": html("<main><h1>Many</h1>" + "<p>Read <b>more</b></p>" * 4000),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing.browser(IMPATIENT) as opened:
        yield opened


@pytest.fixture(scope="module")
def patient() -> Iterator[Browser]:
    with browsing.browser(replace(QUICK, timeout=30, settle=5, script_timeout=60)) as opened:
        yield opened


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serve(site(PAGES)) as running:
        yield running


@contextmanager
def endless(head: bytes) -> Iterator[int]:
    """A server that sends what is given to whoever asks, and then nothing more, for ever."""
    done = threading.Event()

    def answer(client: socket.socket) -> None:
        with client:
            client.recv(4096)
            client.sendall(head)
            done.wait()

    def accept() -> None:
        while not done.is_set():
            try:
                client, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(client,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, daemon=True).start()
        try:
            yield listening.getsockname()[1]
        finally:
            done.set()
            listening.shutdown(socket.SHUT_RDWR)


def healthy(browser: Browser, server: Site) -> None:
    page = visit(browser, f"http://localhost:{server.port}/")
    assert page.problem is None
    assert text(page, "h1") == "Sailors return"
    assert page.axe is not None


def trouble(page: Page) -> Trouble | None:
    return page.problem and page.problem.kind


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("/gone", Trouble.HTTP_ERROR, "404"),
        ("/broken", Trouble.HTTP_ERROR, "500"),
        ("/empty-500", Trouble.HTTP_ERROR, "500"),
        ("/pdf", Trouble.NOT_HTML, "pdf"),
        ("/plain", Trouble.NOT_HTML, "text/plain"),
        ("/file", Trouble.NOT_HTML, "report.zip"),
        ("/nothing", Trouble.EMPTY, "204"),
        ("/blank", Trouble.EMPTY, "empty"),
        ("/circle", Trouble.LOAD_ERROR, "redirects without end"),
        ("/loop", Trouble.TIME_OUT, "did not"),
        ("/late-loop", Trouble.TIME_OUT, "did not"),
        ("/reloads", Trouble.TIME_OUT, ""),
        ("/leaves", Trouble.TIME_OUT, "leaves"),
        ("/broken-off", Trouble.LOAD_ERROR, "broke off"),
        ("/sent-away", Trouble.NOT_HTML, "report.zip"),
        ("/dialogs", Trouble.TIME_OUT, "did not|without end"),
        ("/windows", Trouble.TIME_OUT, "windows without end|did not"),
    ],
)
def test_trouble(browser: Browser, server: Site, path: str, kind: Trouble, said: str) -> None:
    page = visit(browser, f"http://localhost:{server.port}{path}")
    assert page.problem is not None
    assert page.problem.kind is kind, page.problem.message
    assert re.search(said, page.problem.message)
    if path in ("/file", "/nothing", "/loop", "/late-loop", "/dialogs", "/windows"):
        healthy(browser, server)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/download", 'the page began a download ("form.bin"), which was refused'),
        ("/download-here", 'the page began a download ("report.zip"), which was refused'),
        ("/download-in-a-frame", 'the page began a download ("report.zip"), which was refused'),
        ("/nowhere", ""),
        ("/mail", ""),
        ("/reloads-once", "itself"),
    ],
)
def test_a_page_that_goes_for_something_else_is_still_judged(
    patient: Browser, server: Site, path: str, said: str
) -> None:
    page = visit(patient, f"http://localhost:{server.port}{path}")
    assert page.problem is None
    assert page.axe is not None
    assert page.status == 200
    assert page.redirects == ()
    assert text(page, "h1") == "Sailors return"
    assert said in " ".join(page.notes)
    assert "still open" not in " ".join(page.notes)


def test_nobody_answers(browser: Browser, server: Site) -> None:
    page = visit(browser, "http://127.0.0.1:1/")
    assert trouble(page) is Trouble.LOAD_ERROR
    assert page.lacks(Need.TRANSPORT) is not None
    assert trouble(visit(browser, "http://no-such-host.invalid/")) is Trouble.LOAD_ERROR
    healthy(browser, server)


def test_a_silent_server(browser: Browser, server: Site) -> None:
    with endless(b"") as port:
        page = visit(browser, f"http://127.0.0.1:{port}/")
    assert trouble(page) is Trouble.TIME_OUT
    assert page.html == ""
    healthy(browser, server)


def test_a_document_without_end(browser: Browser, server: Site) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>x</title><main><h1>Half a page</h1>"
    with endless(head) as port:
        page = visit(browser, f"http://127.0.0.1:{port}/")
    assert trouble(page) is Trouble.TIME_OUT
    healthy(browser, server)


def test_a_picture_without_end_does_not_hold_up_its_page(browser: Browser) -> None:
    with endless(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG") as port:
        pages = {"/": article(f"<img id=endless src=http://127.0.0.1:{port}/>")}
        with serve(site(pages)) as server:
            page = visit(browser, f"http://localhost:{server.port}/")
    assert page.problem is None
    assert browsing.image(page, "#endless").loaded is None
    assert "requests were still open" in " ".join(page.notes)


def test_a_tab_that_crashes(browser: Browser, server: Site) -> None:
    page = visit(browser, "chrome://crash")
    assert trouble(page) is Trouble.BROWSER
    healthy(browser, server)


def test_a_browser_that_died_between_pages_is_replaced(browser: Browser, server: Site) -> None:
    healthy(browser, server)
    running = browser._session.running
    assert running is not None
    browsing.end(running.driver)
    healthy(browser, server)


def test_another_try_helps() -> None:
    asked: list[str] = []

    def answer(request: object) -> object:
        asked.append("")
        return PAGES["/"] if len(asked) > 1 else (503, {"Content-Type": "text/html"}, b"<p>Busy")

    with serve(answer) as server, browsing.browser(replace(QUICK, retries=1)) as browser:  # type: ignore[arg-type]
        page = visit(browser, f"http://localhost:{server.port}/")
    assert page.problem is None
    assert [note for note in page.notes if "loaded at try 2" in note]


def test_a_page_that_lets_no_script_run_keeps_its_dom(browser: Browser, server: Site) -> None:
    page = visit(browser, f"http://localhost:{server.port}/sandbox")
    assert page.problem is None
    assert text(page, "h1") == "Sailors return"
    gap = page.lacks(Need.AXE)
    assert gap is not None
    assert (gap.cause, page.axe) == (Cause.BROKEN, None)
    assert "sandbox" in gap.reason


def test_a_focus_that_hangs_costs_only_the_keyboards_way(browser: Browser, server: Site) -> None:
    page = visit(browser, f"http://localhost:{server.port}/trap")
    assert page.problem is None
    assert page.axe is not None
    assert page.rendering is not None
    assert page.rendering.focus is None
    healthy(browser, server)


def test_axe_that_does_not_end_costs_only_axe(server: Site) -> None:
    hasty = replace(QUICK, script_timeout=0.3, retries=1)
    with browsing.browser(hasty) as browser:
        page = visit(browser, f"http://localhost:{server.port}/slow-axe")
    gap = page.lacks(Need.AXE)
    assert gap is not None
    assert gap.cause is Cause.BROKEN
    assert page.problem is None
    assert text(page, "h1") == "Many"
