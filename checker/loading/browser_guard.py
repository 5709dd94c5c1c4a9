"""No browser outlives its run: a small shell waits for our end, which the system tells it however we are killed."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress

_SCRIPT = """
read -r said && exit
kill -9 "$2"; kill "$1"; sleep 1; kill -9 "$1"
socket=$(readlink "$3/SingletonSocket") && case $socket in /*) rm -rf -- "${socket%/*}" ;; esac
rm -rf -- "$3"
"""


class Guard:
    """Ends a browser and its driver (process ids), and takes away the profile, when this process is gone. Its own
    session keeps a terminal's Ctrl-C from it. Where the system has no ``sh``, nobody watches."""

    def __init__(self, driver: int, browser: int, profile: str) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        if shell := shutil.which("sh"):
            self._process = subprocess.Popen(
                [shell, "-c", _SCRIPT, "presscheck-guard", str(driver), str(browser), profile],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def dismiss(self) -> None:
        """The browser is ended by us: nothing is to be done any more. Called once."""
        if self._process is not None:
            with suppress(OSError):
                self._process.communicate(b"over\n")
