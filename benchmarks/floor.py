"""The floor: what rendering costs at least, with the browser and the engine that presscheck uses and nothing else.

``python -m benchmarks.floor load|axe BROWSERS FILE`` visits the addresses in the file (one a line) and prints JSON:
pages done and lost, seconds, and milliseconds of a page's parts. ``load`` navigates and waits for the load event;
``axe`` waits for quiet, as presscheck does (DOM unchanged for 400 ms, pictures and fonts there, 5 s at most), and runs
the whole of axe, put in by ``Page.addScriptToEvaluateOnNewDocument``, its result trimmed in the page.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from statistics import median
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from checker.loading import browser_start
from checker.loading.axe import BUNDLED
from checker.loading.options import Options
from checker.loading.processes import started

_QUIET = """
const done = arguments[arguments.length - 1], end = performance.now() + 5000;
let last = performance.now();
new MutationObserver(() => { last = performance.now(); })
  .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
const look = () => {
  const now = performance.now();
  const pictures = [...document.images].some((one) => !one.complete && one.loading !== "lazy");
  const quiet = now - last >= 400 && !pictures && document.fonts.status === "loaded";
  if (quiet || now > end) done(quiet); else setTimeout(look, 50);
};
look();
"""
_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations", "incomplete"]}).then((result) => {
  const kept = (rules) => rules.map((rule) => [rule.id, rule.nodes.map((node) => [node.target, node.failureSummary])]);
  done(JSON.stringify({failed: kept(result.violations), unsure: kept(result.incomplete),
                       passed: result.passes.map((rule) => rule.id)}));
}, (error) => done(JSON.stringify({error: String(error)})));
"""


def visits(mode: str, browsers: int, addresses: list[str]) -> dict[str, Any]:
    """Visit the addresses with so many browsers. Parts are medians, in milliseconds."""
    waiting: SimpleQueue[str] = SimpleQueue()
    for address in addresses:
        waiting.put(address)
    started = time.monotonic()
    with ThreadPoolExecutor(browsers) as pool:
        shares = [pool.submit(_share, mode, waiting) for _ in range(browsers)]
        parts = [part for share in shares for part in share.result()]
    done = [part for part in parts if part]
    names = dict.fromkeys(name for part in done for name in part)
    return {
        "done": len(done),
        "lost": len(addresses) - len(done),
        "seconds": time.monotonic() - started,
        "parts": {name: round(median(part[name] for part in done) * 1000) for name in names},
    }


def _share(mode: str, waiting: SimpleQueue[str]) -> list[dict[str, float]]:
    parts: list[dict[str, float]] = []
    with _browser(mode) as driver:
        while True:
            try:
                address = waiting.get_nowait()
            except Empty:
                return parts
            try:
                parts.append(_visit(driver, mode, address))
            except WebDriverException:
                parts.append({})


def _visit(driver: Chrome, mode: str, address: str) -> dict[str, float]:
    part: dict[str, float] = {}
    with _timed(part, "navigate"):
        driver.get(address)
    if mode == "axe":
        with _timed(part, "quiet"):
            driver.execute_async_script(_QUIET)
        with _timed(part, "axe"):
            said = json.loads(driver.execute_async_script(_AXE))
        if "error" in said or not said["passed"]:
            return {}
    return part


@contextmanager
def _timed(part: dict[str, float], name: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    part[name] = time.monotonic() - started


@contextmanager
def _browser(mode: str) -> Iterator[Chrome]:
    binary, driver = browser_start.find()
    options = ChromeOptions()
    options.binary_location = binary
    width, height = Options().viewport
    flags = ["--headless=new", f"--window-size={width},{height}", "--disable-extensions"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    flags += ["--disable-quic", "--no-first-run", "--disable-dev-shm-usage"]
    for flag in [*flags, *(["--no-sandbox"] if browser_start.as_root() else [])]:
        options.add_argument(flag)
    chrome = Chrome(options=options, service=Service(driver))
    # Where Chromium is started by a script, the driver ends that alone.
    browser = started(chrome.capabilities["goog:processID"])
    try:
        chrome.set_script_timeout(60)
        if mode == "axe":
            source = BUNDLED.read_text("utf-8")
            chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
        yield chrome
    finally:
        chrome.quit()
        with suppress(ProcessLookupError):
            os.kill(browser, signal.SIGKILL)


def main() -> None:
    os.environ.setdefault("SE_AVOID_STATS", "true")
    mode, browsers, listed = sys.argv[1:]
    addresses = Path(listed).read_text("utf-8").split()
    json.dump(visits(mode, int(browsers), addresses), sys.stdout)


if __name__ == "__main__":
    main()
