"""Computed styles that no style of the page names are not asked for: they are what would be read."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from checker.loading import browser_start
from checker.loading.browser_driver import Driver
from checker.loading.browser_tab import Tab
from checker.loading.browser_world import call, run, world
from tests.loading.browsing import QUICK, site
from tests.loading.servers import Answer, Site, serve
from tests.loading.templated import origin

pytestmark = pytest.mark.browser

TAGS = (
    "a abbr address article aside audio b base bdi bdo blockquote br button canvas caption center cite "
    "code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption "
    "figure font footer form h1 h2 header hgroup hr i iframe img input ins kbd label legend li link "
    "listing main mark marquee menu meter nav nobr noscript object ol optgroup option output p picture "
    "pre progress q rp rt ruby s samp search section select small span strike strong style sub summary "
    "sup table tbody td textarea tfoot th thead time tr track tt u ul var video wbr xmp own-element "
).split()
TYPES = (
    "button checkbox color date datetime-local email file hidden image month number password radio range reset search"
    " submit tel text time url week"
).split()
ATTRIBUTES = (
    *(
        "align=left",
        "align=right",
        "hidden",
        "hidden=until-found",
        "popover",
        "inert",
        "dir=rtl",
        "dir=auto",
        "disabled",
    ),
    *(
        "open",
        "sizes=auto loading=lazy",
        "contenteditable",
        "draggable=true",
        "nowrap",
        "width=50 height=40 border=2",
    ),
    *(
        "bgcolor=red color=red",
        "controls",
        "multiple",
        "size=3",
        "lang=ar",
        "cols=3",
        "checked",
        "readonly required",
    ),
)
ZOO = """<script>
const place = document.currentScript;
const put = (name, said, around) => {
  const box = document.createElement(around);
  const one = box.appendChild(document.createElement(name));
  for (const pair of said.split(" ").filter(Boolean)) one.setAttribute(...(pair + "=").split("=", 2));
  one.append("Text");
  place.before(box);
};
for (const around of ["div", "button", "select", "table", "ul", "ruby"]) for (const name of TAGS) put(name, "", around);
for (const name of TAGS)
  for (const said of ATTRIBUTES) if (name !== "dialog" || said !== "open") put(name, said, "div");
for (const type of TYPES)
  for (const more of ["", " disabled", " required", " readonly"]) put("input", `type=${type}${more}`, "p");
