"""The link that leads past the menus: there, broken, or missing where it would save much."""

from __future__ import annotations

import pytest

from checker.article import Article
from checker.checks import skip
from checker.page import Mode, Page
from checker.verdict import Verdict

URL = "https://www.example.gov/news/"
MENU = "".join(f'<a href="/{n}/">{n}</a>' for n in range(5))
MAIN = '<main id="main"><h1>Harbor</h1><p id="text">Volunteers meet.</p><a href="/pier/">Pier</a></main>'
SKIP = '<a href="#main">Skip to content</a>'


def verdicts(body: str) -> list[Verdict]:
    page = Page("", URL, Mode.STATIC, f"<html><body>{body}", "")
    return [outcome.verdict for outcome in skip.past_blocks(Article(page))]


@pytest.mark.parametrize(
    "body",
    [
        SKIP + MENU + MAIN,
        f'<a href="{URL}#main">Skip</a>' + MENU + MAIN,
        SKIP.replace("#main", "#text") + MENU + MAIN,
        SKIP.replace("#main", "#start") + MENU + '<a name="start"></a>' + MAIN,
        '<a href="#menu">Menu</a>' + SKIP + f'<nav id="menu">{MENU}</nav>' + MAIN,
        SKIP.replace("#main", "#h") + MENU + '<h1 id="h">Harbor</h1>',
        SKIP.replace("#main", "#a%20b") + MENU + MAIN.replace('"main"', '"a b"'),
    ],
)
def test_a_link_to_the_content_passes(body: str) -> None:
    assert verdicts(body) == [Verdict.PASS]


@pytest.mark.parametrize(
    "body",
    [
        MENU + MAIN,
        SKIP.replace("#main", "#nowhere") + MENU + MAIN,
        SKIP.replace("#main", "#menu") + f'<nav id="menu">{MENU}</nav>' + MAIN,
        SKIP.replace('href="#main"', 'href="#main" tabindex="-1"') + MENU + MAIN,
        MENU + MAIN + SKIP,
        MENU + "<p>Volunteers meet.</p>",
    ],
)
def test_no_such_link_is_asked_about(body: str) -> None:
    assert verdicts(body) == [Verdict.REVIEW]


def test_where_little_is_to_be_passed_nothing_is_asked() -> None:
    assert verdicts('<a href="/">Home</a>' + MAIN) == []
    assert verdicts(MENU.replace("<a", "<a hidden") + MAIN) == []
    assert verdicts("<p>Volunteers meet.</p>") == []
