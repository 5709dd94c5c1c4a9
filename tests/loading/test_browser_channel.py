"""DevTools messages over a socket: whole ones, whatever parts they come and go in."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from selenium.common.exceptions import WebDriverException
from websocket import ABNF

from checker.loading import browser_channel
from checker.loading.browser_channel import Channel

_LARGE = "x" * 200_000


class Browser:
    """The far end of a channel."""

    def __init__(self, far: socket.socket) -> None:
        self.far = far

    def sent(self, *messages: dict[str, Any]) -> bytes:
        frames = (ABNF.create_frame(json.dumps(one), ABNF.OPCODE_TEXT) for one in messages)
        return b"".join(frame.format() for frame in frames)

    def asked(self, number: int) -> list[dict[str, Any]]:
        """So many messages, as they came."""
        stream = self.far.makefile("rb")
        found = []
        for _ in range(number):
            length = stream.read(2)[1] & 0x7F
            length = int.from_bytes(stream.read({126: 2, 127: 8}.get(length, 0))) or length
            mask = stream.read(4)
            found.append(json.loads(ABNF.mask(mask, stream.read(length))))
        return found


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Channel, Browser]]:
    near, far = socket.socketpair()

    def connected(*_: object, class_: type, timeout: float, **__: object) -> object:
        made = class_()
        made.sock, made.connected = near, True
        made.settimeout(timeout)
        return made

    monkeypatch.setattr(browser_channel, "create_connection", connected)
    with closing(near), closing(far):
        yield Channel("-", "/", 20, 3, ()), Browser(far)


def test_messages_that_come_together_and_in_parts(ends: tuple[Channel, Browser]) -> None:
    channel, browser = ends
    events = [{"method": "Page.told", "params": {"number": number}} for number in range(3)]
    text = browser.sent(*events, {"id": 1, "result": {"large": _LARGE}}, events[0])
    browser.far.sendall(text[:7])

    def rest() -> None:
        for start in range(7, len(text), 1500):
            browser.far.sendall(text[start : start + 1500])

    sending = threading.Thread(target=rest)
    sending.start()
    assert channel.call("Page.ask", {}) == {"large": _LARGE}
    sending.join()
    assert [said["number"] for _, said in channel.events(20)] == [0, 1, 2, 0]
    assert channel.events() == []


def test_commands_go_together_in_their_order(ends: tuple[Channel, Browser]) -> None:
    channel, browser = ends
    channel.post("Input.key", {"key": 1}, {"key": 2})
    channel.post("Page.large", {"text": _LARGE[:100_000]})
    assert [(one["id"], one["params"].get("key")) for one in browser.asked(3)] == [
        (1, 1),
        (2, 2),
        (3, None),
    ]
    browser.far.sendall(browser.sent(*({"id": number, "result": {}} for number in (1, 2, 3, 4))))
    assert channel.call("Page.after", {}) == {}


def test_a_browser_that_is_gone(ends: tuple[Channel, Browser]) -> None:
    channel, browser = ends
    browser.far.close()
    with pytest.raises(WebDriverException, match="disconnected"):
        channel.call("Page.ask", {})
    with pytest.raises(WebDriverException, match="disconnected"):
        channel.post("Page.ask", {})
