"""The engine: what it runs, what it never calls a pass, what it tells once."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from bs4.element import Tag

from checker import catalog, engine
from checker.article import Article
from checker.catalog import Catalogue, Check
from checker.document import load
from checker.engine import Selection
from checker.page import Missing, Mode, Need, Page, Problem, Trouble
from checker.report import Audit
from checker.rule import Rule
from checker.verdict import Cause, Outcome, Severity, Verdict, failed, passed, review
from tests.support_rules import rule

HTML = "<!doctype html><html lang=en><title>T</title><main><img src=a.jpg><img src=b.jpg></main>"
PAGE = Page("a.html", "https://www.example.gov/", Mode.STATIC, HTML, "2026-11-24T00:00:00Z")


def images(article: Article) -> Iterator[Outcome]:
    for image in article.elements("img"):
        yield failed("no alternative", article.locate(image))


def mixed(article: Article) -> Iterator[Outcome]:
    first, second = article.elements("img")
    yield passed(article.locate(first), count=3)
    yield review("look", article.locate(second))


def dies(article: Article) -> Iterator[Outcome]:
    yield passed()
    raise KeyError("src")


def nothing(article: Article) -> Iterator[Outcome]:
    yield from ()


def catalogue(checks: Mapping[str, Check], **changes: Mapping[str, object]) -> Catalogue:
    """A catalogue of these checks; ``changes`` are made to the rule of that name."""
    base = catalog.load()
    rules: dict[str, Rule] = {
        name: replace(rule(name, f"Rule {name}"), **changes.get(name, {}))  # type: ignore[arg-type]
        for name in checks
    }
    load = {"page-load": base.rules["page-load"]}
    return replace(
        base,
        rules={**rules, **load},
        checks={**checks, "page-load": base.checks["page-load"]},
        profiles={"federal": base.profiles["federal"]},
    )


def judged(rules: Catalogue, page: Page = PAGE, selection: Selection | None = None) -> Audit:
    return engine.audit(page, rules, selection or Selection())


def verdicts(audit: Audit) -> dict[str, Verdict]:
    return {result.rule: result.verdict for result in audit.results}


def test_verdicts_and_passes_are_recorded() -> None:
    audit = judged(catalogue({"fails": images, "mixed": mixed, "none": nothing}))
    assert verdicts(audit) == {
        "fails": Verdict.FAIL,
        "mixed": Verdict.REVIEW,
        "none": Verdict.NOT_APPLICABLE,
        "page-load": Verdict.PASS,
    }
    assert [result.passed for result in audit.results] == [0, 3, 0, 1]


def test_a_check_that_dies_is_broken_and_the_run_goes_on() -> None:
    audit = judged(catalogue({"dies": dies, "fails": images}))
    (told,) = audit.results[0].findings
    assert (told.outcome.verdict, told.outcome.cause) == (Verdict.NOT_TESTED, Cause.BROKEN)
    assert "KeyError" in told.outcome.message
    assert audit.results[0].passed == 0
    assert verdicts(audit)["fails"] is Verdict.FAIL


def breaks(article: Article) -> Iterator[Outcome]:
    yield passed()
    yield failed(None)  # type: ignore[arg-type]  what no check may say


def test_an_outcome_of_which_no_finding_can_be_made_is_a_fault_of_its_rule() -> None:
    audit = judged(catalogue({"breaks": breaks, "fails": images}))
    (told,) = audit.results[0].findings
    assert (told.outcome.verdict, told.outcome.cause) == (Verdict.NOT_TESTED, Cause.BROKEN)
    assert told.outcome.message.startswith("the check died: ")
    assert audit.results[0].passed == 0
    assert verdicts(audit)["fails"] is Verdict.FAIL


@pytest.mark.parametrize("cause", Cause)
def test_a_rule_whose_need_is_missing_is_not_tested(cause: Cause) -> None:
    page = replace(PAGE, missing=(Missing(Need.RENDERED, cause, "no browser"),))
    audit = judged(catalogue({"fails": images}, fails={"needs": (Need.RENDERED,)}), page)
    (told,) = audit.results[0].findings
    assert (told.outcome.verdict, told.outcome.cause, told.outcome.message) == (
        Verdict.NOT_TESTED,
        cause,
        "no browser",
    )


@pytest.mark.parametrize("need", Need)
def test_a_need_that_nobody_gathered_is_not_tested(need: Need) -> None:
    audit = judged(catalogue({"fails": images}, fails={"needs": (need,)}))
    assert verdicts(audit)["fails"] is Verdict.NOT_TESTED


def test_of_a_page_that_did_not_load_only_that_is_said() -> None:
    page = replace(PAGE, problem=Problem(Trouble.HTTP_ERROR, "the server answered 503"))
    audit = judged(catalogue({"fails": images}), page, Selection(skip=frozenset({"page-load"})))
    assert verdicts(audit) == {"page-load": Verdict.NOT_TESTED}
    (told,) = audit.findings()
    assert told.outcome.cause is Cause.BROKEN


def test_only_and_skip_choose() -> None:
    rules = catalogue({"fails": images, "mixed": mixed})
    assert set(verdicts(judged(rules, selection=Selection(only=frozenset({"mixed"}))))) == {
        "mixed",
        "page-load",
    }
    assert set(verdicts(judged(rules, selection=Selection(skip=frozenset({"mixed"}))))) == {
        "fails",
        "page-load",
    }


def test_what_two_rules_say_of_an_element_is_told_once() -> None:
    def second_too(article: Article) -> Iterator[Outcome]:
        yield from list(images(article))[1:]

    rules = catalogue({"ours": images, "theirs": images}, ours={"same_as": ("theirs",)})
    ours, theirs, _ = judged(rules).results
    assert (len(ours.findings), theirs.findings, theirs.told_by) == (2, (), "ours")
    assert theirs.verdict is Verdict.FAIL

    rules = catalogue({"ours": second_too, "theirs": images}, ours={"same_as": ("theirs",)})
    _, theirs, _ = judged(rules).results
    assert (len(theirs.findings), theirs.told_by) == (1, "")


def test_a_failure_outweighs_a_question_of_the_same_element() -> None:
    def asks(article: Article) -> Iterator[Outcome]:
        for image in article.elements("img"):
            yield review("unless a script names it", article.locate(image))

    rules = catalogue({"ours": asks, "theirs": images}, ours={"same_as": ("theirs",)})
    ours, theirs, _ = judged(rules).results
    assert (ours.findings, ours.told_by, len(theirs.findings)) == ((), "theirs", 2)

    rules = catalogue({"ours": asks, "theirs": asks}, ours={"same_as": ("theirs",)})
    ours, theirs, _ = judged(rules).results
    assert (len(ours.findings), theirs.findings, theirs.told_by) == (2, (), "ours")


def test_the_users_severity_is_said() -> None:
    selection = Selection(severity={"fails": Severity.ADVICE})
    result = judged(catalogue({"fails": images}), selection=selection).results[0]
    assert (result.severity, result.raised_by) == (Severity.ADVICE, "--set")
    assert {finding.severity for finding in result.findings} == {Severity.ADVICE}


def test_findings_of_like_elements_have_fingerprints_of_their_own() -> None:
    page = replace(PAGE, html=HTML.replace("b.jpg", "a.jpg"))
    marks = [
        finding.fingerprint for finding in judged(catalogue({"fails": images}), page).findings()
    ]
    assert len(set(marks)) == len(marks) == 2


def test_judging_twice_gives_the_same() -> None:
    rules = catalogue({"fails": images, "mixed": mixed, "dies": dies})
    assert judged(rules) == judged(rules)


def test_each_profile_weighs_a_rule_its_own_way_however_many_pages_were_judged() -> None:
    base = catalogue({"fails": images})
    lighter = replace(
        base.profiles["federal"],
        id="lighter",
        hosts=("*.mil",),
        severity={"fails": Severity.ADVICE},
    )
    rules = replace(base, profiles={"lighter": lighter, **base.profiles})
    engine_ = engine.Engine(rules, Selection())
    mil = replace(PAGE, url="https://www.example.mil/")
    heavy, light = base.rules["fails"].severity, Severity.ADVICE
    assert heavy is not light
    for _ in range(2):
        assert engine_.audit(PAGE).results[0].severity is heavy
        result = engine_.audit(mil).results[0]
        assert (result.severity, result.raised_by) == (light, "lighter")
        assert {finding.severity for finding in result.findings} == {light}


def test_what_could_not_be_tested_is_told_with_its_own_reason_on_each_page() -> None:
    engine_ = engine.Engine(
        catalogue({"fails": images}, fails={"needs": (Need.RENDERED,)}), Selection()
    )
    for reason in ("no browser", "the browser died", "no browser"):
        page = replace(PAGE, missing=(Missing(Need.RENDERED, Cause.OUT_OF_REACH, reason),))
        (told,) = engine_.audit(page).results[0].findings
        assert told.outcome.message == reason


@pytest.fixture
def uncollected() -> Iterator[None]:
    """The garbage collector does not come by."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_what_was_judged_is_let_go_at_once(uncollected: None) -> None:
    catalogue = catalog.load()
    before = sum(isinstance(each, Tag) for each in gc.get_objects())
    for number in range(3):
        engine.audit(replace(PAGE, html=f"{HTML}<p>{number}"), catalogue, Selection())
    assert sum(isinstance(each, Tag) for each in gc.get_objects()) == before


def test_what_another_reads_is_not_taken_apart() -> None:
    mine = load(HTML)
    judging = threading.Thread(target=engine.audit, args=(PAGE, catalog.load(), Selection()))
    judging.start()
    judging.join()
    assert [tag.name for tag in mine.soup.find_all(True)] == [tag.name for tag in mine.tags]
    assert load(HTML) is mine
