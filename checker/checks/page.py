"""Checks of the page as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article
from checker.article.language import known
from checker.article.text import text_of
from checker.article.visible import unseen
from checker.verdict import Location, Outcome, failed, not_tested, passed


def loaded(article: Article) -> Iterator[Outcome]:
    """There is an article to judge. Source: design law 1, not tested is never a pass."""
    problem = article.page.problem
    yield not_tested(problem.message, problem.cause) if problem else passed()


def title(article: Article) -> Iterator[Outcome]:
    """The document has a title with text in it. Source: WCAG 2.4.2; HTML, the title element of a document."""
    if article.title:
        yield passed()
    elif article.title_element is not None:
        yield failed("The page's title is empty", _whole(article), "Write the headline into it")
    else:
        yield failed("The page has no title", _whole(article), "Give it a title: the headline")


def title_length(article: Article, *, minimum: int) -> Iterator[Outcome]:
    """The title has ``minimum`` characters at least; a page without one is not judged here.
    Source: Federal Website Standards, HTML page title: "at least 20 characters"."""
    if not article.title or article.title_element is None:
        return
    where = article.locate(article.title_element)
    length = len(article.title)
    if length >= minimum:
        yield passed()
    else:
        yield failed(
            f'The title "{article.title}" has {length} characters; {minimum} is the least',
            where,
            "Say in the title what the page is about, and whose it is",
        )


def language(article: Article) -> Iterator[Outcome]:
    """``<html lang>`` names a language by a registered code. Source: WCAG 3.1.1; RFC 5646; ACT b5c3f8 and bf051a."""
    html = article.root
    if html is None:
        return
    where = article.locate(html, name="html")
    code = html.get("lang")
    advice = 'Write the language of the text: <html lang="en"> for English'
    if not isinstance(code, str) or not code.strip():
        yield failed("The page does not say in which language it is", where, advice)
    elif known(code.strip()):
        yield passed()
    else:
        yield failed(
            f'The page\'s language is given as "{code.strip()}", which is none', where, advice
        )


def main(article: Article) -> Iterator[Outcome]:
    """The document has one main part that readers see. Source: HTML, the main element; GSA site scanning,
    main_element_present."""
    marked = (tag for tag in article.with_attribute("role") if tag.name != "main")
    mains = article.in_order((article.elements("main"), marked))
    found = [tag for tag in mains if _is_main(tag) and not unseen(article, tag)]
    if len(found) == 1:
        yield passed()
    elif not found:
        yield failed(
            "No element marks the main part of the page",
            _whole(article),
            "Put the article into a main element",
        )
    else:
        yield failed(
            f"{len(found)} elements are marked as the main part of the page",
            article.locate(found[0]),
            "Keep the main element that holds the article",
        )


def headline(article: Article) -> Iterator[Outcome]:
    """The document has a heading of the first level that says something. Source: WCAG 1.3.1 and 2.4.6 as practised;
    axe-core, page-has-heading-one."""
    marked = (tag for tag in article.with_attribute("role") if tag.name != "h1")
    for tag in article.in_order((article.elements("h1"), marked)):
        if _is_first_heading(tag) and _says_something(tag) and not unseen(article, tag):
            yield passed()
            return
    yield failed(
        "No heading of the first level (h1) names the page",
        _whole(article),
        "Make the headline an h1",
    )


def _whole(article: Article) -> Location | None:
    html = article.root
    return None if html is None else article.locate(html, name="html")


def _is_main(tag: Tag) -> bool:
    role = str(tag.get("role", "")).strip().lower()
    return role == "main" or (tag.name == "main" and role in ("", "main"))


def _is_first_heading(tag: Tag) -> bool:
    role = str(tag.get("role", "")).strip().lower()
    if role == "heading":
        return str(tag.get("aria-level", "")).strip() == "1" or (
            tag.name == "h1" and not tag.has_attr("aria-level")
        )
    return tag.name == "h1" and not role


def _says_something(tag: Tag) -> bool:
    named = (tag, *tag.find_all(["img", "svg", "input"]))
    return bool(text_of(tag)) or any(
        str(each.get(key, "")).strip() for each in named for key in ("aria-label", "alt")
    )
