"""What a folder of a site has of pages, found on the way: of a folder no more than its names is in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


def below(top: Path) -> Iterator[str]:
    """HTML files below a folder, and folders that cannot be read, in the order of their names; of one folder on the
    way only the names are kept. Folders that links lead to are not gone into."""
    stack = [("", [os.path.join(top, "")])]  # noqa: PTH118  a folder's name ends in a separator
    while stack:
        place, names = stack[-1]
        if not names:
            stack.pop()
            continue
        path = place + names.pop()
        if not path.endswith(os.sep):
            yield path
            continue
        try:
            stack.append((path, _names(path)))
        except OSError:
            yield path


def _names(folder: str) -> list[str]:
    """What is to be looked at in a folder, the first last."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if _leads_to_folder(entry):
                if not entry.is_symlink():
                    found.append(f"{entry.name}{os.sep}")
            elif is_html(entry.name):
                found.append(entry.name)
    found.sort(key=lambda name: os.path.normcase(name.removesuffix(os.sep)), reverse=True)
    return found


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def is_html(name: str) -> bool:
    """Whether a file of that name is taken for a page."""
    return Path(name).suffix.lower() in SUFFIXES
