"""``--axe incremental`` where axe's grid is built of few elements: targets and texts among what lies over, under and
beside them, within boxes that scroll or clip, and beyond the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.incremental import Pair
from checker.loading import browser_start
from checker.loading.browser_world import frames, run, world
from tests.loading.browsing import QUICK, site
from tests.loading.servers import Answer, Site, serve
from tests.loading.templated import Both, both_ways, origin, page

pytestmark = pytest.mark.browser

STYLE = """.dot{display:inline-block;width:12px;height:12px}.row{display:flex;gap:3px}.wide a{display:block;width:300px}
.over{position:absolute;left:0;width:400px;background:#8a9}.scroll{overflow:auto;height:60px}
.clip{overflow:hidden;height:20px}.pale{color:#aaa}.float{float:right;width:200px}
@keyframes way{from{left:0}to{left:500px}}.moving{position:relative;animation:way 9s infinite}"""
WORDS = "Words that stand here and go on for a while"
DOTS = "".join(f"<a class=dot href=/{number} aria-label='Dot {number}'></a>" for number in range(9))
LINKS = f"<p class=pale>{WORDS} <a href=/x style='color:#bbb'>and a link</a> in them</p>"
MANY = "".join(f"<p class=pale>{WORDS}, {number}</p>" for number in range(400))
BLOCKS = "".join(f"<h3><a href=/b{number}>Block {number}</a></h3>" for number in range(6))


def grid(article: str, **rest: str) -> Answer:
    return page(f"<style>{STYLE}</style>{article}<p>{WORDS}</p>" + "<p>Known</p>" * 8, **rest)


PAGES = {
    "/": grid(""),
    "/dots": grid(f"<div>{DOTS}</div>"),
    "/row": grid(f"<div class=row>{DOTS}</div><p class=pale>{WORDS}</p>"),
    "/over": grid(f"<div>{DOTS}</div>", last="<div class=over style='top:0;height:900px;opacity:.5'></div>"),
    "/partly": grid(f"{LINKS}{DOTS}", last="<div class=over style='top:150px;height:60px'>Over</div>"),
    "/links": grid(LINKS * 3),
    "/blocks": grid(f"<div class=wide>{BLOCKS}</div>"),
    "/scroll": grid(f"<div class=scroll>{LINKS}{DOTS}{BLOCKS}</div>"),
    "/clip": grid(f"<div class=clip>{LINKS}{DOTS}{BLOCKS}</div>"),
    "/float": grid(f"<div class=float>{LINKS}{DOTS}</div>{LINKS}"),
    "/out": grid(f"<div style='margin-left:1300px;width:300px'>{LINKS}{DOTS}</div>"),
    "/left": grid(f"<div style='position:relative;left:-40px'>{LINKS}{DOTS}</div>"),
    "/above": grid(f"<div style='position:absolute;top:-30px'>{LINKS}{DOTS}</div>"),
    "/beneath": grid(f"{LINKS}{DOTS}", style="body{height:50px}html{overflow:auto;height:100%}"),
    "/layers": grid(f"<div style='position:relative;z-index:-1'>{LINKS}</div>{DOTS}", style="main{opacity:.9}"),
    "/contents": grid(f"<div style='display:contents'>{LINKS}{DOTS}</div>"),
    "/focus": grid(f"<main tabindex=-1>{DOTS}{LINKS}</main><div tabindex=0 role=button style='height:9px'></div>"),
    "/moving": grid(f"<div class=moving>{LINKS}{DOTS}</div>"),
    "/many": grid(MANY),
    "/shifted": grid(f"{LINKS}{DOTS}", first="<div style=height:37.4px></div>"),
}  # fmt: skip
WALKS = """globalThis.walks = 0;
const native = Document.prototype.createTreeWalker;
Document.prototype.createTreeWalker = function (...given) {
  globalThis.walks += given[0] === document.body;
  return native.apply(this, given);
};"""


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serve(site(PAGES)) as opened:
        yield opened


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    driver = browser_start.start(QUICK, "127.0.0.1:1", frozenset())
    try:
        yield Pair(driver)
    finally:
        browser_start.stop(driver)


@pytest.fixture(scope="module")
def both(server: Site, pair: Pair) -> Both:
    return both_ways(server, pair, PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_targets_and_texts_are_judged_as_on_the_whole_page(both: Both, path: str) -> None:
    full, mine, saved = both[path]
    assert mine == full
    assert not saved.whole


def test_the_pages_do_differ_in_what_the_grid_is_asked_for(both: Both) -> None:
    about = ("target-size", "color-contrast", "color-contrast-enhanced", "link-in-text-block")
    found = {
        str([(key, value) for key, value in full.items() if key[1] in about])
        for full, _, _ in both.values()
    }
    assert len(found) > len(PAGES) // 2


def walks(server: Site, pair: Pair, path: str) -> int:
    """How often axe walks through the whole body."""
    pair.tab.fresh({origin(server)}, ())
    pair.look(f"{origin(server)}{path}", whole_first=True)
    driver = pair.tab.driver
    here = world(driver, frames(driver)[0].id)
    run(driver, here, WALKS)
    pair.incremental.run()
    answer = driver.execute_cdp_cmd("Runtime.evaluate", {"contextId": here, "expression": "walks"})
    return int(answer["result"]["value"])


def test_it_is_built_of_few_elements_where_that_is_enough(
    both: Both, server: Site, pair: Pair
) -> None:
    assert walks(server, pair, "/dots") == 0
    assert walks(server, pair, "/moving") == 1
    assert walks(server, pair, "/scroll") == 1
