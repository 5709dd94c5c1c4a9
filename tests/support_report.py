"""Reports made by hand that every format's tests share: one that is awkward in every way.

``awkward()`` holds, by page: ``CLEAN`` (nothing to tell), ``FAULTY`` (a failure of each severity, a review, pictures, a
raised severity, findings told under another rule), ``LOCAL`` (a file: much out of reach), ``BROKEN`` (a check that
died, a frame that could not be read), ``TIMED_OUT`` (a problem: nothing tested) and ``HOSTILE`` (``EVIL`` in every
field that a page, a server, a baseline or a waiver can fill).
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from hashlib import sha256

from checker.page import Missing, Mode, Need, Picture, Problem, Trouble
from checker.report import Audit, Finding, Report, Result, count
from checker.status import Comparison, Fate, Leftover, Matched, Status, Waived, WaiverUse
from checker.verdict import (
    Cause,
    Location,
    Outcome,
    Region,
    Severity,
    Verdict,
    failed,
    not_tested,
    review,
)
from tests.support_rules import CRITERIA, EVIL, PROFILES, RULES

CLEAN = "https://www.example.gov/news/clean/"
FAULTY = "https://www.defense.gov/News/News-Stories/Article/3835219/"
LOCAL = "site/news/local.html"
BROKEN = "https://www.example.gov/news/broken/?page=2&sort=new"
TIMED_OUT = "https://www.example.gov/news/slow/"
HOSTILE = "javascript:alert('xss')//<img src=x onerror=alert(1)>"

LONG = "long" + "ä" * 50_000
MADE_AT = "2026-11-24T13:00:00Z"


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A picture of one colour."""
    row = b"\0" + bytes(colour) * width

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(row * height))
        + chunk(b"IEND", b"")
    )


def stands(found: Result, *marks: Status | Waived | None) -> Result:
    """The result with a status or a waiver for each of its findings, in their order."""
    marked = []
    for each, mark in zip(found.findings, marks, strict=True):
        match mark:
            case Waived():
                marked.append(replace(each, waiver=mark))
            case Status.KNOWN | Status.MOVED | Status.CHANGED:
                row = Matched("handle", each.fingerprint, "2026-01-02")
                marked.append(replace(each, status=mark, matched=row))
            case _:
                marked.append(replace(each, status=mark))
    return replace(found, findings=tuple(marked))


def finding(name: str, outcome: Outcome, severity: Severity, *, article: bool = True) -> Finding:
    """A finding whose fingerprint follows from what it says."""
    mark = sha256(repr((name, outcome)).encode("utf-8", "backslashreplace")).hexdigest()[:16]
    return Finding(name, severity, outcome, mark, Region.ARTICLE if article else Region.TEMPLATE)


def result(
    name: str,
    severity: Severity,
    *outcomes: Outcome,
    passed: int = 0,
    raised_by: str = "",
    told_by: str = "",
    article: bool = True,
) -> Result:
    """What one rule says of a page: the verdict follows from the outcomes."""
    order = (Verdict.FAIL, Verdict.NOT_TESTED, Verdict.REVIEW)
    said = {outcome.verdict for outcome in outcomes}
    clear = Verdict.FAIL if told_by else Verdict.PASS if passed else Verdict.NOT_APPLICABLE
    return Result(
        rule=name,
        verdict=next((verdict for verdict in order if verdict in said), clear),
        severity=severity,
        passed=passed,
        findings=tuple(finding(name, outcome, severity, article=article) for outcome in outcomes),
        raised_by=raised_by,
        told_by=told_by,
    )


def clean() -> Audit:
    """A rendered page of which there is nothing to tell."""
    return Audit(
        target=CLEAN,
        url=CLEAN,
        title="A clean page",
        profile="federal",
        profile_by="default",
        mode=Mode.RENDERED,
        loaded_at=MADE_AT,
        results=(
            result("page-load", Severity.WARNING, passed=1),
            result("image-alt", Severity.ERROR, passed=31),
            result("axe-color-contrast", Severity.ERROR, passed=204),
            result("no-video", Severity.ERROR),
        ),
        status=200,
        axe_version="4.10.2",
        browser="Chromium 143.0",
    )


