"""A browser window in which the examples of rules are shown, one after another, with axe's engine in every frame."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import axe_selenium_python
import pytest
from axe_selenium_python import Axe
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from checker.page import AxeNode, AxeResult, AxeRule
from checker.verdict import Verdict

BUNDLED = Path(axe_selenium_python.__file__).parent / "node_modules/axe-core/axe.min.js"

_ARGUMENTS = (
    "--headless=new",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_RULES = """
const live = axe.getRules().filter(rule => !rule.tags.includes("deprecated"));
return [axe.version, live.map(rule => rule.ruleId), axe._audit.rules
    .filter(rule => !rule.any.length && !rule.all.length && rule.none.every(check => check === "exists"))
    .map(rule => rule.id)];
"""


@dataclass
class Window:
    """One browser window. ``rules`` are those of its engine that are not deprecated, ``never_pass`` those among them
    that forbid an element: axe has no pass to give where it stands."""

    driver: webdriver.Chrome
    site: Site
    version: str = ""
    rules: frozenset[str] = frozenset()
    never_pass: frozenset[str] = frozenset()

    def show(self, html: str) -> None:
        """Load the document from the loopback server."""
        self.site.html = html.encode()
        self.driver.get(self.site.url)

    def axe(self, html: str) -> AxeResult:
        """What all rules of the engine say of the document, those that axe leaves out by default included."""
        self.show(html)
        options = {"rules": {rule: {"enabled": True} for rule in self.rules}}
        raw = Axe(self.driver).run(options=json.dumps(options))
        return AxeResult(raw["testEngine"]["version"], tuple(_rules(raw)))


def _rules(raw: dict[str, Any]) -> Iterator[AxeRule]:
    said: dict[str, dict[str, Any]] = {}
    for kind in ("violations", "incomplete", "passes", "inapplicable"):
        for rule in raw[kind]:
            said.setdefault(rule["id"], rule | {"of": {}})["of"][kind] = rule["nodes"]
    for name, rule in said.items():
        nodes = [
            AxeNode(verdict, str(node["target"]), node["html"], node.get("failureSummary", ""))
            for kind, verdict in (("violations", Verdict.FAIL), ("incomplete", Verdict.REVIEW))
            for node in rule["of"].get(kind, ())
        ]
        yield AxeRule(
            id=name,
            help=rule["help"],
            description=rule["description"],
            help_url=rule["helpUrl"],
            impact=rule["impact"] or "",
            tags=tuple(rule["tags"]),
            nodes=tuple(nodes),
            passed=len(rule["of"].get("passes", ())),
        )


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
    with Site() as site, _browser() as driver:
        thread = threading.Thread(target=site.serve_forever, daemon=True)
        thread.start()
        driver.set_script_timeout(30)
        engine = (script or BUNDLED).read_text("utf-8")
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": engine})
        window = Window(driver, site)
        window.show("<!doctype html>")
        version, rules, never_pass = driver.execute_script(_RULES)
        window.version, window.rules = version, frozenset(rules)
        window.never_pass = frozenset(never_pass) & window.rules
        yield window
        site.shutdown()
        thread.join()


@contextmanager
def _browser() -> Iterator[webdriver.Chrome]:
    binary = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if binary is None:
        pytest.skip("no Chromium or Chrome here")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in _ARGUMENTS:
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()
