"""GitLab Code Quality: a JSON array of failures that the merge request's widget compares with the target branch.

Source: docs.gitlab.com/ci/testing/code_quality (the report format): description, check_name, fingerprint, severity,
location.path, location.lines.begin; no byte order mark; equal fingerprints fold into one.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator

from checker.clean import one_line
from checker.gate import Policy
from checker.outputs._keys import Keys
from checker.outputs._standing import said
from checker.report import Audit, Finding, Report
from checker.verdict import Cause, Severity, Verdict

_SEVERITY = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.ADVICE: "info"}
_DESCRIPTION = 1_000


def write(report: Report, policy: Policy, *, base: str = "") -> Iterator[str]:
    """Failures by their severity, and what broke as a blocker: the widget knows no other word for it. Waived failures
    are told as info, with who waived them until when: it knows no word for them either. ``base`` is the run's folder
    below the repository's top."""
    titles = {rule.id: rule.title for rule in report.rules}
    keys = Keys(base)
    opening = "["
    for audit in report.audits:
        path = keys.file(audit)
        turns: Counter[str] = Counter()
        for finding in audit.findings():
            turns[finding.fingerprint] += 1
            mark = f"{finding.fingerprint}|{turns[finding.fingerprint]}"
            if issue := _issue(audit, finding, path, titles[finding.rule], mark):
                yield f"{opening}\n{json.dumps(issue, ensure_ascii=False)}"
                opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def _issue(
    audit: Audit, finding: Finding, path: str, title: str, mark: str
) -> dict[str, object] | None:
    outcome = finding.outcome
    match outcome.verdict:
        case Verdict.FAIL if finding.waiver and not finding.waiver.expired:
            severity = "info"
        case Verdict.FAIL:
            severity = _SEVERITY[finding.severity]
        case Verdict.NOT_TESTED if outcome.cause is Cause.BROKEN:
            severity = "blocker"
        case _:
            return None
    standing = f"[{said(finding)}] " if finding.waiver else ""
    line = outcome.where.line if outcome.where else None
    identity = f"{audit.url or audit.target}|{mark}"
    return {
        "description": one_line(f"{standing}{title}: {outcome.message}")[:_DESCRIPTION],
        "check_name": finding.rule,
        "fingerprint": hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:32],
        "severity": severity,
        "location": {"path": one_line(path), "lines": {"begin": line or 1}},
    }
