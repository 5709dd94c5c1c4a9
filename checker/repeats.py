"""What repeats over the pages of a run: faults of the template, told once with their count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from checker.marks import Marks
from checker.pages import host_of, page_key
from checker.report import Audit, Finding, Report
from checker.verdict import Region, Verdict

EACH = 100
"""Pages in a file of a report of many files: each file tells what its own pages share."""
_EXAMPLES = 3
_KEPT = 2_048
"""So many different faults of the template are kept as they come."""
_TOLD = (Verdict.FAIL, Verdict.REVIEW)
LEAST_PAGES = 3
LEAST_SHARE = 0.25
_EACH = 64
"""What is on less than one page of so many is far from ``LEAST_SHARE``."""


@dataclass(frozen=True)
class TemplateFault:
    """A fault that pages of a host share: the finding on the first of them, on how many it is, the first few pages."""

    finding: Finding
    host: str
    pages: int
    examples: tuple[str, ...]


def faults_of(report: Report) -> tuple[TemplateFault, ...]:
    """The ``template_faults`` of all pages of a run."""
    return report.found(Faults)


def template_faults(audits: Iterable[Audit]) -> tuple[TemplateFault, ...]:
    """Failures and reviews of the template that stand on more than one page of a host, in the order in which they
    come."""
    faults = Faults()
    for audit in audits:
        faults.add(audit)
    return faults.told(audits)


class Faults:
    """Finds the ``template_faults`` of pages. One walk, in which the first ``_KEPT`` different ones stay in memory and
    of others a mark; a second where any of those came again."""

    def __init__(self) -> None:
        self._first: dict[tuple[object, ...], _Told] = {}
        self._others, self._again = Marks(), set[tuple[object, ...]]()

    def add(self, audit: Audit) -> None:
        """Look at a page."""
        for key, finding in _shared(audit):
            if (told := self._first.get(key)) is not None:
                told.add(audit)
            elif len(self._first) < _KEPT:
                self._first[key] = _Told(finding, audit)
            elif not self._others.add(repr(key)):
                self._again.add(key)

    def of(self, report: Report) -> tuple[TemplateFault, ...]:
        """All of them."""
        return self.told(report.audits)

    def told(self, audits: Iterable[Audit]) -> tuple[TemplateFault, ...]:
        """All of them; ``audits`` are those that were added."""
        late: dict[tuple[object, ...], _Told] = {}
        for audit in audits if self._again else ():
            for key, finding in _shared(audit):
                if (told := late.get(key)) is not None:
                    told.add(audit)
                elif key in self._again:
                    late[key] = _Told(finding, audit)
        found = chain(self._first.items(), late.items())
        return tuple(told.fault(str(key[0])) for key, told in found if told.pages > 1)


def _shared(audit: Audit) -> Iterator[tuple[tuple[object, ...], Finding]]:
    page = page_key(audit)
    for finding in audit.judged():
        if (key := shared_key(page, finding)) is not None:
            yield key, finding


class _Told:
    """A finding, on how many pages it is, and the first few of them."""

    __slots__ = ("_examples", "_finding", "pages")

    def __init__(self, finding: Finding, audit: Audit) -> None:
        self._finding = finding
        self._examples: list[str] = []
        self.pages = 0
        self.add(audit)

    def add(self, audit: Audit) -> None:
        """Count a page."""
        self.pages += 1
        if len(self._examples) < _EXAMPLES:
            self._examples.append(audit.url or audit.target)

    def fault(self, host: str) -> TemplateFault:
        """What is told of it."""
        return TemplateFault(self._finding, host, self.pages, tuple(self._examples))


def shared_key(page: str, finding: Finding) -> tuple[object, ...] | None:
    """What makes two template findings of a host one: the fingerprint, and how they weigh. None for others."""
    if finding.region is not Region.TEMPLATE or finding.outcome.verdict not in _TOLD:
        return None
    waived = finding.waiver and (finding.waiver.expires, finding.waiver.expired)
    return host_of(page), finding.fingerprint, finding.severity, finding.status, waived


class Repeated:
    """Finds failures that the article model finds in articles but that repeat on ``LEAST_PAGES`` pages and
    ``LEAST_SHARE`` of the host's: the template's all the same. Only what has a picture or target can be the same on two
    pages. One walk, a second where that leaves doubt; memory is that of what repeats."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Often] = defaultdict(_Often)

    def add(self, audit: Audit) -> None:
        """Look at a page."""
        host, marks = _of_page(audit)
        self._hosts[host].add(marks)

    def found(self, audits: Iterable[Audit]) -> frozenset[tuple[str, str]]:
        """Host and fingerprint of each; ``audits`` are those that were added."""
        hosts = self._hosts
        found = {(host, mark) for host, often in hosts.items() for mark in often.surely()}
        doubts = {host: unsure for host, often in hosts.items() if (unsure := often.perhaps())}
        if doubts:
            exact = Counter(
                (host, mark)
                for host, marks in map(_of_page, audits)
                for mark in marks & doubts.get(host, frozenset())
            )
            found.update(each for each, number in exact.items() if number >= hosts[each[0]].least)
        return frozenset(found)


def repeated(audits: Iterable[Audit]) -> frozenset[tuple[str, str]]:
    """What ``Repeated`` finds in these."""
    repeats = Repeated()
    for audit in audits:
        repeats.add(audit)
    return repeats.found(audits)


def _of_page(audit: Audit) -> tuple[str, set[str]]:
    marks = {finding.fingerprint for finding in audit.judged() if _may_repeat(finding)}
    return host_of(page_key(audit)), marks


class _Often:
    """Counts what a host's pages have, and forgets what is seldom (lossy counting, Manku and Motwani 2002): what was
    forgotten is on less than one page of ``_EACH``, and what came again later is counted too low by as much at most."""

    def __init__(self) -> None:
        self._pages = 0
        self._counts: Counter[str] = Counter()
        self._missed: dict[str, int] = {}

    def add(self, marks: set[str]) -> None:
        """Count a page."""
        forgotten = self._pages // _EACH
        self._pages += 1
        for mark in marks:
            if forgotten and mark not in self._counts:
                self._missed[mark] = forgotten
            self._counts[mark] += 1
        if self._pages % _EACH == 0:
            for mark in [mark for mark in self._counts if self._most(mark) <= forgotten + 1]:
                del self._counts[mark]
                self._missed.pop(mark, None)

    @property
    def least(self) -> float:
        """On so many pages it must be."""
        return max(LEAST_PAGES, LEAST_SHARE * self._pages)

    def _most(self, mark: str) -> int:
        return self._counts[mark] + self._missed.get(mark, 0)

    def surely(self) -> frozenset[str]:
        """What is on enough pages."""
        return frozenset(mark for mark, number in self._counts.items() if number >= self.least)

    def perhaps(self) -> frozenset[str]:
        """What may be on enough pages, if it was on some of which that was forgotten."""
        return frozenset(
            mark for mark, number in self._counts.items() if number < self.least <= self._most(mark)
        )


def _may_repeat(finding: Finding) -> bool:
    where = finding.outcome.where
    return (
        finding.region is Region.ARTICLE
        and finding.outcome.verdict in _TOLD
        and where is not None
        and bool(where.resource)
    )
