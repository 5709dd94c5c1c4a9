"""Pages in a real browser: loaded, and their elements found by their numbers."""

from __future__ import annotations

import os
import signal
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from struct import pack

import soupsieve
from bs4.element import Tag
from selenium.webdriver import Chrome

from checker.document import Document
from checker.document import load as parse
from checker.loading.browser import Browser, open_browser
from checker.loading.options import Options, Target
from checker.page import Page
from checker.rendering import ImageFacts
from tests.loading.servers import Answer, Asked, html

QUICK = Options(timeout=8, settle=2, script_timeout=20, retries=0, http_port=1)
"""Bounds for pages on loopback; no server answers plain http at port 1."""


@contextmanager
def browser(options: Options = QUICK) -> Iterator[Browser]:
    with open_browser(options) as opened:
        yield opened


def visit(browser: Browser, url: str, *pictures: int) -> Page:
    return browser.load(Target(url, url=url), lambda _: pictures)


def visit_file(browser: Browser, path: Path, root: Path | None = None) -> Page:
    return browser.load(Target(path.name, path=path, root=root or path.parent), lambda _: ())


def document(page: Page) -> Document:
    return parse(page.html)


def element(page: Page, selector: str) -> tuple[Tag, int]:
    """The element of the page's markup that the selector finds, shadow trees included, and its number."""
    seen = document(page)
    found = next(tag for tag in seen.soup.find_all(True) if soupsieve.match(selector, tag))
    value = seen.number(found)
    assert value is not None
    return found, value


def number(page: Page, selector: str) -> int:
    return element(page, selector)[1]


def text(page: Page, selector: str) -> str:
    return element(page, selector)[0].get_text()


def image(page: Page, selector: str) -> ImageFacts:
    assert page.rendering is not None
    wanted = number(page, selector)
    return next(fact for fact in page.rendering.images if fact.element == wanted)


def png(width: int, height: int) -> bytes:
    """A black picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\0" * width) * height
    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def site(pages: dict[str, Answer]) -> Callable[[Asked], Answer]:
    """Answers by path: those given, PNGs by size (/40x30.png), else 404."""

    def answer(asked: Asked) -> Answer:
        path = asked.path.partition("?")[0]
        if path in pages:
            return pages[path]
        if path.endswith(".png") and "x" in path:
            width, height = path.strip("/").removesuffix(".png").split("x")
            return 200, {"Content-Type": "image/png"}, png(int(width), int(height))
        return 404, {"Content-Type": "text/html"}, b"<h1>Not found</h1>"

    return answer


ARTICLE = "<main><h1>Sailors return</h1><p>The ship came home on Monday after seven months at sea.</p>{}</main>"


def article(inside: str, **headers: str) -> Answer:
    """An article page with something in its text."""
    return html(ARTICLE.format(inside), **headers)


def end(driver: Chrome) -> None:
    """Kill a browser, by its own process number alone."""
    os.kill(driver.capabilities["goog:processID"], signal.SIGKILL)
