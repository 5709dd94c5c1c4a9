"""Judging: a Page and a catalogue in, an Audit out. Pure: no I/O, no clock, no browser."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from checker import later  # noqa: F401  before anybody imports BeautifulSoup
from checker.article import Article
from checker.article.identity import Identity
from checker.catalog import Catalogue, Check
from checker.document import TooLarge
from checker.fingerprint import marks
from checker.gaps import gaps_of
from checker.page import Need, Page, Problem, Trouble
from checker.report import Audit, Finding, Result
from checker.rule import Profile, Rule
from checker.severity import severity_of
from checker.told_once import told_once
from checker.verdict import Cause, Location, Outcome, Region, Severity, Verdict, not_tested

OF_ARTICLE = "article"
"""The tag of rules whose findings on the page as a whole are the author's: headline, title, description."""

LOADED = "page-load"
"""The rule that says whether there is a page to judge."""

_LONGEST = 500
"""Characters of what is told of a check that died: errors quote the page."""

_HEAVIEST_FIRST = (Verdict.FAIL, Verdict.NOT_TESTED, Verdict.REVIEW, Verdict.PASS)
_NOTABLE = frozenset(_HEAVIEST_FIRST) - {Verdict.PASS}


@dataclass(frozen=True)
class Selection:
    """Which rules run, under which profile. ``only`` empty means all; ``severity`` is what the user set."""

    profile: str = "auto"
    only: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)

    def profile_of(self, host: str, catalogue: Catalogue) -> tuple[Profile, str]:
        """The profile of a page on that host, and who chose it (see ``Audit.profile_by``)."""
        if self.profile != "auto":
            return catalogue.profiles[self.profile], "--profile"
        profile = catalogue.profile_for(host)
        return profile, "host" if profile.hosts else "default"

    def takes(self, rule: Rule, profile: Profile) -> bool:
        """Whether the rule runs on a page of that profile. What loaded and what did not is always told."""
        if rule.id == LOADED:
            return True
        return (not self.only or rule.id in self.only) and rule.id not in {
            *self.skip,
            *profile.skip,
        }


@dataclass(frozen=True)
class Duty:
    """A rule that runs on the pages of a profile, how much its failure weighs there, and who says so."""

    rule: Rule
    check: Check
    severity: Severity
    raised_by: str

    @cached_property
    def of_page(self) -> Region:
        """Whose a finding on the page as a whole is: rules with the tag ``article`` speak of the article."""
        return Region.ARTICLE if OF_ARTICLE in self.rule.tags else Region.TEMPLATE

    @cached_property
    def inapplicable(self) -> Result:
        """What is said of a page that has nothing for the rule to judge."""
        return Result(self.rule.id, Verdict.NOT_APPLICABLE, self.severity, raised_by=self.raised_by)


@dataclass(frozen=True)
class Engine:
    """A catalogue and a selection, ready to judge pages. What each rule weighs is found once for each profile."""

    catalogue: Catalogue
    selection: Selection

    @cached_property
    def _duties(self) -> dict[str, tuple[Duty, ...]]:
        return {}

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self.catalogue.rules)

    def duties(self, profile: Profile) -> tuple[Duty, ...]:
        """The rules that run on pages of that profile."""
        if profile.id not in self._duties:
            self._duties[profile.id] = tuple(
                Duty(rule, self.catalogue.checks[rule.id], *self._weight(rule, profile))
                for rule in self.catalogue.rules.values()
                if self.selection.takes(rule, profile)
            )
        return self._duties[profile.id]

    @cached_property
    def _plans(self) -> dict[tuple[object, ...], tuple[Duty | Result, ...]]:
        return {}

    def _plan(self, profile: Profile, page: Page) -> tuple[Duty | Result, ...]:
        """The rules that run on the page, and what is said of those that cannot: the pages of a run mostly lack the
        same. One plan is kept, as what pages lack has any number of reasons."""
        gaps = {} if page.problem else gaps_of(page)
        key = profile.id, page.problem is None, *gaps.items()
        plan = self._plans.get(key)
        if plan is None:
            plan = tuple(_planned(self.duties(profile), page, gaps))
            self._plans.clear()
            self._plans[key] = plan
        return plan

    def _weight(self, rule: Rule, profile: Profile) -> tuple[Severity, str]:
        return severity_of(rule, profile, self.selection.severity, self.catalogue.criteria)

    def audit(self, page: Page) -> Audit:
        """Judge one page. A check that raises gives NOT_TESTED (broken) for its rule, and the others go on."""
        with closing(self._article(page)) as article:
            return self._audit(article)

    def _audit(self, article: Article) -> Audit:
        page = article.page
        profile, chosen_by = self.selection.profile_of(article.host, self.catalogue)
        results = _results(self._plan(profile, page), article)
        return Audit(
            target=page.target,
            url=page.url,
            title=article.title,
            profile=profile.id,
            profile_by=chosen_by,
            mode=page.mode,
            loaded_at=page.loaded_at,
            results=tuple(told_once(results, self.catalogue.rules)),
            status=page.status,
            source_path=page.source_path,
            problem=page.problem,
            missing=page.missing,
            notes=page.notes,
            axe_version=page.axe.version if page.axe else "",
            browser=page.rendering.browser if page.rendering else "",
            pictures=page.pictures,
        )

    def _article(self, page: Page) -> Article:
        """The page's article; of a document that is too large to be judged, a page that says so."""
        article = Article(page, self._ids, self.catalogue.agencies)
        try:
            _ = article.document, article.source, article.frames
        except TooLarge as error:
            article.close()
            problem = page.problem or Problem(Trouble.TOO_LARGE, str(error))
            bare = replace(page, html="", source=None, rendering=None, axe=None, problem=problem)
            return Article(bare, self._ids, self.catalogue.agencies)
        return article


