"""Why pages were not tested, each reason once with how many pages."""

from __future__ import annotations

from collections import Counter

from checker.page import Need
from checker.report import Audit, Report
from checker.verdict import Cause


def left_out(audit: Audit) -> bool:
    """Whether the user's own selection left the page out."""
    return audit.problem is not None and audit.problem.cause is Cause.OUT_OF_REACH


def reasons(report: Report) -> Counter[tuple[str, str]]:
    """Cause and reason of what pages lacked and of pages that were left out."""
    return report.found(Reasons)


class Reasons:
    """Counts them."""

    def __init__(self) -> None:
        self._counted: Counter[tuple[str, str]] = Counter()

    def add(self, audit: Audit) -> None:
        """Count those of a page."""
        self._counted.update((gap.cause.value, gap.reason) for gap in audit.missing)
        if audit.problem and left_out(audit):
            self._counted[Cause.OUT_OF_REACH.value, audit.problem.message] += 1

    def of(self, report: Report) -> Counter[tuple[str, str]]:
        """All of them."""
        return self._counted


def parts(report: Report) -> Counter[tuple[Cause, Need | None, str, str]]:
    """The same by what was lacking, and of which part of the page; None for the page as a whole."""
    counted: Counter[tuple[Cause, Need | None, str, str]] = Counter()
    for audit in report.audits:
        counted.update((gap.cause, gap.need, gap.what, gap.reason) for gap in audit.missing)
        if audit.problem and left_out(audit):
            counted[Cause.OUT_OF_REACH, None, "", audit.problem.message] += 1
    return counted
