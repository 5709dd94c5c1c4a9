"""The keyboard's way through a page, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checker.loading import browser_focus, browser_probes
from checker.loading.browser import NoBrowser, open_browser
from checker.loading.loader import Loader
from checker.loading.options import Options, Target
from checker.page import Page
from checker.rendering import Focus

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def loader() -> Iterator[Loader]:
    try:
        with open_browser(Options(settle=1.0)) as opened:
            yield opened
    except NoBrowser as error:
        pytest.skip(str(error))


def load(loader: Loader, body: str) -> Page:
    html = f"<!doctype html><html lang=en><title>Fish</title><body><p>About fish</p>{body}"
    page = loader.load(Target(text="-", html=html.encode()), lambda page: ())
    assert page.problem is None
    return page


def way(page: Page) -> Focus:
    assert page.rendering is not None
    assert page.rendering.focus is not None
    return page.rendering.focus


def seen(page: Page) -> list[tuple[str, bool | None]]:
    return [(stop.name, stop.seen) for stop in way(page).stops]


def test_what_shows_the_focus_and_what_does_not(loader: Loader) -> None:
    page = load(
        loader,
        """<style>.bare:focus { outline: none }
        .slow:focus { outline: none; background: navy; transition: background .2s }
        .away { position: absolute; left: -999px }</style>
        <a href="/a">Ring</a> <a class="bare" href="/b">None</a> <button class="slow">Slow</button>
        <input class="bare" aria-label="Caret"> <a class="away" href="/c">Away</a>
        <a tabindex="-1" href="/d">Not in the order</a> <button disabled>Off</button>""",
    )
    assert way(page).complete
    assert seen(page)[:3] == [("a", True), ("a", False), ("button", True)]
    assert seen(page)[3][0] == "input"
    assert seen(page)[3][1] is not False
    assert seen(page)[4:] == [("a", False)]


def test_a_change_near_the_focus_is_seen_without_the_rest_of_the_window(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def note(tab: object, world: int, here: dict[str, str]) -> None:
        compared.append(here["name"])

    monkeypatch.setattr(browser_focus, "_compared", note)
    page = load(
        loader,
        """<style>:focus { outline: none } .navy:focus { background: navy } button:focus + p { color: red }</style>
        <a class="navy" href="/a">Navy</a> <div style="height: 200px"></div>
        <div><button>Far</button><p style="margin-top: 300px">Red</p></div>""",
    )
    assert seen(page) == [("a", True), ("button", None)]
    assert compared == ["button"]


def test_a_change_far_from_the_focus_is_seen(loader: Loader) -> None:
    page = load(
        loader,
        """<style>:focus { outline: none } button:focus + p { color: red }</style>
        <div><button>Far</button><p style="margin-top: 300px">Red</p></div>""",
    )
    assert seen(page) == [("button", True)]


def test_stops_are_numbered_as_the_elements_of_the_page(loader: Loader) -> None:
    page = load(
        loader,
        """<div><template shadowrootmode="open"><a href="/a">Open</a></template></div>
        <div><template shadowrootmode="closed"><a href="/b">Closed</a></template></div>
        <button>Last</button>""",
    )
    assert [stop.name for stop in way(page).stops] == ["a", "a", "button"]
    for stop in way(page).stops:
        assert f"<{stop.name} " in page.html
        assert f'data-presscheck="{stop.element}"' in page.html
        place = page.html.index(f'data-presscheck="{stop.element}"')
        assert page.html[:place].rpartition("<")[2].startswith(stop.name)


def test_focus_that_is_sent_on_is_no_stop_and_the_way_ends(loader: Loader) -> None:
    page = load(
        loader,
        """<button id="first">One</button> <a href="#" id="end">Sentinel</a>
        <script>document.getElementById("end").onfocus = () => document.getElementById("first").focus()</script>""",
    )
    assert [stop.name for stop in way(page).stops] == ["button"]
    assert way(page).complete


def test_a_page_that_leaves_on_focus_is_still_judged(loader: Loader) -> None:
    page = load(loader, """<a href="/a" onfocus="location.href = 'about:blank'">Away</a>""")
    assert "Away" in page.html
    assert page.rendering is not None
    assert page.rendering.focus is None
    assert any("keyboard" in note for note in page.notes)


LINKS = "".join(f'<a href="/{number}">Link {number}</a> ' for number in range(60))
LONG = {
    "all alike": LINKS,
    "some without an outline": "<style>a:nth-of-type(20n) { outline: none }</style>" + LINKS,
    "a trap": LINKS
    + """<button onkeydown="event.key === 'Tab' && event.preventDefault()">Trap</button>"""
    + LINKS,
    "a script that moves the focus on": LINKS
    + "<a href=/skip onfocus='document.querySelectorAll(`a`)[70].focus()'>Over</a>"
    + LINKS,
    "keys kept back": "<script>addEventListener('keyup', (event) => event.stopImmediatePropagation(), true)</script>"
    + LINKS,
    "keys that change the way as they go up": LINKS
    + "<a href=/m onkeyup='document.querySelectorAll(`a`)[70].tabIndex = -1'>Without one</a>"
    + LINKS,
    "a script that begins to listen to keys on the way": LINKS
    + "<a href=/m onfocus='this.onkeyup = () => (document.querySelectorAll(`a`)[70].tabIndex = -1)'>Without one</a>"
    + LINKS,
    "a script that sees keys first": "<script>addEventListener('keydown', (event) => event.target.id === 'k' &&"
    + " document.querySelectorAll('a')[70].focus(), true)</script>"
    + LINKS
    + "<a href=/k id=k>K</a>"
    + LINKS,
    "more stops than there seem to be": LINKS
    + "<button onfocus='document.querySelectorAll(`[inert]`).forEach((part) => (part.inert = false))'>More</button>"
    + f"<div inert>{LINKS}</div>",
    "a key kept back": LINKS
    + "<a href=/k id=k>K</a><script>addEventListener('keyup', (event) => event.target.id === 'k' &&"
    + " event.stopImmediatePropagation(), true)</script>"
    + LINKS,
}


@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
def test_keys_pressed_at_once_go_the_way_of_single_ones(
    loader: Loader, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_focus, "_SECONDS", 60)
    monkeypatch.setattr(browser_probes, "_FOCUSING", 90)
    found = way(load(loader, body))
    monkeypatch.setattr(browser_focus, "_TOGETHER", 1)
    assert found == way(load(loader, body))
    assert len(found.stops) > 50
