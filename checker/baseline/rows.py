"""What a baseline holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import msgspec

from checker import fingerprint
from checker.page import Need
from checker.report import Finding
from checker.rule import Rule
from checker.verdict import Region, Severity, Verdict


class BaselineError(ValueError):
    """A baseline that cannot be used; the message is one line and says what to do."""


@dataclass(frozen=True)
class Row:
    """One fault on the pages that have it, ``count`` times on each.

    ``pages`` are keys of pages, or one pattern for a fault of the template; ``seen_on`` are then the first pages that
    showed it and ``on`` how many did. ``keys`` and ``fault`` are what it is recognised by; ``message`` and ``place``
    are for people.
    """

    rule: str
    fingerprint: str
    region: Region
    message: str
    place: str
    first_seen: date
    pages: tuple[str, ...]
    keys: tuple[str, ...]
    fault: str
    count: int = 1
    on: int = 0
    seen_on: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, str, tuple[str, ...], str, int]:
        return self.rule, self.region.value, self.pages, self.fingerprint, self.count


@dataclass(frozen=True)
class Baseline:
    """The rows; by rule the version (``versions``) that found or did not find them; the pages that were audited."""

    rows: tuple[Row, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[str, ...] = ()
    fingerprints: int = fingerprint.VERSION


def tracked(finding: Finding) -> bool:
    """Whether a baseline keeps such a finding: failures that can stop a run. Advice and reviews never do."""
    return finding.outcome.verdict is Verdict.FAIL and finding.severity is not Severity.ADVICE


def versions(rules: Iterable[Rule], tool: str, axe: Iterable[str]) -> dict[str, str]:
    """By rule what its judgement depends on: its data (words apart), the tool's version, the engine's where it is
    axe's."""
    engine = ",".join(sorted(axe))
    return {rule.id: _version(rule, tool, engine) for rule in rules}


def _version(rule: Rule, tool: str, engine: str) -> str:
    judging = (
        *(rule.check, rule.parameters, rule.needs, rule.criteria, rule.authority, rule.severity),
        *(rule.same_as, rule.tags, tool, engine if Need.AXE in rule.needs else ""),
    )
    return hashlib.sha256(msgspec.json.encode(judging, order="deterministic")).hexdigest()[:12]