def faulty() -> Audit:
    """A failure of each severity, a review, pictures, a raised severity, a rule told under another."""
    picture = Location(
        "main > figure:nth-of-type(1) > img", '<img src="/saber-strike.jpg">', "saber-strike.jpg", 41, 9, 17
    )  # fmt: skip
    second = Location(
        "main > figure:nth-of-type(2) > img", '<img src="/b.jpg" alt>', "b.jpg", 58, 9, 23
    )
    shadow = Location("dod-header >>> a.logo > img", '<img src="logo.svg">', "logo.svg", element=4)
    return Audit(
        target=FAULTY,
        url=FAULTY,
        title="Stoltenberg: Ukraine Can Count on NATO For Long Haul",
        profile="dod-news",
        profile_by="host",
        mode=Mode.RENDERED,
        loaded_at=MADE_AT,
        results=(
            result("page-load", Severity.WARNING, passed=1),
            result(
                "image-alt",
                Severity.ERROR,
                failed("The image “saber-strike.jpg” has no text alternative.", picture, 'Give it alt="…".'),
                failed("The image “logo.svg” has no text alternative.", shadow),
                passed=3,
            ),
            result(
                "caption", Severity.ERROR, failed("The picture has no caption.", second), raised_by="dod-news"
            ),
            result(
                "banner", Severity.WARNING, failed("The page does not open with the banner."), article=False
            ),
            result("credit", Severity.ADVICE, failed("No credit stands by the picture.", second)),
            result("alt-quality", Severity.ADVICE, review("Does “IMG 204” say what the picture shows?", second)),
            result("axe-image-alt", Severity.ERROR, passed=3, told_by="image-alt"),
            result(
                "axe-color-contrast",
                Severity.ERROR,
                failed("Contrast is 3.1 to 1, and 4.5 to 1 is needed.", picture),
                review("The background is a picture: axe cannot measure the contrast.", second),
                passed=120,
            ),
            result("no-video", Severity.ERROR),
        ),
        status=200,
        axe_version="4.10.2",
        browser="Chromium 143.0",
        notes=("One request was blocked by the page's own policy.",),
        pictures=(
            Picture(None, "image/png", 64, 48, png(64, 48, (90, 110, 130))),
            Picture(17, "image/png", 40, 30, png(40, 30, (40, 120, 60))),
            Picture(23, "image/png", 30, 40, png(30, 40, (160, 60, 40))),
        ),
    )  # fmt: skip


def local() -> Audit:
    """A file judged without a browser: much is out of reach."""
    no_browser = "no browser is installed"
    return Audit(
        target=LOCAL,
        url="",
        title="A local page",
        profile="federal",
        profile_by="default",
        mode=Mode.STATIC,
        loaded_at=MADE_AT,
        results=(
            result("page-load", Severity.WARNING, passed=1),
            result("image-alt", Severity.ERROR, passed=2),
            result("hsts", Severity.WARNING, not_tested("a local file has no server", Cause.OUT_OF_REACH)),
            result("axe-color-contrast", Severity.ERROR, not_tested(no_browser, Cause.OUT_OF_REACH)),
            result("axe-image-alt", Severity.ERROR, not_tested(no_browser, Cause.OUT_OF_REACH)),
        ),
        source_path=LOCAL,
        missing=(
            Missing(Need.RENDERED, Cause.OUT_OF_REACH, no_browser),
            Missing(Need.AXE, Cause.OUT_OF_REACH, no_browser),
            Missing(Need.TRANSPORT, Cause.OUT_OF_REACH, "a local file has no server"),
        ),
    )  # fmt: skip


