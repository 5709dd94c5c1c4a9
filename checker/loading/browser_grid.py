"""Browsers of a Selenium Grid (version 4): started through its hub, and driven, DevTools and log included, through it.

A browser there is no process of ours: one that hangs is closed over the DevTools address that the Grid gives, and a
node that died is told by the hub's answers. What the node's browser needs of its own machine (its path,
``--no-sandbox`` where it runs as root, a proxy) is the node's to say.
"""

from __future__ import annotations

import contextlib
import json
import re
import time
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

from checker.loading.browser_driver import CALL, BrowserBroken, Driver, first_line
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

    def open_channel(self) -> None:
        """None: the browser's own DevTools address means something else on this machine."""
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
        WebDriver.execute(self, Command.QUIT)


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
    driver = _session(hub, config, chosen)
    config.timeout = int(CALL)
    return driver


def _session(hub: str, config: ClientConfig, chosen: ChromeOptions) -> RemoteDriver:
    """A new session. For up to two minutes the hub offers slots of a node that died: it is asked again meanwhile, as
    it has others wait for a free slot. Raises BrowserBroken."""
    end = time.monotonic() + _QUEUED
    while True:
        try:
            return RemoteDriver(hub, config, chosen)
        except (WebDriverException, HTTPError, OSError, ValueError) as error:
            said = first_line(error)
            gone = isinstance(error, WebDriverException) and _NODE_GONE.search(str(error.msg))
            if not gone or time.monotonic() > end:
                message = f"the Grid at {hub} gives no browser: {said}"
                raise BrowserBroken(message, passing=True) from error
        time.sleep(_LOOK)


def _await_node(hub: str, config: ClientConfig, seconds: float) -> None:
    """Wait until a node is up: the hub lets a request wait five minutes for one. Raises BrowserBroken."""
    end = time.monotonic() + seconds
    while not _ready(hub, config):
        if time.monotonic() > end:
            raise BrowserBroken(f"the Grid at {hub} has no node that is up")
        time.sleep(_LOOK)


def _ready(hub: str, config: ClientConfig) -> bool:
    try:
        headers = config.get_auth_header() or {}
        answer = httpx.get(f"{hub}/status", headers=headers, timeout=_CLOSING)
        said = answer.raise_for_status().json()["value"]
        return any(node["availability"] == "UP" for node in said.get("nodes", ()))
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        reason = (
            first_line(error) if isinstance(error, httpx.HTTPError) else "no answer of a Grid 4"
        )
        raise BrowserBroken(f"no Selenium Grid at {hub}: {reason}") from error


def _path(place: str) -> str:
    """The path of the address that the Grid gives for DevTools; its host is the Grid's idea of itself."""
    return urlsplit(place).path
