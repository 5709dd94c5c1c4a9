"""A driver of a browser that no dialog stops and that can be ended from another thread."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from copy import copy
from typing import Any, Self

from selenium.common.exceptions import NoAlertPresentException, UnexpectedAlertPresentException
from selenium.webdriver import Chrome
from selenium.webdriver.remote.command import Command

from checker.loading.browser_channel import Channel, channel, other_window

MOST_DIALOGS = 20
"""Dialogs that a page may open."""
CALL = 120.0
"""Seconds for any single answer of the driver; every call is bounded more tightly by its deadline (browser_tab)."""


class NoBrowser(Exception):
    """No Chromium or Chrome is installed; the message says what to do."""


class BrowserBroken(Exception):
    """A browser is there but does not start; the message says why. ``passing``: one elsewhere may start."""

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class Driver(Chrome):
    """A driver that no dialog stops: a page may open one after another. ``profile`` is the browser's own folder, where
    we made it: a browser that is killed does not take it away itself. ``kind`` names the browser."""

    profile: str = ""
    kind: str = "Chrome"
    channel: Channel | None = None
    window: str = ""
    context: str = ""

    def open_channel(self) -> None:
        """Have DevTools commands of the current window go to the browser itself from now on, where that can be."""
        self.window = self.window or self.current_window_handle
        self.channel = channel(self, self.window, CALL, MOST_DIALOGS)

    def beside(self) -> Self:
        """The same browser in another window with a browser ``context`` of its own, for a thread of its own. It takes
        DevTools commands only. Raises WebDriverException."""
        other = copy(self)
        other.window, other.context = other_window(self, CALL)
        return other

    def execute_cdp_cmd(self, cmd: str, cmd_args: dict[str, Any]) -> Any:
        """A DevTools command of the window."""
        if self.channel is not None:
            return self.channel.call(cmd, cmd_args)
        return super().execute_cdp_cmd(cmd, cmd_args)

    def execute(self, driver_command: Any, params: dict[str, Any] | None = None) -> Any:
        """A WebDriver command; dialogs in its way are accepted and it is given again."""
        for _ in range(MOST_DIALOGS):
            try:
                return super().execute(driver_command, params)
            except UnexpectedAlertPresentException:
                with contextlib.suppress(NoAlertPresentException):
                    super().execute(Command.W3C_ACCEPT_ALERT)
        return super().execute(driver_command, params)

    def kill(self) -> None:
        """End this browser's own process at once; no other."""
        number = self.capabilities.get("goog:processID")
        if isinstance(number, int):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(number, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


def first_line(error: Exception) -> str:
    """What an error says, in one bounded line."""
    text = getattr(error, "msg", None) or str(error) or type(error).__name__
    return text.strip().splitlines()[0][:300]
