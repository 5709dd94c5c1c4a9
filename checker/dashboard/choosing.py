"""Filters of the lists: what may be chosen, read strictly from an address, and carried on by links."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.dashboard.problems import Refused
from checker.history.queries.findings import Filter, Order, State
from checker.outputs import _words
from checker.verdict import Verdict

_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")
_KINDS = {"error": "Errors", "warning": "Warnings", "advice": "Advice", "review": "To review"}
_AUTHORITIES = {each.value: words for each, words in _words.AUTHORITIES.items()}
_REGIONS = {"article": "In the article", "template": "In the template"}


@dataclass(frozen=True)
class Choice:
    """A filter: its name in the address, what a person reads, the values that may be chosen with their words. With
    ``free`` any text is taken, with ``time`` a day or time; ``hidden`` ones come from links only."""

    name: str
    label: str
    options: Mapping[str, str]
    free: bool = False
    time: bool = False
    hidden: bool = False
    every: str = "All"

    def takes(self, value: str) -> bool:
        """Whether the value may stand in an address."""
        if self.free:
            return len(value) <= 200 and "\0" not in value
        if self.time:
            return bool(_TIME.fullmatch(value))
        if self.hidden:
            return value.isascii() and value.isdigit() and len(value) < 10
        return value in self.options


@dataclass(frozen=True)
class Chosen:
    """What is chosen of a list's filters, by name; empty where nothing is."""

    choices: Sequence[Choice]
    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def any(self) -> bool:
        """Whether anything is."""
        return bool(self.values)

    @property
    def words(self) -> str:
        """The same in words."""
        return "; ".join(
            f"{each.label}: {each.options.get(value, value)}"
            for each in self.choices
            if (value := self[each.name])
        )


def read(choices: Sequence[Choice], given: Sequence[tuple[str, str]]) -> Chosen:
    """What an address chooses. Raises Refused (400) for a name or a value that is unknown, or a name twice there."""
    known = {each.name: each for each in choices}
    values: dict[str, str] = {}
    for name, value in given:
        value = value.strip()
        if name not in known or name in values:
            raise Refused(400, f"The list has no such filter, or has it twice: {name[:40]!r}.")
        if value and not known[name].takes(value):
            raise Refused(400, f"The filter {name!r} does not take {value[:40]!r}.")
        if value:
            values[name] = value
    return Chosen(choices, values)


def of_findings(rules: Sequence[str]) -> tuple[Choice, ...]:
    """The filters of findings; ``rules`` are those that may be chosen."""
    return (
        Choice("kind", "Kind", _KINDS),
        Choice("authority", "Authority", _AUTHORITIES),
        Choice("region", "Where", _REGIONS, every="Everywhere"),
        Choice("rule", "Rule", {name: name for name in rules}),
        Choice("waived", "Waived", {"no": "Not waived", "yes": "Waived"}),
        Choice("since", "Since", {}, time=True),
        Choice("order", "Order", {"newest": "Newest first"}, every="Oldest first"),
        Choice("waiver", "Waiver", {}, hidden=True),
    )


def of_fixed(rules: Sequence[str]) -> tuple[Choice, ...]:
    """The filters of what was fixed."""
    left_out = ("waived", "order", "waiver")
    return tuple(each for each in of_findings(rules) if each.name not in left_out)


PAGES = (
    Choice("search", "Address or title has", {}, free=True),
    Choice("tested", "Tested", {"yes": "Tested", "no": "Not tested"}),
)
RULES = (
    Choice("search", "Name or title has", {}, free=True),
    Choice("authority", "Authority", _AUTHORITIES),
    Choice(
        "state",
        "State",
        {
            "open": "With open failures",
            "review": "With questions for a person",
            "untested": "Not tested on some pages",
            "quiet": "With nothing open",
        },
    ),
)


def as_filter(chosen: Chosen, state: State) -> Filter:
    """The findings that are chosen."""
    kind, fixed = chosen["kind"], state is State.FIXED
    verdict = Verdict.REVIEW if kind == "review" else Verdict.FAIL if kind else None
    return Filter(
        state=state,
        rule=chosen["rule"],
        verdict=verdict.value if verdict else "",
        severity="" if kind == "review" else kind,
        authority=chosen["authority"],
        region=chosen["region"],
        waiver=int(chosen["waiver"]) if chosen["waiver"] else None,
        waived={"": None, "yes": True, "no": False}[chosen["waived"]],
        new_since="" if fixed else chosen["since"],
        fixed_since=chosen["since"] if fixed else "",
    )


def order(chosen: Chosen) -> Order:
    """In which order."""
    return Order.NEWEST if chosen["order"] else Order.OLDEST
