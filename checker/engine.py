"""Judging: a Page and a catalogue in, an Audit out. Pure: no I/O, no clock, no browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from checker.article import Article
from checker.article.identity import Identity
from checker.catalog import Catalogue
from checker.document import TooLarge
from checker.fingerprint import marks
from checker.page import Need, Page, Problem, Trouble
from checker.report import Audit, Finding, Result
from checker.rule import Profile, Rule
from checker.severity import severity_of
from checker.verdict import Cause, Location, Outcome, Region, Severity, Verdict, not_tested

_NOTABLE = (Verdict.FAIL, Verdict.REVIEW, Verdict.NOT_TESTED)


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


OF_ARTICLE = "article"
"""The tag of rules whose findings on the page as a whole are the author's: headline, title, description."""

LOADED = "page-load"
"""The rule that says whether there is a page to judge."""


def audit(page: Page, catalogue: Catalogue, selection: Selection) -> Audit:
    """Judge one page. A check that raises gives NOT_TESTED (broken) for its rule, and the others go on."""
    article = _article(page, catalogue)
    page = article.page
    profile, chosen_by = selection.profile_of(article.host, catalogue)
    chosen = [rule for rule in catalogue.rules.values() if selection.takes(rule, profile)]
    if page.problem:
        chosen = [rule for rule in chosen if rule.id == LOADED]
    results = [_result(rule, article, catalogue, profile, selection) for rule in chosen]
    return Audit(
        target=page.target,
        url=page.url,
        title=article.title,
        profile=profile.id,
        profile_by=chosen_by,
        mode=page.mode,
        loaded_at=page.loaded_at,
        results=tuple(_told_once(results, catalogue.rules)),
        status=page.status,
        source_path=page.source_path,
        problem=page.problem,
        missing=page.missing,
        notes=page.notes,
        axe_version=page.axe.version if page.axe else "",
        browser=page.rendering.browser if page.rendering else "",
        pictures=page.pictures,
    )


def _article(page: Page, catalogue: Catalogue) -> Article:
    """The page's article; of a document that is too large to be judged, a page that says so."""
    article = Article(page, frozenset(catalogue.rules), catalogue.agencies)
    try:
        _ = article.document, article.source, article.frames
    except TooLarge as error:
        problem = page.problem or Problem(Trouble.TOO_LARGE, str(error))
        bare = replace(page, html="", source=None, rendering=None, axe=None, problem=problem)
        return Article(bare, frozenset(catalogue.rules), catalogue.agencies)
    return article


def _result(
    rule: Rule, article: Article, catalogue: Catalogue, profile: Profile, selection: Selection
) -> Result:
    severity, raised_by = severity_of(rule, profile, selection.severity, catalogue.criteria)
    outcomes = list(_outcomes(rule, article, catalogue))
    told = [outcome for outcome in outcomes if outcome.verdict in _NOTABLE]
    return Result(
        rule=rule.id,
        verdict=_overall(outcomes),
        severity=severity,
        passed=sum(o.count for o in outcomes if o.verdict is Verdict.PASS),
        findings=tuple(_findings(rule, severity, told, article)),
        raised_by=raised_by,
    )


def _outcomes(rule: Rule, article: Article, catalogue: Catalogue) -> Iterator[Outcome]:
    for need in rule.needs:
        if gap := article.page.lacks(need):
            yield not_tested(gap.reason, gap.cause)
            return
        if not _there(article.page, need):
            yield not_tested(f"{need.value} was not gathered", Cause.OUT_OF_REACH)
            return
    try:
        yield from list(catalogue.checks[rule.id](article))
    except Exception as error:  # noqa: BLE001  the page must not end the run: told as broken, never as a pass
        yield not_tested(f"the check died: {type(error).__name__}: {error}", Cause.BROKEN)


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


def _overall(outcomes: Iterable[Outcome]) -> Verdict:
    """The heaviest verdict; none at all is not applicable."""
    verdicts = {outcome.verdict for outcome in outcomes}
    order = (Verdict.FAIL, Verdict.NOT_TESTED, Verdict.REVIEW, Verdict.PASS)
    return next((verdict for verdict in order if verdict in verdicts), Verdict.NOT_APPLICABLE)


def _findings(
    rule: Rule, severity: Severity, outcomes: list[Outcome], article: Article
) -> Iterator[Finding]:
    identities = [article.identity(each.where) if each.where else None for each in outcomes]
    told = zip(identities, (outcome.message for outcome in outcomes), strict=True)
    for outcome, identity, mark in zip(outcomes, identities, marks(rule.id, told), strict=True):
        yield Finding(
            rule=rule.id,
            severity=severity,
            outcome=_identified(outcome, identity),
            fingerprint=mark.fingerprint,
            region=_region(rule, article, outcome.where),
            keys=mark.keys,
            fault=mark.fault,
        )


def _identified(outcome: Outcome, identity: Identity | None) -> Outcome:
    if outcome.where is None:
        return outcome
    where = outcome.where.settled()
    if identity is not None:
        where = replace(where, landmark=identity.landmark, resource=identity.resource)
    return replace(outcome, where=where)


def _region(rule: Rule, article: Article, where: Location | None) -> Region:
    """Of the page as a whole and of its head, a rule with the tag ``article`` speaks of the article."""
    if where is None or article.of_page(where):
        return Region.ARTICLE if OF_ARTICLE in rule.tags else Region.TEMPLATE
    return article.region(where)


def _told_once(results: list[Result], rules: Mapping[str, Rule]) -> Iterator[Result]:
    """Where two rules speak of the same fault of the same element (``same_as``), one tells it: the one that fails it,
    else the one that names the other."""
    places = {result.rule: _verdicts(result) for result in results}
    elsewhere: dict[str, dict[int | str, str]] = {}
    for result in results:
        for other in rules[result.rule].same_as:
            for place in places[result.rule].keys() & places.get(other, {}).keys():
                weaker = (
                    places[result.rule][place] is Verdict.REVIEW
                    and places[other][place] is Verdict.FAIL
                )
                silent, teller = (result.rule, other) if weaker else (other, result.rule)
                if place not in elsewhere.get(teller, {}):
                    elsewhere.setdefault(silent, {})[place] = teller
    for result in results:
        yield _without(result, elsewhere.get(result.rule, {}))


def _verdicts(result: Result) -> dict[int | str, Verdict]:
    """What a rule says of each element: that it fails, where it says both."""
    said: dict[int | str, Verdict] = {}
    for finding in result.findings:
        place, verdict = _place(finding), finding.outcome.verdict
        if place is not None and verdict in (Verdict.FAIL, Verdict.REVIEW):
            said[place] = Verdict.FAIL if Verdict.FAIL in (verdict, said.get(place)) else verdict
    return said


def _without(result: Result, elsewhere: Mapping[int | str, str]) -> Result:
    """The result without what other rules tell."""
    kept = tuple(f for f in result.findings if _place(f) not in elsewhere)
    if len(kept) == len(result.findings):
        return result
    if kept:
        return replace(result, findings=kept)
    teller = next(elsewhere[p] for f in result.findings if (p := _place(f)) is not None)
    return replace(result, findings=(), told_by=teller)


def _place(finding: Finding) -> int | str | None:
    where = finding.outcome.where
    if where is None:
        return None
    return where.selector if where.element is None else where.element
