"""Files written whole or not at all."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

_OURS = ".presscheck"
_AGE = 60.0
"""Seconds after which an unfinished file is looked at: its writer has locked it long since."""


def write_whole(path: Path, chunks: Iterable[str | bytes]) -> None:
    """Write ``chunks`` to a file beside ``path`` and rename it over: a reader sees the old file or the whole new one,
    whenever we are killed. Raises OSError; nothing is left behind then. What a run that was killed left behind is taken
    away. A device or a pipe is written into, and a link is followed: neither is replaced."""
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            stream.writelines(map(_bytes, chunks))
        return
    path = Path(os.path.realpath(path))
    _sweep(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_OURS, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            _lock(stream)
            stream.writelines(map(_bytes, chunks))
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _bytes(chunk: str | bytes) -> bytes:
    return chunk.encode("utf-8", "replace") if isinstance(chunk, str) else chunk


def _sweep(path: Path) -> None:
    """Take away unfinished files of ``path`` that nobody writes any more."""
    ours = re.compile(re.escape(f".{path.name}.") + "[a-z0-9_]{8}" + re.escape(_OURS))
    with suppress(OSError):
        for each in [each for each in path.parent.iterdir() if ours.fullmatch(each.name)]:
            if time.time() - each.stat().st_mtime > _AGE and _is_left(each):
                each.unlink(missing_ok=True)


def _is_left(path: Path) -> bool:
    """Whether no process has the file locked. Windows lets nobody take away what another has open."""
    with suppress(OSError), path.open("rb") as stream:
        return _lock(stream)
    return False


def _lock(stream: IO[bytes]) -> bool:
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another has it, or a file system without locks
        return False
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
