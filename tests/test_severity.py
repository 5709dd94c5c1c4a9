"""The severity of a rule of success criteria follows from the law that binds the page (design law 5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker import catalog
from checker.rule import Rule
from checker.severity import severity_of
from checker.verdict import Severity
from tests.support_rules import rule as plain_rule

CATALOGUE = catalog.load()
ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE


def weight(rule: Rule, profile: str, **chosen: Severity) -> tuple[Severity, str]:
    return severity_of(rule, CATALOGUE.profiles[profile], chosen, CATALOGUE.criteria)


def of_criteria(*numbers: str, tags: tuple[str, ...] = ()) -> Rule:
    return replace(plain_rule("r", "R"), severity=None, criteria=numbers, tags=tags)


CRITERIA = [
    # criterion, Section 508 (WCAG 2.0 A/AA), ADA Title II (WCAG 2.1 A/AA)
    ("1.1.1", ERROR, ERROR),  # 2.0 A
    ("1.4.3", ERROR, ERROR),  # 2.0 AA
    ("2.4.9", ADVICE, ADVICE),  # 2.0 AAA
    ("2.5.3", WARNING, ERROR),  # 2.1 A
    ("1.4.12", WARNING, ERROR),  # 2.1 AA
    ("2.5.5", ADVICE, ADVICE),  # 2.1 AAA
    ("3.2.6", WARNING, WARNING),  # 2.2 A
    ("2.5.8", WARNING, WARNING),  # 2.2 AA
    ("2.4.13", ADVICE, ADVICE),  # 2.2 AAA
]


@pytest.mark.parametrize(("number", "federal", "title_two"), CRITERIA)
def test_a_criterion_binds_by_level_and_version(
    number: str, federal: Severity, title_two: Severity
) -> None:
    rule = of_criteria(number)
    assert weight(rule, "federal") == (federal, "")
    assert weight(rule, "dod-news") == (federal, "")
    assert weight(rule, "state-local") == (title_two, "")


@pytest.mark.parametrize("number", sorted(CATALOGUE.criteria))
def test_every_criterion_has_the_severity_of_its_level_and_version(number: str) -> None:
    criterion = CATALOGUE.criteria[number]
    for profile, bound in (("federal", {"2.0"}), ("state-local", {"2.0", "2.1"})):
        binds = ERROR if criterion.since in bound else WARNING
        expected = ADVICE if criterion.level == "AAA" else binds
        assert weight(of_criteria(number), profile) == (expected, "")


def test_the_heaviest_of_several_criteria_counts() -> None:
    assert weight(of_criteria("2.1.3", "2.1.1"), "federal") == (ERROR, "")
    assert weight(of_criteria("2.5.8", "2.4.9"), "federal") == (WARNING, "")


@pytest.mark.parametrize("tag", ["best-practice", "experimental"])
@pytest.mark.parametrize("profile", sorted(CATALOGUE.profiles))
def test_what_axe_is_not_sure_of_advises(tag: str, profile: str) -> None:
    assert weight(of_criteria("1.3.1", tags=(tag,)), profile) == (ADVICE, "")
    assert weight(of_criteria(tags=(tag,)), profile) == (ADVICE, "")


def test_the_user_outranks_the_profile_and_the_profile_the_rule() -> None:
    rule = of_criteria("1.1.1")
    profile = replace(CATALOGUE.profiles["federal"], severity={"r": WARNING})
    assert severity_of(rule, profile, {}, CATALOGUE.criteria) == (WARNING, "federal")
    assert severity_of(rule, profile, {"r": ADVICE}, CATALOGUE.criteria) == (ADVICE, "--set")
    assert weight(rule, "federal", r=WARNING) == (WARNING, "--set")


@pytest.mark.parametrize(
    ("axe_rule", "federal", "title_two"),
    [
        ("image-alt", ERROR, ERROR),
        ("color-contrast", ERROR, ERROR),
        ("autocomplete-valid", WARNING, ERROR),
        ("avoid-inline-spacing", WARNING, ERROR),
        ("target-size", WARNING, WARNING),
        ("color-contrast-enhanced", ADVICE, ADVICE),
        ("region", ADVICE, ADVICE),
        ("css-orientation-lock", ADVICE, ADVICE),  # experimental
        ("scrollable-region-focusable", ERROR, ERROR),  # of 2.1.1 (A) and 2.1.3 (AAA)
    ],
)
def test_rules_of_axe_weigh_what_their_criteria_say(
    axe_rule: str, federal: Severity, title_two: Severity
) -> None:
    rule = CATALOGUE.rules[f"axe-{axe_rule}"]
    assert weight(rule, "federal") == (federal, "")
    assert weight(rule, "state-local") == (title_two, "")


def test_wcag_is_there_whole() -> None:
    """The counts of the three recommendations: 61 criteria, 17 more in 2.1, 9 more in 2.2."""
    since = [criterion.since for criterion in CATALOGUE.criteria.values()]
    assert [since.count(version) for version in ("2.0", "2.1", "2.2")] == [61, 17, 9]
