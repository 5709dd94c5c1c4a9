"""The dashboard as a folder of files: the same bytes for the same history and day, whole or not at all."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checker.clean import one_line
from checker.dashboard import pages_routes, rendering, site_pages
from checker.dashboard.desk import Desk, Shown
from checker.dashboard.places import VIEWS, site_path
from checker.dashboard.rendering import Frame
from checker.history.database import History, Reader
from checker.history.errors import HistoryError
from checker.history.queries import pages, runs
from checker.rule import Criterion

MARK = ".presscheck-dashboard"
_BATCH = 1000


@dataclass(frozen=True)
class Built:
    """What was written."""

    folder: Path
    sites: int
    files: int


def build(
    history: History, folder: Path, moment: datetime, criteria: Mapping[str, Criterion]
) -> Built:
    """Write the dashboard of a history, as of a moment, into a folder that is new, empty or an earlier dashboard: it
    takes the earlier one's place when it is whole. Raises HistoryError for another folder, a full disk, another build
    of the same folder, or a database that does not answer."""
    place = Path(os.path.realpath(folder))
    _check(place)
    try:
        with _beside(place) as made, history.reading() as connection:
            found = _write(connection, made, moment, criteria)
            _swap(made, place)
    except OSError as error:
        said = error.strerror or error
        raise HistoryError(f"{one_line(str(folder))}: cannot be written: {said}") from None
    return Built(folder, *found)


def _check(place: Path) -> None:
    if not place.parent.is_dir():
        raise HistoryError(f"{place}: the folder {place.parent} is not there; create it first")
    if place.exists() and not place.is_dir():
        raise HistoryError(f"{place} is a file; name a folder")
    if place.is_dir() and any(place.iterdir()) and not (place / MARK).is_file():
        raise HistoryError(
            f"{place} holds other files and is no dashboard; name a new or an empty folder"
        )


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """A new folder beside the one that is built; nothing is left of it. What a killed build left is taken away."""
    made = place.parent / f".{place.name}.building"
    made.mkdir(exist_ok=True)
    with _alone(made):
        for each in made.iterdir():
            shutil.rmtree(each)
        work = made / "new"
        work.mkdir()
        try:
            yield work
        finally:
            shutil.rmtree(made)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two builds never write one folder. Where the system has no such lock, nobody watches."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise HistoryError(f"{folder}: another build of this dashboard goes on") from None
    finally:
        os.close(handle)


def _swap(made: Path, place: Path) -> None:
    """Put the new folder in the old one's place: at once where the system can exchange two."""
    if not place.exists():
        made.rename(place)
        return
    if not _exchange(made, place):
        place.rename(made.parent / "old")
        made.rename(place)


def _exchange(one: Path, other: Path) -> bool:
    """Linux's renameat2 with RENAME_EXCHANGE; False where it is not there."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    here = -100  # AT_FDCWD
    return rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), 2) == 0


def _write(
    connection: Reader, root: Path, moment: datetime, criteria: Mapping[str, Criterion]
) -> tuple[int, int]:
    files = 0

    def put(path: str, html: str) -> None:
        nonlocal files
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(html.encode("utf-8", "replace"))
        files += 1

    (root / "assets").mkdir()
    for name, body in rendering.assets().files.items():
        (root / "assets" / name).write_bytes(body)
    (root / MARK).write_text("Made by presscheck; the next build replaces this folder.\n")
    found = runs.sites(connection)
    put("index.html", pages_routes.of_sites(connection, moment, criteria, Frame("index.html", False)))  # fmt: skip
    for site in found:
        _write_site(Desk(connection, site, moment, criteria), put)
    return len(found), files


def _write_site(desk: Desk, put: Callable[[str, str], None]) -> None:
    name = desk.site.name
    for view in VIEWS:
        path = site_path(name, view)
        put(path, rendering.of_site(desk, site_pages.whole(desk, view), Frame(path, False)))
    for number in _numbers(desk):
        _write_thing(desk, "page", str(number), put)
    for rule in desk.rules:
        _write_thing(desk, "rule", site_pages.name_of(rule), put)
    for shared in desk.shared:
        _write_thing(desk, "fault", site_pages.name_of(shared), put)
    for point in desk.trend:
        _write_thing(desk, "run", point.id[:16], put)


def _write_thing(desk: Desk, kind: str, name: str, put: Callable[[str, str], None]) -> None:
    """Write a thing's page, and the further ones of its list: ``name~2.html`` … (no name has a tilde)."""
    start = f"{name}.html"
    part, after = 1, ""
    while True:
        shown: Shown = site_pages.thing(desk, kind, name, after)
        here = name if part == 1 else f"{name}~{part}"
        onward = f"{name}~{part + 1}.html"
        path = site_path(desk.site.name, f"{kind}/{here}")
        frame = Frame(path, False, lambda _, onward=onward: onward, start if part > 1 else "")  # type: ignore[misc]
        put(path, rendering.of_site(desk, shown, frame))
        if not shown.next:
            return
        part, after = part + 1, shown.next


def _numbers(desk: Desk) -> Iterator[int]:
    after = ""
    while batch := pages.pages(desk.connection, desk.number, after=after, limit=_BATCH):
        yield from (row.number for row in batch)
        after = batch[-1].key
