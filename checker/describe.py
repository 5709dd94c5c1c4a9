"""Rules told to a person: the list, and one in full."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from checker.catalog import Catalogue
from checker.severity import severity_of

_WIDTH = 100


def table(catalogue: Catalogue, profile: str) -> Iterator[str]:
    """One line a rule: id, severity under the profile, authority, what it needs, title."""
    chosen = catalogue.profiles[profile]
    width = max(map(len, catalogue.rules))
    for rule in catalogue.rules.values():
        severity, _ = severity_of(rule, chosen, {}, catalogue.criteria)
        skipped = " (not judged under this profile)" if rule.id in chosen.skip else ""
        needs = ",".join(need.value for need in rule.needs) or "-"
        yield f"{rule.id:{width}}  {severity.value:7}  {rule.authority.value:9}  {needs:10}  {rule.title}{skipped}"


def explain(catalogue: Catalogue, rule_id: str) -> Iterator[str]:
    """A rule in full, as its file says it."""
    rule = catalogue.rules[rule_id]
    yield f"{rule.id}: {rule.title}"
    yield ""
    yield from _wrapped("Why", rule.why)
    yield from _wrapped("Fix", rule.fix)
    yield f"Authority: {rule.authority.value}"
    yield f"Confidence: {rule.confidence.value}"
    for profile in catalogue.profiles.values():
        severity, raised_by = severity_of(rule, profile, {}, catalogue.criteria)
        how = "not judged" if rule.id in profile.skip else severity.value
        yield f"Severity under {profile.id}: {how}" + (
            f" (set by the profile: {profile.reason})" if raised_by else ""
        )
    for label, values in (
        ("Needs", [need.value for need in rule.needs]),
        ("WCAG", [f"{number} {catalogue.criteria[number].name}" for number in rule.criteria]),
        ("Section 508", rule.section508),
        ("ICT Testing Baseline", rule.baseline),
        ("ACT rules", rule.act),
        ("Parameters", [f"{key} = {value!r}" for key, value in rule.parameters.items()]),
    ):
        if values:
            yield f"{label}: {'; '.join(values)}"
    for reference in rule.references:
        yield f"Source: {reference.title} <{reference.url}>" + (
            "" if reference.read else " (not read at its source)"
        )
        if reference.quote:
            yield from _wrapped("  Quote", f"“{reference.quote}”")
    for example in rule.examples:
        yield ""
        yield (
            f"Example, {example.verdict.value}"
            + (f": {example.note}" if example.note else "")
            + f"  ({example.url})"
        )
        yield textwrap.indent(example.html.strip(), "    ")


def _wrapped(label: str, text: str) -> Iterator[str]:
    yield from textwrap.wrap(f"{label}: {text}", _WIDTH, subsequent_indent="  ")
