"""Starting and ending a headless Chromium or Chrome through Selenium."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ChromeOptions
from selenium.webdriver.common.selenium_manager import SeleniumManager
from urllib3.exceptions import HTTPError

from checker.loading import browser_grid
from checker.loading.browser_driver import CALL, BrowserBroken, Driver, NoBrowser, first_line
from checker.loading.browser_guard import GuardedService
from checker.loading.options import Extent, Options
from checker.loading.processes import started
from checker.loading.served import HOST

_SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
"""The same engine without a window's parts: it starts sooner and takes a third of the memory."""
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
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
    # What the page starts by itself starts, as for a reader who has the site's sound allowed; nobody hears it.
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
    # A picture of a window that was not drawn before has its images.
    "--disable-checker-imaging",
    # An http address is asked for over http, as its reader's first visit does.
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,Translate,OptimizationHints",
)

_SWEEPING = 3.0


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
    """A browser of this machine; where the headless shell does not start (one of another version than the driver's),
    the whole browser."""
    binary, driver = find()
    try:
        return _started(binary, driver, _options(options, binary, place, pins))
    except BrowserBroken:
        whole = _found()[-1][0]
        if not is_shell(binary) or is_shell(whole):
            raise
    return _started(whole, driver, _options(options, whole, place, pins))


def _started(binary: str, driver: str, chosen: ChromeOptions) -> Driver:
    profile = tempfile.mkdtemp(prefix="presscheck-")
    environment = None
    if is_shell(binary):  # given a profile's folder it opens no window: its driver makes one there
        environment = {**os.environ, "TMPDIR": profile}
    else:
        chosen.add_argument(f"--user-data-dir={profile}")
    service = GuardedService(driver, profile, log_output=subprocess.DEVNULL, env=environment)
    try:
        chrome = Driver(options=chosen, service=service)
    except BaseException as error:
        service.dismiss()
        _sweep(Path(profile))
        if not isinstance(error, (WebDriverException, HTTPError, OSError, ValueError)):
            raise  # an interrupted run
        raise BrowserBroken(f"{binary}: {first_line(error)}") from error
    chrome.profile = profile
    # Debian's is a script that waits for the browser: killed alone it would leave it behind.
    chrome.capabilities["goog:processID"] = started(chrome.capabilities["goog:processID"])
    chrome.kind = "Chromium" if "chromium" in binary.lower() else "Chrome"
    if is_shell(binary):
        chrome.kind += " headless shell"
    config = chrome.command_executor.client_config  # type: ignore[union-attr]
    config.timeout = CALL
    return chrome


def find() -> tuple[str, str]:
    """Paths of browser and driver. Raises NoBrowser where either is missing: nothing is downloaded."""
    return _found()[0]


def is_shell(binary: str) -> bool:
    """Whether the browser of that path is a headless shell."""
    return Path(binary).stem in _SHELLS


def _found() -> list[tuple[str, str]]:
    """Paths of browser and driver: of the headless shell, where there is one, then of the whole browser."""
    driver = shutil.which("chromedriver")
    shell = next(filter(None, map(shutil.which, _SHELLS)), None)
    whole = next(filter(None, map(shutil.which, _NAMES)), None) or next(
        (place for place in _PLACES if Path(place).is_file()), None
    )
    if driver and (shell or whole):
        return [(binary, driver) for binary in (shell, whole) if binary]
    return [_managed(whole)]


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
    yield f"--js-flags={' '.join(_patience(options.axe))}"
    yield f"--host-resolver-rules=MAP {HOST}:80 {place}"
    if pins:
        yield f"--ignore-certificate-errors-spki-list={','.join(sorted(pins))}"
    if options.grid:
        return  # what a node's browser needs of its own machine, the node says
    if as_root():
        yield "--no-sandbox"
    yield from _proxies()


def _patience(axe: Extent) -> Iterator[str]:
    """A page's scripts, the engine's too, run for less than a second: to optimise early costs more than it gains."""
    yield "--invocation-count-for-maglev=16000"
    if axe is Extent.INCREMENTAL:  # the whole of axe is long enough for the better optimiser
        yield "--invocation-count-for-turbofan=120000"


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
    if isinstance(chrome.service, GuardedService):
        chrome.service.dismiss()
    if chrome.profile:
        _sweep(Path(chrome.profile))


def _sweep(profile: Path) -> None:
    """Take away what a browser that was killed leaves: its profile, and the folder of the socket that it names."""
    socket = profile / "SingletonSocket"
    if socket.is_symlink() and socket.readlink().is_absolute():
        shutil.rmtree(socket.readlink().parent, ignore_errors=True)
    end = time.monotonic() + _SWEEPING
    shutil.rmtree(profile, ignore_errors=True)
    while profile.exists() and time.monotonic() < end:  # what is still dying still writes
        time.sleep(0.02)
        shutil.rmtree(profile, ignore_errors=True)
