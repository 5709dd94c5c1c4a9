"""Articles for the tests of checks: what is judged stands in the text of a page."""

from __future__ import annotations

from checker.article import Article
from checker.catalog import load
from checker.page import Mode, Page
from checker.verdict import Outcome, Verdict

CATALOGUE = load()
TEXT = "<p>" + "The harbor was cleaned by forty people before the tide came in. " * 4 + "</p>"


def article_of(
    body: str, *, head: str = "", lang: str = "en", headline: str = "Harbor news"
) -> Article:
    html = (
        f"<!doctype html><html lang={lang}><title>{headline} - Agency</title>{head}<body><main><h1>{headline}</h1>"
        f"{TEXT}{body}{TEXT}</main>"
    )
    return Article(
        Page(
            target="x",
            url="https://www.example.mil/",
            mode=Mode.STATIC,
            html=html,
            loaded_at="2024-04-16T09:00:00Z",
        )
    )


def outcomes(rule: str, article: Article) -> list[Outcome]:
    """What the rule's check says of it, with the parameters that the rule file gives."""
    return list(CATALOGUE.checks[rule](article))


def verdicts(rule: str, body: str) -> list[Verdict]:
    return [outcome.verdict for outcome in outcomes(rule, article_of(body))]


def worst(
    rule: str, body: str, *, head: str = "", lang: str = "en", headline: str = "Harbor news"
) -> Verdict | None:
    """The heaviest verdict; None where the rule does not apply."""
    said = {
        outcome.verdict
        for outcome in outcomes(rule, article_of(body, head=head, lang=lang, headline=headline))
    }
    return next(
        (each for each in (Verdict.FAIL, Verdict.REVIEW, Verdict.PASS) if each in said), None
    )
