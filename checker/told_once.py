"""Where two rules speak of the same fault of the same element (``same_as``), one of them tells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from checker.report import Finding, Result
from checker.rule import Rule
from checker.verdict import Verdict


def told_once(results: Sequence[Result], rules: Mapping[str, Rule]) -> Iterator[Result]:
    """The results, each without what another tells: the one that fails an element, else the one that names the other,
    tells it."""
    places = {
        result.rule: said for result in results if result.findings and (said := _verdicts(result))
    }
    elsewhere: dict[str, dict[int | str, str]] = {}
    for rule, mine in places.items():
        for other in rules[rule].same_as:
            for place in mine.keys() & places.get(other, {}).keys():
                weaker = mine[place] is Verdict.REVIEW and places[other][place] is Verdict.FAIL
                silent, teller = (rule, other) if weaker else (other, rule)
                if place not in elsewhere.get(teller, {}):
                    elsewhere.setdefault(silent, {})[place] = teller
    for result in results:
        told = elsewhere.get(result.rule)
        yield _without(result, told) if told else result


def _verdicts(result: Result) -> dict[int | str, Verdict]:
    """What a rule says of each element: that it fails, where it says both."""
    said: dict[int | str, Verdict] = {}
    for finding in result.findings:
        place, verdict = _place(finding), finding.outcome.verdict
        if place is not None and verdict in (Verdict.FAIL, Verdict.REVIEW):
            said[place] = Verdict.FAIL if Verdict.FAIL in (verdict, said.get(place)) else verdict
    return said


def _without(result: Result, elsewhere: Mapping[int | str, str]) -> Result:
    """The result without what other rules tell."""
    kept = tuple(f for f in result.findings if _place(f) not in elsewhere)
    if len(kept) == len(result.findings):
        return result
    if kept:
        return replace(result, findings=kept)
    teller = next(elsewhere[p] for f in result.findings if (p := _place(f)) is not None)
    return replace(result, findings=(), told_by=teller)


def _place(finding: Finding) -> int | str | None:
    where = finding.outcome.where
    if where is None:
        return None
    return where.selector if where.element is None else where.element
