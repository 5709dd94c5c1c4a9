"""Names, roles, states, tables, spacing and orientation where the rules' own examples do not reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from checker.article import Article
from checker.checks import (
    aria,
    captcha,
    decoration,
    focus,
    forms,
    frames,
    hiding,
    meta,
    names,
    orientation,
    spacing,
    tables,
    topics,
)
from checker.page import Mode, Page
from checker.rendering import Focus, FocusStop, Rendering
from checker.verdict import Outcome


def article(html: str, rendering: Rendering | None = None) -> Article:
    mode = Mode.RENDERED if rendering else Mode.STATIC
    return Article(Page("x", "", mode, f"<!doctype html>{html}", "", rendering=rendering))


def verdicts(outcomes: Iterator[Outcome]) -> list[str]:
    return [outcome.verdict.value for outcome in outcomes]


def links(page: Article) -> Iterator[Outcome]:
    return names.named(page, what="link", suggestion="Write.", roles=("link",))


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<a href="/a"></a>', ["fail"]),
        ('<script src="s"></script><a href="/a"></a>', ["fail"]),
        ('<script src="s"></script><a href="#"></a>', ["fail"]),
        ('<script src="s"></script><a href="#" data-share></a>', ["review"]),
        ('<script type="application/ld+json">{}</script><a href="#" id="a"></a>', ["fail"]),
        ('<x-card><a href="/a"></a></x-card>', ["review"]),
        ('<a href="/a"><x-icon></x-icon></a>', ["review"]),
        ('<body><template><a href="/a"></a></template><noscript><a href="/a"></a></noscript>', []),
        ('<p aria-hidden="true"><a href="/a"></a></p>', []),
    ],
)
def test_what_a_script_may_fill_is_asked_about(html: str, said: list[str]) -> None:
    assert verdicts(links(article(html))) == said


def test_words_that_only_the_browser_hides_are_no_missing_name() -> None:
    html = '<html data-presscheck="0"><a href="/" data-presscheck="1"><b data-presscheck="2">Home</b></a>'
    rendering = Rendering("b", (1, 1), ((0, 0, 9, 9),) * 3, frozenset({2}))
    assert verdicts(links(article(html, rendering))) == []


def test_a_dangling_label_is_named_in_the_message() -> None:
    (outcome,) = links(article('<a href="/" aria-labelledby="gone"></a>'))
    assert "“gone”" in outcome.message


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<div role="slider" aria-valuenow="half">', ["fail"]),
        ('<div aria-hidden="TRUE">', ["pass"]),
        ('<p aria-current="pages">', ["fail"]),
        ('<p aria-whatever="1">', []),
        ('<p aria-controls="nothing">', ["pass"]),
        ('<p aria-live="on" hidden>', []),
    ],
)
def test_values(html: str, said: list[str]) -> None:
    assert verdicts(aria.value_valid(article(html))) == said


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<select aria-required="true"></select>', ["pass"]),
        ('<input type="date" aria-readonly="true">', ["pass"]),
        ('<x-tabs aria-selected="true"></x-tabs>', []),
        ('<div role="progressbar" aria-valuenow="1" aria-valuemin="0">', ["pass", "pass"]),
        ('<div class="progress-bar" aria-valuenow="1">', ["fail"]),
        ('<details><summary aria-expanded="false">A</summary></details>', ["pass"]),
    ],
)
def test_what_a_role_may_have(html: str, said: list[str]) -> None:
    assert verdicts(aria.attribute_permitted(article(html))) == said


HIDDEN = '<html data-presscheck="0"><p aria-hidden="true" data-presscheck="1"><a href="/" data-presscheck="2">A</a>'


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (Focus((FocusStop(2, "a", True),), True), ["fail"]),
        (Focus((FocusStop(2, "a", True),), False), ["fail"]),
        (Focus((), True), ["pass"]),
        (Focus((), False), ["review"]),
        (None, ["fail"]),
    ],
)
def test_the_keyboards_way_decides_what_it_reaches(way: Focus | None, said: list[str]) -> None:
    rendering = Rendering("b", (1, 1), ((0, 0, 9, 9),) * 3, frozenset(), focus=way)
    assert verdicts(hiding.hidden_has_no_focus(article(HIDDEN, rendering))) == said


def test_focus_that_was_not_followed_is_not_tested() -> None:
    rendering = Rendering("b", (1, 1), ((0, 0, 9, 9),) * 3, frozenset())
    assert verdicts(focus.visible(article(HIDDEN, rendering))) == ["not-tested"]


def test_a_way_that_was_cut_short_is_told() -> None:
    way = Focus((FocusStop(2, "a", True),), False)
    rendering = Rendering("b", (1, 1), ((0, 0, 9, 9),) * 3, frozenset(), focus=way)
    assert verdicts(focus.visible(article(HIDDEN, rendering))) == ["not-tested", "pass"]


def test_focus_is_judged_only_where_the_element_is_the_one_that_was_seen() -> None:
    stops = (FocusStop(2, "a", False), FocusStop(1, "button", False), FocusStop(1, "p", None))
    rendering = Rendering("b", (1, 1), ((0, 0, 9, 9),) * 3, frozenset(), focus=Focus(stops, True))
    assert verdicts(focus.visible(article(HIDDEN, rendering))) == ["fail"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("width=device-width, maximum-scale=5", ["pass"]),
        ("width=device-width,user-scalable=0", ["fail"]),
        ("user-scalable=yes; maximum-scale=1", ["fail"]),
        ("width=device-width", []),
        ("MAXIMUM-SCALE=1", ["fail"]),
    ],
)
def test_viewports(content: str, said: list[str]) -> None:
    html = f'<meta name="Viewport" content="{content}">'
    assert verdicts(meta.zoom_allowed(article(html), at_least=2.0)) == said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("5", ["fail"]),
        ("0;url=/a", ["pass"]),
        ("5.9; /a", ["fail"]),
        ("a", []),
        ("90000", ["pass"]),
    ],
)
def test_refreshes(content: str, said: list[str]) -> None:
    html = f'<meta http-equiv="Refresh" content="{content}">'
    assert verdicts(meta.no_delayed_refresh(article(html))) == said


def test_header_cells_over_spans_head_what_is_below_them() -> None:
    html = (
        '<table><tr><th colspan="2" scope="col">A</th></tr><tr><td>1</td><td>2</td></tr>'
        '<tr><th scope="row">B</th></tr></table>'
    )
    assert verdicts(tables.headers_have_cells(article(html))) == ["pass", "fail"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("section-a shipping tel", ["pass"]),
        ("home email", ["pass"]),
        ("home street-address", ["fail"]),
        ("tel home", ["fail"]),
        ("email webauthn", ["pass"]),
        ("nope", []),
        ("on", []),
    ],
)
def test_autocomplete(words: str, said: list[str]) -> None:
    html = f'<input autocomplete="{words}">'
    assert verdicts(forms.autocomplete_valid(article(html))) == said


LONG = "The toy brought back fond memories of being lost in the rain forest. " * 2


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("line-height: 12px !important; font-size: 8px; max-width: 9em; width: 100px", ["pass"]),
        ("line-height: 12px !important; font-size: 10px; width: 100px", ["fail"]),
        ("line-height: calc(1em + 1px) !important; width: 100px", []),
        ("line-height: var(--a) !important; width: 100px", []),
        ("line-height: 1 !important; width: 9000px", []),
        ("line-height: 1 !important; width: 100px; white-space: nowrap", []),
    ],
)
def test_line_height(style: str, said: list[str]) -> None:
    page = article(f'<p style="{style}">{LONG}')
    assert (
        verdicts(spacing.wide_enough(page, style="line-height", at_least=1.5, wraps=True)) == said
    )


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("@media (orientation: portrait) { body { transform: rotate(90deg) } }", ["fail"]),
        (
            "@media screen and (orientation:landscape){html,body{transform:rotate(-100grad)}}",
            ["fail"] * 2,
        ),
        ("@media (orientation: portrait) { .ad { transform: rotate(90deg) } }", []),
        ("@media (orientation: portrait) { body { transform: rotate(180deg) } }", ["pass"]),
        ("@media (orientation: portrait) { body { transform: rotate(var(--a)) } }", []),
        ("@media (orientation: portrait) { body { transform: rotate(", []),
    ],
)
def test_orientation(css: str, said: list[str]) -> None:
    page = article(f"<style>{css}</style><p>A")
    assert verdicts(orientation.not_locked(page)) == said


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ("<iframe tabindex=-1 srcdoc='<button>A</button>'>", ["fail"]),
        ("<iframe tabindex=-1 src='/a'>", []),
        ("<iframe tabindex=-1 srcdoc='<button hidden>A</button>'>", []),
        ("<dialog open>Wait</dialog><iframe tabindex=-1 srcdoc='<button>A</button>'>", []),
    ],
)
def test_frames(frame: str, said: list[str]) -> None:
    assert verdicts(frames.reachable(article(frame))) == said


@pytest.mark.parametrize(
    ("check", "html", "said"),
    [
        (topics.title_fits, "<title>Fish</title><h1>About fish</h1>", ["pass"]),
        (topics.title_fits, "<title>Fish</title><h1>Birds</h1><p>Fish", ["review"]),
        (topics.title_fits, "<title>Fish</title><p>Birds, birds and birds; no fish", ["review"]),
        (topics.title_fits, "<title>Fish</title>", []),
        (topics.title_fits, "<title>!</title><h1>Birds</h1>", []),
        (captcha.named, '<img class="captcha" src="a.php">', ["fail"]),
        (captcha.named, '<img src="a.php">', []),
        (decoration.alternative_says_something, '<img src="a.jpg" alt="Image 2">', ["review"]),
        (decoration.alternative_says_something, '<img src="a.jpg" alt="Giftshop">', ["pass"]),
        (decoration.named_yet_hidden, '<p aria-hidden="true"><img src="a.jpg" alt="A">', []),
    ],
)
def test_words(check: Callable[[Article], Iterator[Outcome]], html: str, said: list[str]) -> None:
    assert verdicts(check(article(html))) == said
