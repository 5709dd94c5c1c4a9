"""Starting and ending a headless Chromium or Chrome through Selenium."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.selenium_manager import SeleniumManager
from urllib3.exceptions import HTTPError

from checker.loading import browser_grid
from checker.loading.browser_driver import CALL, BrowserBroken, Driver, NoBrowser, first_line
from checker.loading.options import Options
from checker.loading.served import HOST

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chromium-headless-shell",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
_ARGUMENTS = (
    "--headless=new",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    # An http address is asked for over http, as its reader's first visit does.
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,Translate,OptimizationHints",
)


def start(options: Options, place: str, pins: frozenset[str]) -> Driver:
    """A fresh browser with a profile of its own; with ``--grid`` one of the Grid's. ``place`` is where the browser
    finds the server of local files (host:port); ``pins`` are SPKI hashes of certificates that were verified against
    ``--ca-file``. Raises NoBrowser, BrowserBroken."""
    os.environ.setdefault("SE_AVOID_STATS", "true")
    if options.grid:
        chrome: Driver = browser_grid.start(options, _options(options, "", place, pins))
    else:
        chrome = _local(options, place, pins)
    chrome.set_page_load_timeout(options.timeout)
    chrome.set_script_timeout(options.script_timeout)
    return chrome


def _local(options: Options, place: str, pins: frozenset[str]) -> Driver:
    binary, driver = find()
    profile = tempfile.mkdtemp(prefix="presscheck-")
    chosen = _options(options, binary, place, pins)
    chosen.add_argument(f"--user-data-dir={profile}")
    try:
        chrome = Driver(options=chosen, service=Service(driver, log_output=subprocess.DEVNULL))
    except (WebDriverException, HTTPError, OSError, ValueError) as error:
        _sweep(Path(profile))
        raise BrowserBroken(f"{binary}: {first_line(error)}") from error
    chrome.profile = profile
    config = chrome.command_executor.client_config  # type: ignore[union-attr]
    config.timeout = CALL
    return chrome


def find() -> tuple[str, str]:
    """Paths of browser and driver. Raises NoBrowser where either is missing: nothing is downloaded."""
    binary = next(filter(None, map(shutil.which, _NAMES)), None) or next(
        (place for place in _PLACES if Path(place).is_file()), None
    )
    driver = shutil.which("chromedriver")
    if binary and driver:
        return binary, driver
    return _managed(binary)


def _managed(binary: str | None) -> tuple[str, str]:
    """What Selenium Manager has in its cache already."""
    arguments = ["--browser", "chrome", "--offline", "--avoid-stats"]
    if binary:
        arguments += ["--browser-path", binary]
    with contextlib.suppress(WebDriverException, OSError, ValueError, KeyError):
        found = SeleniumManager().binary_paths(arguments)
        if Path(found["driver_path"]).is_file() and Path(found["browser_path"]).is_file():
            return found["browser_path"], found["driver_path"]
    what = f"no chromedriver for {binary}" if binary else "no Chromium or Chrome is installed"
    raise NoBrowser(
        f"{what}: install Google Chrome, or Debian's packages chromium and chromium-driver"
    )


def as_root() -> bool:
    """Whether we are root, for whom Chromium does not start with its sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _options(options: Options, binary: str, place: str, pins: frozenset[str]) -> ChromeOptions:
    chosen = ChromeOptions()
    if binary:
        chosen.binary_location = binary
    for argument in (*_ARGUMENTS, *_varying(options, place, pins)):
        chosen.add_argument(argument)
    chosen.page_load_strategy = (
        "none"  # we wait for ourselves: while it waits, chromedriver does nothing else
    )
    chosen.unhandled_prompt_behavior = "accept"
    chosen.accept_insecure_certs = options.insecure
    if (
        options.grid
    ):  # what happens in a browser of our own comes to us straight: see browser_channel
        chosen.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    with (
        warnings.catch_warnings()
    ):  # what it is to be replaced by, Chrome's constructor does not take
        warnings.simplefilter("ignore", DeprecationWarning)
        chosen.ignore_local_proxy_environment_variables()
    if options.headers or options.basic_auth:
        chosen.enable_bidi = True
    return chosen


def _varying(options: Options, place: str, pins: frozenset[str]) -> Iterator[str]:
    width, height = options.viewport
    yield f"--window-size={width},{height}"
    yield f"--host-resolver-rules=MAP {HOST}:80 {place}"
    if pins:
        yield f"--ignore-certificate-errors-spki-list={','.join(sorted(pins))}"
    if options.grid:
        return  # what a node's browser needs of its own machine, the node says
    if as_root():
        yield "--no-sandbox"
    yield from _proxies()


def _proxies() -> Iterator[str]:
    """The usual proxy variables, said aloud: not every system's Chromium reads them."""
    found = getproxies()
    rules = [
        f"{scheme}={parts.scheme or 'http'}://{parts.hostname}:{parts.port or 80}"
        for scheme in ("http", "https")
        if (parts := urlsplit(found.get(scheme) or found.get("all") or "")).hostname
    ]
    if rules:
        yield f"--proxy-server={';'.join(rules)}"
        exempt = [entry.strip() for entry in found.get("no", "").split(",") if entry.strip()]
        yield f"--proxy-bypass-list={';'.join([HOST, '<local>', *_bypass(exempt)])}"


def _bypass(exempt: list[str]) -> Iterator[str]:
    for entry in exempt:
        yield entry
        if entry[0].isalpha() and not entry.startswith("*"):
            yield f"*.{entry}"


def stop(chrome: Driver) -> None:
    """End the browser and its driver, whatever state they are in."""
    with contextlib.suppress(WebDriverException, HTTPError, OSError):
        chrome.quit()
    if chrome.profile:
        _sweep(Path(chrome.profile))


def _sweep(profile: Path) -> None:
    """Take away what a browser that was killed leaves: its profile, and the folder of the socket that it names."""
    socket = profile / "SingletonSocket"
    if socket.is_symlink() and socket.readlink().is_absolute():
        shutil.rmtree(socket.readlink().parent, ignore_errors=True)
    shutil.rmtree(profile, ignore_errors=True)
