"""What the user asks for -> Targets, each page once."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, urlsplit, urlunsplit

from checker.bounded import NO_FILE, no_file
from checker.clean import one_line
from checker.loading.folders import below, is_html
from checker.loading.options import Options, Target
from checker.loading.redact import redact_url
from checker.marks import Marks
from checker.page import Problem, Trouble

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_LONGEST = 16_384  # bytes of a line in a list
_SIZE = 50 * 2**20
"""A page on standard input has at most this many bytes; see ``static.LIMIT``."""


class TargetError(ValueError):
    """A target that cannot be audited at all; the message is one line and says what to do."""


def expand(
    texts: Iterable[str | Target], *, stdin: BinaryIO, public_url: str = ""
) -> Iterator[Target]:
    """The pages that the texts name, in order, each once. Those that are known already stand among them.

    A text is a file, a folder, a glob, an http(s) address, ``-`` (HTML on ``stdin``) or ``@FILE`` (a list of targets,
    one a line, ``#`` comments, relative to the list's folder). ``public_url`` that names a page rather than a folder
    (no slash at its end) becomes the address of the one file that was asked for.

    Raises TargetError for a text that names no page: not there, not readable, no HTML in it, an unknown scheme. What
    is unreadable inside a folder or a list is still a target, whose loading tells the problem.
    """
    if public_url:
        check_address(public_url, "--public-url")
    wanted = iter(texts)
    first = list(islice(wanted, 2))
    single = len(first) == 1 and _is_file(first[0])
    given = Marks()
    names = Names()
    for text in chain(first, wanted):
        for target in _targets(text, stdin) if isinstance(text, str) else [text]:
            if single and public_url and not public_url.endswith("/"):
                target = replace(target, address=public_url)
            if given.add(_identity(target)):
                yield names.own(target)


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
class Names:
    """The names under which reports show pages: of those of the same text the second is the text and (2)."""

    texts: Marks = field(default_factory=Marks)
    again: dict[str, int] = field(default_factory=dict)

    def own(self, target: Target) -> Target:
        """The target, its text made different from all before it."""
        if self.texts.add(target.text):
            return target
        number = self.again[target.text] = self.again.get(target.text, 1) + 1
        return replace(target, text=f"{target.text} ({number})")


def _identity(target: Target) -> str:
    if target.path is not None:
        return os.path.realpath(target.path)
    parts = urlsplit(target.url)
    # "#/" and "#!" lead to other pages of a single-page application; any other fragment only scrolls.
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    own = (parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, fragment)
    return "\0".join(own)


def _is_file(text: str | Target) -> bool:
    return isinstance(text, str) and (text == "-" or Path(text).is_file())


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
        target = _found(path, path.parent)
        if target.problem is None:
            _check_readable(path)
        yield target
    elif scheme := _SCHEME.match(text):
        if scheme[1].lower() not in ("http", "https"):
            raise TargetError(
                f"{redact_url(text)}: give a file or an address with http:// or https://"
            )
        yield at_address(text)
    elif glob.has_magic(text):
        yield from _glob(text, path)
    else:
        raise TargetError(
            f"{_clean(redact_url(text))}: no such file or folder; a web address begins with https://"
        )


def at_address(url: str, problem: Problem | None = None) -> Target:
    """The page at an http(s) address. Raises TargetError for what is no whole one."""
    check_address(url, "the address")
    return Target(_clean(redact_url(url)), url=url, problem=problem)


def _folder(folder: Path) -> Iterator[Target]:
    """All HTML below the folder, which is the site's root. A folder below it that cannot be read is a target too."""
    empty = True
    for path in map(Path, below(folder)):
        if path == folder:
            raise TargetError(
                f"{_shown(folder)}: this folder cannot be read: check its permissions"
            )
        empty = False
        yield _found(path, folder)
    if empty:
        raise TargetError(
            f"{_shown(folder)}: no HTML in this folder (*.html, *.htm, *.xhtml): give the folder of the pages"
        )


def _glob(text: str, pattern: Path) -> Iterator[Target]:
    """HTML files that the pattern meets; the root is the folder before its first wildcard."""
    paths = map(Path, glob.iglob(str(pattern), recursive=True))  # noqa: PTH207  takes absolute patterns
    files = [str(path) for path in paths if is_html(path.name) and not _is_folder(path)]
    files.sort(key=lambda name: os.path.normcase(name).replace(os.sep, "\0"))
    if not files:
        raise TargetError(f"{_clean(text)}: no HTML file matches: check the pattern")
    root = pattern
    while glob.has_magic(str(root)):
        root = root.parent
    for name in files:
        yield _found(Path(name), root)


def _found(path: Path, root: Path) -> Target:
    """A page's file, or one that a folder or a pattern came upon."""
    problem = Problem(Trouble.UNREADABLE, f"{NO_FILE}: no page") if no_file(path) else None
    return Target(_shown(path), path=path, root=root, problem=problem)


def _listed(path: Path) -> Iterator[Target]:
    """The targets of a list. What is not there is still a target; what is no target at all is an error."""
    empty = True
    for number, line in enumerate(_lines(path), 1):
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


def _lines(path: Path) -> Iterator[str]:
    if no_file(path):
        raise TargetError(f"@{_shown(path)}: {NO_FILE}, no list: give a file")
    try:
        with path.open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST + 1), b"")):
                if len(line) > _LONGEST or b"\0" in line:
                    where = f"{_shown(path)}:{number + 1}"
                    raise TargetError(
                        f"{where}: is no name of a page: a list is a text, one a line"
                    )
                kind = "utf-8" if number else "utf-8-sig"
                yield from line.decode(kind, errors="surrogateescape").splitlines()
    except OSError as error:
        raise TargetError(f"@{_shown(path)}: the list cannot be read: {error.strerror}") from None


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
