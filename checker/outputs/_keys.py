"""What a page is called where its address does not do."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from checker.marks import Marks
from checker.report import Audit

_KEY = 240
_NOT_IN_KEY = re.compile(r"[^\w/~-]+")


@dataclass
class Keys:
    """Page keys without dots and scheme, each given once: two pages never share a case's identity. ``base`` is the
    folder of the run below the top of its repository, empty at the top and outside of any."""

    base: str = ""
    taken: Marks = field(default_factory=Marks)

    def key(self, audit: Audit) -> str:
        text = re.sub(r"^\w+://", "", audit.url or audit.source_path or audit.target)
        text = re.sub(r"(/index)?\.x?html?$", "", text.split("#")[0])
        base = _NOT_IN_KEY.sub("_", text).strip("/_")[:_KEY] or "page"
        key, turn = base, 1
        while not self.taken.add(key):
            turn += 1
            key = f"{base}~{turn}"
        return key

    def file(self, audit: Audit) -> str:
        """The file that a code host shows for the page, from the top of the repository: its source, else (an address,
        a file elsewhere) a name below ``a11y/``. Both are called once a page: a second call gives a second name."""
        path = audit.source_path.replace("\\", "/")
        if path and not path.startswith("/") and ":" not in path:
            whole = posixpath.normpath(posixpath.join(self.base, path))
            if whole != ".." and not whole.startswith("../"):
                return whole
        return f"a11y/{self.key(audit)}.html"


def base_of(folder: str, top: str | None) -> str:
    """``folder`` below ``top`` as ``Keys`` wants it; both are absolute POSIX paths, ``top`` None outside of a
    repository."""
    if top is None or folder == top:
        return ""
    return posixpath.relpath(folder, top)
