"""Waivers: exceptions with a reason, an owner, an approver and an end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fnmatch import fnmatchcase
from pathlib import Path

from checker import strict
from checker.baseline.file import toml, version_of
from checker.baseline.match import tested
from checker.pages import covers, host_of, page_key
from checker.report import Audit, Finding
from checker.status import Waived, WaiverUse
from checker.toml import NotToml, read_text
from checker.verdict import Verdict

FILE = "presscheck-waivers.toml"
VERSION = 1
LONGEST = 365
"""Days that a waiver may last, unless configured."""
WARNED = 14
"""Days before its end from which a waiver is warned of."""
BROAD = 20
"""Different findings beyond which one waiver covers more than a person can have looked at."""

_SAID = ("rule", "reason", "owner", "approver")


class WaiverError(ValueError):
    """A waiver file that cannot be used; the message is one line and says what to do."""


@dataclass(frozen=True)
class Waiver:
    """Lets a rule's failures stand on the pages that fit a pattern, until the end of the day ``expires``. ``element``
    narrows it: a pattern of the picture or target, the name, the selector or the landmarks, or a fingerprint."""

    rule: str
    pages: tuple[str, ...]
    reason: str
    owner: str
    approver: str
    expires: date
    element: str = ""

    def covers(self, page: str, finding: Finding) -> bool:
        """Whether it speaks of that failure on that page, expired or not."""
        return (
            finding.outcome.verdict is Verdict.FAIL
            and fnmatchcase(finding.rule, self.rule)
            and any(covers(pattern, page) for pattern in self.pages)
            and self._is_of(finding)
        )

    def _is_of(self, finding: Finding) -> bool:
        if not self.element:
            return True
        where = finding.outcome.where
        words = (where.resource, where.name, where.selector, where.landmark) if where else ()
        return self.element == finding.fingerprint or any(
            word == self.element or fnmatchcase(word, self.element) for word in words
        )


@dataclass(frozen=True)
class _File:
    version: int
    waiver: tuple[Waiver, ...] = ()


def read(path: Path, today: date, longest: int = LONGEST) -> tuple[Waiver, ...]:
    """The waivers of a file. Raises WaiverError for one that is not there, broken, of another version, or that has a
    waiver which says too little or lasts more than ``longest`` days from today."""
    try:
        text = read_text(path)
    except NotToml as error:
        raise WaiverError(f"{path}: is {error}; restore the file") from None
    except OSError as error:
        raise WaiverError(f"{path}: cannot be read: {error.strerror}") from None
    data = toml(text, str(path), WaiverError)
    version_of(data, "version", VERSION, str(path), WaiverError)
    try:
        waivers = strict.read(_File, data).waiver
    except strict.StrictError as error:
        raise WaiverError(f"{path}: {error}; every waiver ends: expires = 2027-01-31") from None
    last = today + timedelta(days=longest)
    for number, waiver in enumerate(waivers, 1):
        for name in _SAID:
            if not getattr(waiver, name).strip():
                raise WaiverError(f"{path}: waiver {number}: {name} is empty; say it")
        if not waiver.pages or not all(page.strip() for page in waiver.pages):
            raise WaiverError(f"{path}: waiver {number}: pages names none; give a pattern")
        if waiver.expires > last:
            raise WaiverError(
                f"{path}: waiver {number}: expires {waiver.expires} is more than {longest} days away; "
                f"{last} is the last day that it may have"
            )
    return waivers


def waived(
    waivers: Iterable[Waiver], page: str, finding: Finding, today: date
) -> tuple[Waiver, Waived] | None:
    """The waiver that covers a finding: one in force before an expired one, then the first of the file."""
    fitting = [waiver for waiver in waivers if waiver.covers(page, finding)]
    if not fitting:
        return None
    best = min(fitting, key=lambda waiver: waiver.expires < today)
    return best, Waived(
        best.reason, best.owner, best.approver, best.expires.isoformat(), best.expires < today
    )


@dataclass
class Ledger:
    """What waivers did over a run."""

    waivers: tuple[Waiver, ...]
    today: date
    found: dict[int, list[str]] = field(default_factory=dict)
    pages: dict[int, set[str]] = field(default_factory=dict)
    idle: dict[int, set[str]] = field(default_factory=dict)

    def add(self, audit: Audit) -> None:
        page = page_key(audit)
        for finding in audit.findings():
            if best := waived(self.waivers, page, finding, self.today):
                number = next(n for n, each in enumerate(self.waivers) if each is best[0])
                self.found.setdefault(number, []).append(finding.fingerprint)
                self.pages.setdefault(number, set()).add(page)
        for number, waiver in enumerate(self.waivers):
            if any(covers(pattern, page) for pattern in waiver.pages):
                rules = [r.rule for r in audit.results if fnmatchcase(r.rule, waiver.rule)]
                if any(tested(audit, rule) for rule in rules):
                    self.idle.setdefault(number, set()).add(page)

    def uses(self, rules: Mapping[str, object]) -> tuple[WaiverUse, ...]:
        """What to tell of each waiver, in the order of the file. ``rules`` are those of the catalogue."""
        return tuple(self._use(number, waiver, rules) for number, waiver in enumerate(self.waivers))

    def _use(self, number: int, waiver: Waiver, rules: Mapping[str, object]) -> WaiverUse:
        left = (waiver.expires - self.today).days
        found = self.found.get(number, [])
        return WaiverUse(
            rule=waiver.rule,
            pages=waiver.pages,
            element=waiver.element,
            reason=waiver.reason,
            owner=waiver.owner,
            approver=waiver.approver,
            expires=waiver.expires.isoformat(),
            days_left=left,
            ends_soon=0 <= left <= WARNED,
            findings=len(found),
            covered=len(self.pages.get(number, ())),
            unused=self._unused(number, waiver, rules),
            too_broad=_too_broad(waiver, len(set(found))),
        )

    def _unused(self, number: int, waiver: Waiver, rules: Mapping[str, object]) -> str:
        """Why the waiver is of no use; empty where it is used, or where this run could not have used it."""
        if number in self.found:
            return ""
        if not any(fnmatchcase(rule, waiver.rule) for rule in rules):
            return f"no rule {waiver.rule!r}{strict.nearest(waiver.rule, rules)[:200]}"
        pages = len(self.idle.get(number, ()))
        return f"nothing fails that it covers on the {pages} pages of this run" if pages else ""


def _too_broad(waiver: Waiver, different: int) -> str:
    if "*" in waiver.rule or "?" in waiver.rule:
        return "it covers more than one rule: write one waiver a rule"
    if not waiver.element:
        for pattern in waiver.pages:
            plain = pattern.removeprefix("https://").removeprefix("http://").removeprefix("./")
            host, _, path = plain.partition("/")
            if not plain.strip("*/?") or (not path.strip("*/?") and "." in host_of(host)):
                return (
                    f"it covers all pages ({pattern}) and every element: name pages or an element"
                )
    if different > BROAD:
        return f"it covers {different} different findings: write one waiver for each fault"
    return ""
