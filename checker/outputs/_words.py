"""Words and safe text for people: what the HTML report's templates call to say verdicts and to show page text."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from checker.clean import printable
from checker.gate import FailOn, Gate, Policy
from checker.page import Mode, Need
from checker.report import Audit, Counts
from checker.verdict import Authority, Severity

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[\s\u2028\u2029]+")
_LONGEST_LINK = 2_000
SEVERITIES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.ADVICE: "Advice"}
AUTHORITIES = {
    Authority.LAW: "Law",
    Authority.POLICY: "Binding policy",
    Authority.STANDARD: "Standard",
    Authority.GUIDANCE: "Guidance",
    Authority.HEURISTIC: "Rule of thumb",
}
NEEDS = {
    Need.RENDERED: "The page as a browser lays it out",
    Need.AXE: "The accessibility engine axe-core",
    Need.TRANSPORT: "The answer of the page's own server",
    Need.TLS: "The certificate of the connection",
    Need.HTTP_PROBE: "The same address over plain http",
}
MODES = {
    Mode.RENDERED: "in a browser, after scripts ran",
    Mode.STATIC: "as served, without a browser",
}


def clip(text: str, longest: int) -> str:
    """Without control characters, at most ``longest`` characters; an ellipsis tells that some were left out."""
    clean = printable(text[: longest * 2]).replace("\r\n", "\n").replace("\r", "\n")
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"


def line(text: str, longest: int) -> str:
    """The same on one line."""
    return _SPACES.sub(" ", clip(text, longest)).strip()


def visible(text: str) -> str:
    """Code with its bidirectional controls written out, so that it reads in the order in which it stands."""
    return _BIDI.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def link(url: str) -> str:
    """The address if a reader may follow it (http or https, whole and without white space), else nothing."""
    if len(url) > _LONGEST_LINK or url != _SPACES.sub("", printable(url)):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def many(number: int, one: str, more: str = "") -> str:
    """``1 page``, ``1,234 pages``."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def when(moment: str) -> str:
    """An ISO 8601 time as a date that people read."""
    try:
        known = datetime.fromisoformat(moment)
    except ValueError:
        return line(moment, 40)
    zone = known.strftime(" %Z").rstrip()
    return f"{known:%B} {known.day}, {known.year}, {known:%H:%M}{zone}"


def page_name(audit: Audit) -> str:
    """What a person calls the page: its title, else its address."""
    return line(audit.title, 160) or line(audit.url or audit.source_path or audit.target, 160)


def profile_choice(audit: Audit) -> str:
    """Who chose the page's profile."""
    match audit.profile_by:
        case "host":
            return "it fits the page's host"
        case "default":
            return (
                "no other profile fits the host" if audit.url else "the page has no public address"
            )
        case _:
            return "named for this run"


def threshold(policy: Policy) -> str:
    """What stops publishing in this run."""
    match policy.fail_on:
        case FailOn.ERROR:
            return "Errors stop publishing. Warnings, advice and points for a person do not."
        case FailOn.WARNING:
            return "Errors and warnings stop publishing. Advice and points for a person do not."
        case FailOn.NEVER:
            return "This run only reports: whatever it finds, it stops nothing."


def verdict(gate: Gate, counts: Counts) -> tuple[str, str, str]:
    """The run's verdict: its key, its headline, and what it means for publishing."""
    those = "this page" if counts.pages == 1 else "these pages"
    if gate.exit_code == 1:
        on = f" on {gate.pages_red:,} of {counts.pages:,} pages" if counts.pages > 1 else ""
        meaning = (
            f"Do not publish {those} yet. Mend what is marked below{on}, then run the check again."
        )
        return "mend", f"{many(gate.red, 'problem')} to mend", meaning
    if gate.exit_code == 3:
        meaning = (
            f"This is not a pass: {many(gate.broken, 'thing')} that should have been tested could not be. "
            f"See what was not tested, mend the cause, and run the check again before {those} go live."
        )
        return "untested", "Could not be tested", meaning.replace("this page go", "this page goes")
    if not counts.tests_passed and not counts.tests_failed:
        return "untested", "Nothing was tested", "This is not a pass: no rule could judge anything."
    if counts.errors:
        meaning = "This run only reports and stops nothing. Mend the errors before publishing all the same."
        return "found", f"{many(counts.errors, 'error')} found", meaning
    if counts.out_of_reach:
        meaning = f"Nothing that could be tested here must keep {those} from being published."
        return "partial", "Passes, as far as it was tested", meaning
    return "pass", "Passes", f"Nothing was found that must keep {those} from being published."
