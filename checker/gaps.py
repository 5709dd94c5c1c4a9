"""What a page does not have of what rules need."""

from __future__ import annotations

from checker.page import Need, Page
from checker.verdict import Cause


def gaps_of(page: Page) -> dict[Need, tuple[str, Cause]]:
    """What the page lacks: why, and how that weighs."""
    gaps: dict[Need, tuple[str, Cause]] = {}
    for need in Need:
        if gap := page.lacks(need):
            gaps[need] = gap.reason, gap.cause
        elif not _there(page, need):
            gaps[need] = f"{need.value} was not gathered", Cause.OUT_OF_REACH
    return gaps


def _there(page: Page, need: Need) -> bool:
    match need:
        case Need.RENDERED:
            return page.rendering is not None
        case Need.AXE:
            return page.axe is not None
        case Need.TRANSPORT:
            return page.status is not None
        case Need.TLS:
            return page.tls is not None
        case Need.HTTP_PROBE:
            return page.probe is not None
