"""What pages share, for reports that tell it once: which template faults repeat, and on which pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.pages import host_of, page_key
from checker.repeats import shared_key
from checker.report import Audit, Finding

type Key = tuple[object, ...]


@dataclass
class Fault:
    """A failure or review of the template: its rule, its host, the number of the page of each time it was found."""

    rule: str
    host: str
    found_on: list[int] = field(default_factory=list)

    @property
    def pages(self) -> list[int]:
        return list(dict.fromkeys(self.found_on))


@dataclass
class Shelf:
    """Template faults by what makes them one, and how many pages of each host were read."""

    faults: dict[Key, Fault] = field(default_factory=dict)
    hosts: Counter[str] = field(default_factory=Counter)

    def add(self, number: int, audit: Audit) -> None:
        """Note the template's faults on this page."""
        page = page_key(audit)
        host = host_of(page)
        self.hosts[host] += audit.problem is None
        for finding in audit.judged():
            if key := shared_key(page, finding):
                self.faults.setdefault(key, Fault(finding.rule, host)).found_on.append(number)

    def settle(self) -> None:
        """Every page was added: what stands on one page only is that page's own."""
        self.faults = {
            key: fault
            for key, fault in self.faults.items()
            if fault.found_on[0] != fault.found_on[-1]
        }

    def of(self, page: str, finding: Finding) -> tuple[Key, Fault] | None:
        """The shared fault that a finding on the page of that key is, if it is one."""
        key = shared_key(page, finding)
        fault = self.faults.get(key) if key else None
        return (key, fault) if key and fault else None


def ranges(numbers: list[int]) -> str:
    """Ascending numbers in few characters: ``1-4 7 9-12``."""
    return " ".join(
        f"{first}-{last}" if last > first else f"{first}" for first, last in _runs(numbers)
    )


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last
