"""Text that changes by itself, as a real browser shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checker.loading.browser import NoBrowser, open_browser
from checker.loading.loader import Loader
from checker.loading.options import Options, Target
from checker.rendering import ChangingText

pytestmark = pytest.mark.browser

TIDE = '<p>Level: <b id="tide">0</b> cm</p>'


@pytest.fixture(scope="module")
def loader() -> Iterator[Loader]:
    try:
        with open_browser(Options(settle=1.0)) as opened:
            yield opened
    except NoBrowser as error:
        pytest.skip(str(error))


def changing(loader: Loader, body: str) -> tuple[ChangingText, ...]:
    html = f"<!doctype html><html lang=en><title>Fish</title><body><p>About fish</p>{body}"
    page = loader.load(Target(text="-", html=html.encode()), lambda page: ())
    assert page.problem is None
    assert page.rendering is not None
    assert page.rendering.changing is not None
    for text in page.rendering.changing:
        assert f'data-presscheck="{text.element}"' in page.html
    return page.rendering.changing


@pytest.mark.parametrize(
    "change",
    [
        "tide.textContent = level += 1",
        "tide.firstChild.data = level += 1",
        "tide.innerHTML = `<i>${level += 1}</i>`",
        "tide.firstChild.remove(); tide.append(level += 1)",
        "tide.parentNode.replaceChild(tide.cloneNode(), tide).id = ''; tide.append(level += 1)",
    ],
)
def test_a_text_that_goes_on_changing_is_seen(loader: Loader, change: str) -> None:
    (text,) = changing(
        loader, f"{TIDE}<script>let level = 0; setInterval(() => {{ {change} }}, 800)</script>"
    )
    assert text.goes_on
    assert text.times >= 3
    assert text.swaps >= 3
    assert text.seconds >= 5
    assert not text.alone


def test_what_counts_up_and_stops_has_come_to_rest(loader: Loader) -> None:
    (text,) = changing(
        loader,
        TIDE
        + """<script>let level = 0; const clock = setInterval(() => {
        tide.textContent = level += 1; if (level === 6) clearInterval(clock) }, 420)</script>""",
    )
    assert not text.goes_on


@pytest.mark.parametrize(
    "body",
    [
        "<p>Nothing moves.</p>",
        TIDE + "<script>setTimeout(() => { tide.textContent = 7 }, 900)</script>",
        TIDE + "<script>setInterval(() => { tide.style.color = 'red' }, 500)</script>",
        TIDE + "<script>setInterval(() => { tide.textContent = 0 }, 500)</script>",
        TIDE.replace("<p", "<p hidden")
        + "<script>let n = 0; setInterval(() => { tide.textContent = n += 1 }, 500)</script>",
        TIDE + "<script>let n = 0; setInterval(() => { document.title = n += 1 }, 500)</script>",
        # what follows the keyboard is no change by itself
        TIDE
        + "<a href='/a'>A</a><a href='/b'>B</a><a href='/c'>C</a>"
        + "<script>let n = 0; onfocusin = () => { tide.textContent = n += 1 }</script>",
        TIDE + "<script>let n = 0; onresize = () => { tide.textContent = n += 1 }</script>",
    ],
)
def test_what_does_not_change_by_itself_is_not_told(loader: Loader, body: str) -> None:
    assert changing(loader, body) == ()
