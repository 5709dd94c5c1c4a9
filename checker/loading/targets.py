"""What the user asks for -> Targets, each page once."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, urlsplit, urlunsplit

from checker.clean import one_line
from checker.loading.options import Options, Target
from checker.loading.redact import redact_url
from checker.page import Problem, Trouble

SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_SIZE = 50 * 2**20
"""A page on standard input has at most this many bytes; see ``static.LIMIT``."""


class TargetError(ValueError):
    """A target that cannot be audited at all; the message is one line and says what to do."""


def expand(texts: Iterable[str], *, stdin: BinaryIO, public_url: str = "") -> Iterator[Target]:
    """The pages that the texts name, in order, each once.

    A text is a file, a folder, a glob, an http(s) address, ``-`` (HTML on ``stdin``) or ``@FILE`` (a list of targets,
    one a line, ``#`` comments, relative to the list's folder). ``public_url`` that names a page rather than a folder
    (no slash at its end) becomes the address of the one file that was asked for.

    Raises TargetError for a text that names no page: not there, not readable, no HTML in it, an unknown scheme. What
    is unreadable inside a folder or a list is still a target, whose loading tells the problem.
    """
    wanted = list(texts)
    if public_url:
        check_address(public_url, "--public-url")
    seen = _Seen()
    single = len(wanted) == 1 and (wanted[0] == "-" or Path(wanted[0]).is_file())
    for text in wanted:
        for target in _targets(text, stdin):
            if single and public_url and not public_url.endswith("/"):
                target = replace(target, address=public_url)
            yield from seen.fold(target)


def public_address(target: Target, options: Options) -> str:
    """The address at which readers will get a local target, by ``Options.public_url``; empty without one, and for a
    target that is an address itself. ``index.html`` stands for its folder."""
    if target.url or not options.public_url:
        return ""
    if target.address or target.path is None:
        return target.address or options.public_url
    base = urlsplit(options.public_url)
    place = target.path.name
    if target.root is not None and target.path.is_relative_to(target.root):
        place = target.path.relative_to(target.root).as_posix()
    folder, _, name = place.rpartition("/")
    place = place if name != "index.html" else f"{folder}/" if folder else ""
    path = f"{base.path.rstrip('/')}/{quote(place.encode(errors='surrogateescape'))}"
    return urlunsplit((base.scheme, base.netloc, path, "", ""))


@dataclass
class _Seen:
    """Pages already given, and the names under which reports show them."""

    pages: set[object] = field(default_factory=set)
    texts: dict[str, int] = field(default_factory=dict)

    def fold(self, target: Target) -> Iterator[Target]:
        """The target unless its page was given before; its text made different from all others'."""
        page = _identity(target)
        if page in self.pages:
            return
        self.pages.add(page)
        number = self.texts[target.text] = self.texts.get(target.text, 0) + 1
        yield target if number == 1 else replace(target, text=f"{target.text} ({number})")


def _identity(target: Target) -> object:
    if target.path is not None:
        return Path(os.path.realpath(target.path))
    parts = urlsplit(target.url)
    # "#/" and "#!" lead to other pages of a single-page application; any other fragment only scrolls.
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return (parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, fragment)


def _targets(text: str, stdin: BinaryIO) -> Iterator[Target]:
    if text == "-":
        yield Target("standard input", html=stdin.read(_SIZE + 1))
    elif text.startswith("@") and not Path(text).exists():
        yield from _listed(Path(text[1:]))
    else:
        yield from _named(text, Path())


def _named(text: str, base: Path) -> Iterator[Target]:
    """The pages of a file, a folder, a glob or an address. Raises TargetError where there is none."""
    if not text.strip():
        raise TargetError("a target is empty: give a file, a folder or an address")
    path = base / text
    if _is_folder(path):
        yield from _folder(path)
    elif _is_there(path):
        _check_readable(path)
        yield Target(_shown(path), path=path, root=path.parent)
    elif scheme := _SCHEME.match(text):
        if scheme[1].lower() not in ("http", "https"):
            raise TargetError(
                f"{redact_url(text)}: give a file or an address with http:// or https://"
            )
        check_address(text, "the address")
        yield Target(_clean(redact_url(text)), url=text)
    elif glob.has_magic(text):
        yield from _glob(text, path)
    else:
        raise TargetError(
            f"{_clean(redact_url(text))}: no such file or folder; a web address begins with https://"
        )


def _folder(folder: Path) -> Iterator[Target]:
    """All HTML below the folder, which is the site's root. A folder below it that cannot be read is a target too."""
    unreadable: list[Path] = []
    files: list[Path] = []

    def note(error: OSError) -> None:
        unreadable.append(Path(error.filename))

    for place, folders, names in os.walk(folder, onerror=note):
        folders.sort()
        files += [Path(place, name) for name in names if Path(name).suffix.lower() in SUFFIXES]
    if folder in unreadable:
        raise TargetError(f"{_shown(folder)}: this folder cannot be read: check its permissions")
    if not files and not unreadable:
        raise TargetError(
            f"{_shown(folder)}: no HTML in this folder (*.html, *.htm, *.xhtml): give the folder of the pages"
        )
    for path in sorted([*files, *unreadable]):
        yield _found(path, folder)


def _glob(text: str, pattern: Path) -> Iterator[Target]:
    """HTML files that the pattern meets; the root is the folder before its first wildcard."""
    paths = [Path(name) for name in glob.glob(str(pattern), recursive=True)]  # noqa: PTH207  takes absolute patterns
    files = sorted(p for p in paths if p.suffix.lower() in SUFFIXES and not _is_folder(p))
    if not files:
        raise TargetError(f"{_clean(text)}: no HTML file matches: check the pattern")
    root = pattern
    while glob.has_magic(str(root)):
        root = root.parent
    for path in files:
        yield _found(path, root)


def _found(path: Path, root: Path) -> Target:
    """A page that a folder or a pattern came upon. A pipe or a device among them is not opened: it might never end."""
    problem = None
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            problem = Problem(Trouble.UNREADABLE, "a pipe, a socket or a device: no page")
    except OSError:
        pass  # told when it is read
    return Target(_shown(path), path=path, root=root, problem=problem)


def _listed(path: Path) -> Iterator[Target]:
    """The targets of a list. What is not there is still a target; what is no target at all is an error."""
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise TargetError(f"@{_shown(path)}: the list cannot be read: {error.strerror}") from None
    empty = True
    for number, line in enumerate(text.splitlines(), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        empty = False
        if entry == "-" or (entry.startswith("@") and not (path.parent / entry).exists()):
            raise TargetError(
                f"{_shown(path)}:{number}: a list names files, folders and addresses only"
            )
        yield from _entry(entry, f"{_shown(path)}:{number}", path.parent)
    if empty:
        raise TargetError(f"@{_shown(path)}: the list names no target: write one a line")


def _entry(entry: str, where: str, base: Path) -> Iterator[Target]:
    try:
        yield from _named(entry, base)
    except TargetError as error:
        if _SCHEME.match(entry):
            raise TargetError(f"{where}: {error}") from None
        path = base / entry
        yield Target(_shown(path), path=path, root=path.parent)


def _check_readable(path: Path) -> None:
    try:
        with path.open("rb"):
            return
    except OSError as error:
        raise TargetError(f"{_shown(path)}: cannot be read: {error.strerror}") from None


def check_address(address: str, what: str) -> None:
    """Raises TargetError for what is no whole http(s) address; ``what`` says what it is."""
    try:
        parts = urlsplit(address)
        good = (
            parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
        )
    except ValueError:
        good = False
    if not good or re.search(r"[\s\x00-\x1f\x7f]", address):
        raise TargetError(
            f"{_clean(redact_url(address))}: {what} must be a whole one, such as https://www.agency.gov/news/"
        )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (
        OSError,
        ValueError,
    ):  # a name that no file system takes, or a folder that lets nobody in
        return False


def _is_there(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):
        return False


def _shown(path: Path) -> str:
    return _clean(str(path))


def _clean(text: str) -> str:
    """One line of valid Unicode: file names are bytes."""
    return one_line(text.encode(errors="surrogateescape").decode(errors="replace"))
