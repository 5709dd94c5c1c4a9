"""Checks of the page as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from checker.article import Article
from checker.verdict import Cause, Outcome, not_tested, passed


def loaded(article: Article) -> Iterator[Outcome]:
    """There is an article to judge. Source: design law 1, not tested is never a pass."""
    problem = article.page.problem
    yield not_tested(problem.message, Cause.BROKEN) if problem else passed()
