"""The report as one HTML file for people who publish: no outside request, a strict content policy, streamed.

The templates, the style and the script are in ``reports/html/``. Everything that a page can say is escaped, bounded and
cleared of control characters; only http and https addresses become links.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from checker import _data
from checker.coverage import Decided
from checker.gate import Policy, Scope, Standing, excused, judge, required_gaps, standing
from checker.outputs import _criteria, _gather, _survey, _verdict, _words
from checker.outputs._album import Shot
from checker.pages import page_key
from checker.report import Audit, Finding, Report, Result
from checker.status import WaiverUse
from checker.verdict import Cause, Severity, Verdict

_CHUNK = 65_536


@dataclass(frozen=True)
class Told:
    """A rule's failures and reviews on a page, and how many of them pages share. ``quiet`` ones stop nobody."""

    rule: str
    severity: Severity
    failures: int
    reviews: int
    shared: int
    quiet: bool

    @property
    def order(self) -> tuple[bool, bool, int]:
        return self.failures == 0, self.quiet, self.severity.rank


@dataclass(frozen=True)
class PageView:
    """One page's section.

    ``counts`` are its findings by bucket, ``statuses`` by how they stand against baseline and waivers; ``untested`` how
    many rules were not tested, by cause and reason; ``required`` what ``--require`` asked for and the page lacks.
    """

    number: int
    audit: Audit
    name: str
    choice: str
    state: Standing
    counts: Counter[str]
    statuses: Counter[str]
    told: list[Told]
    untested: Counter[tuple[Cause, str]]
    verdicts: Counter[Verdict]
    passed: int
    required: tuple[str, ...]
    shot: Shot | None


def write(
    report: Report,
    policy: Policy,
    *,
    findings: int = _gather.FINDINGS,
    pictures: int = _gather.PICTURES,
) -> Iterator[str]:
    """The document in pieces. At most so many ``findings`` are shown in full, the others are counted and told; all
    ``pictures`` together take at most so many characters."""
    environment = _environment()
    style, script = (_asset(environment, f"report.{kind}") for kind in ("css", "js"))
    seen = _survey.survey(report, policy)
    cards = _gather.cards(report, seen, findings=findings, pictures=pictures)
    gate = judge(report, policy)
    pieces = environment.get_template("report.html").generate(
        report=report,
        policy=policy,
        gate=gate,
        verdict=_verdict.verdict(
            gate, report.counts, policy, seen.weights, compared=report.comparison is not None
        ),
        threshold=_verdict.threshold(policy),
        exceptions=_exceptions(report),
        judged=_criteria.judged(report, seen.tallies),
        totals=list(_criteria.totals(report, seen.tallies)),
        criteria={criterion.number: criterion for criterion in report.criteria},
        seen=seen,
        cards=cards,
        rules={rule.id: rule for rule in report.rules},
        profiles={profile.id: profile for profile in report.profiles},
        pages=_pages(report, policy, seen, cards),
        style=style,
        script=script,
        content_policy=_content_policy(style, script),
    )
    return _chunks(pieces)


@dataclass(frozen=True)
class Exceptions:
    """That there is a baseline or there are waivers; the waivers that need a person first."""

    waivers: list[WaiverUse]


def _exceptions(report: Report) -> Exceptions | None:
    if report.comparison is None and not report.waivers:
        return None

    def urgent(use: WaiverUse) -> tuple[bool, bool, int]:
        told = bool(use.ends_soon or use.unused or use.too_broad)
        return use.days_left >= 0, not told, use.days_left

    return Exceptions(sorted(report.waivers, key=urgent))


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_data.folder("reports") / "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clip": _words.clip,
        "line": _words.line,
        "visible": _words.visible,
        "link": _words.link,
        "many": _words.many,
        "when": _words.when,
    }
    environment.globals |= {
        "SEVERITIES": _words.SEVERITIES,
        "AUTHORITIES": _words.AUTHORITIES,
        "CONFIDENCES": _words.CONFIDENCES,
        "NEEDS": _words.NEEDS,
        "MODES": _words.MODES,
        "STATUSES": _words.STATUSES,
        "DECIDED": _criteria.DECIDED,
        "Decided": Decided,
        "Scope": Scope,
        "SHARED": _survey.SHARED,
        "Verdict": Verdict,
        "Severity": Severity,
        "Standing": Standing,
        "Cause": Cause,
    }
    return environment


