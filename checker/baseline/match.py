"""Recognising findings of a page in a baseline. Each row takes as many as it stands for, so no fault hides another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.baseline.rows import Baseline, Row, tracked
from checker.fingerprint import Key
from checker.pages import host_of
from checker.report import Audit, Finding
from checker.status import Matched, Status
from checker.verdict import Region, Verdict

_STATUS = {
    Key.HANDLE: Status.KNOWN,
    Key.SNIPPET: Status.MOVED,
    Key.CONTEXT: Status.CHANGED,
    Key.STRUCTURE: Status.CHANGED,
}


@dataclass(frozen=True)
class Recognised:
    """A finding with its status, and the row that it matches."""

    finding: Finding
    status: Status
    row: Row | None = None
    by: Key | None = None

    @property
    def matched(self) -> Matched | None:
        if self.row is None or self.by is None:
            return None
        return Matched(self.by.value, self.row.fingerprint, self.row.first_seen.isoformat())


class Matcher:
    """A baseline, ready to be asked page by page; it keeps nothing of the pages. ``current`` are the versions of the
    rules of this run."""

    def __init__(self, baseline: Baseline, current: Mapping[str, str]) -> None:
        self.baseline = baseline
        self._pages = frozenset(baseline.pages)
        self._hosts = frozenset(map(host_of, baseline.pages))
        self._articles: dict[str, list[Row]] = defaultdict(list)
        self._templates: dict[str, list[Row]] = defaultdict(list)
        self._other = frozenset(
            rule for rule, version in current.items() if baseline.rules.get(rule) != version
        )
        for row in baseline.rows:
            for page in row.pages:
                if row.region is Region.TEMPLATE:
                    self._templates[host_of(page)].append(row)
                else:
                    self._articles[page].append(row)

    def rows(self, page: str) -> Sequence[Row]:
        """The rows that could show on a page."""
        return [*self._articles.get(page, ()), *self._templates.get(host_of(page), ())]

    def recognise(self, page: str, audit: Audit) -> Iterator[Recognised]:
        """The tracked findings of a page. The first key of all findings is tried before the second of any."""
        waiting = [finding for finding in audit.findings() if tracked(finding)]
        rows = self.rows(page)
        room = {number: row.count for number, row in enumerate(rows)}
        for place, key in enumerate(Key):
            index: dict[str, list[int]] = defaultdict(list)
            for number, row in enumerate(rows):
                if row.keys[place]:
                    index[row.keys[place]].append(number)
            rest: list[Finding] = []
            for finding in waiting:
                found = self._candidate(finding, place, index, rows, room)
                if found is None:
                    rest.append(finding)
                    continue
                room[found] -= 1
                yield Recognised(finding, _STATUS[key], rows[found], key)
            waiting = rest
        for finding in waiting:
            yield Recognised(finding, self._unknown(page, finding))

    def _candidate(
        self,
        finding: Finding,
        place: int,
        index: Mapping[str, list[int]],
        rows: Sequence[Row],
        room: Mapping[int, int],
    ) -> int | None:
        """The first row with room that has the key and says the same fault (an upgraded rule may say it otherwise). By
        the weaker keys a row of the template, which is for every page, takes findings of the template alone."""
        if place >= len(finding.keys) or not finding.keys[place]:
            return None
        for number in index.get(finding.keys[place], ()):
            row = rows[number]
            if not room[number] or row.rule != finding.rule:
                continue
            if row.fault != finding.fault and finding.rule not in self._other:
                continue
            if place == 0 or row.region in (finding.region, Region.ARTICLE):
                return number
        return None

    def _unknown(self, page: str, finding: Finding) -> Status:
        covered = page in self._pages or (
            finding.region is Region.TEMPLATE and host_of(page) in self._hosts
        )
        return Status.RULE_CHANGED if covered and finding.rule in self._other else Status.NEW


def tested(audit: Audit, rule: str) -> bool:
    """Whether the rule looked at the whole page, so that what it does not say is not there."""
    for result in audit.results:
        if result.rule == rule:
            untested = any(f.outcome.verdict is Verdict.NOT_TESTED for f in result.findings)
            return not (untested or result.told_by or result.verdict is Verdict.NOT_TESTED)
    return False
