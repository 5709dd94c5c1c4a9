"""What checks find in an article is found once, for each question."""

from __future__ import annotations

from bs4.element import Tag

from checker.article import Article
from checker.page import Mode, Page

PAGE = Page("a", "https://www.example.gov/", Mode.STATIC, "<p>1<p>2<b>3", "2026-11-24T00:00:00Z")


def test_a_question_is_asked_once_of_an_article_and_anew_of_another() -> None:
    asked: list[str] = []

    def named(article: Article, name: str) -> tuple[Tag, ...]:
        asked.append(name)
        return tuple(article.elements(name))

    article, other = Article(PAGE), Article(PAGE)
    assert article.once(named, "p") is article.once(named, "p")
    assert [len(article.once(named, name)) for name in ("p", "b", "p")] == [2, 1, 2]
    assert asked == ["p", "b"]
    assert other.once(named, "b") == article.once(named, "b")
    assert asked == ["p", "b", "b"]
