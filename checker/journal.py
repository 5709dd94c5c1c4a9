"""The journal of a run: every finished page, so that a run that was killed goes on where it was.

A file of lines, each ``CHECKSUM JSON``: first what the run is, then a page each, then that it ended. It is only ever
appended to. A line that was cut off by a kill fails its checksum and is dropped; its page is audited again.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from checker.bounded import NO_FILE, no_file
from checker.loading.options import Target
from checker.marks import mark
from checker.page import Trouble
from checker.report import Audit
from checker.spool import decoded, encoded

FORMAT = 1
_SYNC = 1.0  # seconds: what a power cut may cost; a kill costs nothing
_UNFINISHED = (Trouble.INTERRUPTED, Trouble.TIME_BUDGET)
_MARK = 16


class JournalError(ValueError):
    """A journal that cannot be used for this run; the message is one line and says what to do."""


@contextmanager
def open_journal(
    path: Path, marks: Mapping[str, str], *, resume: bool, warn: Callable[[str], object]
) -> Iterator[Journal]:
    """The journal of the run that ``marks`` describe (name of a part -> what it is, for instance a checksum).

    A new file, or one whose run came to its end, begins anew. One whose run did not is gone on with where ``resume``
    is set. Raises JournalError for one that is not resumed, of another run, of a later version, in use, no journal, or
    not writable. ``warn`` is told when the disk takes no more: the run goes on without its journal.
    """
    if no_file(path):
        raise JournalError(f"--journal {path}: is {NO_FILE}: name a file")
    try:
        file = path.open("r+b" if path.exists() else "x+b")
    except OSError as error:
        raise JournalError(f"--journal {path}: cannot be written: {error.strerror}") from None
    with file:
        _lock(file, path)
        first = _line({"format": FORMAT, **marks}, b"null")
        head, done, end, finished = _scan(file, path, first)
        if head is not None and not finished and not resume:
            raise JournalError(
                f"--journal {path}: holds an unfinished run: go on with --resume, or delete it"
            )
        if head is not None and resume:
            _check(head, marks, path)
        if head is None or (finished and not resume):
            done, end = {}, 0
        _begin(file, path, first, end)
        yield Journal(file, done, warn)


class Journal:
    """Skips the pages that are done, and writes down those that get done. The order of targets is that of audits."""

    def __init__(
        self, file: BinaryIO, done: dict[bytes, int], warn: Callable[[str], object]
    ) -> None:
        self._file: BinaryIO | None = file
        self._reading = file
        self._done = done
        self._warn = warn
        self._order: deque[bytes | int] = deque()
        self._synced = time.monotonic()
        self.resumed = len(done)
        self.replaying = False

    def targets(self, targets: Iterable[Target]) -> Iterator[Target]:
        """The targets that are not done."""
        for target in targets:
            name = _name(target)
            place = self._done.pop(name, None)
            self._order.append(name if place is None else place)
            if place is None:
                yield target

    def audits(self, audits: Iterable[Audit]) -> Iterator[Audit]:
        """All audits in the order of the targets: those that were done before, and ``audits``, which are of the others
        and are written down as they come. Pages of which their source no longer knows are at the end."""
        for audit in audits:
            yield from self._earlier()
            name = self._order.popleft()
            assert isinstance(name, bytes)
            if audit.problem is None or audit.problem.kind not in _UNFINISHED:
                self._append({"page": name.hex()}, encoded(audit))
            yield audit
        yield from self._earlier()
        for place in self._done.values():
            yield from self._replayed(place)

    def finish(self) -> None:
        """Say that the run is over and told."""
        self._append({"end": True}, b"null")
        self._sync(0)

    def _earlier(self) -> Iterator[Audit]:
        while self._order and isinstance(place := self._order[0], int):
            self._order.popleft()
            yield from self._replayed(place)

    def _replayed(self, place: int) -> Iterator[Audit]:
        """The audit of a page that was done before; ``replaying`` as long as it is looked at."""
        self._reading.seek(place)
        audit = decoded(self._reading.readline())
        self.replaying = True
        yield audit
        self.replaying = False

    def _append(self, head: Mapping[str, object], body: bytes) -> None:
        if self._file is None:
            return
        try:
            self._file.seek(0, os.SEEK_END)
            self._file.write(_line(head, body))
            self._file.flush()
            self._sync(_SYNC)
        except OSError as error:
            self._warn(f"the journal is not kept on: {error.strerror}")
            self._file = None

    def _sync(self, pause: float) -> None:
        if self._file is not None and time.monotonic() - self._synced >= pause:
            os.fsync(self._file.fileno())
            self._synced = time.monotonic()


def _name(target: Target) -> bytes:
    text = "\0".join((target.text, target.url, str(target.path or "")))
    return mark(text)


def _line(head: Mapping[str, object], body: bytes) -> bytes:
    text = msgspec.json.encode(head) + b"\t" + body
    return _sum(text) + b" " + text + b"\n"


def _sum(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=_MARK).hexdigest().encode()


def _scan(
    file: BinaryIO, path: Path, first: bytes
) -> tuple[dict[str, object] | None, dict[bytes, int], int, bool]:
    """What the file says: the run's marks (None where it is empty, or has no more than the start of ``first``, as of a
    run that was killed at the first moment), where each page's audit begins, where what is sound ends, and whether the
    run came to its end."""
    head: dict[str, object] | None = None
    done: dict[bytes, int] = {}
    place = 0
    finished = False
    for line in file:
        checksum, _, text = line.rstrip(b"\n").partition(b" ")
        if not line.endswith(b"\n") or checksum != _sum(text):
            break
        start = text.partition(b"\t")[0]
        fields = msgspec.json.decode(start)
        if head is None:
            head = fields
        elif "page" in fields:
            done[bytes.fromhex(fields["page"])] = place + len(checksum) + 1 + len(start) + 1
        finished = "end" in fields
        place += len(line)
    file.seek(0)
    if head is None and not first.startswith(file.read(len(first) + 1)):
        raise JournalError(f"--journal {path}: is no journal: name another file")
    return head, done, place, finished


def _check(head: Mapping[str, object], marks: Mapping[str, str], path: Path) -> None:
    version = head.get("format")
    if not isinstance(version, int) or version > FORMAT:
        raise JournalError(f"--journal {path}: of a later presscheck (format {version}): use that")
    other = [name for name, mark in marks.items() if head.get(name) != mark]
    if other:
        raise JournalError(
            f"--journal {path}: of a run with other {' and '.join(other)}: delete it, or name another file"
        )


def _begin(file: BinaryIO, path: Path, first: bytes, end: int) -> None:
    """Drop what is not sound, and write the first line where there is none."""
    try:
        file.truncate(end)
        file.seek(end)
        if end == 0:
            file.write(first)
        file.flush()
        os.fsync(file.fileno())
    except OSError as error:
        raise JournalError(f"--journal {path}: cannot be written: {error.strerror}") from None


def _lock(file: BinaryIO, path: Path) -> None:
    """Two runs never write one journal. Where the system has no such lock, nobody watches."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise JournalError(f"--journal {path}: another run is writing it") from None
    except OSError:  # some network file systems
        return