def broken() -> Audit:
    """A check died and a frame could not be read."""
    return Audit(
        target=BROKEN,
        url=BROKEN,
        title="A page that broke a check",
        profile="federal",
        profile_by="default",
        mode=Mode.RENDERED,
        loaded_at=MADE_AT,
        results=(
            result("page-load", Severity.WARNING, passed=1),
            result(
                "image-alt",
                Severity.ERROR,
                not_tested("the check died: KeyError: 'src'", Cause.BROKEN),
                passed=1,
            ),
            result("virin", Severity.WARNING, passed=4, raised_by="--set"),
        ),
        status=200,
        missing=(
            Missing(Need.AXE, Cause.BROKEN, "axe did not answer within 30 s", "frame https://maps.example/"),
        ),
        browser="Chromium 143.0",
    )  # fmt: skip


def timed_out() -> Audit:
    """A page that did not load."""
    reason = "The page did not answer within 30 seconds."
    return Audit(
        target=TIMED_OUT,
        url=TIMED_OUT,
        title="",
        profile="federal",
        profile_by="default",
        mode=Mode.RENDERED,
        loaded_at=MADE_AT,
        results=(result("page-load", Severity.WARNING, not_tested(reason, Cause.BROKEN)),),
        problem=Problem(Trouble.TIME_OUT, reason),
    )


def hostile() -> Audit:
    """Hostile text wherever a page, a server or a file name can put it."""
    where = Location(EVIL, EVIL, EVIL, 10**9, 0, 7)
    nowhere = Location(LONG, LONG, LONG)
    return Audit(
        target=HOSTILE,
        url=HOSTILE,
        title=EVIL,
        profile="dod-news",
        mode=Mode.RENDERED,
        loaded_at=MADE_AT,
        results=(
            stands(
                result(
                    "evil-rule",
                    Severity.ERROR,
                    failed(EVIL, where, EVIL),
                    failed(LONG, nowhere, LONG),
                    review(EVIL, where, EVIL),
                    not_tested(EVIL, Cause.BROKEN, where),
                ),
                Waived(EVIL, EVIL, EVIL, EVIL, expired=True),
                Waived(LONG, LONG, LONG, LONG, expired=True),
                None,
                None,
            ),
        ),
        source_path=EVIL,
        missing=(Missing(Need.AXE, Cause.OUT_OF_REACH, EVIL, EVIL),),
        notes=(EVIL, LONG),
        axe_version=EVIL,
        browser=EVIL,
        pictures=(
            Picture(7, 'image/svg+xml"><script>alert(1)</script>', 10, 10, b"<svg onload='alert(1)'/>"),
        ),
    )  # fmt: skip


def report_of(*audits: Audit, notes: tuple[str, ...] = ()) -> Report:
    """A report of these pages."""
    return Report(
        tool_version="0.1.0",
        rules_version="0123456789ab",
        made_at=MADE_AT,
        rules=RULES,
        profiles=PROFILES,
        counts=count(audits),
        audits=audits,
        axe_versions=tuple(dict.fromkeys(a.axe_version for a in audits if a.axe_version)),
        browsers=tuple(dict.fromkeys(a.browser for a in audits if a.browser)),
        notes=notes,
        criteria=CRITERIA,
    )


def awkward() -> Report:
    """All of it."""
    notes = ("3 addresses of the list stand in it twice and were read once.", EVIL)
    report = report_of(clean(), faulty(), local(), broken(), timed_out(), hostile(), notes=notes)
    left = Leftover(Fate.FIXED, EVIL, EVIL, Region.TEMPLATE, EVIL, EVIL, EVIL, (HOSTILE, EVIL))
    return replace(
        report,
        comparison=Comparison(EVIL, known=1, fixed=(left,), not_testable=(replace(left, fate=Fate.NOT_TESTABLE),)),
        waivers=(WaiverUse(EVIL, (EVIL, HOSTILE), EVIL, EVIL, EVIL, EVIL, EVIL, -3, False, 1, 1, EVIL, EVIL),),
    )  # fmt: skip
