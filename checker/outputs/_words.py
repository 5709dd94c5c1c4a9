"""Words and safe text for people: what the HTML report's templates call to say verdicts and to show page text."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from checker.clean import printable
from checker.page import Mode, Need
from checker.report import Audit, Finding
from checker.verdict import Authority, Confidence, Severity

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
CONFIDENCES = {
    Confidence.CERTAIN: "certain where it fails",
    Confidence.LIKELY: "likely where it fails",
    Confidence.POSSIBLE: "possible: a person decides",
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
STATUSES = {
    "new": "New",
    "expired": "No longer waived",
    "rule-changed": "New by rule change",
    "changed": "Known, changed",
    "moved": "Known, moved",
    "known": "Known",
    "waived": "Waived",
    "": "Not compared",
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
    return line(audit.title, 160) or page_place(audit)


def page_place(audit: Audit) -> str:
    """Where the page is: its address, else its file."""
    return line(audit.url or audit.source_path or audit.target, 160)


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


def status_of(finding: Finding) -> str:
    """The key in ``STATUSES`` of how a finding stands against the baseline and the waivers; a waiver goes first."""
    if finding.waiver:
        return "expired" if finding.waiver.expired else "waived"
    return finding.status.value if finding.status else ""
