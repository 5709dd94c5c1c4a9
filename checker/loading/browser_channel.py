"""DevTools commands straight to the browser. Through chromedriver each is an HTTP request of its own that takes three
times as long, and events wait there until they are asked for."""

from __future__ import annotations

import json
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from selenium.common.exceptions import (
    TimeoutException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from selenium.webdriver import Chrome
from websocket import (
    ABNF,
    WebSocket,
    WebSocketException,
    WebSocketTimeoutException,
    create_connection,
)

_MANY = 10_000  # events that are taken at once
_TAKEN = 1 << 16  # bytes
_LOCAL = ["localhost", "127.0.0.1"]  # no proxy is between us and our browser


MOST_WINDOWS = 5
"""Windows that a page may open: each costs a process, and theirs open more."""


class _Socket(WebSocket):
    """A socket that takes what is there at once: the library asks the system for each part of a message by itself."""

    _taken = b""
    _place = 0

    def _recv(self, bufsize: int) -> bytes:
        if self._place >= len(self._taken):
            self._taken, self._place = super()._recv(_TAKEN), 0  # type: ignore[no-untyped-call]
        start = self._place
        self._place += bufsize
        return self._taken[start : self._place]


class Channel:
    """A DevTools session with a window, beside chromedriver's own. Dialogs are accepted as they come; a page that opens
    them, or windows, without end raises UnexpectedAlertPresentException. Used by one thread at a time."""

    def __init__(
        self,
        address: str,
        place: str,
        bound: float,
        most_dialogs: int,
        domains: tuple[str, ...] = ("Inspector", "Page", "Network"),
    ) -> None:
        """``address`` is the browser's (host:port), ``place`` the path there, ``bound`` the seconds that an answer may
        take. Raises OSError and WebSocketException."""
        self._bound = bound
        self._most = most_dialogs
        self._socket: WebSocket = create_connection(
            f"ws://{address}{place}",
            timeout=bound,
            class_=_Socket,
            suppress_origin=True,
            skip_utf8_validation=True,
            http_no_proxy=_LOCAL,
        )
        self._number = 0
        self._dialogs = 0
        self._windows = 0
        self._going = 0
        self._events: list[tuple[str, dict[str, Any]]] = []
        for domain in domains:
            self.call(f"{domain}.enable", {})

    def call(self, method: str, parameters: dict[str, Any]) -> Any:
        """The command's result. Raises WebDriverException as chromedriver does."""
        self._number += 1
        number = self._number
        self._send(number, method, parameters)
        while True:
            said = self._read(self._bound)
            if said is None:
                raise TimeoutException(f"{method}: no answer within {self._bound:g} s")
            if said.get("id") == number:
                if error := said.get("error"):
                    raise WebDriverException(f"{method}: {error.get('message', error)}")
                return said["result"]

    def post(self, method: str, *each: dict[str, Any]) -> None:
        """Give the command with each of these parameters, all at once, without waiting for what comes of it."""
        first = self._number + 1
        self._number += len(each)
        self._write(*(_text(first + place, method, one) for place, one in enumerate(each)))

    def go(self, url: str) -> None:
        """Have the window go to an address, without waiting for it. Where it cannot be one, the next that is read
        raises WebDriverException."""
        self.post("Page.navigate", {"url": url})
        self._going = self._number

    def events(self, seconds: float = 0.0) -> list[tuple[str, dict[str, Any]]]:
        """What happened in the window since it was last asked for: method and parameters of events of the domains Page
        and Network. Waits so long for the first."""
        end = time.monotonic() + seconds
        left = 0.0 if self._events else seconds
        while len(self._events) < _MANY and self._read(max(left, 0.0)) is not None:
            left = 0.0 if self._events else end - time.monotonic()
        events, self._events = self._events, []
        return events

    def forget(self) -> None:
        """Begin anew: events that nobody asked for, dialogs that were accepted, windows that were opened."""
        self.events()
        self._dialogs = self._windows = 0

    def close(self) -> None:
        """End the session; the browser may be gone."""
        with suppress(WebSocketException, OSError):
            self._socket.close(timeout=0)

    def _send(self, number: int, method: str, parameters: dict[str, Any]) -> None:
        self._write(_text(number, method, parameters))

    def _write(self, *texts: str) -> None:
        frames = [ABNF.create_frame(text, ABNF.OPCODE_TEXT).format() for text in texts]
        try:
            if self._socket.sock is None:
                raise OSError("the session is closed")
            self._wait(self._bound)
            self._socket.sock.sendall(b"".join(frames))
        except (WebSocketException, OSError) as error:
            raise WebDriverException(f"disconnected: {error}") from error

    def _read(self, seconds: float) -> dict[str, Any] | None:
        """The next message; None where none came in that time."""
        try:
            self._wait(seconds or 1e-6)
            text = self._socket.recv()
        except (WebSocketTimeoutException, BlockingIOError):
            return None
        except (WebSocketException, OSError) as error:
            raise WebDriverException(f"disconnected: {error}") from error
        if not text:
            raise WebDriverException("disconnected: the browser closed the session")
        said: dict[str, Any] = json.loads(text)
        if "error" in said and said.get("id") == self._going:
            raise WebDriverException(f"no navigation: {said['error'].get('message')}")
        if method := said.get("method"):
            self._happened(method, said["params"])
        return said

    def _wait(self, seconds: float) -> None:
        """Have the socket wait so long from now on."""
        if self._socket.gettimeout() != seconds:
            self._socket.settimeout(seconds)

    def _happened(self, method: str, parameters: dict[str, Any]) -> None:
        if method == "Inspector.targetCrashed":
            raise WebDriverException("tab crashed")
        if method == "Page.javascriptDialogOpening":
            self._dialogs += 1
            if self._dialogs > self._most:
                raise UnexpectedAlertPresentException("dialogs without end")
            self._send(0, "Page.handleJavaScriptDialog", {"accept": True})
        if method == "Page.windowOpen":
            self._windows += 1
            if self._windows > MOST_WINDOWS:
                raise UnexpectedAlertPresentException("windows without end")
        if method.startswith(("Page.", "Network.")):
            self._events.append((method, parameters))


def _text(number: int, method: str, parameters: dict[str, Any]) -> str:
    return json.dumps({"id": number, "method": method, "params": parameters})


def channel(driver: Chrome, window: str, bound: float, most_dialogs: int) -> Channel | None:
    """A session with the driver's window; None where its browser is not reached from here (a Selenium Grid's)."""
    address = driver.capabilities.get("goog:chromeOptions", {}).get("debuggerAddress")
    if not address or "se:cdp" in driver.capabilities:
        return None
    try:
        return Channel(address, f"/devtools/page/{window}", bound, most_dialogs)
    except (WebSocketException, OSError):
        return None


def other_window(driver: Chrome, bound: float) -> tuple[str, str]:
    """A new window of the driver's browser and the browser context that it has for itself: cookies, storage and cache
    of its own. Raises WebDriverException."""
    address = driver.capabilities["goog:chromeOptions"]["debuggerAddress"]
    try:
        with closing(HTTPConnection(address, timeout=bound)) as asking:
            asking.request("GET", "/json/version")
            place = urlsplit(json.load(asking.getresponse())["webSocketDebuggerUrl"]).path
        with closing(Channel(address, place, bound, 0, ())) as whole:
            context = whole.call("Target.createBrowserContext", {})["browserContextId"]
            made = {"url": "about:blank", "browserContextId": context}
            return whole.call("Target.createTarget", made)["targetId"], context
    except (WebSocketException, OSError, HTTPException, ValueError, KeyError) as error:
        raise WebDriverException(f"no other window: {error}") from error
