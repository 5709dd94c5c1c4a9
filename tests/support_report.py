"""Reports made by hand that every format's tests share: one that is awkward in every way, one that is large.

``awkward()`` holds, by page: ``CLEAN`` (nothing to tell), ``FAULTY`` (a failure of each severity, a review, pictures, a
raised severity, findings told under another rule), ``LOCAL`` (a file: much out of reach), ``BROKEN`` (a check that
died, a frame that could not be read), ``TIMED_OUT`` (a problem: nothing tested) and ``HOSTILE`` (``EVIL`` in every
field that a page, a server, a baseline or a waiver can fill). ``compared()`` is the run of a site against a baseline
and waivers: pages that share a fault, findings of every status.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from checker.page import Missing, Mode, Need, Picture, Problem, Trouble
from checker.report import Audit, Finding, Report, Result, count
from checker.rule import Binding, Criterion, Example, Profile, Reference, Rule
from checker.status import Comparison, Fate, Leftover, Matched, Status, Waived, WaiverUse
from checker.verdict import (
    Authority,
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

CLEAN = "https://www.example.gov/news/clean/"
FAULTY = "https://www.defense.gov/News/News-Stories/Article/3835219/"
LOCAL = "site/news/local.html"
BROKEN = "https://www.example.gov/news/broken/?page=2&sort=new"
TIMED_OUT = "https://www.example.gov/news/slow/"
HOSTILE = "javascript:alert('xss')//<img src=x onerror=alert(1)>"

EVIL = (
    "</script><script>alert('evil')</script></style></title></textarea>--><!-- ]]> &amp; &lt;b&gt; "
    "\"'` {{ 7*7 }} {% x %} "
    "\x00\x07\x1b[31m\x7f\x85\ufffe bidi \u202eexe.gpj\u202c \u2066x "
    "lone \ud800 sep \u2028 emoji 🪖 line\nbreak\r\n\tend "
)
"""Every kind of text that breaks out of something."""
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


def rule(
    name: str,
    title: str,
    authority: Authority = Authority.POLICY,
    severity: Severity | None = Severity.WARNING,
    *,
    references: tuple[Reference, ...] = (),
    criteria: tuple[str, ...] = (),
    needs: tuple[Need, ...] = (),
    same_as: tuple[str, ...] = (),
    subject: str = "page",
    why: str = "Readers who cannot see the picture get its content from these words.",
    fix: str = "Write in one sentence what the picture shows.",
) -> Rule:
    """A rule with what its test does not care about filled in."""
    return Rule(
        id=name,
        title=title,
        authority=authority,
        check="page.loaded",
        why=why,
        fix=fix,
        references=references
        or (Reference("A policy", "https://www.example.gov/policy", "Pages must be right."),),
        examples=(Example(Verdict.PASS, "<p>x</p>"),),
        severity=severity,
        criteria=criteria,
        needs=needs,
        same_as=same_as,
        subject=subject,
    )


SECTION_508 = Reference(
    "36 CFR 1194, Appendix A, E205.4",
    "https://www.ecfr.gov/current/title-36/chapter-XI/part-1194",
    "Electronic content shall conform to Level A and Level AA Success Criteria.",
)
MANY = tuple(
    Reference(f"Source {n}", f"https://www.example.gov/source/{n}?a=1&b=2", f"Words of source {n}.")
    for n in range(1, 13)
)

RULES = (
    rule(
        "image-alt",
        "Images have a text alternative",
        Authority.LAW,
        None,
        references=(SECTION_508, Reference("WCAG 2.0, 1.1.1", "https://www.w3.org/TR/WCAG20/")),
        criteria=("1.1.1",),
        same_as=("axe-image-alt",),
        subject="images",
    ),
    rule("caption", "Pictures have a caption", Authority.POLICY, Severity.ADVICE, subject="figures"),
    rule("banner", "The page opens with the banner of .gov or .mil", Authority.STANDARD, subject="banner"),
    rule("credit", "Pictures name their maker", Authority.GUIDANCE, Severity.ADVICE, subject="figures"),
    rule("alt-quality", "Alternatives say what the picture shows", Authority.HEURISTIC, Severity.ADVICE),
    rule(
        "axe-image-alt", "Images must have alternative text", Authority.LAW, None,
        criteria=("1.1.1", "4.1.2"), needs=(Need.RENDERED, Need.AXE), subject="axe",
    ),
    rule(
        "axe-color-contrast", "Text has enough contrast", Authority.LAW, None,
        criteria=("1.4.3",), needs=(Need.RENDERED, Need.AXE), subject="axe",
    ),
    rule("hsts", "The server asks for https only", needs=(Need.TRANSPORT,), subject="transport", references=MANY),
    rule("no-video", "Videos have captions", Authority.LAW, Severity.ERROR, criteria=("1.2.2",)),
    rule("virin", "Pictures carry a VIRIN", Authority.POLICY, Severity.WARNING, subject="figures"),
    rule("page-load", "The page loads and is an article"),
    rule(
        "evil-rule", EVIL, Authority.LAW, Severity.ERROR, why=EVIL, fix=EVIL,
        references=(
            Reference(EVIL, "javascript:alert(1)", EVIL, read=False),
            Reference("Quoted", "https://www.example.gov/\"onmouseover='alert(1)'", EVIL),
        ),
    ),
)  # fmt: skip

PROFILES = (
    Profile(
        "dod-news",
        "Department of Defense news",
        Binding("2.0", "36 CFR 1194, E205.4 (Section 508): WCAG 2.0 Level A and AA"),
        ("*.mil", "defense.gov", "*.defense.gov"),
        {"caption": Severity.ERROR},
        "DoD imagery is published with caption, credit and VIRIN",
    ),
    Profile("federal", "Federal executive agency", Binding("2.0", "36 CFR 1194, E205.4"), skip=("virin",)),
)  # fmt: skip
CRITERIA = (
    Criterion("1.1.1", "Non-text Content", "A", "2.0", "Whether the alternative serves the same purpose."),
    Criterion("1.2.1", "Audio-only and Video-only (Prerecorded)", "A", "2.0"),
    Criterion("1.2.2", "Captions (Prerecorded)", "A", "2.0"),
    Criterion("1.4.3", "Contrast (Minimum)", "AA", "2.0", "Text over pictures."),
    Criterion("1.4.6", "Contrast (Enhanced)", "AAA", "2.0"),
    Criterion("4.1.1", "Parsing", "A", "2.0"),
    Criterion("4.1.2", "Name, Role, Value", "A", "2.0"),
    Criterion("4.1.3", "Status Messages", "AA", "2.1"),
)  # fmt: skip


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


WAIVED = Waived("the archive mends it in spring", "Ann Lee", "Bob Roe", "2026-12-31", expired=False)
EXPIRED = Waived("the vendor mends it", "Cay Poe", "Bob Roe", "2026-10-01", expired=True)


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


def site_page(number: int) -> Audit:
    """A page of a site whose header has a known fault on every page; the third has a new one too, and the first has
    one of every status."""
    url = f"https://www.example.gov/news/{number}/"
    logo = Location("header > a > img", '<img src="/logo.svg">', "", 12, 1, 3)
    places = tuple(
        Location(f"main > img:nth-of-type({n})", f'<img src="/{n}.jpg">', "", 40 + n, 1, 10 + n)
        for n in range(6)
    )
    own: list[Result] = []
    if number == 1:
        marks = (Status.MOVED, Status.CHANGED, Status.RULE_CHANGED, WAIVED, EXPIRED)
        outcomes = [
            failed(f"The image “{n}.jpg” has no text alternative.", place)
            for n, place in enumerate(places[:5])
        ]
        own = [stands(result("image-alt", Severity.ERROR, *outcomes, passed=2), *marks)]
    if number == 3:
        own = [
            stands(
                result(
                    "image-alt",
                    Severity.ERROR,
                    failed("The image “new.jpg” has no text alternative.", places[5]),
                ),
                Status.NEW,
            )
        ]
    return Audit(
        target=url,
        url=url,
        title=f"Story {number}",
        profile="federal",
        profile_by="default",
        mode=Mode.RENDERED,
        loaded_at=MADE_AT,
        results=(
            result("page-load", Severity.WARNING, passed=1),
            stands(
                result("axe-image-alt", Severity.ERROR, failed("The logo has no name.", logo), article=False),
                Status.KNOWN,
            ),
            result("banner", Severity.WARNING, review("Is the text of the banner still right?"), article=False),
            result("axe-color-contrast", Severity.ERROR, passed=20),
            *own,
        ),
        status=200,
        axe_version="4.10.2",
        browser="Chromium 143.0",
    )  # fmt: skip


def compared() -> Report:
    """Four pages of a site against a baseline and waivers, as of ``MADE_AT``."""
    row = Leftover(
        Fate.FIXED, "caption", "0123456789abcdef", Region.ARTICLE, "The picture has no caption.", "main figure",
        "2026-01-02", ("www.example.gov/news/2/", "www.example.gov/news/4/"),
    )  # fmt: skip
    use = WaiverUse(
        "image-alt", ("www.example.gov/news/*",), "3.jpg", WAIVED.reason, WAIVED.owner, WAIVED.approver,
        WAIVED.expires, 37, False, 1, 1,
    )  # fmt: skip
    return replace(
        report_of(*map(site_page, range(1, 5))),
        comparison=Comparison(
            "presscheck-baseline.toml", 4, 1, 1, 1, 1, (row,), (replace(row, fate=Fate.NOT_TESTABLE, rule="hsts"),), 7
        ),
        waivers=(
            use,
            replace(use, owner=EXPIRED.owner, expires=EXPIRED.expires, days_left=-54, element="4.jpg"),
            replace(use, expires="2026-12-01", days_left=7, ends_soon=True, too_broad="it covers 90 pages"),
            replace(use, rule="caption", findings=0, covered=0, unused="nothing there fails the rule"),
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class ManyAudits:
    """Pages made when they are walked, so that nobody holds them all."""

    pages: int
    findings: int

    def __len__(self) -> int:
        return self.pages

    def __iter__(self) -> Iterator[Audit]:
        image = png(400, 300, (90, 110, 130))
        for number in range(self.pages):
            url = f"https://www.example.gov/news/{number}/"
            outcomes = (
                failed(
                    f"The image “{place}.jpg” has no text alternative.",
                    Location(f"main > img:nth-of-type({place})", f'<img src="{place}.jpg">', "", place, 1, place),
                )
                for place in range(1, self.findings + 1)
            )  # fmt: skip
            yield Audit(
                target=url,
                url=url,
                title=f"Article {number}",
                profile="federal",
                mode=Mode.RENDERED,
                loaded_at=MADE_AT,
                results=(
                    result("page-load", Severity.WARNING, passed=1),
                    result("image-alt", Severity.ERROR, *outcomes, passed=9),
                ),
                status=200,
                pictures=tuple(
                    Picture(place, "image/png", 400, 300, image) for place in range(1, self.findings + 1)
                ),
            )  # fmt: skip


def large(pages: int = 1_000, findings: int = 20) -> Report:
    """Many pages with the same faults, each with its picture."""
    audits = ManyAudits(pages, findings)
    return Report("0.1.0", "0123456789ab", MADE_AT, RULES, PROFILES, count(audits), audits)
