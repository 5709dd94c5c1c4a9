"""Of which elements of a page a report will show a picture."""

from __future__ import annotations

import threading

from checker.pages import page_key
from checker.repeats import EACH, shared_key
from checker.report import Audit
from checker.verdict import Verdict

type Key = tuple[object, ...]

_LATE = 2
"""So many files of pages, one after the other, are in hand at most."""


def shown(audit: Audit) -> dict[int, set[Key | None]]:
    """The elements that failed or need a look, by number, with what may make their findings one with those of other
    pages (None: nothing does)."""
    found: dict[int, set[Key | None]] = {}
    page = page_key(audit)
    for finding in audit.findings():
        where = finding.outcome.where
        if (
            where
            and where.element is not None
            and finding.outcome.verdict is not Verdict.NOT_TESTED
        ):
            found.setdefault(where.element, set()).add(shared_key(page, finding))
    return found


class Pictured:
    """What a run has pictures of, for reports that tell what pages share where they meet it first in a file. Pages are
    numbered from 0 in the order of the report, but come in any; threads may share this."""

    def __init__(self) -> None:
        self._first: dict[int, dict[Key, int]] = {}
        self._lock = threading.Lock()

    def wanted(self, number: int, audit: Audit) -> list[int]:
        """Numbers of the page's elements of which the report will show a picture: not those whose findings are all
        pictured on a page before it."""
        with self._lock:
            known = {
                key for key, first in self._first.get(number // EACH, {}).items() if first < number
            }
        return [element for element, keys in shown(audit).items() if not keys <= known]

    def add(self, number: int, audit: Audit) -> None:
        """Note what the page, by this audit, has pictures of."""
        pictured = {picture.element for picture in audit.pictures}
        keys = {
            key
            for element, keys in shown(audit).items()
            if element in pictured
            for key in keys
            if key is not None
        }
        with self._lock:
            file = self._first.setdefault(number // EACH, {})
            for key in keys:
                file[key] = min(number, file.get(key, number))
            for old in [old for old in self._first if old <= number // EACH - _LATE]:
                del self._first[old]
