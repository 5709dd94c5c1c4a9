"""What is kept of a report: cleaned, bounded, merged by page. Pure."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec

from checker.clean import one_line, plain, printable
from checker.history.errors import HistoryError
from checker.history.values import SITE, bounded, day, digest, moment, site_name
from checker.pages import host_of, page_key
from checker.report import Audit, Counts, Finding, Report, Result, count
from checker.verdict import Verdict

_TEXT = 4_000
_NAME = 300
_KEY = 2_000
_RULE = re.compile(r"[\w.-]{1,200}")
_SUSPECT = re.compile("[\x7f-\x9f\ufffe\uffff]|\\\\u00")
_ORDER = (Verdict.FAIL, Verdict.NOT_TESTED, Verdict.REVIEW, Verdict.PASS, Verdict.NOT_APPLICABLE)
_TRACKED = (Verdict.FAIL, Verdict.REVIEW)
_TOLD = (*_TRACKED, Verdict.NOT_TESTED)


@dataclass(frozen=True)
class Survey:
    """What must be known of a report before any of it is written: its identity, its site, its totals, the pages that
    are in it more than once."""

    id: str
    site: str
    made_at: str
    counts: Counts
    repeated: frozenset[str]


@dataclass(frozen=True)
class Found:
    """A failure or review; ``detail`` are the texts that other findings may share, ``waiver`` what tells its waiver,
    ``waived`` that it was in force."""

    rule: str
    fingerprint: str
    verdict: str
    severity: str
    region: str
    status: str
    waiver: tuple[str, ...] | None
    waived: bool
    detail: Mapping[str, str]
    line: int | None
    col: int | None


@dataclass(frozen=True)
class Ruled:
    """What a rule came to on a page, without counts."""

    rule: str
    verdict: str
    cause: str
    severity: str
    whole: bool
    raised_by: str
    told_by: str
    reason: str


@dataclass(frozen=True)
class Observed:
    """A page of a run."""

    key: str
    url: str
    title: str
    status: int | None
    problem: str
    problem_message: str
    profile: str
    mode: str
    missing: str
    results: tuple[Ruled, ...]
    passes: Mapping[str, int]
    found: tuple[Found, ...]
    counts: Counts


def survey(report: Report, site: str = "") -> Survey:
    """One walk over the report. Raises HistoryError for one without a time, or that names rules which it does not
    describe. The site is the host of most of its pages, unless named."""
    made_at = moment(report.made_at)
    known = {rule.id for rule in report.rules}
    for name in known:
        if not _RULE.fullmatch(name):
            raise HistoryError(f"the report has a rule {one_line(name)[:60]!r}: no name of a rule")
    hosts: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    mark = hashlib.sha256()

    def walked() -> Iterator[Audit]:
        for audit in report.audits:
            clean, raw = canonical(audit)
            mark.update(raw)
            _check(clean, known)
            key = key_of(clean)
            keys[key] += 1
            hosts[host_of(key)] += 1
            yield audit

    counts = count(walked())
    name = site_name(site) if site else _site_of(hosts)
    head = (
        name,
        report.tool_version,
        report.rules_version,
        made_at,
        *report.axe_versions,
        *report.browsers,
    )
    mark.update("\0".join(printable(part) for part in head).encode())
    return Survey(
        id=mark.hexdigest(),
        site=name,
        made_at=made_at,
        counts=counts,
        repeated=frozenset(key for key, number in keys.items() if number > 1),
    )  # fmt: skip


def _check(audit: Audit, known: Container[str]) -> None:
    for result in audit.results:
        if result.rule not in known:
            raise HistoryError(
                f"the report judges by a rule {one_line(result.rule)[:60]!r} and does not describe it"
            )
        for finding in result.findings:
            if finding.rule != result.rule or finding.outcome.verdict not in _TOLD:
                raise HistoryError(
                    f"the report has a finding under {result.rule} that is none of it"
                )


def key_of(audit: Audit) -> str:
    """The page's key, bounded; an address that is none stands for itself."""
    try:
        key = page_key(audit)
    except ValueError:
        key = audit.url
    return key if len(key) <= _KEY else f"{key[:_KEY]}…{digest(key)}"


def _site_of(hosts: Counter[str]) -> str:
    if not hosts:
        raise HistoryError("the report has no pages: name its site with --site")
    most = min(hosts, key=lambda host: (-hosts[host], host))
    return "local files" if most in ("", ".") else one_line(most)[:SITE]


