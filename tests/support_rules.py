"""The rules, profiles and success criteria of the reports made by hand."""

from __future__ import annotations

from checker.page import Need
from checker.rule import Binding, Criterion, Example, Profile, Reference, Rule
from checker.verdict import Authority, Severity, Verdict

EVIL = (
    "</script><script>alert('evil')</script></style></title></textarea>--><!-- ]]> &amp; &lt;b&gt; "
    "\"'` {{ 7*7 }} {% x %} "
    "\x00\x07\x1b[31m\x7f\x85\ufffe bidi \u202eexe.gpj\u202c \u2066x "
    "lone \ud800 sep \u2028 emoji 🪖 line\nbreak\r\n\tend "
)
"""Every kind of text that breaks out of something."""


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
