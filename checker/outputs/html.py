"""The report as one HTML file for people who publish: no outside request, a strict content policy, streamed.

The templates, the style and the script are in ``reports/html/``. Everything that a page can say is escaped, bounded and
cleared of control characters; only http and https addresses become links.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from checker import _data
from checker.coverage import Decided
from checker.gate import Policy, Scope, Standing, judge
from checker.outputs import _criteria, _gather, _survey, _verdict, _words
from checker.outputs._pageview import page_views
from checker.report import Report
from checker.status import WaiverUse
from checker.verdict import Cause, Severity, Verdict

_CHUNK = 65_536


def write(
    report: Report,
    policy: Policy,
    *,
    findings: int = _gather.FINDINGS,
    pictures: int = _gather.PICTURES,
) -> Iterator[str]:
    """The document in pieces. At most so many ``findings`` are shown in full, the others are counted and told; all
    ``pictures`` together take at most so many characters."""
    return Paper().whole(report, policy, findings=findings, pictures=pictures)


@dataclass(frozen=True)
class Part:
    """Some of a report's pages in a file of their own: its number ``of`` so many, the ``first`` and ``last`` page of so
    many ``pages``, and the addresses of the index, the part before and the one after."""

    number: int
    of: int
    first: int
    last: int
    pages: int
    index: str
    before: str = ""
    after: str = ""


class Paper:
    """The templates, the style and the script, read once for all files of a report."""

    def __init__(self) -> None:
        self._environment = _environment()
        self._style, self._script = (
            _asset(self._environment, f"report.{kind}") for kind in ("css", "js")
        )

    def whole(
        self,
        report: Report,
        policy: Policy,
        *,
        findings: int = _gather.FINDINGS,
        pictures: int = _gather.PICTURES,
        part: Part | None = None,
    ) -> Iterator[str]:
        """A report with all its pages; ``part`` says of which larger one it is a part."""
        seen = _survey.survey(report, policy)
        cards = _gather.cards(report, seen, findings=findings, pictures=pictures)
        return self.print(
            "report.html",
            report,
            policy,
            seen,
            part=part,
            cards=cards,
            pages=page_views(report, policy, seen, cards),
        )

    def print(
        self,
        template: str,
        report: Report,
        policy: Policy,
        seen: _survey.Survey,
        **more: object,
    ) -> Iterator[str]:
        """The pieces of a file: what every one of them says, and ``more``."""
        gate = judge(report, policy)
        pieces = self._environment.get_template(template).generate(
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
            rules={rule.id: rule for rule in report.rules},
            profiles={profile.id: profile for profile in report.profiles},
            style=self._style,
            script=self._script,
            content_policy=_content_policy(self._style, self._script),
            **more,
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
