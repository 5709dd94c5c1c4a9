"""The HTML report of many pages: files of some pages each, and an index that leads to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol
from urllib.parse import quote

from checker.gate import Policy
from checker.outputs import _gather, _words
from checker.outputs._overview import File, Overview
from checker.outputs._survey import Tally
from checker.outputs.html import Paper, Part
from checker.repeats import EACH, faults_of
from checker.report import Audit, Audits, Counting, Report

MOST = 500
"""Pages of a report that is one file at most."""
PICTURES = _gather.PICTURES * EACH // MOST
"""Characters of pictures in such a file."""
MARK = b'<meta name="presscheck" content="part">'
"""Stands in the head of each, and in no other file of ours."""


class Keep(Audits, Protocol):
    """Holds audits that need not fit in memory."""

    def add(self, audit: Audit) -> None: ...


type Keeping = Callable[[], AbstractContextManager[Keep]]


@dataclass(frozen=True)
class Piece:
    """A file: its name, in the folder of the parts but for the index (which is last, and has none), and its text."""

    name: str
    text: Iterable[str]


def pieces(
    report: Report, policy: Policy, index: str, folder: str, keeping: Keeping
) -> Iterator[Piece]:
    """The report's files; each is to be written before the next is asked for. ``index`` is the name of the index,
    ``folder`` that of the folder beside it in which the parts will lie; ``keeping`` opens what holds a part's pages."""
    paper = Paper()
    seen = Overview({rule.id: Tally(rule) for rule in report.rules})
    files: list[File] = []
    pages = len(report.audits)
    of = -(-pages // EACH)
    number = 0
    walk = iter(report.audits)
    for turn in range(1, of + 1):
        with keeping() as kept:
            counting = Counting()
            names = []
            for audit in islice(walk, EACH):
                number += 1
                names.append(_words.page_name(audit))
                seen.add(number, audit, policy)
                counting.add(audit)
                kept.add(audit)
            first = number - len(names) + 1
            files.append(
                File(
                    first,
                    number,
                    f"{quote(folder)}/{_name(turn)}",
                    (names[0], names[-1]),
                    counting.counts(),
                )
            )
            part = Part(
                turn, of, first, number, pages, f"../{quote(index)}",
                _name(turn - 1) if turn > 1 else "", _name(turn + 1) if turn < of else "",
            )  # fmt: skip
            own = replace(
                report, audits=kept, counts=files[-1].counts, comparison=None, waivers=(), notes=()
            )
            yield Piece(_name(turn), paper.whole(own, policy, pictures=PICTURES, part=part))
    shared: dict[str, list[object]] = {}
    for fault in faults_of(report):
        shared.setdefault(fault.finding.rule, []).append(fault)
    tallies = sorted((t for t in seen.tallies.values() if t.on), key=lambda tally: tally.order)
    yield Piece(
        "",
        paper.print(
            "index.html", report, policy, seen,
            part=None, files=files, tallies=tallies, shared=shared, href=_href(folder),
        ),
    )  # fmt: skip


def _name(turn: int) -> str:
    return f"{turn:04}.html"


def _href(folder: str) -> Callable[[int], str]:
    """The address of a page's section, from the index."""

    def href(number: int) -> str:
        turn, place = divmod(number - 1, EACH)
        return f"{quote(folder)}/{_name(turn + 1)}#p{place + 1}"

    return href
