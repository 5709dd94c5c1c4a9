"""A PostgreSQL server of the tests' own, from the system's binaries: a new cluster behind a unix socket."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_ACCOUNTS = ("postgres", "nobody")  # the server refuses to run as root
_CONFIGURATION = """
listen_addresses = ''
fsync = off
shared_buffers = 32MB
max_connections = 40
"""


@dataclass(frozen=True)
class Server:
    """A running server; databases in it are made by name."""

    socket: Path
    folder: Path
    binaries: Path
    account: str | None

    def create(self, name: str) -> str:
        """A new database; its address."""
        self._run("createdb", "--host", self.socket, "--username", "presscheck", name)
        return f"postgresql://presscheck@/{name}?host={quote(str(self.socket), safe='')}"

    def start(self) -> None:
        options = f"-k {self.socket}"
        log = self.folder / "log"
        self._run(
            "pg_ctl", "start", "--wait", "-s", "-D", self.folder / "data", "-l", log, "-o", options
        )

    def stop(self) -> None:
        """Stop the server at once, as a crash would; it can be started again."""
        self._run("pg_ctl", "stop", "--wait", "-s", "-D", self.folder / "data", "-m", "immediate")

    def _run(self, program: str, *arguments: str | Path) -> None:
        ran = subprocess.run(
            [self.binaries / program, *arguments],
            user=self.account,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, f"{ran.args}: {ran.stderr}"


def binaries() -> Path | None:
    """The folder of initdb, createdb and pg_ctl, of the newest version that is installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if found := shutil.which("pg_ctl"):
        folders.append(Path(found).resolve().parent)
    return next((each for each in folders if (each / "initdb").exists()), None)


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """A server as long as the context lasts; nothing of it stays."""
    account = _account() if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if account:
            shutil.chown(folder, account)
        server = Server(folder, folder, programs, account)
        server._run(
            "initdb",
            "-D",
            folder / "data",
            "-U",
            "presscheck",
            "--auth=trust",
            "-E",
            "UTF8",
            "--no-sync",
        )
        with (folder / "data" / "postgresql.conf").open("a") as stream:
            stream.write(_CONFIGURATION)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _account() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _ACCOUNTS if name in known)
