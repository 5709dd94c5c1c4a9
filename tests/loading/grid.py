"""A Selenium Grid on loopback: a hub and nodes as processes of their own, each of which can be killed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

_FETCHED = Path(__file__).resolve().parents[2] / ".bench" / "grid" / "package" / "jar"
_PATIENCE = 90.0


def jar() -> Path | None:
    """Selenium's server: what PRESSCHECK_SELENIUM_JAR names, else what tools/grid.sh fetched."""
    if named := os.environ.get("PRESSCHECK_SELENIUM_JAR"):
        return Path(named)
    return next(iter(_FETCHED.glob("selenium-server-*.jar")), None)


def missing() -> str:
    """Why no Grid can be started; empty where one can."""
    if not shutil.which("java"):
        return "no java"
    if not jar():
        return "no Selenium server: make test fetches it, or PRESSCHECK_SELENIUM_JAR names it"
    return ""


@dataclass
class Grid:
    """A running Grid; ``nodes`` by the address that the hub tells."""

    folder: Path
    address: str = ""
    events: list[str] = field(default_factory=list)
    hub: subprocess.Popen[bytes] | None = None
    nodes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def add_node(self) -> str:
        """Start a node for one browser and wait until the hub knows it; its address."""
        port = _free()
        address = f"http://127.0.0.1:{port}"
        stereotype = {
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": str(self._binary())},
        }
        self.nodes[address] = self._java(
            *("node", "--hub", self.address, *self.events, "--port", str(port)),
            *("--selenium-manager", "false", "--detect-drivers", "false", "--max-sessions", "1"),
            *("--driver-configuration", "display-name=chrome", "max-sessions=1"),
            f"webdriver-executable={shutil.which('chromedriver')}",
            f"stereotype={json.dumps(stereotype)}",
        )
        self._until(lambda: address in self.up())
        return address

    def up(self) -> dict[str, list[str]]:
        """Sessions by node, of the nodes that the hub holds to be up."""
        said = self._status()
        return {
            node["uri"]: [slot["session"]["sessionId"] for slot in node["slots"] if slot["session"]]
            for node in said.get("nodes", ())
            if node["availability"] == "UP"
        }

    def wait_idle(self) -> None:
        """Wait until no node has a session."""
        self._until(lambda: not any(self.up().values()))

    def busy(self) -> str:
        """The address of the one node that has a session."""
        (found,) = (address for address, sessions in self.up().items() if sessions)
        return found

    def kill(self, node: str) -> None:
        """End a node and its browsers at once."""
        _kill(self.nodes.pop(node))

    def kill_browsers(self) -> None:
        """End every browser, the main process first; nodes and drivers stay."""
        for node in self.nodes.values():
            for driver in _children(node.pid):
                for number in reversed(list(descendants(driver))):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(number, signal.SIGKILL)

    def _status(self) -> dict[str, Any]:
        try:
            said: dict[str, Any] = httpx.get(f"{self.address}/status", timeout=10).json()["value"]
        except httpx.HTTPError:
            return {}
        return said

    def _until(self, done: Any) -> None:
        end = time.monotonic() + _PATIENCE
        while not done():
            if time.monotonic() > end:
                logs = [path.read_text("utf-8")[-2000:] for path in self.folder.glob("*.log")]
                raise AssertionError(f"the Grid did not come so far: {logs}")
            time.sleep(0.1)

    def _java(self, *arguments: str) -> subprocess.Popen[bytes]:
        number = len(list(self.folder.glob("*.log")))
        with (self.folder / f"{number}.log").open("wb") as log:
            command = ["java", "-jar", str(jar()), *arguments, "--host", "127.0.0.1"]
            return subprocess.Popen(
                command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def _binary(self) -> Path:
        """What the nodes start: Chromium, as root without its sandbox."""
        found = shutil.which("chromium") or shutil.which("google-chrome")
        path = self.folder / "browser"
        flag = " --no-sandbox" if os.geteuid() == 0 else ""
        path.write_text(f'#!/bin/sh\nexec {found}{flag} "$@"\n', encoding="utf-8")
        path.chmod(0o755)
        return path


@contextmanager
def grid(folder: Path, nodes: int) -> Iterator[Grid]:
    """A hub with so many nodes, until the block ends. The hub sees within seconds that a node is gone."""
    made = Grid(folder)
    port, publish, subscribe = _free(), _free(), _free()
    made.address = f"http://127.0.0.1:{port}"
    made.events = ["--publish-events", f"tcp://127.0.0.1:{publish}"]
    made.events += ["--subscribe-events", f"tcp://127.0.0.1:{subscribe}"]
    try:
        made.hub = made._java(
            *("hub", "--port", str(port), *made.events, "--healthcheck-interval", "2"),
            *("--session-request-timeout", "90"),
        )
        for _ in range(nodes):
            made.add_node()
        yield made
    finally:
        for process in [*made.nodes.values(), *([made.hub] if made.hub else [])]:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process of ours with all that it started, by their numbers."""
    for number in [*descendants(process.pid), process.pid]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    process.wait(10)


def descendants(parent: int) -> Iterator[int]:
    """The processes that a process started, and those that they did, innermost first."""
    for child in _children(parent):
        yield from descendants(child)
        yield child


def _children(parent: int) -> Iterator[int]:
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        yield from map(int, task.read_text().split())


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        return int(made.getsockname()[1])
