"""The catalogue: every rule and profile below a folder, bound to its check when it is read."""

from __future__ import annotations

import hashlib
import importlib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from checker import _data, bounded, strict
from checker.article import Article
from checker.article.agency import Agency
from checker.rule import Criterion, Profile, Rule, RuleError, usual_confidence
from checker.toml import LIMIT, NotToml, loads
from checker.verdict import Authority, Confidence, Outcome, Severity

type Check = Callable[[Article], Iterator[Outcome]]

_MAY_FAIL_A_RUN = (Authority.LAW, Authority.POLICY)


@dataclass(frozen=True)
class Catalogue:
    """Rules by id with their bound checks, profiles by id, agencies, and the success criteria of WCAG. ``version``
    changes with any byte of the rule data."""

    rules: Mapping[str, Rule]
    checks: Mapping[str, Check]
    profiles: Mapping[str, Profile]
    criteria: Mapping[str, Criterion]
    version: str
    agencies: tuple[Agency, ...] = ()

    def profile_for(self, host: str) -> Profile:
        """The profile that ``auto`` takes for a host: the one whose patterns fit, else ``federal``."""
        for profile in self.profiles.values():
            if any(fnmatchcase(host.lower(), pattern) for pattern in profile.hosts):
                return profile
        return self.profiles["federal"]


def load(folders: Sequence[Path] = ()) -> Catalogue:
    """Our own rules and those of ``folders``.

    Raises RuleError for a file that cannot be used, an id that stands twice, or a folder without a rule: a catalogue
    that lost its rules would pass every page. A folder of yours may hold ``agencies/`` alone.
    """
    rules: dict[str, Rule] = {}
    profiles: dict[str, Profile] = {}
    criteria: dict[str, Criterion] = {}
    agencies: dict[str, Agency] = {}
    digest = hashlib.sha256()
    ours = _data.folder("rules")
    for root in (ours, *folders):
        found = 0
        for path in sorted(_files(root)):
            raw = _bytes(path)
            digest.update(path.name.encode() + b"\0" + raw)
            place = path.parts[len(root.parts)]
            data = _toml(path, raw)
            if place == "profiles":
                _add(profiles, _read(Profile, path, {"id": path.stem, **data}), path)
            elif place == "agencies":
                _add(agencies, _read(Agency, path, {"id": path.stem, **data}), path)
                found += root != ours
            elif place == "standards":
                for number, entry in data.items():
                    if not isinstance(entry, Mapping):
                        raise RuleError(f"{path}: {number!r} is no table of a success criterion")
                    criteria[number] = _read(Criterion, path, {"number": number, **entry})
            else:
                _add(rules, _rule(path, data), path)
                found += 1
        if not found:
            raise RuleError(
                f"{root}: no rule found there; reinstall presscheck or name a folder with rule files"
            )
    checks = {rule.id: bind(rule) for rule in rules.values()}
    _cross_check(rules, profiles, criteria)
    return Catalogue(
        dict(sorted(rules.items())),
        checks,
        profiles,
        criteria,
        digest.hexdigest()[:12],
        tuple(agencies.values()),
    )


def bind(rule: Rule) -> Check:
    """The rule's check with its parameters; raises RuleError where name, keys or types do not fit."""
    module_name, _, name = rule.check.partition(".")
    try:
        function = getattr(importlib.import_module(f"checker.checks.{module_name}"), name)
    except (ModuleNotFoundError, AttributeError):
        raise RuleError(f"rule {rule.id}: no check {rule.check!r} in checker/checks") from None
    signature, hints = _taken(function)
    known = list(signature.parameters)[1:]
    values: dict[str, Any] = {}
    for key, value in rule.parameters.items():
        if key not in known:
            raise RuleError(
                f"rule {rule.id}: unknown parameter {key!r}{strict.nearest(key, known)}"
            )
        try:
            values[key] = msgspec.convert(value, hints[key])
        except msgspec.ValidationError as error:
            raise RuleError(f"rule {rule.id}: parameter {key!r}: {error}") from None
    try:
        signature.bind(None, **values)
    except TypeError as error:
        raise RuleError(f"rule {rule.id}: {error}") from None
    return partial(function, **values)


