"""The user's headers and password in a browser: for the target's own origin and nowhere else."""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome
from websocket import WebSocketException

from checker.loading.credentials import headers_for, origin
from checker.loading.options import Options


class Credentials:
    """While it is entered, requests to the target's origin carry the user's headers. They are added request by request
    (WebDriver BiDi, network.addIntercept): DevTools' extra headers would go to third parties too."""

    def __init__(self, driver: Chrome, target: str, options: Options) -> None:
        self._driver = driver
        self._target = target
        self._options = options
        self._handler: int | str | None = None

    def __enter__(self) -> Self:
        scheme, host, port = origin(self._target)
        pattern = {"type": "pattern", "protocol": scheme, "hostname": host, "port": str(port)}
        network: Any = self._driver.network
        self._handler = network.add_request_handler(
            "before_request", self._send, url_patterns=[pattern]
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(WebDriverException, WebSocketException, OSError):  # the browser may be gone
            network: Any = self._driver.network
            network.remove_request_handler("before_request", self._handler)

    def _send(self, request: Any) -> None:
        given = headers_for(request.url, self._target, self._options)
        if not given:
            return  # told of, not held back: it is of another origin
        replaced = {name.lower() for name, _ in given}
        kept = {k: v for k, v in request.headers.items() if k.lower() not in replaced}
        with suppress(WebDriverException, WebSocketException):  # the page may have given it up
            request.continue_request(headers={**kept, **dict(given)})
