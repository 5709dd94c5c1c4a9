"""GitHub Actions: annotations on standard output. The step summary is the Markdown report.

Source: docs.github.com, workflow commands: ``::error file=…,line=…,col=…,title=…::message`` with %, CR and LF (and, in
properties, ``:`` and ``,``) percent-encoded; 10 of each kind a step are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.clean import one_line
from checker.gate import Policy, Standing, standing
from checker.outputs._keys import Keys
from checker.outputs._standing import said as said_of
from checker.report import Finding, Report
from checker.verdict import Severity, Verdict

SHOWN = 10
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def commands(report: Report, policy: Policy, *, base: str = "") -> Iterator[str]:
    """Workflow commands: of each kind the first ten, those that stop the run first; the rest is counted in a notice.
    ``base`` is the run's folder below the repository's top."""
    titles = {rule.id: rule.title for rule in report.rules}
    shown: Counter[str] = Counter()
    hidden = 0
    for only in (Standing.RED, Standing.BROKEN, Standing.TOLD):
        keys = Keys(base)
        for audit in report.audits:
            path = keys.file(audit)
            for finding in audit.findings():
                word = _word(finding)
                if word is None or standing(finding, policy) is not only:
                    continue
                if shown[word] == SHOWN - (word == "notice"):
                    hidden += 1
                    continue
                shown[word] += 1
                yield _command(word, finding, path, titles[finding.rule])
    if hidden:
        yield f"::notice title=presscheck::{hidden} more findings stand in the step summary and the reports"


def _word(finding: Finding) -> str | None:
    match finding.outcome.verdict:
        case Verdict.FAIL:
            return _WORDS[finding.severity]
        case Verdict.NOT_TESTED if finding.outcome.cause == "broken":
            return "error"
        case _:
            return None


def _command(word: str, finding: Finding, path: str, title: str) -> str:
    where = finding.outcome.where
    properties = {"file": path, "title": f"{finding.rule}: {title}"}
    if where and where.line:
        properties |= {"line": str(where.line), "col": str(where.column or 1)}
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    name = f" ({where.name})" if where and where.name else ""
    standing_words = f" [{words}]" if (words := said_of(finding)) else ""
    message = finding.outcome.message + name + standing_words
    return f"::{word} {said}::{_data(message)}"


def _data(text: str) -> str:
    return one_line(text)[:1_000].replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
