"""A browser window in which the examples of rules are shown, one after another, with axe's engine in every frame."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.support.wait import WebDriverWait

from checker.loading import browser_start, browser_world
from checker.loading.axe import BUNDLED, Axe, axe_result
from checker.loading.options import Options
from checker.page import AxeResult

_ENGINE = """
const live = axe.getRules().filter(rule => !rule.tags.includes("deprecated")).map(rule => rule.ruleId);
const forbids = rule => !rule.any.length && !rule.all.length && rule.none.every(check => check === "exists");
JSON.stringify([axe.version, live, axe._audit.rules.filter(forbids).map(rule => rule.id)])
"""


@dataclass
class Window:
    """One browser window. ``rules`` are those of its engine that are not deprecated, ``never_pass`` those among them
    that forbid an element: axe has no pass to give where it stands."""

    driver: Chrome
    site: Site
    engine: Axe
    version: str = ""
    rules: frozenset[str] = frozenset()
    never_pass: frozenset[str] = frozenset()

    def axe(self, html: str) -> AxeResult:
        """What all rules of the engine say of the document, those that axe leaves out by default included."""
        self.show(html)
        return axe_result(self.engine.run(), ())

    def show(self, html: str) -> None:
        """Load the document and its frames from the loopback server."""
        self.site.html = html.encode()
        self.driver.get(self.site.url)
        WebDriverWait(self.driver, 30, poll_frequency=0.01).until(_complete)

    def learn(self) -> None:
        """Ask the engine what it is."""
        self.show("<!doctype html>")
        world = browser_world.world(self.driver, browser_world.frames(self.driver)[0].id)
        argument = {"contextId": world, "expression": _ENGINE, "returnByValue": True}
        answer = self.driver.execute_cdp_cmd("Runtime.evaluate", argument)
        self.version, rules, never_pass = json.loads(answer["result"]["value"])
        self.rules = frozenset(rules)
        self.never_pass = frozenset(never_pass) & self.rules


def _complete(driver: Any) -> bool:
    return bool(driver.execute_script("return document.readyState === 'complete'"))


class Site(ThreadingHTTPServer):
    """A loopback server whose only page is ``html``."""

    html = b""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.url = f"http://127.0.0.1:{self.server_port}/"


class _Answer(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        body = self.server.html if self.path == "/" else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: what was asked for is no result of a test."""


@contextmanager
def open_window(script: Path | None) -> Iterator[Window]:
    """A window whose documents get the engine in ``script``, or the bundled one, before they load: in frames too.

    Skips the test where there is no Chromium or Chrome.
    """
    with Site() as site:
        try:
            driver = browser_start.start(Options(), site.server_port, frozenset())
        except browser_start.NoBrowser as error:
            pytest.skip(str(error))
        thread = threading.Thread(target=site.serve_forever, daemon=True)
        thread.start()
        try:
            engine = Axe(driver, script or BUNDLED)
            engine.prepare()
            window = Window(driver, site, engine)
            window.learn()
            yield window
        finally:
            browser_start.stop(driver)
            site.shutdown()
            thread.join()
