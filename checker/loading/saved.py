"""Saved pages: a folder a page, to be judged again later.

``page.json`` holds everything but what has a file of its own: ``source.html`` (the markup as served), ``page.html``
(the DOM, where it differs) and the pictures. Every file is held to its checksum, so that a part of a page is never
judged for the whole. ``order.txt`` beside the folders says in which order they were saved.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import msgspec

from checker.bounded import NO_FILE, no_file
from checker.page import Page, Picture

FORMAT = 1
"""The version of the format. A higher one is refused: it may mean what we do not know."""

_INDEX = "page.json"
_SOURCE = "source.html"
_DOM = "page.html"
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_LONGEST = 60
_HIDDEN = ".presscheck-"
_ORDER = "order.txt"
_ADVICE = "save the page again"


class SavedError(ValueError):
    """A saved page that cannot be written or read; the message is one line and says what to do."""


def folder_name(target: str) -> str:
    """The name of a target's folder: readable, the same for the same target, different for any other."""
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"^\w+://", "", target.lower())).strip("-")
    mark = hashlib.sha256(target.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    if len(slug) > _LONGEST:  # the end tells pages apart; it begins with a whole word
        slug = slug[-_LONGEST:].partition("-")[2]
    return f"{slug or 'page'}-{mark}"


def write(page: Page, directory: Path) -> Path:
    """Save a page as a folder below ``directory`` and return it. An earlier one of the same target is replaced. It is
    there whole or not at all. Raises SavedError where the disk or the folder does not let it."""
    place = directory / folder_name(page.target)
    beside = directory / f"{_HIDDEN}{secrets.token_hex(8)}"
    old = directory / f"{beside.name}-old"
    try:
        beside.mkdir(parents=True)
        try:
            for name, data in _files(page).items():
                (beside / name).write_bytes(data)
            if place.exists():
                place.rename(old)
            beside.rename(place)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
            if old.exists() and not place.exists():
                old.rename(place)
            shutil.rmtree(old, ignore_errors=True)
        _append(directory, place.name)
    except OSError as error:
        raise SavedError(f"{place}: the page cannot be saved: {error.strerror}") from error
    return place


def read(directory: Path) -> Page:
    """The page of a folder that ``write`` made. Raises SavedError where it is broken, incomplete or of a later
    version."""
    index = _index(directory)
    html = _file(directory, _SOURCE if index.source == "same" else _DOM, index.files)
    source = None if index.source == "none" else _file(directory, _SOURCE, index.files)
    fields = {
        **index.page,
        "html": _text(html),
        "source": None if source is None else _text(source),
    }
    try:
        page = msgspec.convert(fields, Page)
    except msgspec.ValidationError as error:
        raise SavedError(f"{directory / _INDEX}: broken ({error}): {_ADVICE}") from None
    pictures = (
        Picture(
            facts.element,
            facts.media_type,
            facts.width,
            facts.height,
            _file(directory, _picture_name(number, facts.media_type), index.files),
        )
        for number, facts in enumerate(index.pictures)
    )
    return replace(page, pictures=tuple(pictures))


def read_all(directory: Path) -> Iterator[Page]:
    """The pages saved below a folder, in the order in which they were saved first (others by name after them); or the
    one page that the folder itself is. Raises SavedError where there is none, where one that was saved is gone, or for
    the first that cannot be read."""
    if (directory / _INDEX).exists():
        yield read(directory)
        return
    try:
        entries = sorted(directory.iterdir())
        ranks = {name: rank for rank, name in enumerate(_saved_order(directory))}
    except OSError as error:
        raise SavedError(f"{directory}: cannot be read: {error.strerror}") from None
    places = [entry for entry in entries if entry.is_dir() and not entry.name.startswith(".")]
    if not places:
        raise SavedError(f"{directory}: no saved page: make one by presscheck save TARGET -o DIR")
    if gone := ranks.keys() - {place.name for place in places}:
        name = min(gone, key=ranks.__getitem__)
        advice = f"save it again, or take it out of {_ORDER}"
        raise SavedError(f"{directory}: {name!a} was saved, and is gone: {advice}")
    for place in sorted(places, key=lambda place: ranks.get(place.name, len(ranks))):
        yield read(place)


def _saved_order(directory: Path) -> list[str]:
    """Names of folders in the order of saving, so that the pages' report has the order of their audit's."""
    path = directory / _ORDER
    return path.read_text("utf-8", "replace").split() if path.is_file() else []


def _append(directory: Path, name: str) -> None:
    if name not in _saved_order(directory):
        with (directory / _ORDER).open("a", encoding="utf-8") as order:
            order.write(f"{name}\n")


def _files(page: Page) -> dict[str, bytes]:
    """The files of a saved page by name, the index last."""
    source: Literal["none", "same", "apart"]
    source = "none" if page.source is None else "same" if page.source == page.html else "apart"
    files: dict[str, bytes] = {}
    if page.source is not None:
        files[_SOURCE] = _bytes(page.source)
    if source != "same":
        files[_DOM] = _bytes(page.html)
    for number, picture in enumerate(page.pictures):
        files[_picture_name(number, picture.media_type)] = picture.data
    fields = msgspec.to_builtins(
        replace(page, html="", source=None, pictures=()), order="deterministic"
    )
    index = _Index(
        format=FORMAT,
        source=source,
        files={name: _mark(data) for name, data in files.items()},
        pictures=[_Facts(p.element, p.media_type, p.width, p.height) for p in page.pictures],
        page={
            key: value for key, value in fields.items() if key not in ("html", "source", "pictures")
        },
    )
    # As characters, not as escapes: a browser's lone surrogates come back as they were.
    return files | {
        _INDEX: _bytes(json.dumps(msgspec.to_builtins(index), ensure_ascii=False, indent=1))
    }


class _Facts(msgspec.Struct):
    """A picture without its data."""

    element: int | None
    media_type: str
    width: int
    height: int


class _Index(msgspec.Struct):
    """``page.json``. ``source`` says where the markup as served is: none, the same as the judged one, or apart."""

    format: int
    source: Literal["none", "same", "apart"]
    files: dict[str, str]
    pictures: list[_Facts]
    page: dict[str, Any]


def _index(directory: Path) -> _Index:
    path = directory / _INDEX
    try:
        index = json.loads(_text(_plain_file(path)))
    except FileNotFoundError:
        raise SavedError(f"{directory}: no saved page ({_INDEX} is missing): {_ADVICE}") from None
    except OSError as error:
        raise SavedError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise SavedError(f"{path}: broken, it is no JSON: {_ADVICE}") from None
    version = index.get("format") if isinstance(index, dict) else None
    if isinstance(version, int) and version > FORMAT:
        raise SavedError(f"{path}: saved by a later presscheck (format {version}): use that one")
    try:
        return msgspec.convert(index, _Index)
    except msgspec.ValidationError as error:
        raise SavedError(f"{path}: broken ({error}): {_ADVICE}") from None


def _file(directory: Path, name: str, held: dict[str, str]) -> bytes:
    """A file of the page. Names are ours, never the index's, so none leads out of the folder."""
    path = directory / name
    try:
        data = _plain_file(path)
    except OSError as error:
        raise SavedError(f"{path}: cannot be read ({error.strerror}): {_ADVICE}") from None
    if held.get(name) != _mark(data):
        raise SavedError(f"{path}: not what was saved (its checksum differs): {_ADVICE}")
    return data


def _plain_file(path: Path) -> bytes:
    if path.is_symlink():  # a hostile folder could show any file of ours in its report
        raise FileNotFoundError(0, "a link, not a file", str(path))
    if no_file(path):
        raise OSError(0, f"{NO_FILE}, not a file", str(path))
    return path.read_bytes()


def _picture_name(number: int, media_type: str) -> str:
    return f"picture-{number:05}.{_SUFFIXES.get(media_type, 'bin')}"


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