</script>"""


def zoo() -> str:
    names = {"TAGS": TAGS, "ATTRIBUTES": ATTRIBUTES, "TYPES": TYPES}
    given = "".join(f"const {name} = {json.dumps(value)};" for name, value in names.items())
    return f"<script>{given}</script>{ZOO}"


VALUES = {
    "position": "relative",
    "float": "left",
    "opacity": ".5",
    "z-index": "3",
    "clip": "rect(1px,2px,3px,4px)",
    "clip-path": "inset(1px)",
    "transform": "scale(2)",
    "filter": "blur(1px)",
    "perspective": "9px",
    "mix-blend-mode": "multiply",
    "isolation": "isolate",
    "will-change": "opacity",
    "contain": "paint",
    "content-visibility": "auto",
    "mask": "linear-gradient(#000,#fff)",
    "-webkit-mask-box-image": "linear-gradient(#000,#fff)",
    "pointer-events": "none",
    "text-indent": "9px",
    "letter-spacing": "1px",
    "word-spacing": "1px",
    "translate": "1px",
    "scale": "2",
    "rotate": "2deg",
    "column-count": "2",
    "text-shadow": "1px 1px #000",
    "outline-style": "dotted",
    "-webkit-text-stroke": "1px red",
    "-webkit-text-fill-color": "red",
}
TEXT = "<main><h1>Title</h1><p>One <b>bold</b> <a href=/>link</a></p><p class=x>Two</p></main>"
STYLED = {
    "media": ("<style>@media print{p{opacity:.5}}@media screen{p{OPACITY : .4}}</style>", "opacity"),
    "supports": ("<style>@supports (color:red){@layer a{p{filter:blur(1px)}}}</style>", "filter"),
    "nested": ("<style>main{color:#222;p &{rotate:9deg}& p{scale:2}}</style>", "scale"),
    "scope": ("<style>@scope (main){p{translate:3px}}</style>", "translate"),
    "shorthand": ("<style>p{columns:3 auto;outline:1px dotted}</style>", "column-count"),
    "outline": ("<style>p{outline:1px dotted}</style>", "outline-style"),
    "prefix": ("<style>p{-webkit-transform:scale(2);-webkit-mask-image:url(/x)}</style>", "transform"),
    "part": ("<style>p{mask-image:linear-gradient(#000,#fff)}</style>", "mask"),
    "stroke": ("<style>p{-webkit-text-stroke-width:2px}</style>", "-webkit-text-stroke"),
    "all": ("<style>p{all:inherit}</style>", "position"),
    "variable": ("<style>:root{--x:.4}p{opacity:var(--x)}</style>", "opacity"),
    "registered": (
        "<style>@property --o{syntax:'<number>';inherits:true;initial-value:.3}p{opacity:var(--o)}</style>",
        "opacity",
    ),
    "imported": ("<style>@import '/sheet.css';</style>", "letter-spacing"),
    "linked": ("<link rel=stylesheet href=/sheet.css>", "letter-spacing"),
    "inline": ("<p style='Z-Index : 3;position:relative;\\66ilter:none'>Above</p>", "z-index"),
    "escaped": ("<style>p{\\66ilter:blur(2px)}</style>", "filter"),
    "drawn": ("<svg style=text-indent:3px><foreignObject><p>In</p></foreignObject></svg>", "text-indent"),
    "put": ("<style id=s></style><script>s.sheet.insertRule('p{clip-path:inset(1px)}')</script>", "clip-path"),
    "adopted": (
        "<script>const sheet=new CSSStyleSheet;sheet.replaceSync('p{perspective:3px}');"
        "document.adoptedStyleSheets=[sheet]</script>",
        "perspective",
    ),
    "names": ("<img name=styleSheets><img name=adoptedStyleSheets><style>p{opacity:.2}</style>", "opacity"),
    "animated": ("<script>document.documentElement.animate({opacity:[.5,.5]},1e9)</script>", "opacity"),
    "timed": ("<style>@keyframes k{from,to{isolation:isolate}}p{animation:k 9s infinite paused}</style>", "isolation"),
    "focused": ("<input id=i><script>i.focus()</script>", "outline-style"),
    "elsewhere": ("<link rel=stylesheet href=//localhost:PORT/sheet.css>", "position"),
    **{name: (f"<style>p{{{name}:{value}}}</style>", name) for name, value in VALUES.items()},
}  # fmt: skip
PLAIN = {
    "text": "<style>p{color:#333;font:16px/1.4 serif;--opacity:1}a:hover{transition:filter 1s}</style>",
    "before": "<style>p::before{content:'>'}</style>",
    "after": "<style>p:after{content:attr(class)}</style>",
    "quote": "<q>Said</q>",
    "list": "<style>b,main > p:first-of-type::before,i::after{content:'>'}</style>",
    "where": "<style>@media screen{@supports (color:red){@layer a{.x::after{content:'>'}}}}</style>",
    "alone": "<style>main > ::before{content:'>'}</style>",
    "nest": "<style>p{color:red;&.x{&::before{content:'>'}}}</style>",
    "within": "<style>@scope (main){b::before{content:'>'}}</style>",
    "marked": "<style>b::before::marker{color:red}</style>",
    "zoo": zoo(),
    "drawing": "<svg letter-spacing=5 opacity=.5><foreignObject><p>In <b>it</b></p></foreignObject></svg>"
    "<math><mi>x</mi><annotation-xml encoding=text/html><p>In</p></annotation-xml></math>",
    "quirks": "<table><tr><td nowrap>Cell<p align=right>In</table>",
}


# By page how many elements may have pseudo-elements: of "nest" and "within" every one.
DRAWN = {
    "before": 2,
    "after": 2,
    "quote": 1,
    "list": 2,
    "where": 1,
    "alone": 3,
    "nest": 11,
    "within": 11,
    "zoo": 29,
}


def answer(text: str, kind: str = "text/html") -> Answer:
    return 200, {"Content-Type": f"{kind}; charset=utf-8"}, text.encode()


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    pages = {
        f"/{name}": answer(f"<!DOCTYPE html><title>T</title>{text}{TEXT}")
        for name, text in PLAIN.items()
    }
    pages["/quirks"] = answer(PLAIN["quirks"] + TEXT)
    pages["/sheet.css"] = answer("p{letter-spacing:2px}", "text/css")
    with serve(site(pages)) as running:
        for name, (text, _) in STYLED.items():
            text = text.replace("PORT", str(running.port))
            pages[f"/{name}"] = answer(f"<!DOCTYPE html><title>T</title>{text}{TEXT}")
        yield running


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    started: Driver = browser_start.start(QUICK, "127.0.0.1:1", frozenset())
    try:
        yield Tab(started, QUICK.viewport)
    finally:
        browser_start.stop(started)


SEED = {"seed": [1, 2, 3, 4]}
WALKED = """JSON.stringify(
  (({ styles, pseudos, shadowed, own }) => [styles, [...pseudos], [...shadowed], own])(presscheckParts))"""
INITIAL = """JSON.stringify(
  [Object.fromEntries(presscheckNamed.initial), presscheckNamed.pseudos && presscheckNamed.pseudos.size])"""


def said(tab: Tab, here: int, expression: str) -> list[object]:
    answer = tab.cdp("Runtime.evaluate", contextId=here, expression=expression)
    result: list[object] = json.loads(answer["result"]["value"])
    return result


def both(
    tab: Tab, server: Site, name: str
) -> tuple[list[object], list[object], dict[str, str], object]:
    """What the walk tells of the page where it asks all, and where it leaves out what is not named; what that is."""
    address = f"{origin(server)}/{name}"
    tab.go(address)
    here = ready(tab, address)
    run(tab.driver, here, "delete globalThis.presscheckNamed")
    assert call(tab.driver, here, "axe_walk", SEED)["elements"]
    whole = said(tab, here, WALKED)
    call(tab.driver, here, "axe_named")
    initial, pseudos = said(tab, here, INITIAL)
    assert isinstance(initial, dict)
    call(tab.driver, here, "axe_walk", SEED)
    return whole, said(tab, here, WALKED), initial, pseudos


def ready(tab: Tab, address: str) -> int:
    """Our world in the page of that address, once it has loaded and its scripts have run."""
    loaded = "document.readyState === 'complete' && performance.timing.loadEventEnd > 0"
    expression = f"location.href === {address!r} && {loaded}"
    for _ in range(2000):
        here = world(tab.driver, tab.window)
        answer = tab.cdp("Runtime.evaluate", contextId=here, expression=expression)
        if answer["result"].get("value"):
            return here
    raise AssertionError(address)


@pytest.mark.parametrize("name", STYLED)
def test_what_a_style_names_is_asked_for(server: Site, tab: Tab, name: str) -> None:
    whole, mine, initial, _ = both(tab, server, name)
    assert STYLED[name][1] not in initial
    assert mine == whole


@pytest.mark.parametrize("name", PLAIN)
def test_what_none_names_is_as_it_would_be_read(server: Site, tab: Tab, name: str) -> None:
    whole, mine, initial, pseudos = both(tab, server, name)
    assert initial.keys() == VALUES.keys()
    assert pseudos == DRAWN.get(name, 0)
    assert mine == whole


def test_of_what_is_not_readable_all_is_asked(server: Site, tab: Tab) -> None:
    for name in ("elsewhere", "animated"):
        _, _, initial, pseudos = both(tab, server, name)
        assert initial == {}
        assert (pseudos is None) == (name == "elsewhere")
