"""Files that others wrote, read within bounds."""

from __future__ import annotations

import errno
import os
import stat
from mmap import ACCESS_READ, mmap
from pathlib import Path

NO_FILE = "a pipe, a socket or a device"
_OPENED = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")


def no_file(path: Path) -> bool:
    """Whether it is something that is not opened, as nobody may ever write into it, or it might never end. What the
    shell has opened for us (``<(…)``) is."""
    if str(path).startswith(_OPENED):
        return False
    try:
        mode = path.stat().st_mode
    except OSError:  # told when it is read
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def read(path: Path, limit: int) -> bytes:
    """The bytes of a file. Raises OSError, also for what is no file or larger than ``limit`` bytes."""
    _check(path)
    with path.open("rb") as file:
        raw = file.read(limit + 1) if os.fstat(file.fileno()).st_size <= limit else None
    if raw is None or len(raw) > limit:
        raise _too_large(path, limit)
    return raw


def mapped(path: Path, limit: int) -> bytes | mmap:
    """The bytes of a file, which stays mapped while they are held. Raises OSError as ``read`` does."""
    _check(path)
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        if stat.S_ISREG(found.st_mode) and 0 < found.st_size <= limit:
            return mmap(file.fileno(), 0, access=ACCESS_READ)
    return read(path, limit)


def _check(path: Path) -> None:
    if no_file(path):
        raise OSError(errno.EINVAL, f"{NO_FILE}, no file", str(path))


def _too_large(path: Path, limit: int) -> OSError:
    return OSError(errno.EFBIG, f"larger than {limit >> 20} MB", str(path))