@lru_cache(maxsize=256)
def _taken(function: Callable[..., object]) -> tuple[inspect.Signature, Mapping[str, Any]]:
    """The parameters that a check takes, and their types."""
    return inspect.signature(function), get_type_hints(function)


def _files(root: Path) -> Iterator[Path]:
    """The TOML files below a folder. Raises RuleError where one cannot be looked into: its rules would be lost."""

    def refuse(error: OSError) -> None:
        raise RuleError(f"{error.filename}: cannot be read: {error.strerror}")

    for folder, _, names in root.walk(on_error=refuse):
        yield from (folder / name for name in names if name.endswith(".toml"))


def _bytes(path: Path) -> bytes:
    try:
        return bounded.read(path, LIMIT)
    except OSError as error:
        raise RuleError(f"{path}: cannot be read: {error.strerror}") from None


def _toml(path: Path, raw: bytes) -> dict[str, Any]:
    try:
        return loads(raw.decode("utf-8"))
    except (NotToml, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: not TOML: {error}") from None


def _read[T](kind: type[T], path: Path, data: Mapping[str, Any]) -> T:
    try:
        return strict.read(kind, data)
    except strict.StrictError as error:
        raise RuleError(f"{path}: {error}") from None


def _rule(path: Path, data: Mapping[str, Any]) -> Rule:
    rule = _read(Rule, path, {"id": path.stem, "subject": path.parent.name, **data})
    if "confidence" not in data:
        rule = replace(rule, confidence=usual_confidence(rule.authority, rule.tags))
    for problem in _problems(rule):
        raise RuleError(f"{path}: {problem}")
    return rule


def _problems(rule: Rule) -> Iterator[str]:
    """What keeps a rule out of the catalogue: design law 5 above all."""
    if not rule.references:
        yield "a rule cites its source: add [[references]]"
    if rule.severity is None and not rule.criteria and not rule.tags:
        yield "say a severity, or the success criteria from which it follows"
    if rule.severity is Severity.ERROR:
        if rule.authority not in _MAY_FAIL_A_RUN:
            yield f"authority {rule.authority.value} cannot be an error"
        if not any(reference.read and reference.quote for reference in rule.references):
            yield "an error quotes a source that was read"
    if rule.authority is Authority.STANDARD and rule.severity is Severity.ERROR:
        yield "a pending standard warns"
    if rule.authority in (Authority.GUIDANCE, Authority.HEURISTIC) and rule.severity in (
        Severity.ERROR,
        Severity.WARNING,
    ):
        yield f"{rule.authority.value} advises"
    if rule.authority is Authority.HEURISTIC and rule.confidence is Confidence.CERTAIN:
        yield "a heuristic is not certain"


def _add[T: (Rule, Profile, Agency)](known: dict[str, T], new: T, path: Path) -> None:
    if new.id in known:
        raise RuleError(f"{path}: the id {new.id!r} is taken by another file; rename this one")
    known[new.id] = new


def _cross_check(
    rules: Mapping[str, Rule], profiles: Mapping[str, Profile], criteria: Mapping[str, Criterion]
) -> None:
    for rule in rules.values():
        for number in rule.criteria:
            if number not in criteria:
                raise RuleError(f"rule {rule.id}: WCAG has no success criterion {number}")
        for other in rule.same_as:
            if other not in rules:
                raise RuleError(
                    f"rule {rule.id}: same_as names no rule: {other}{strict.nearest(other, rules)}"
                )
    for profile in profiles.values():
        for name in (*profile.severity, *profile.skip):
            if name not in rules:
                raise RuleError(
                    f"profile {profile.id}: no rule {name!r}{strict.nearest(name, rules)}"
                )
