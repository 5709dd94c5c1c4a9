"""Browsers of a Selenium Grid (version 4): started through its hub, and driven, DevTools and log included, through it.

A browser there is no process of ours: one that hangs is closed over the DevTools address that the Grid gives, and a
node that died is told by the hub's answers. What the node's browser needs of its own machine (its path,
``--no-sandbox`` where it runs as root, a proxy) is the node's to say.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import threading
import time
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import websocket
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ChromeOptions
from selenium.webdriver.chromium.remote_connection import ChromiumRemoteConnection
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.webdriver import WebDriver
from urllib3.exceptions import HTTPError

from checker.loading import grid_guard
from checker.loading.browser_driver import CALL, BrowserBroken, Driver, first_line
from checker.loading.loader import NoSlot
from checker.loading.options import Options

LOST_TRIES = 2
"""How often a page is tried again whose node, browser or hub went away, at most."""
_QUEUED = 330.0
"""Seconds for a new session: the Grid's own queue gives up after 300, and a request that we left would take a slot."""
_CLOSING = 10.0
_LOOK = 1.0
_TELLING = ("executeCdpCommand", Command.GET_LOG)
_NODE_GONE = re.compile(r"connection|failed to execute request", re.IGNORECASE)


class RemoteDriver(Driver):
    """A browser on a node. ``hub`` is the Grid's address, without credentials."""

    def __init__(self, hub: str, config: ClientConfig, options: ChromeOptions) -> None:
        """Raises WebDriverException, and urllib3's HTTPError, where the Grid gives no session."""
        self.hub = hub
        self._config = config
        self.service = None  # type: ignore[assignment]  # no driver of ours
        executor = ChromiumRemoteConnection(hub, "goog", "chrome", client_config=config)
        WebDriver.__init__(self, command_executor=executor, options=options)
        self._guard = _guard(hub, config, str(self.session_id))

    def open_channel(self) -> None:
        """None: the browser's own DevTools address means something else on this machine."""
        self.window = self.current_window_handle
        self.channel = None

    def execute(self, driver_command: Any, params: dict[str, Any] | None = None) -> Any:
        """A WebDriver command. Raises WebDriverException where the Grid answers for a browser that is gone: it then
        says nothing at all."""
        answer = super().execute(driver_command, params)
        if driver_command in _TELLING and answer.get("value") is None:
            raise WebDriverException("disconnected: the node's browser gives no answer")
        return answer

    def kill(self) -> None:
        """Have the node's browser close, whatever its page does: calls that wait for it then end."""
        place = self.capabilities.get("se:cdp", "")
        if not place:
            return
        parts = urlsplit(self.hub)
        scheme = "wss" if parts.scheme == "https" else "ws"
        address = f"{scheme}://{parts.netloc}{parts.path.rstrip('/')}{_path(place)}"
        header = self._config.get_auth_header() or {}
        with contextlib.suppress(OSError, websocket.WebSocketException):
            talk = websocket.create_connection(
                address, timeout=_CLOSING, suppress_origin=True, header=header
            )
            with contextlib.closing(talk):
                talk.send(json.dumps({"id": 1, "method": "Browser.close"}))
                talk.recv()

    def quit(self) -> None:
        """Give the slot back. Raises WebDriverException and HTTPError where node or hub are gone."""
        self._config.timeout = _CLOSING
        with contextlib.suppress(OSError, websocket.WebSocketException, AttributeError):
            self._websocket_connection.close()  # type: ignore[union-attr]
        try:
            WebDriver.execute(self, Command.QUIT)
        finally:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                self._guard.communicate(b"over\n", _CLOSING)


