"""Memory: what processes take and what the machine has left. Read from Linux's /proc; elsewhere nothing is known."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

MEBIBYTE = 1 << 20
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_GROUPS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    (
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes",
    ),
)


def taken(process: int) -> int:
    """Bytes that a process and those below it take, without what they share; 0 where that is not known."""
    return sum(map(_own, _tree(process)))


def started(process: int) -> int:
    """The program that a script started and waits for, where the process is such a script; else the process itself."""
    with suppress(OSError):
        name = Path(f"/proc/{process}/exe").resolve().name
        below = list(_children(process))
        if name in ("sh", "dash", "bash", "ash", "busybox") and len(below) == 1:
            return started(below[0])
    return process


def available() -> int | None:
    """Bytes that this machine, or the container that we are in, has left; None where that is not known."""
    left = []
    with suppress(OSError, ValueError, IndexError):
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        left += [int(each.split()[1]) * 1024 for each in lines if each.startswith("MemAvailable:")]
    for most, now in _GROUPS:
        with suppress(OSError, ValueError):  # "max": no limit
            left.append(int(Path(most).read_text("ascii")) - int(Path(now).read_text("ascii")))
    return max(0, min(left)) if left else None


def _tree(process: int) -> Iterator[int]:
    yield process
    for child in _children(process):
        yield from _tree(child)


def _children(process: int) -> Iterator[int]:
    with suppress(OSError), os.scandir(f"/proc/{process}/task") as tasks:
        for task in tasks:
            yield from map(int, _read(f"{task.path}/children").split())


def _own(process: int) -> int:
    match _read(f"/proc/{process}/statm").split():
        case [_, resident, shared, *_]:
            return (int(resident) - int(shared)) * _PAGE
        case _:
            return 0


def _read(path: str) -> bytes:
    """What a file of /proc says; nothing where the process or thread is gone. A browser has a hundred of them, read
    twice a second: this is four times as fast as a Path's reading."""
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return b""
    try:
        said = b""
        while part := os.read(file, 1 << 16):
            said += part
        return said
    except OSError:
        return b""
    finally:
        os.close(file)


class Watch:
    """Looks after what a process takes, twice a second, and calls ``end`` once it is more than ``most`` bytes; ``over``
    says so from then on."""

    def __init__(self, process: int, most: int, end: Callable[[], object]) -> None:
        self._process = process
        self.most = most
        self._end = end
        self._done = threading.Event()
        self.over = False
        threading.Thread(target=self._look, daemon=True).start()

    def taken(self) -> int:
        """Bytes, now."""
        return taken(self._process)

    def stop(self) -> None:
        """Look no more."""
        self._done.set()

    def _look(self) -> None:
        while not self._done.wait(0.5):
            if self.taken() > self.most:
                self.over = True
                self._end()
                return
