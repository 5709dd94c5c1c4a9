"""What of each success criterion a run decides. Honest: no rule can say that a page conforms to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checker.rule import Criterion, Rule
from checker.verdict import Authority

_OBSOLETE = "4.1.1"


class Decided(StrEnum):
    """Who decides. ``WHOLLY`` is only said of what needs no decision any more."""

    WHOLLY = "wholly"
    PARTLY = "partly"  # rules fail some of what the criterion forbids
    POINTED = "pointed"  # rules only ask a person to look
    PERSON = "person"


@dataclass(frozen=True)
class Coverage:
    """A criterion, who decides it, the rules that do (``static`` of them need no browser), and what remains for a
    person."""

    criterion: Criterion
    decided: Decided
    rules: tuple[str, ...] = ()
    static: int = 0
    remains: str = ""


def coverage(rules: Iterable[Rule], criteria: Mapping[str, Criterion]) -> tuple[Coverage, ...]:
    """For each criterion of level A and AA, in the order of ``criteria``."""
    known = tuple(rules)
    return tuple(
        _of(criterion, [rule for rule in known if criterion.number in rule.criteria])
        for criterion in criteria.values()
        if criterion.level != "AAA"
    )


def _of(criterion: Criterion, rules: Sequence[Rule]) -> Coverage:
    names = tuple(rule.id for rule in rules)
    static = sum(not rule.needs for rule in rules)
    if criterion.number == _OBSOLETE:
        decided = Decided.WHOLLY
    elif any(rule.authority is not Authority.HEURISTIC for rule in rules):
        decided = Decided.PARTLY
    else:
        decided = Decided.POINTED if rules else Decided.PERSON
    remains = criterion.remains or ("" if decided is Decided.WHOLLY else "All of it.")
    return Coverage(criterion, decided, names, static, remains)


def of_version(covered: Iterable[Coverage], version: str) -> tuple[Coverage, ...]:
    """Those of WCAG ``version``: what it and the versions before brought; 4.1.1 is not in 2.2."""
    return tuple(
        each
        for each in covered
        if each.criterion.since <= version
        and not (version >= "2.2" and each.criterion.number == _OBSOLETE)
    )


def table(covered: Sequence[Coverage]) -> Iterator[str]:
    """A line a criterion, then the totals of WCAG 2.0 (what Section 508 binds) and 2.2."""
    for each in covered:
        criterion = each.criterion
        told = f"{len(each.rules)} rules, {each.static} without a browser. " if each.rules else ""
        yield (
            f"{criterion.number:7} {criterion.level:2} {criterion.since}  {each.decided.value:7}  "
            f"{criterion.name}: {told}For a person: {each.remains}"
        )
    for version, binds in (("2.0", " (Section 508)"), ("2.2", "")):
        those = of_version(covered, version)
        counts = Counter(each.decided for each in those)
        said = ", ".join(f"{counts[one]} {_WORDS[one]}" for one in Decided if counts[one])
        yield f"WCAG {version} A and AA{binds}: {len(those)} criteria: {said}"


_WORDS = {
    Decided.WHOLLY: "obsolete (nothing to decide)",
    Decided.PARTLY: "partly decided by a run",
    Decided.POINTED: "pointed at by a run",
    Decided.PERSON: "left to a person",
}
