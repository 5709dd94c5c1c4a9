"""A rule as data: what a TOML file under ``rules/`` says, validated when it is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.page import Need
from checker.verdict import Authority, Confidence, Severity, Verdict


class RuleError(ValueError):
    """A rule or profile file that cannot be used; the message says which file and what to change."""


@dataclass(frozen=True)
class Reference:
    """Where the requirement stands. ``quote`` is its own words; ``read`` says that we read it at the source."""

    title: str
    url: str
    quote: str = ""
    read: bool = True


@dataclass(frozen=True)
class Example:
    """A page that shows the rule at work. The suite runs it and expects ``verdict``.

    ``url`` is the address under which it is judged, ``headers`` its server's; ``rendered`` says that only a browser
    can show it.
    """

    verdict: Verdict
    html: str
    note: str = ""
    url: str = "https://www.example.gov/news/article/"
    headers: Mapping[str, str] = field(default_factory=dict)
    rendered: bool = False


@dataclass(frozen=True)
class Rule:
    """One requirement.

    ``severity`` is None for a rule of WCAG success criteria: then the profile says which of them bind. ``same_as``
    names rules whose findings on the same element say the same and are told once, here. ``confidence`` follows from
    the authority where the file does not say it (``usual_confidence``).
    """

    id: str
    title: str
    authority: Authority
    check: str
    why: str
    fix: str
    references: tuple[Reference, ...]
    examples: tuple[Example, ...]
    severity: Severity | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    criteria: tuple[str, ...] = ()  # WCAG success criteria, "1.1.1"
    baseline: tuple[str, ...] = ()  # ICT Testing Baseline ids
    section508: tuple[str, ...] = ()  # clauses of 36 CFR 1194
    act: tuple[str, ...] = ()  # ids of W3C ACT rules
    tags: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    subject: str = ""  # the folder it stands in
    confidence: Confidence = Confidence.POSSIBLE


def usual_confidence(authority: Authority, tags: Collection[str]) -> Confidence:
    """How sure a rule of that authority is unless its file says otherwise: heuristics only point; guidance, and what
    axe calls experimental, recognise things."""
    if authority is Authority.HEURISTIC:
        return Confidence.POSSIBLE
    if authority is Authority.GUIDANCE or "experimental" in tags:
        return Confidence.LIKELY
    return Confidence.CERTAIN


@dataclass(frozen=True)
class Binding:
    """Which success criteria a profile's law binds: those of WCAG up to ``wcag`` at level A and AA."""

    wcag: str
    source: str


@dataclass(frozen=True)
class Profile:
    """Who is judged: the hosts it fits, the success criteria that bind, the severities that it raises or lowers and
    why, the rules that do not apply to it."""

    id: str
    title: str
    binding: Binding
    hosts: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    reason: str = ""
    skip: tuple[str, ...] = ()


@dataclass(frozen=True)
class Criterion:
    """A success criterion of WCAG: its name, level (A, AA, AAA) and the version that brought it. ``remains`` says what
    of it stays with a person where rules decide a part."""

    number: str
    name: str
    level: str
    since: str
    remains: str = ""
