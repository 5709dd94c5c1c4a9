"""Elements that no style tells apart have their computed styles in common: one is asked for all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote

import pytest

from checker.loading.browser_tab import Tab
from checker.loading.browser_world import call, run
from tests.corpus import CORPUS
from tests.loading.browsing import site
from tests.loading.servers import Answer, Asked, Site, serve
from tests.loading.templated import origin
from tests.loading.test_axe_named import SEED, WALKED, answer, ready, said, tab

__all__ = ["tab"]
pytestmark = pytest.mark.browser

LIST = (
    "<ul>"
    + "".join(f"<li id=l{n}><a href=/{n} title=T{n}>Link {n}</a> text</li>" for n in range(8))
    + "</ul>"
)
TEXT = f"<main><p>One</p><p>Two <b>bold</b></p>{LIST}<p class=x>Three</p><p class=x>Four</p></main>"
READ = "JSON.stringify(globalThis.asked)"
COUNTING = """{
  globalThis.asked = 0;
  const real = (globalThis.realStyle ??= globalThis.getComputedStyle);
  globalThis.getComputedStyle = (...given) => {
    asked++;
    return real(...given);
  };
}"""

SHARED = {
    "plain": "",
    "classes": "<style>.x{color:red}main > p b, li a{font-weight:900}#other{opacity:.5}[data-y]{scale:2}</style>",
    "hovered": "<style>a:hover{opacity:.5}a:focus{opacity:.4}li:active{opacity:.3}:checked{opacity:.2}</style>",
    "reset": "<style>*,*::before,*::after{box-sizing:border-box;margin:0}</style>",
    "layers": "<style>@layer a,b;@media screen{@layer a{p{opacity:.5}}@supports (color:red){li{opacity:.9}}}"
    "@font-face{font-family:F;src:url(/f)}@property --o{syntax:'*';inherits:true}</style>",
    "attribute": "<style>a[href]{opacity:.5}p:not(.x, #l1 b){scale:2}:is(ul, ol) > li{color:red}</style>",
    "escaped": r"<style>.a\:b,.\31 0{opacity:.5}</style><p class='a:b'>A<p class=10>B<p class='a:b'>A",
    "absent": "<style>"
    + "".join(f".n{n}:first-child{{z-index:{n}}}" for n in range(400))
    + "</style>"
    + "<i></i>" * 200,
    "commas": "<style>[lang='a,b(']{opacity:.5}:is(.x,b){scale:2}</style><b lang='a,b('>A</b><b>B</b>",
}
TOLD_APART = {
    "first": "<style>li:first-child{color:red}li:nth-child(3) a{opacity:.5}p:last-of-type{scale:2}</style>",
    "siblings": "<style>p + p{opacity:.5}p ~ ul{color:red}li:not(:first-child){rotate:4deg}</style>",
    "has": "<style>p:has(b){opacity:.5}</style><p>One</p><p>With <b>bold</b></p><p>Two</p>",
    "empty": "<style>p:empty{opacity:.5}</style><p></p><p>x</p><p></p>",
    "value": "<style>a[href$='3']{opacity:.5}[title*=T4]{scale:2}</style>",
    "id": "<style>#l3{opacity:.5}#l5 a{scale:2}</style>",
    "ids": "<style>[id=l3]{opacity:.5}</style>",
    "odd-state": r"<style>.a\:checked:first-child{opacity:.5}</style><div><p class=a:checked>A<p class=a:checked>B",
    "odd-value": "<style>[data-x='::']{opacity:.5}</style><p data-x=::>A<p data-x=:>B",
    "odd-values": "<style>[data-x='::']:not(:last-child){opacity:.5}</style><p data-x=::>A<p data-x=:>B",
    "odd-id": r"<style>#\6c 3{opacity:.5}</style>",
    "data": "<style>[data-x='2']{opacity:.5}</style><p data-x=1>A<p data-x=2>B<p data-x=3>C",
    "specific": "<style>.x, p:first-child{opacity:.5}p.x{opacity:.7}body p:nth-of-type(3){opacity:.6}</style>",
    "one-list": "<style>p:first-of-type,.y{opacity:.5}.x,p{opacity:.7}</style><p class=y>A<p class=y>B",
    "checked": "<style>:checked + label{opacity:.5}</style><input type=radio name=r checked><label>A</label>"
    "<input type=radio name=r><label>B</label>",
    "languages": "<style>:lang(fr){opacity:.5}</style><div lang=fr><p>A</p></div><div lang=en><p>B</p></div>",
    "inline": "<p style='opacity:.4'>A</p><p style='opacity:.5'>B</p><p style='opacity:.4'>C</p>",
    "inherited": "<style>li:nth-child(2){color:red;letter-spacing:2px}</style>",
    "percent": "<style>p{transform:translate(50%,0)}</style><p style=width:9px>A</p><div><p>Wider</p></div>",
    "automatic": "<p dir=auto>One</p><p dir=auto>\u05d0\u05d1</p><p dir=AUTO><b>\u05d0</b></p><bdi>a</bdi>"
    "<bdi>\u05d0</bdi>",
    "scrolling": "<style>div{overflow:auto;height:20px}</style><div>A</div><div>B<br>B<br>B<br>B</div>",
    "focused": "<a href=/ id=f>A</a><a href=/>B</a><script>f.focus()</script>",
    "targeted": "<style>li:target{opacity:.5}</style>",
    "details": "<details><summary>A</summary><summary>B</summary><p>C</p></details>"
    "<details><summary>A</summary></details>",
    "fields": "<fieldset><legend>A</legend><legend>B</legend><div>C</div></fieldset>"
    "<fieldset disabled><div>D</div></fieldset>",
    "broken": "<img src=/none alt=><img src=/none alt=Text><img src=/none alt=Text width=9>",
    "before": "<style>p::before{content:'>'}li:first-child::after{content:attr(id)}</style>",
    "tables": "<table border=2><tr><td>A<td>B</table><table><tr><td>A<td>B</table>",
    "quoted": "<q>A</q><q>A <q>B</q></q>",
    "drawing": "<svg opacity=.5><g><foreignObject><p>A</p></foreignObject></g></svg><svg><foreignObject><p>A</p>"
    "</foreignObject></svg>",
}
NOTHING_SHARED = {
    "container": "<style>main{container-type:inline-size}@container (min-width:9px){p{opacity:.5}}</style>",
    "units": "<style>main{container-type:inline-size}p{text-indent:5cqw}</style>",
    "place": "<style>p{opacity:calc(sibling-index()*.1)}</style>",
    "typed": "<style>p{opacity:attr(data-o type(<number>),.5)}</style><p data-o=.1>A<p data-o=.2>B",
    "typed-later": "<style>p{--content:attr(data-o type(<number>),.5);opacity:var(--content)}</style>"
    "<p data-o=.1>A<p data-o=.2>B",
    "nested": "<style>main{& > p:first-child{opacity:.5}}</style>",
    "scope": "<style>@scope (main) to (ul){p{opacity:.5}}</style>",
    "starting": "<style>@starting-style{p{opacity:.5}}</style>",
    "animated": "<style>@keyframes k{from,to{opacity:.5}}.x{animation:k 9s infinite paused}</style>",
    "many": "<style>" + "".join(f"p:nth-child({n}){{z-index:{n}}}" for n in range(400)) + "</style>" + "<i></i>" * 200,
    "rules": "<style>" + ".y{}" * 100 + "</style>",
    "elsewhere": "<link rel=stylesheet href=//localhost:PORT/sheet.css>",
}  # fmt: skip
ALL = {**SHARED, **TOLD_APART, **NOTHING_SHARED}


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    pages: dict[str, Answer] = {"/sheet.css": answer("p{letter-spacing:2px}", "text/css")}
    with serve(site(pages)) as running:
        for name, text in ALL.items():
            text = text.replace("PORT", str(running.port))
            pages[f"/{name}"] = answer(f"<!DOCTYPE html><title>T</title>{text}{TEXT}")
        yield running


def walked(tab: Tab, here: int) -> tuple[list[object], object]:
    """What the walk tells, and of how many elements and pseudo-elements it asked for the style."""
    run(tab.driver, here, COUNTING)
    told = call(tab.driver, here, "axe_walk", SEED)
    if "refused" in told:
        return [told], 0
    return said(tab, here, WALKED), said(tab, here, READ)


def compared(tab: Tab, address: str) -> tuple[int, int]:
    """How many styles are asked for where each element's is, and where they are shared; what is found is the same."""
    tab.go(address)
    here = ready(tab, address)
    run(tab.driver, here, "delete globalThis.presscheckShared")
    call(tab.driver, here, "axe_named")
    whole, every = walked(tab, here)
    call(tab.driver, here, "axe_shared")
    mine, some = walked(tab, here)
    assert mine == whole
    assert isinstance(every, int)
    assert isinstance(some, int)
    return every, some