def canonical(audit: Audit) -> tuple[Audit, bytes]:
    """The audit without pictures and without characters that no database takes, and its JSON: the same for a run as it
    ends and for its report read later."""
    bare = replace(audit, pictures=())
    try:
        raw = msgspec.json.encode(bare)
        if not _SUSPECT.search(raw.decode()):
            return bare, raw
    except UnicodeEncodeError:  # a lone surrogate
        pass
    raw = msgspec.json.encode(plain(msgspec.to_builtins(bare)))
    return msgspec.json.decode(raw, type=Audit), raw


def observed(audits: Iterable[Audit], repeated: frozenset[str]) -> Iterator[Observed]:
    """The pages, each once: what was asked for twice under one address is merged, and comes last."""
    waiting: dict[str, list[Audit]] = {}
    for audit in audits:
        clean, _ = canonical(audit)
        if (key := key_of(clean)) in repeated:
            waiting.setdefault(key, []).append(clean)
        else:
            yield _observed(key, clean)
    for key, same in waiting.items():
        yield _observed(key, _merged(same))


def _merged(audits: list[Audit]) -> Audit:
    """One audit of several of the same page: all findings; tested where all tested it."""
    results: dict[str, Result] = {}
    for result in (result for audit in audits for result in audit.results):
        old = results.get(result.rule)
        results[result.rule] = result if old is None else _both(old, result)
    loaded = next((audit for audit in audits if audit.problem is None), audits[0])
    missing = dict.fromkeys(gap for audit in audits for gap in audit.missing)
    return replace(loaded, results=tuple(results.values()), missing=tuple(missing))


def _both(one: Result, other: Result) -> Result:
    return replace(
        one,
        verdict=min(one.verdict, other.verdict, key=_ORDER.index),
        passed=one.passed + other.passed,
        findings=(*one.findings, *other.findings),
        told_by=one.told_by or other.told_by,
    )


def _observed(key: str, audit: Audit) -> Observed:
    found = {
        (each.rule, each.fingerprint): each
        for finding in audit.findings()
        if finding.outcome.verdict in _TRACKED
        for each in [_found(finding)]
    }
    missing = [{"need": m.need, "cause": m.cause, "reason": m.reason[:_NAME], "what": m.what[:_NAME]}
               for m in audit.missing[:50]]  # fmt: skip
    return Observed(
        key=key,
        url=(audit.url or audit.target)[:_TEXT],
        title=audit.title[:_NAME],
        status=None if audit.status is None else bounded(audit.status),
        problem=audit.problem.kind if audit.problem else "",
        problem_message=audit.problem.message[:_TEXT] if audit.problem else "",
        profile=audit.profile[:_NAME],
        mode=audit.mode,
        missing=msgspec.json.encode(missing).decode() if missing else "",
        results=tuple(_ruled(result) for result in audit.results),
        passes={r.rule: bounded(r.passed) for r in audit.results if r.passed > 0},
        found=tuple(found.values()),
        counts=count([audit]),
    )


def _ruled(result: Result) -> Ruled:
    """A rule looked at the whole page where nothing of it was left untested and no other rule tells for it."""
    untested = [f.outcome for f in result.findings if f.outcome.verdict is Verdict.NOT_TESTED]
    broken = [outcome for outcome in untested if outcome.cause == "broken"]
    first = next(iter([*broken, *untested]), None)
    return Ruled(
        rule=result.rule,
        verdict=result.verdict,
        cause=(first.cause or "") if first else "",
        severity=result.severity,
        whole=not (untested or result.told_by or result.verdict is Verdict.NOT_TESTED),
        raised_by=result.raised_by[:_NAME],
        told_by=result.told_by[:_NAME],
        reason=first.message[:_NAME] if first else "",
    )


def _found(finding: Finding) -> Found:
    where = finding.outcome.where
    detail = {
        "message": finding.outcome.message,
        "suggestion": finding.outcome.suggestion,
        "selector": where.selector if where else "",
        "snippet": where.snippet if where else "",
        "name": where.name if where else "",
        "landmark": where.landmark if where else "",
        "resource": where.resource if where else "",
    }
    waiver = finding.waiver
    return Found(
        rule=finding.rule,
        fingerprint=_fingerprint(finding.fingerprint),
        verdict=finding.outcome.verdict,
        severity=finding.severity,
        region=finding.region,
        status=finding.status or "",
        waiver=(waiver.reason, waiver.owner, waiver.approver, day(waiver.expires))
        if waiver
        else None,
        waived=waiver is not None and not waiver.expired,
        detail={name: text[:_TEXT] for name, text in detail.items()},
        line=bounded(where.line) if where and where.line is not None else None,
        col=bounded(where.column) if where and where.column is not None else None,
    )


def _fingerprint(text: str) -> str:
    return text if re.fullmatch(r"[0-9a-f]{8,64}", text) else digest(text)
