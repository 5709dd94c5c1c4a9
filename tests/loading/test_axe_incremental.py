"""``--axe incremental`` in a real browser: on every page what axe finds of the whole page, however they differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from benchmarks.incremental import Pair, facts
from checker.loading import browser_start
from checker.loading.axe_incremental import LEAST, IncrementalAxe, _local
from checker.loading.axe_store import Found, Part, Parts
from checker.loading.browser import open_browser
from checker.loading.browser_driver import Driver
from checker.loading.browser_world import call, frames, run, world
from checker.loading.options import Extent
from checker.page import AxeResult, Page
from tests.loading import browsing
from tests.loading.browsing import QUICK, site, visit
from tests.loading.servers import Site, serve
from tests.loading.templated import FOOTER, HEADER, Both, both_ways, origin, page

pytestmark = pytest.mark.browser

INCREMENTAL = replace(QUICK, axe=Extent.INCREMENTAL)
_RULES = """globalThis.rulesNow = JSON.stringify(axe._audit.rules.map((rule) => ({
  id: rule.id,
  wide: Boolean(rule.pageLevel),
  checks: [...rule.any, ...rule.all, ...rule.none]
    .map((check) => check.id ?? check)
    .map((id) => [id, Boolean(axe._audit.checks[id].after)]),
})))"""
OVER = "<div style='position:absolute;left:0;top:0;width:400px;height:90px;background:#8a9'>Over it</div>"
NATIVE = ("getAttribute", "getAttributeNames", "getBoundingClientRect", "firstChild", "localName")
PAGES = {
    "/": page(),
    "/longer": page("<p>Two.</p>" * 9 + "<img src=/41x30.png><p class=faint>Faint</p><h4>Deep</h4>"),
    "/fraction": page(first="<div style=height:3.3px></div>"),
    "/current": page(header=HEADER.replace("<a href=/news>", "<a href=/news aria-current=page>")),
    "/contrast": page(style="header{background:#ccd}footer a{color:#bbb}"),
    "/twice": page(last="<p id=note>Again</p>", first="<p id=term>The term</p>"),
    "/labels": page(first="<label for=term>More of it</label>", footer=FOOTER.replace("id=note", "id=note role=note")),
    "/owner": page(last="<div role=list aria-owns='note brand' aria-labelledby=note><input disabled></div>"),
    "/covered": page(last=OVER),
    "/near": page(last="<a href=/x style='position:absolute;left:40px;top:30px;width:9px;height:9px'></a>"),
    "/spanish": page(style="body{direction:rtl}", lang="zz"),
    "/landmarks": page(f"{HEADER}<main><p>Within</p></main>"),
    "/hidden": page(header=HEADER.replace("<header>", "<header aria-hidden=true>")),
    "/inert": page(footer=FOOTER.replace("<footer>", "<footer inert>")),
    "/faded": page(style="header{opacity:.3}footer{transform:rotate(2deg)}"),
    "/clipped": page(style="footer{overflow:hidden;height:30px}body{overflow-x:hidden}"),
    "/around": page(first="<div style='background:url(/40x30.png)'>", last="</div>"),
    "/disabled": page(header=HEADER.replace("<input id=term>", "<input id=term disabled>")),
    "/names": page(last=f"<form>{''.join(f'<input name={name}>' for name in NATIVE)}</form>"),
    "/form": page(last="<form><input name=name><input name=submit><input name=title></form>"),
    "/sides": page("<p>Of <a href=/x>some</a> text</p>", style="p,a{border-bottom:1px solid #777}p{border-left:0}"),
    "/dialog": page(last="<dialog open><p>Say yes</p><button>Yes</button></dialog>"),
    "/shadow": page(last="<div><template shadowrootmode=open><p class=faint>Shade</p></template></div>"),
    "/frame": page("<iframe title=Inner src=/></iframe><p>After</p>"),
    "/again": page(),
}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serve(site(PAGES)) as running:
        yield running


@pytest.fixture(scope="module")
def driver() -> Iterator[Driver]:
    started = browser_start.start(QUICK, "127.0.0.1:1", frozenset())
    try:
        yield started
    finally:
        browser_start.stop(started)


@pytest.fixture(scope="module")
def pair(driver: Driver) -> Pair:
    return Pair(driver)


@pytest.fixture(scope="module")
def both(server: Site, pair: Pair) -> Both:
    """By page what the plain engine says, what the incremental one says of the same document, and what it knew."""
    return both_ways(server, pair, PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_findings_and_passes_are_those_of_the_whole_page(both: Both, path: str) -> None:
    full, mine, _ = both[path]
    assert len(full) > 60  # rules
    assert mine == full


def test_what_pages_share_is_left_out_and_what_differs_is_not(both: Both) -> None:
    saved = {path: known for path, (_, _, known) in both.items()}
    assert saved["/"].parts == 0
    assert saved["/again"].elements > 0.7 * saved["/again"].of
    assert saved["/longer"].elements > 20
    for path in ("/contrast", "/hidden", "/covered"):
        assert saved[path].elements < saved["/again"].elements
    assert saved["/dialog"].whole == "a dialog is open"
    assert saved["/shadow"].whole == "the page has shadow trees"
    assert saved["/names"].whole == "a form's fields have names of its methods"
    assert saved["/form"].elements > 20


def test_the_hostile_pages_do_differ_in_what_is_found(both: Both) -> None:
    plain, _, _ = both["/"]
    same = [path for path, (full, _, _) in both.items() if full == plain]
    assert set(same) <= {"/", "/again", "/fraction", "/current", "/frame"}
    assert ("violations", "color-contrast") in plain


def told(page: Page) -> AxeResult:
    assert page.axe is not None
    return page.axe


def loaded(server: Site, order: list[str], browsers: int) -> dict[str, AxeResult]:
    parts = Parts()

    def share(paths: list[str]) -> dict[str, AxeResult]:
        with open_browser(INCREMENTAL, parts) as browser:
            pages = {path: visit(browser, f"{origin(server)}{path}") for path in paths}
        assert all(any("axe" in note for note in page.notes) for page in pages.values())
        return {path: told(page) for path, page in pages.items()}

    with ThreadPoolExecutor(browsers) as pool:
        shares = list(pool.map(share, (order[row::browsers] for row in range(browsers))))
    return {path: result for said in shares for path, result in said.items()}


def test_neither_order_nor_the_number_of_browsers_changes_a_result(server: Site) -> None:
    some = ["/", "/longer", "/contrast", "/again"]
    with browsing.browser() as browser:
        full = {path: told(visit(browser, f"{origin(server)}{path}")) for path in some}
    assert loaded(server, some, 1) == full
    assert loaded(server, some[::-1], 2) == full


@pytest.fixture
def here(server: Site, pair: Pair, driver: Driver) -> int:
    """Our world in a page with the engine."""
    pair.tab.fresh({origin(server)}, ())
    pair.look(f"{origin(server)}/", whole_first=True)
    return world(driver, frames(driver)[0].id)


def test_every_rule_that_looks_no_further_is_as_we_know_it(driver: Driver, here: int) -> None:
    run(driver, here, _RULES)
    answer = driver.execute_cdp_cmd(
        "Runtime.evaluate", {"contextId": here, "expression": "rulesNow", "returnByValue": True}
    )
    rules = {rule["id"]: rule for rule in json.loads(answer["result"]["value"])}
    for name, checks in _local().items():
        assert [check for check, _ in rules[name]["checks"]] == checks
        assert not rules[name]["wide"]
        assert not any(after for _, after in rules[name]["checks"])
    after = {name for name, rule in rules.items() if any(late for _, late in rule["checks"])}
    assert {"heading-order", "region", "identical-links-same-purpose", "landmark-unique"} <= after


def test_a_rule_that_is_not_as_we_know_it_runs_on_the_whole_page(driver: Driver, here: int) -> None:
    """As in a newer engine: with another check."""
    run(driver, here, "axe._audit.rules.find((rule) => rule.id === 'link-name').any.push('exists')")
    assert call(driver, here, "axe_walk", {"seed": [1, 2, 3, 4]})["elements"]
    assert call(driver, here, "axe_parts", {"least": LEAST})
    call(driver, here, "axe_texts")
    rules = call(driver, here, "axe_skip", {"local": _local(), "known": [], "alike": []})["rules"]
    assert rules == len(_local()) - 1


def test_a_page_that_changes_meanwhile_is_examined_whole(
    server: Site, driver: Driver, here: int
) -> None:
    engine = IncrementalAxe(driver, parts=Parts())
    first = facts(engine.run())
    driver.execute_script("setInterval(() => { document.body.dataset.now = Date.now(); }, 1)")
    again = facts(engine.run())
    assert engine.saved is not None
    assert engine.saved.whole == "the page changed meanwhile"
    assert again.keys() == first.keys()


def test_parts_of_parts_are_counted_once() -> None:
    parts = Parts()
    outer, inner = Part(3, 9, -1, "outer", "0", False), Part(5, 4, 0, "inner", "0.5", True)
    alone = {0: Found({"a": 1}, {"b": (0,)}), 1: Found({"a": 2}, {"b": (1, 3)})}
    parts.learn([outer, inner], {}, alone)
    assert parts.known([outer, inner]) == {0: Found({"a": 3}, {"b": (0, 3, 5)})}
    elsewhere = replace(inner, fraction="0.25", parent=-1)
    assert parts.known([elsewhere]) == {0: alone[1]}
    assert parts.known([replace(outer, fraction="0.25")]) == {}


PAIR = {"color-contrast": (True, {"contrastRatio": 5.1}), "link-in-text-block": None}
SURE = {"color-contrast": PAIR["color-contrast"]}


def test_texts_that_once_did_not_pass_are_never_left_out() -> None:
    parts = Parts()
    parts.learn_alike(["one"], [(0, {"color-contrast": True}, SURE)])
    assert list(parts.alike(["two", "one"])) == [(1, ["color-contrast"], SURE)]
    parts.learn_alike(["one"], [(0, {"color-contrast": False}, SURE)])
    assert list(parts.alike(["one"])) == [(0, [], SURE)]


def test_a_check_that_once_came_to_something_else_is_never_taken_from_before() -> None:
    parts = Parts()
    parts.learn_alike(["one", "two"], [(0, {"color-contrast": True}, SURE), (1, {}, PAIR)])
    other = {"color-contrast": (True, {"contrastRatio": 5.2})}
    parts.learn_alike(["one"], [(0, {"color-contrast": True}, other)])
    assert list(parts.alike(["one", "two"])) == []