@pytest.mark.parametrize("name", SHARED)
def test_elements_that_nothing_tells_apart_share(server: Site, tab: Tab, name: str) -> None:
    every, some = compared(tab, f"{origin(server)}/{name}#l4")
    assert every - some >= 14  # of the list most items and their links


@pytest.mark.parametrize("name", TOLD_APART)
def test_what_a_style_tells_apart_is_told(server: Site, tab: Tab, name: str) -> None:
    every, some = compared(tab, f"{origin(server)}/{name}#l4")
    assert some < every


@pytest.mark.parametrize("name", NOTHING_SHARED)
def test_where_more_tells_apart_nothing_is_shared(server: Site, tab: Tab, name: str) -> None:
    every, some = compared(tab, f"{origin(server)}/{name}#l4")
    assert some == every


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS, reason="PRESSCHECK_CORPUS names no folder")
def test_real_pages_share(tab: Tab) -> None:
    """Most of their styles were not saved with them."""
    folder = Path(str(CORPUS)) / "gov-pages"
    facts = [json.loads(line) for line in (folder / "facts.jsonl").read_text().splitlines()]
    assert len(facts) == 12

    def saved(request: Asked) -> Answer:
        path = folder.parent / unquote(request.path.partition("?")[0]).lstrip("/")
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return (
            (200, {"Content-Type": kind}, path.read_bytes()) if path.is_file() else (404, {}, b"")
        )

    with serve(saved) as running:
        asked = [compared(tab, f"{origin(running)}/{fact['file']}") for fact in facts]
    assert sum(some for _, some in asked) < sum(every for every, _ in asked)
