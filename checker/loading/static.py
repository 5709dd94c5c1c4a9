"""Files and standard input -> Pages, without a browser."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from checker.loading.encoding import decode
from checker.loading.options import Options, Target
from checker.loading.redact import scrub
from checker.loading.targets import public_address
from checker.loading.trouble import find_trouble
from checker.page import Missing, Mode, Need, Page, Problem, Trouble
from checker.verdict import Cause

LIMIT = 50 * 2**20
"""The most bytes that a document may have."""
TOO_LARGE = f"larger than {LIMIT >> 20} MB: too large to be judged: split the page into several"

_NO_SERVER = "a local file has no server of its own"


@dataclass(frozen=True)
class Source:
    """A document's text as its file has it, and what a reader should know of the reading."""

    text: str
    notes: tuple[str, ...] = ()


def now() -> str:
    """When a page is loaded: ISO 8601 in UTC; SOURCE_DATE_EPOCH (seconds) where a build must be reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def unrendered(cause: Cause, reason: str) -> tuple[Missing, ...]:
    """What a page lacks that no browser laid out."""
    return Missing(Need.RENDERED, cause, reason), Missing(Need.AXE, cause, reason)


def unserved() -> tuple[Missing, ...]:
    """What a local file lacks: everything that only its own server shows."""
    needs = (Need.TRANSPORT, Need.TLS, Need.HTTP_PROBE)
    return tuple(Missing(need, Cause.OUT_OF_REACH, _NO_SERVER) for need in needs)


def read_source(target: Target) -> Source | Problem:
    """The text of a file or of standard input, decoded as browsers do; a Problem where it cannot be read."""
    data = document_of(target)
    if isinstance(data, Problem):
        return data
    decoded = decode(data)
    return Source(decoded.text, decoded.notes)


def document_of(target: Target) -> bytes | Problem:
    """The bytes of a file or of standard input; a Problem where it cannot be read or has more than ``LIMIT``."""
    data = _bytes_of(target)
    if not isinstance(data, Problem) and len(data) > LIMIT:
        return Problem(Trouble.TOO_LARGE, TOO_LARGE)
    return data


def _bytes_of(target: Target) -> bytes | Problem:
    """What the file has, a byte more than may be at most; what stands in ``html`` was read before."""
    if target.html is not None or target.path is None:
        return target.html or b""
    try:
        with target.path.open("rb") as file:
            return file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        return Problem(Trouble.UNREADABLE, f"the file cannot be read: {_reason(error)}")


def packed(target: Target) -> Target:
    """The target with all that is read of its file, for a machine that does not have it; the same where it cannot be
    read."""
    if target.path is None or target.problem is not None:
        return target
    data = _bytes_of(target)
    if isinstance(data, Problem):
        return target
    return replace(target, html=data, source_path=source_path(target))


def load_file(target: Target, options: Options, gaps: tuple[Missing, ...] = ()) -> Page:
    """The page of a file or of standard input, as its source has it. ``gaps`` say why nothing was rendered
    (``unrendered``). A file that cannot be read, or is no article, is a page with a problem."""
    source = read_source(target)
    address = public_address(target, options)
    if isinstance(source, Problem):
        return scrub(problem_page(target, source, options, gaps), options)
    page = Page(
        target=target.text,
        url=address,
        mode=Mode.STATIC,
        html=source.text,
        loaded_at=now(),
        source=source.text,
        source_path=source_path(target),
        missing=(*gaps, *unserved()),
        problem=find_trouble(None, "", source.text, address, address),
        notes=source.notes,
    )
    return scrub(page, options)


def problem_page(
    target: Target, problem: Problem, options: Options, gaps: tuple[Missing, ...] = ()
) -> Page:
    """The page of a target of which nothing could be seen."""
    return Page(
        target=target.text,
        url=target.url or public_address(target, options),
        mode=Mode.STATIC,
        html="",
        loaded_at=now(),
        source_path=source_path(target),
        missing=gaps if target.url else (*gaps, *unserved()),
        problem=problem,
    )


def source_path(target: Target) -> str:
    """The target's file relative to where the command runs; empty where there is no file."""
    if target.path is None or target.source_path:
        return target.source_path
    try:
        return Path(os.path.relpath(target.path)).as_posix()
    except ValueError:  # on another drive
        return target.path.as_posix()


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
