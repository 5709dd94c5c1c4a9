"""A page that was rendered more than once: what every render shows, and what only some do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.report import Audit, Finding, Result
from checker.verdict import Verdict

_ORDER = (Verdict.FAIL, Verdict.NOT_TESTED, Verdict.REVIEW, Verdict.PASS)


def merged(audits: Sequence[Audit]) -> Audit:
    """One audit of a page's renders: that of the first one that loaded. A failure that not all of them show is unstable
    and for a person to look at (REVIEW); a pass counts as often as every render has it; what could not be tested in
    any stays not tested. Where fewer than two loaded, nothing is known of stability, and the page says so."""
    loaded = [audit for audit in audits if audit.problem is None]
    base = loaded[0] if loaded else audits[0]
    if len(audits) == 1:
        return base
    if len(loaded) < 2:
        return replace(base, notes=(*base.notes, *_failed(audits))) if loaded else base
    by_rule = [{result.rule: result for result in audit.results} for audit in loaded]
    results = tuple(
        _result([each[result.rule] for each in by_rule if result.rule in each], len(loaded))
        for result in base.results
    )
    unstable = sum(finding.unstable for result in results for finding in result.findings)
    notes = [*base.notes, *_failed(audits)]
    if unstable:
        notes.append(
            f"{unstable} findings differ between {len(loaded)} renders of the page: they are unstable"
        )
    return replace(base, results=results, notes=tuple(notes))


def _failed(audits: Sequence[Audit]) -> Iterator[str]:
    failed = [audit.problem.message for audit in audits if audit.problem]
    if failed:
        yield f"{len(failed)} of {len(audits)} renders did not load: {failed[0]}"


def _result(renders: Sequence[Result], number: int) -> Result:
    base = renders[0]
    if all(each.findings == base.findings and each.passed == base.passed for each in renders[1:]):
        return base
    findings = tuple(_findings(renders, number))
    passed = min(each.passed for each in renders)
    said = {finding.outcome.verdict for finding in findings}
    if passed:
        said.add(Verdict.PASS)
    verdict = next((each for each in _ORDER if each in said), base.verdict)
    return replace(base, verdict=verdict, findings=findings, passed=passed)


def _findings(renders: Sequence[Result], number: int) -> Iterator[Finding]:
    """Every different finding once, in the order of the renders."""
    counts = [Counter(map(_key, each.findings)) for each in renders]
    told: Counter[tuple[str, Verdict]] = Counter()
    for turn, result in enumerate(renders):
        here: Counter[tuple[str, Verdict]] = Counter()
        for finding in result.findings:
            key = _key(finding)
            here[key] += 1
            if here[key] <= told[key]:
                continue
            told[key] += 1
            seen = sum(count[key] >= here[key] for count in counts)
            yield finding if seen == number else _unstable(finding, seen, number, own=turn == 0)


def _key(finding: Finding) -> tuple[str, Verdict]:
    return finding.fingerprint, finding.outcome.verdict


def _unstable(finding: Finding, seen: int, number: int, *, own: bool) -> Finding:
    """What could not be tested in one render stays so; any other finding waits for a person. ``own`` ones are of the
    render whose pictures are kept."""
    outcome = finding.outcome
    where = outcome.where if own or outcome.where is None else replace(outcome.where, element=None)
    verdict = Verdict.REVIEW if outcome.verdict is Verdict.FAIL else outcome.verdict
    message = f"Unstable, in {seen} of {number} renders: {outcome.message}"
    said = replace(outcome, verdict=verdict, message=message, where=where)
    return replace(finding, outcome=said, unstable=True)