def _asset(environment: Environment, name: str) -> Markup:
    """The style or the script as it stands in its file: never built from page text, so it may be left unescaped."""
    assert environment.loader is not None
    text = environment.loader.get_source(environment, name)[0].replace("\r", "")
    if re.search(r"</(style|script)|<!--", text, re.IGNORECASE):
        raise ValueError(f"reports/html/{name}: must not contain </style, </script or <!--")
    return Markup(text)


def _content_policy(style: str, script: str) -> str:
    """Nothing may be loaded or sent; only this style and this script run, by their hash."""
    marks = (b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script))
    style_mark, script_mark = (f"'sha256-{mark}'" for mark in marks)
    return (
        f"default-src 'none'; img-src data:; style-src {style_mark}; script-src {script_mark}; "
        "base-uri 'none'; form-action 'none'"
    )


def _pages(
    report: Report, policy: Policy, seen: _survey.Survey, cards: _gather.Cards
) -> Iterator[PageView]:
    """The pages' sections, made one by one."""
    for number, audit in enumerate(report.audits, 1):
        yield _page(number, audit, policy, seen, cards.screens.get(number))


def _page(
    number: int, audit: Audit, policy: Policy, seen: _survey.Survey, shot: Shot | None
) -> PageView:
    told = [_told(audit, result, policy, seen) for result in audit.results]
    required = tuple(dict.fromkeys(required_gaps(audit, policy)))
    standings = {standing(finding, policy) for finding in audit.findings()}
    if required:
        standings.add(Standing.BROKEN)
    return PageView(
        number=number,
        audit=audit,
        name=seen.names[number - 1],
        choice=_words.profile_choice(audit),
        state=next((s for s in Standing if s in standings), Standing.CLEAN),
        counts=Counter(_bucket(finding) for finding in audit.findings()),
        statuses=Counter(_words.status_of(finding) for finding in audit.findings()),
        told=sorted((row for row in told if row.failures or row.reviews), key=lambda r: r.order),
        untested=_untested(audit),
        verdicts=Counter(result.verdict for result in audit.results),
        passed=sum(result.passed for result in audit.results),
        required=required,
        shot=shot,
    )


def _told(audit: Audit, result: Result, policy: Policy, seen: _survey.Survey) -> Told:
    page = page_key(audit)
    told = [finding for finding in result.findings if finding.outcome.verdict in _survey.TOLD_HERE]
    failures = [finding for finding in told if finding.outcome.verdict is Verdict.FAIL]
    return Told(
        rule=result.rule,
        severity=result.severity,
        failures=len(failures),
        reviews=len(told) - len(failures),
        shared=sum(seen.shelf.of(page, finding) is not None for finding in told),
        quiet=bool(failures) and all(excused(finding, policy) for finding in failures),
    )


def _untested(audit: Audit) -> Counter[tuple[Cause, str]]:
    found: Counter[tuple[Cause, str]] = Counter()
    for finding in audit.findings():
        if finding.outcome.cause:
            found[finding.outcome.cause, _words.line(finding.outcome.message, 600)] += 1
    return found


def _bucket(finding: Finding) -> str:
    outcome = finding.outcome
    if outcome.verdict is Verdict.FAIL:
        return finding.severity.value
    return outcome.cause.value if outcome.cause else outcome.verdict.value


def _chunks(pieces: Iterable[str]) -> Iterator[str]:
    """Jinja's many small pieces as few larger ones."""
    gathered: list[str] = []
    size = 0
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield "".join(gathered)
            gathered, size = [], 0
    yield "".join(gathered)
