"""No browser outlives its run: a small shell waits for our end, which the system tells it however we are killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Any

from selenium.webdriver.chrome.service import Service

_SCRIPT = """
read -r said && exit
kill -s KILL -- "-$1"; sleep 1
socket=$(readlink "$2/SingletonSocket") && case $socket in /*) rm -rf -- "${socket%/*}" ;; esac
rm -rf -- "$2"
"""


class GuardedService(Service):
    """A driver's process in a session of its own, so that a terminal's Ctrl-C does not reach it and its browser has its
    group. From its first moment on they are guarded: when this process is gone, however, they are ended and ``profile``
    is taken away. Where the system has no ``sh``, nobody watches."""

    def __init__(self, driver: str, profile: str, **others: Any) -> None:
        self._guard: subprocess.Popen[bytes] | None = None
        self._profile = profile
        super().__init__(driver, popen_kw={"start_new_session": True}, **others)

    def _start_process(self, path: str) -> None:
        super()._start_process(path)
        shell = None if sys.platform == "win32" else shutil.which("sh")
        if shell is not None and self.process is not None:
            self._guard = subprocess.Popen(
                [shell, "-c", _SCRIPT, "presscheck-guard", str(self.process.pid), self._profile],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def dismiss(self) -> None:
        """The browser was ended, or shall be: whatever of the driver's group is still there ends. Nothing is guarded
        any more."""
        if self.process is not None and sys.platform != "win32":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
        guard, self._guard = self._guard, None
        if guard is not None:
            with suppress(OSError):
                guard.communicate(b"over\n")
