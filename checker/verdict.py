"""The words in which presscheck judges: verdicts, severities, authorities, places and outcomes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Verdict(StrEnum):
    """What a rule says of an element or a page (the outcomes of W3C's EARL and ACT)."""

    PASS = "pass"
    FAIL = "fail"
    REVIEW = "review"  # a machine cannot say
    NOT_APPLICABLE = "not-applicable"
    NOT_TESTED = "not-tested"  # something broke or could not run: never a pass


class Cause(StrEnum):
    """Why something is NOT_TESTED; only the first makes a run exit with 3 unasked."""

    BROKEN = "broken"
    OUT_OF_REACH = "out-of-reach"


class Severity(StrEnum):
    """How much a failure weighs."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def rank(self) -> int:
        """0 for the heaviest: severities sort by it."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Authority(StrEnum):
    """Who asks for it; the severity follows from this."""

    LAW = "law"
    POLICY = "policy"
    STANDARD = "standard"
    GUIDANCE = "guidance"
    HEURISTIC = "heuristic"


class Confidence(StrEnum):
    """How surely what a rule fails is a fault; what a rule only asks about (REVIEW) is never more than possible."""

    CERTAIN = (
        "certain"  # the markup, the connection or the browser shows just what the source speaks of
    )
    LIKELY = "likely"  # the thing is recognised by its words, its place or its looks
    POSSIBLE = "possible"  # a rule of thumb: a person decides


class Region(StrEnum):
    """Whether a finding is of the article itself or of what pages of the site share."""

    ARTICLE = "article"
    TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Location:
    """A place that a person can find.

    ``selector`` is a CSS selector in which ``>>>`` enters a shadow root or a frame; ``snippet`` the start of the
    element's markup; ``name`` its accessible name or the text that tells it from others; ``line`` and ``column``
    (from 1) stand in the source as served, ``None`` where no source element matches; ``element`` is the element's
    number in ``Page.rendering`` and the key of its picture. ``landmark`` (``main/article``) and ``resource`` (the
    picture's file name or VIRIN, the link's target) are filled in for findings alone.
    """

    selector: str = ""
    snippet: str = ""
    name: str = ""
    line: int | None = None
    column: int | None = None
    element: int | None = None
    landmark: str = ""
    resource: str = ""

    def settled(self, landmark: str = "", resource: str = "") -> Location:
        """The same with these filled in; of one that is put into words only when it is read, in words."""
        return replace(self, landmark=landmark, resource=resource) if landmark or resource else self


@dataclass(frozen=True)
class Outcome:
    """What a check says of one thing; it knows no rule.

    ``count`` is how many elements the outcome stands for (only passes are counted together); ``cause`` belongs to
    NOT_TESTED alone.
    """

    verdict: Verdict
    message: str = ""
    where: Location | None = None
    suggestion: str = ""
    cause: Cause | None = None
    count: int = 1

    def __post_init__(self) -> None:
        if (self.cause is not None) != (self.verdict is Verdict.NOT_TESTED):
            raise ValueError("a cause belongs to NOT_TESTED, and NOT_TESTED needs one")


_PASSED = Outcome(Verdict.PASS)


def passed(where: Location | None = None, message: str = "", *, count: int = 1) -> Outcome:
    """The element meets the expectation. Passes are counted, not told: a check need not say where."""
    if where is None and not message and count == 1:
        return _PASSED
    return Outcome(Verdict.PASS, message, where, count=count)


def failed(message: str, where: Location | None = None, suggestion: str = "") -> Outcome:
    """The element does what the source forbids."""
    return Outcome(Verdict.FAIL, message, where, suggestion)


def review(message: str, where: Location | None = None, suggestion: str = "") -> Outcome:
    """A person must look: the machine cannot say."""
    return Outcome(Verdict.REVIEW, message, where, suggestion)


def not_tested(message: str, cause: Cause, where: Location | None = None) -> Outcome:
    """It could not be tested, and why."""
    return Outcome(Verdict.NOT_TESTED, message, where, cause=cause)