def _guard(hub: str, config: ClientConfig, session: str) -> subprocess.Popen[bytes]:
    """A process that ends the session when this one is gone, however that came. What it is told is in no list of
    processes."""
    guard = subprocess.Popen(
        [sys.executable, "-I", grid_guard.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    told = {
        "address": f"{hub}/session/{session}",
        "headers": config.get_auth_header() or {},
        "authorities": config.ca_certs,
    }
    assert guard.stdin is not None
    with contextlib.suppress(OSError):
        guard.stdin.write(json.dumps(told).encode() + b"\n")
        guard.stdin.flush()
    return guard


def start(options: Options, chosen: ChromeOptions) -> RemoteDriver:
    """A browser of the Grid that ``options.grid`` names, with the wanted arguments. Raises BrowserBroken."""
    parts = urlsplit(options.grid)
    hub = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"
    config = ClientConfig(
        remote_server_addr=hub,
        timeout=int(_QUEUED),
        username=unquote(parts.username or "") or None,
        password=unquote(parts.password or "") or None,
        init_args_for_pool_manager={"init_args_for_pool_manager": {"retries": False}},
    )
    _await_node(hub, config, options.timeout)
    driver = _session(hub, config, chosen, options.timeout)
    config.timeout = int(CALL)
    return driver


def _session(
    hub: str, config: ClientConfig, chosen: ChromeOptions, patience: float
) -> RemoteDriver:
    """A new session. For up to two minutes the hub offers slots of a node that died: it is asked again meanwhile.
    Raises BrowserBroken; NoSlot where none is free within ``patience`` seconds: it may be our own that all are
    taken by, so that the hub's queue is no place to wait in."""
    end = time.monotonic() + _QUEUED
    given_up = time.monotonic() + patience
    while True:
        with _turn(hub):
            if any(map(_free, _nodes(hub, config))):
                try:
                    return RemoteDriver(hub, config, chosen)
                except (WebDriverException, HTTPError, OSError, ValueError) as error:
                    _refused(hub, error, last=time.monotonic() > end)
                given_up = time.monotonic() + patience
        if time.monotonic() > given_up:
            raise NoSlot(f"the Grid at {hub} had no free browser within {patience:g} s")
        time.sleep(_LOOK)


@cache
def _turn(hub: str) -> threading.Lock:
    """One at a time asks a hub for a browser: two that see the same free slot would both wait for it."""
    return threading.Lock()


def _refused(hub: str, error: Exception, *, last: bool) -> None:
    """What a refusal says: nothing where it is worth asking again. Raises BrowserBroken, NoSlot."""
    said = f"the Grid at {hub} gives no browser: {first_line(error)}"
    text = str(getattr(error, "msg", ""))
    if "session request timed out" in text:
        raise NoSlot(said) from error
    if last or not _NODE_GONE.search(text):
        raise BrowserBroken(said, passing=True) from error


def _free(node: dict[str, Any]) -> int:
    """How many more browsers of our kind a node would start."""
    slots = node.get("slots", ())
    used = sum(slot["session"] is not None for slot in slots)
    ours = [slot for slot in slots if slot["stereotype"].get("browserName") == "chrome"]
    free = sum(slot["session"] is None for slot in ours)
    return max(0, min(free, int(node.get("maxSessions", len(slots))) - used))


def _await_node(hub: str, config: ClientConfig, seconds: float) -> None:
    """Wait until a node is up: the hub lets a request wait five minutes for one. Raises BrowserBroken."""
    end = time.monotonic() + seconds
    while not _nodes(hub, config):
        if time.monotonic() > end:
            raise BrowserBroken(f"the Grid at {hub} has no node that is up")
        time.sleep(_LOOK)


def _nodes(hub: str, config: ClientConfig) -> list[dict[str, Any]]:
    """The nodes that the hub holds to be up. Raises BrowserBroken."""
    try:
        headers = config.get_auth_header() or {}
        answer = httpx.get(f"{hub}/status", headers=headers, timeout=_CLOSING)
        said = answer.raise_for_status().json()["value"]
        return [node for node in said.get("nodes", ()) if node["availability"] == "UP"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        reason = (
            first_line(error) if isinstance(error, httpx.HTTPError) else "no answer of a Grid 4"
        )
        raise BrowserBroken(f"no Selenium Grid at {hub}: {reason}") from error


def _path(place: str) -> str:
    """The path of the address that the Grid gives for DevTools; its host is the Grid's idea of itself."""
    return urlsplit(place).path