def audit(page: Page, catalogue: Catalogue, selection: Selection) -> Audit:
    """Judge one page (see ``Engine.audit``)."""
    return Engine(catalogue, selection).audit(page)


def _results(plan: Sequence[Duty | Result], article: Article) -> list[Result]:
    """What each rule says of the page."""
    return [_judged(each, article) if isinstance(each, Duty) else each for each in plan]


def _planned(
    duties: Iterable[Duty], page: Page, gaps: Mapping[Need, tuple[str, Cause]]
) -> Iterator[Duty | Result]:
    """What is said of each rule that needs what the page lacks; of a page that did not load, only that."""
    for duty in duties:
        rule = duty.rule
        if page.problem:
            if rule.id == LOADED:
                yield duty
        elif gap := next((gaps[need] for need in rule.needs if need in gaps), None):
            yield _untested(rule.id, duty.severity, duty.raised_by, duty.of_page, *gap)
        else:
            yield duty


@lru_cache(maxsize=1024)
def _untested(
    rule: str, severity: Severity, raised_by: str, region: Region, reason: str, cause: Cause
) -> Result:
    """What is said of a rule that could not be tested: every page of a run says the same."""
    (mark,) = marks(rule, [(None, reason)])
    outcome = not_tested(reason, cause)
    told = Finding(rule, severity, outcome, mark.fingerprint, region, mark.keys, mark.fault)
    return Result(rule, Verdict.NOT_TESTED, severity, findings=(told,), raised_by=raised_by)


def _judged(duty: Duty, article: Article) -> Result:
    try:
        return _result(duty, list(duty.check(article)), article)
    except Exception as error:  # noqa: BLE001  the page must not end the run: told as broken, never as a pass
        reason = f"the check died: {type(error).__name__}: {error}"[:_LONGEST]
        return _untested(
            duty.rule.id, duty.severity, duty.raised_by, duty.of_page, reason, Cause.BROKEN
        )


def _result(duty: Duty, outcomes: list[Outcome], article: Article) -> Result:
    """What a rule's check said of the page."""
    if not outcomes:
        return duty.inapplicable
    passes = [outcome.count for outcome in outcomes if outcome.verdict is Verdict.PASS]
    told: list[Outcome] = []
    verdicts = {Verdict.PASS}
    if len(passes) < len(outcomes):
        told = [outcome for outcome in outcomes if outcome.verdict in _NOTABLE]
        verdicts = {outcome.verdict for outcome in outcomes}
    return Result(
        rule=duty.rule.id,
        verdict=_heaviest(verdicts),
        severity=duty.severity,
        passed=sum(passes),
        findings=tuple(_findings(duty, told, article)) if told else (),
        raised_by=duty.raised_by,
    )


def _heaviest(verdicts: Collection[Verdict]) -> Verdict:
    return next((each for each in _HEAVIEST_FIRST if each in verdicts), Verdict.NOT_APPLICABLE)


def _findings(duty: Duty, outcomes: list[Outcome], article: Article) -> Iterator[Finding]:
    identities = [article.identity(each.where) if each.where else None for each in outcomes]
    messages = (outcome.message for outcome in outcomes)
    found = marks(duty.rule.id, zip(identities, messages, strict=True))
    for outcome, identity, mark in zip(outcomes, identities, found, strict=True):
        yield Finding(
            rule=duty.rule.id,
            severity=duty.severity,
            outcome=_identified(outcome, identity),
            fingerprint=mark.fingerprint,
            region=_region(duty, article, outcome.where),
            keys=mark.keys,
            fault=mark.fault,
        )


def _identified(outcome: Outcome, identity: Identity | None) -> Outcome:
    if outcome.where is None:
        return outcome
    if identity is None:
        return _at(outcome, outcome.where.settled())
    return _at(outcome, outcome.where.settled(identity.landmark, identity.resource))


def _at(outcome: Outcome, where: Location) -> Outcome:
    """As ``dataclasses.replace``, which takes twice as long."""
    return Outcome(
        outcome.verdict,
        outcome.message,
        where,
        outcome.suggestion,
        outcome.cause,
        outcome.count,
    )


def _region(duty: Duty, article: Article, where: Location | None) -> Region:
    """Whose a finding is: of the page as a whole and of its head, its rule says it."""
    if where is None or article.of_page(where):
        return duty.of_page
    return article.region(where)
