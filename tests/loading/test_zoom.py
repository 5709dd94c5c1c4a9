"""What a real browser cuts off at 200 percent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checker.loading.browser import NoBrowser, open_browser
from checker.loading.loader import Loader
from checker.loading.options import Options, Target
from checker.page import Page
from checker.rendering import Zoomed

pytestmark = pytest.mark.browser

WORDS = "Volunteers meet at the north pier at seven in the morning and carry gloves and bags. " * 2
STYLE = """<style>div { font: 16px/20px sans-serif; overflow: hidden } .low { height: 30px } svg { width: 30px }
.nowrap { white-space: nowrap } .dots { text-overflow: ellipsis }
@media (max-width: 640px) { .narrow { height: 30px } .gone { display: none } }</style>"""


@pytest.fixture(scope="module")
def loader() -> Iterator[Loader]:
    try:
        with open_browser(Options(settle=1.0)) as opened:
            yield opened
    except NoBrowser as error:
        pytest.skip(str(error))


def load(loader: Loader, body: str) -> Page:
    html = f"<!doctype html><html lang=en><title>Fish</title>{STYLE}<body><p>About fish</p>{body}"
    page = loader.load(Target(text="-", html=html.encode()), lambda page: ())
    assert page.problem is None
    return page


def zoomed(page: Page) -> Zoomed:
    assert page.rendering is not None
    assert page.rendering.zoomed is not None
    return page.rendering.zoomed


@pytest.mark.parametrize(
    ("body", "texts", "sides"),
    [
        (f'<div class="low">{WORDS}</div>', 1, ["height"]),
        (f'<div class="narrow">{WORDS}</div>', 1, ["height"]),
        (f'<div class="nowrap">{WORDS}</div>', 1, ["width"]),
        (f'<div class="low"><p style="margin: 0">{WORDS}</p></div>', 1, ["height"]),
        (f'<div class="low" style="overflow: clip">{WORDS}</div>', 1, ["height"]),
        # whole lines, the author's own ways of shortening, a box that scrolls
        (f'<div style="height: 20px">{WORDS}</div>', 1, []),
        (f'<div style="height: auto">{WORDS}</div>', 1, []),
        (f'<div class="nowrap dots">{WORDS}</div>', 1, []),
        (
            '<div style="display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1; height: 30px">'
            f"{WORDS}</div>",
            1,
            [],
        ),
        (f'<div class="low" style="overflow: auto">{WORDS}</div>', 0, []),
        (f'<div class="low"><div class="low" style="overflow: auto">{WORDS}</div></div>', 0, []),
        # an inner box shortened it before an outer one could cut it
        (
            '<div><section style="width: 900px"><div class="nowrap dots" style="width: 300px">'
            f"{WORDS}</div></section></div>",
            1,
            [],
        ),
        # nobody sees it, or nobody hears of it
        (f'<div style="height: 0">{WORDS}</div>', 0, []),
        (f'<div style="height: 1px; width: 1px; position: absolute">{WORDS}</div>', 0, []),
        (f'<div class="low nowrap" style="text-indent: -9999px">{WORDS}</div>', 0, []),
        (f'<div class="low" style="color: transparent">{WORDS}</div>', 0, []),
        (f'<div class="low gone">{WORDS}</div>', 0, []),
        (f'<div class="low" aria-hidden="true">{WORDS}</div>', 0, []),
        ('<div class="low"><svg><text y="35">Fish in the sea</text></svg></div>', 0, []),
        # out of the flow: not cut by a box that does not contain it
        (f'<div class="low"><p style="position: absolute; top: 99px">{WORDS}</p></div>', 0, []),
    ],
)
def test_a_line_is_cut_through_or_not(
    loader: Loader, body: str, texts: int, sides: list[str]
) -> None:
    seen = zoomed(load(loader, body))
    assert (seen.texts, [cut.side for cut in seen.cut]) == (texts, sides)


def test_it_is_said_where_what_and_whether_it_was_so_before(loader: Loader) -> None:
    page = load(
        loader,
        f'<div class="narrow"><b>{WORDS}</b></div><div style="height: 10px">{WORDS}</div>'
        f'<div style="height: 30px; position: relative"><p style="position: absolute; margin: 0">{WORDS}</p></div>',
    )
    cuts = zoomed(page).cut
    assert [(cut.before, cut.moved) for cut in cuts] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    for cut in cuts:
        assert cut.text.startswith("Volunteers meet")
        assert f'data-presscheck="{cut.box}"' in page.html
    place = page.html.index(f'data-presscheck="{cuts[0].element}"')
    assert page.html[:place].endswith("<b ")


def test_text_in_a_closed_shadow_tree_is_measured(loader: Loader) -> None:
    body = (
        f'<section><template shadowrootmode="closed"><p style="overflow: hidden; height: 30px; font: 16px/20px serif">'
        f"<slot></slot></p></template>{WORDS}</section>"
    )
    assert [cut.side for cut in zoomed(load(loader, body)).cut] == ["height"]


def test_what_a_script_lays_out_anew_is_waited_for(loader: Loader) -> None:
    body = f"""<div id="box" style="height: 40px">{WORDS}</div><script>
    onresize = () => setTimeout(() => {{ box.style.height = "auto"; box.style.height = box.scrollHeight + "px" }}, 250)
    box.style.height = box.scrollHeight + "px"</script>"""
    assert zoomed(load(loader, body)).cut == ()


def test_the_window_is_as_large_as_before_afterwards(loader: Loader) -> None:
    page = load(loader, f'<div class="narrow">{WORDS}</div>')
    again = load(loader, "<script>document.body.append(innerWidth)</script>")
    assert page.rendering is not None
    assert f">{page.rendering.viewport[0]}" in again.html.replace("</script>", ">")
