"""Checks that report what axe-core said; its ``incomplete`` is REVIEW."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from checker.article import Article
from checker.page import AxeNode, AxeRule
from checker.verdict import Cause, Location, Outcome, Verdict, not_tested, passed


def outcome(
    article: Article,
    *,
    rule: str,
    description_asks: bool = False,
    layout: bool = False,
    undecided: str = "",
) -> Iterator[Outcome]:
    """What the axe rule of that id found; not tested where the engine in use has no such rule.

    With ``description_asks`` an element that only aria-describedby tells asks for a look: the ICT Testing Baseline
    (6.1, 10.1) takes a name or a description, axe a name alone. With ``layout`` (sizes, places or colours decide) a
    page whose style sheets did not all load fails nothing: a person looks. With ``undecided`` what is incomplete was
    not tested, for that reason.
    Source: axe-core's rule of that id and the success criteria that it tests."""
    axe = article.page.axe
    assert axe is not None
    said = next((each for each in axe.rules if each.id == rule), None)
    if said is None:
        yield not_tested(f"axe-core {axe.version} has no rule {rule}", Cause.OUT_OF_REACH)
    else:
        lost = article.page.lost("stylesheet") if layout else ()
        told = (
            _softened(article, each) if description_asks else each
            for each in _outcomes(article, said, "")
            if each.verdict is not Verdict.REVIEW or not undecided
        )
        if undecided and any(node.verdict is not Verdict.FAIL for node in said.nodes):
            yield not_tested(undecided, Cause.OUT_OF_REACH)
        yield from _unstyled(list(told), lost) if lost else told


def unseen(article: Article, *, rule: str, message: str) -> Iterator[Outcome]:
    """What the axe rule of that id lists as incomplete because axe did not examine it: not tested, out of reach.
    Source: design law 1, not tested is never a pass."""
    assert article.page.axe is not None
    for said in article.page.axe.rules:
        if said.id == rule:
            for node in said.nodes:
                yield not_tested(message, Cause.OUT_OF_REACH, _where(article, node))


def unlisted(article: Article, *, listed_by: str) -> Iterator[Outcome]:
    """What the engine's rules found that no rule file of the catalogue names (a newer engine has some).
    ``listed_by`` is the prefix of the ids of rules that report one axe rule each."""
    assert article.page.axe is not None
    for said in article.page.axe.rules:
        if f"{listed_by}{said.id}" not in article.known_rules:
            yield from _outcomes(article, said, f"{said.id}: ")


def _outcomes(article: Article, said: AxeRule, prefix: str) -> Iterator[Outcome]:
    if said.passed:
        yield passed(count=said.passed)
    for node in said.nodes:
        yield Outcome(
            Verdict.FAIL if node.verdict is Verdict.FAIL else Verdict.REVIEW,
            prefix + said.help,
            _where(article, node),
            _sentence(node.summary),
        )


def _sentence(summary: str) -> str:
    """axe's list of what would mend an element, as one line."""
    return re.sub(r"\s*\n\s*", "; ", re.sub(r":\s*\n\s*", ": ", summary.strip()))


def _softened(article: Article, outcome: Outcome) -> Outcome:
    """The outcome, a look where the element that fails has a description."""
    tag = article.by_number(outcome.where.element) if outcome.where is not None else None
    if outcome.verdict is not Verdict.FAIL or tag is None or not article.names.description(tag):
        return outcome
    return replace(outcome, verdict=Verdict.REVIEW)


def _unstyled(outcomes: list[Outcome], lost: tuple[str, ...]) -> Iterator[Outcome]:
    """The outcomes; what the lost style sheets could have changed is one look at the first element that fails."""
    failing = [outcome for outcome in outcomes if outcome.verdict is Verdict.FAIL]
    yield from (outcome for outcome in outcomes if outcome.verdict is not Verdict.FAIL)
    if failing:
        message = (
            f"{failing[0].message} ({len(failing)} of the elements, this one first); "
            f"but {len(lost)} of the page's style sheets did not load ({lost[0]})"
        )
        yield replace(failing[0], verdict=Verdict.REVIEW, message=message)


def _where(article: Article, node: AxeNode) -> Location:
    tag = article.by_number(node.element)
    if tag is None:
        return Location(selector=node.target, snippet=node.snippet, element=node.element)
    return replace(article.locate(tag).settled(), selector=node.target)
