"""How much a rule's failure weighs on a page of a profile (design law 5)."""

from __future__ import annotations

from collections.abc import Mapping

from checker.rule import Criterion, Profile, Rule
from checker.verdict import Severity


def severity_of(
    rule: Rule,
    profile: Profile,
    chosen: Mapping[str, Severity],
    criteria: Mapping[str, Criterion],
) -> tuple[Severity, str]:
    """The severity and who set it: ``""`` for the rule itself, else ``--set`` or the profile's id."""
    if rule.id in chosen:
        return chosen[rule.id], "--set"
    own = rule.severity or by_criteria(rule, profile, criteria)
    if rule.id in profile.severity and profile.severity[rule.id] is not own:
        return profile.severity[rule.id], profile.id
    return own, ""


def by_criteria(rule: Rule, profile: Profile, criteria: Mapping[str, Criterion]) -> Severity:
    """Of a rule of success criteria: those that the profile's law binds are errors, later ones at A and AA warn,
    AAA advises; so do rules of no criterion and rules that axe calls experimental."""
    if "experimental" in rule.tags or "best-practice" in rule.tags:
        return Severity.ADVICE
    asked = [criteria[number] for number in rule.criteria if criteria[number].level != "AAA"]
    if any(_version(criterion.since) <= _version(profile.binding.wcag) for criterion in asked):
        return Severity.ERROR
    return Severity.WARNING if asked else Severity.ADVICE


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))
