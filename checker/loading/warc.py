"""WARC files (ISO 28500), packed or not, by name or by an address that fsspec opens: pages as their servers sent them.

Read in one pass. warcio splits the records; Python's own gzip unpacks, as it says where a file is cut.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlsplit

from checker.bounded import NO_FILE, no_file
from checker.clean import one_line
from checker.loading.addresses import key
from checker.loading.fetch import Answer
from checker.loading.options import Target
from checker.loading.redact import redact_url
from checker.loading.static import LIMIT, TOO_LARGE
from checker.loading.stop import Stop
from checker.loading.targets import TargetError
from checker.page import Problem, Trouble

_NAME = re.compile(r".*\.warc(\.gz)?", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_END = b"\r\n\r\n"  # of every record
_PIECE = 1 << 16


def is_warc(text: str) -> bool:
    """Whether a target is taken for an archive: its name ends in .warc or .warc.gz."""
    path = urlsplit(text).path if _SCHEME.match(text) else text
    return _NAME.fullmatch(path) is not None


class Archive:
    """The HTML pages of a WARC file as targets, each address once (its first record)."""

    def __init__(self, text: str, stop: Stop) -> None:
        """Raises TargetError where no file is there, or where what opens it is not installed."""
        self._text = redact_url(one_line(text))
        self._stop = stop
        if find_spec("warcio") is None:
            raise TargetError(f"{self._text}: reading WARC needs: pip install 'presscheck[warc]'")
        self._stack = ExitStack()
        self._file = self._stack.enter_context(_opened(text, self._text))
        self._given: set[bytes] = set()
        self._left: Counter[str] = Counter()

    def targets(self) -> Iterator[Target]:
        """The pages in the archive's order. Where it is cut or broken, the last target says so."""
        with self._stack:
            yield from self._read()
            if not self._given and not self._left["records are no HTML pages"]:
                yield self._fault("no response in it")

    def notes(self) -> tuple[str, ...]:
        """What was left out, once the archive was read."""
        return tuple(
            f"{self._text}: {number} {what}" for what, number in sorted(self._left.items())
        )

    def _read(self) -> Iterator[Target]:
        from warcio.archiveiterator import ArchiveIterator

        class Quiet(ArchiveIterator):  # type: ignore[misc]
            INC_RECORD = ""  # told by us, not on standard error

        tail = _Tail(_unpacked(self._file))
        try:
            records = Quiet(tail, no_record_parse=True)
            for record in records:
                if problem := self._stop.problem():
                    said = f"the rest of the archive: {problem.message}"
                    yield Target(f"{self._text}: the rest", problem=Problem(problem.kind, said))
                    return
                if record.length is None:
                    yield self._fault("a record does not say its length")
                    return
                if record.rec_type == "response":
                    yield from self._response(record)
                if _short(record):
                    yield self._fault("cut in the middle of a record")
                    return
            if tail.cut:
                yield self._fault("the gzip is cut off")
            elif records.err_count:
                yield self._fault("bytes in it that belong to no record")
            elif tail.last not in (b"", _END):
                yield self._fault("cut in the middle of a record")
        except Exception as error:  # noqa: BLE001  warcio raises any on a broken header: told, never passed over
            said = one_line(f"{type(error).__name__}: {error}").strip()[:200]
            yield self._fault(f"cannot be read on ({said})")

    def _response(self, record: Any) -> Iterator[Target]:
        """The page of a record, if it is one."""
        from warcio.statusandheaders import StatusAndHeadersParser

        url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
        if not url.startswith(("http://", "https://")):
            self._left["records are no HTML pages"] += 1
            return
        try:
            parser = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False)
            record.http_headers = parser.parse(record.raw_stream)
        except EOFError:  # cut: told by what follows
            return
        headers = tuple((str(n), str(v)) for n, v in record.http_headers.headers)
        status = record.http_headers.get_statuscode()
        kind = next((v for n, v in headers if n.lower() == "content-type"), "")
        html = kind.partition(";")[0].strip().lower() in ("", "text/html", "application/xhtml+xml")
        if not html or not status.isdigit():
            self._left["records are no HTML pages"] += 1
            return
        if 300 <= int(status) < 400:
            self._left["records are redirects"] += 1
            return
        if (name := key(url)) in self._given:
            self._left["records are later copies of a page that is told"] += 1
            return
        self._given.add(name)
        text = redact_url(one_line(url))
        body = _body(record)
        if body is None or _short(record):
            problem = Problem(Trouble.UNREADABLE, "cut in its archive")
            if body is None:
                problem = Problem(Trouble.TOO_LARGE, TOO_LARGE)
            yield Target(text, url=url, problem=problem)
            return
        when = str(record.rec_headers.get_header("WARC-Date") or "unknown")
        answer = Answer(url, int(status), headers, body, (), None, (f"out of {self._text}",))
        yield Target(text, url=url, answer=answer, archived=one_line(when)[:40])

    def _fault(self, why: str) -> Target:
        said = f"the archive is not whole: {why}; what pages are lost is not known"
        return Target(self._text, problem=Problem(Trouble.SOURCE, said))


class _Tail:
    """A stream that remembers its last bytes, and whether it was a gzip that is cut off (its end, for warcio)."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._read = getattr(stream, "read1", stream.read)  # what there is before a cut
        self.last = b""
        self.cut = False

    def read(self, size: int = -1) -> bytes:
        try:
            data: bytes = self._read(size)
        except EOFError:
            self.cut = True
            return b""
        self.last = (self.last + data[-4:])[-4:]
        return data


def _opened(text: str, shown: str) -> IO[bytes]:
    if not _SCHEME.match(text):
        if no_file(Path(text)):
            raise TargetError(f"{shown}: {NO_FILE}, no archive: give a file")
        try:
            return Path(text).open("rb")
        except OSError as error:
            raise TargetError(f"{shown}: the archive cannot be read: {error.strerror}") from None
    if find_spec("fsspec") is None:
        raise TargetError(f"{shown}: opening it needs: pip install 'presscheck[warc]'")
    import fsspec

    try:
        return cast(IO[bytes], fsspec.open(text, "rb").open())
    except (ImportError, OSError, ValueError) as error:
        said = one_line(str(error)).strip()[:200]
        raise TargetError(f"{shown}: the archive cannot be opened: {said}") from None


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    start = file.read(2)
    file.seek(0)
    return cast(IO[bytes], gzip.GzipFile(fileobj=file)) if start == b"\x1f\x8b" else file


def _body(record: Any) -> bytes | None:
    """The payload without its codings; None where it is too large."""
    stream = record.content_stream()
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > LIMIT:
            return None
    return b"".join(pieces)


def _short(record: Any) -> bool:
    """Whether the record has fewer bytes than it says, or does not say it. Reads it to its end."""
    if not hasattr(record.raw_stream, "limit"):
        return True
    while record.raw_stream.read(_PIECE):
        pass
    return bool(record.raw_stream.limit > 0)
