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
from checker.gate import Policy, Standing, judge, required_gaps, standing
from checker.outputs import _gather, _words
from checker.outputs._album import Shot
from checker.report import Audit, Finding, Report
from checker.verdict import Cause, Severity, Verdict

_CHUNK = 65_536


@dataclass(frozen=True)
class PageView:
    """One page's section.

    ``told`` are its findings by rule: severity, failures, reviews; ``counts`` its findings by bucket; ``untested`` how
    many rules were not tested, by cause and reason; ``required`` what ``--require`` asked for and the page lacks.
    """

    number: int
    audit: Audit
    name: str
    choice: str
    state: Standing
    counts: Counter[str]
    told: list[tuple[str, Severity, int, int]]
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
    seen = _gather.survey(report)
    cards = _gather.cards(report, seen, findings=findings, pictures=pictures)
    gate = judge(report, policy)
    pieces = environment.get_template("report.html").generate(
        report=report,
        policy=policy,
        gate=gate,
        verdict=_words.verdict(gate, report.counts),
        threshold=_words.threshold(policy),
        seen=seen,
        cards=cards,
        rules={rule.id: rule for rule in report.rules},
        profiles={profile.id: profile for profile in report.profiles},
        pages=_pages(report, policy, cards),
        style=style,
        script=script,
        content_policy=_content_policy(style, script),
    )
    return _chunks(pieces)


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
        "NEEDS": _words.NEEDS,
        "MODES": _words.MODES,
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


def _pages(report: Report, policy: Policy, cards: _gather.Cards) -> Iterator[PageView]:
    """The pages' sections, made one by one."""
    for number, audit in enumerate(report.audits, 1):
        choice = _words.profile_choice(audit)
        yield _page(number, audit, choice, policy, cards.screens.get(number))


def _page(number: int, audit: Audit, choice: str, policy: Policy, shot: Shot | None) -> PageView:
    counts = Counter(_bucket(finding) for finding in audit.findings())
    told = []
    for result in audit.results:
        verdicts = Counter(finding.outcome.verdict for finding in result.findings)
        if verdicts[Verdict.FAIL] or verdicts[Verdict.REVIEW]:
            told.append(
                (result.rule, result.severity, verdicts[Verdict.FAIL], verdicts[Verdict.REVIEW])
            )
    required = tuple(dict.fromkeys(required_gaps(audit, policy)))
    standings = {standing(finding, policy) for finding in audit.findings()}
    if required:
        standings.add(Standing.BROKEN)
    return PageView(
        number=number,
        audit=audit,
        name=_words.page_name(audit),
        choice=choice,
        state=next((s for s in Standing if s in standings), Standing.CLEAN),
        counts=counts,
        told=sorted(told, key=lambda row: (row[2] == 0, row[1].rank)),
        untested=_untested(audit),
        verdicts=Counter(result.verdict for result in audit.results),
        passed=sum(result.passed for result in audit.results),
        required=required,
        shot=shot,
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
