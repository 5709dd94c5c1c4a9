"""A window that is not drawn while nobody looks: what a page, our probes and our pictures see is the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest

from checker.loading import browser_start
from checker.loading.browser_arrival import navigate
from checker.loading.browser_quiet import settle
from checker.loading.browser_tab import Tab
from checker.page import Page
from tests.loading.browsing import QUICK, browser, number, site, visit
from tests.loading.servers import Answer, html, serve

pytestmark = pytest.mark.browser

PATIENT = replace(QUICK, timeout=60, settle=10, script_timeout=60)
HEAD = """<!doctype html><html lang=en><title>Fleet</title><style>
body { margin: 0; font: 16px/1.4 sans-serif } section { height: 700px }
.bar { position: fixed; bottom: 0; left: 0; width: 100%; height: 40px; background: navy }
.bare:focus { outline: none } .slow:focus { outline: none; background: navy; transition: background .2s }
.pale { color: #bbb; background: url(/9x9.png) } .cut { height: 30px; overflow: hidden; width: 8rem }
</style>"""
NOTES = """<script>
const told = { crossed: {}, events: [], frames: 0, inner: null };
const notice = new IntersectionObserver((all) => {
  for (const { target, isIntersecting, intersectionRatio, rootBounds } of all)
    told.crossed[target.id] = [isIntersecting, Math.round(intersectionRatio * 100), JSON.stringify(rootBounds)];
});
for (const one of document.querySelectorAll("section, img")) notice.observe(one);
const picked = (object, names) => names.split(" ").map((name) => object[name]);
for (const kind of ["resize", "visibilitychange", "click", "mousedown"])
  addEventListener(kind, (e) => {
    told.events.push([kind, ...picked(e, "clientX clientY screenX screenY"), e.target.id]);
  }, true);
visualViewport.addEventListener("resize", () => told.events.push("visual viewport"));
matchMedia("(min-width: 1350px)").addEventListener("change", () => told.events.push("media"));
onmessage = (event) => (told.inner = event.data);
(function frame() { told.frames += 1; requestAnimationFrame(frame); })();
const media = ["(width: 1350px)", "(height: 940px)", "(orientation: landscape)", "(resolution: 1dppx)", "(hover)"];
const said = () => JSON.stringify({
  crossed: told.crossed, events: told.events, runs: told.frames > 20,
  window: picked(window, "innerWidth innerHeight outerWidth outerHeight screenX screenY devicePixelRatio"),
  scrolled: [scrollX, scrollY],
  visual: picked(visualViewport, "width height offsetLeft offsetTop pageLeft pageTop scale"),
  screen: picked(screen, "width height availWidth availHeight colorDepth"),
  media: media.map((one) => matchMedia(one).matches),
  seen: [document.hidden, document.hasFocus(), document.elementFromPoint(30, 30)?.id],
  pictures: [...document.images].map((one) => picked(one, "id complete naturalWidth currentSrc")),
  place: JSON.stringify(document.querySelector("#third").getBoundingClientRect()),
});
const frame = () => new Promise((done) => requestAnimationFrame(done));
const task = () => new Promise((done) => setTimeout(done));
const framed = async () => {
  for (let number = 0; number < 3; number += 1) await frame(), await task();
  return said();
};
const inside = async (first) => { // a process of its own: it hears of it later
  while (!told.inner?.runs || told.frames <= 20 || told.inner.crossed.first !== first) await frame();
  return JSON.stringify(told.inner);
};
const middle = (one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return JSON.stringify([x + width / 2, y + height / 2]);
};
</script>"""
INNER = """<body style="margin: 0"><p id=first>In</p><p style="margin-top: 600px" id=last>Out</p><script>
const crossed = {}, notice = new IntersectionObserver((all) => {
  for (const one of all) crossed[one.target.id] = one.isIntersecting;
});
for (const one of document.querySelectorAll("p")) notice.observe(one);
let frames = 0;
(function frame() { frames += 1; requestAnimationFrame(frame); })();
const told = () => ({ crossed, size: [innerWidth, innerHeight], runs: frames > 20, hidden: document.hidden });
setInterval(() => parent.postMessage(told(), "*"), 50);
</script>"""
SECTIONS = """<section id=one><button id=press>Press</button>
<iframe src="{}" width=300 height=200 title=Other></iframe></section>
<section id=second><img id=late loading=lazy src="/30x20.png?late" alt="A ship" width=30 height=20></section>
<section id=third style="content-visibility: auto">Third</section>
<section id=fourth><img id=later loading=lazy src="/30x20.png?later" alt="A ship" width=30 height=20></section>
<div class=bar>Bar</div>"""
FAULTY = """<p style="color: #bbb">Pale</p><p class=pale id=pale>Pale, on a picture</p>
<a class=bare href=/a id=bare>Nothing shows the focus</a>
<button class=slow>Slow</button> <a href=/b>Ring</a> <button style="width:9px;height:9px;padding:0" id=tiny>x</button>
<button style="width:9px;height:9px;padding:0">y</button>
<div class=cut>A line that is cut when it is enlarged, and one more</div>
<section><img src=/60x40.png alt="A ship" id=ship></section><section style="background: linear-gradient(red, blue)">
<p id=graded>On a picture</p></section><section></section><img loading=lazy id=late src="/90x60.png?late" alt="A ship">
<section id=last class=pale>Last</section><div class=bar>Bar</div>"""


def always_drawn(patch: pytest.MonkeyPatch) -> None:
    drawn = property(lambda self: True, lambda self, value: None)
    patch.setattr(Tab, "_drawn", drawn, raising=False)


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    driver = browser_start.start(PATIENT, "127.0.0.1:1", frozenset())
    try:
        yield Tab(driver, PATIENT.viewport)
    finally:
        driver.kill()
        browser_start.stop(driver)


def told(tab: Tab, script: str) -> Any:
    said = tab.cdp("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
    return json.loads(said["result"]["value"])


def noticed(tab: Tab, url: str, *, drawn: bool) -> Iterator[Any]:
    """What the page, and the frame of another site in it, tell of themselves at rest, scrolled and pressed."""
    with tab.drawn() if drawn else nullcontext():
        tab.fresh(set(), ())
        navigate(tab, url, 60)
        settle(tab, 30)
        for top in (0, 1500, 0):
            yield told(tab, f"scrollTo(0, {top}); inside({json.dumps(top == 0)})")
            yield told(tab, "framed()")
        x, y = told(tab, "middle(press)")
        for kind in ("mousePressed", "mouseReleased"):
            tab.cdp("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        yield told(tab, "framed()")


def test_a_page_does_not_notice_that_it_is_not_drawn(tab: Tab) -> None:
    pages: dict[str, Answer] = {"/inner": html(INNER)}
    with serve(site(pages)) as server:
        inner = f"http://localhost:{server.port}/inner"
        pages["/"] = html(HEAD + SECTIONS.format(inner) + NOTES)
        url = f"http://127.0.0.1:{server.port}/"
        drawn = list(noticed(tab, url, drawn=True))
        asked = sorted(server.paths())
        server.asked.clear()
        for now, before in zip(noticed(tab, url, drawn=False), drawn, strict=True):
            assert now == before
        assert sorted(server.paths()) == asked
    assert "/30x20.png?later" in asked
    assert drawn[0]["crossed"] == {"first": True, "last": False}
    assert not drawn[0]["hidden"]
    assert drawn[1]["runs"]
    assert drawn[3]["scrolled"] == [0, 1500]
    assert ["click", "press"] in [[event[0], event[-1]] for event in drawn[-1]["events"]]


def test_a_page_does_not_notice_when_drawing_begins_and_ends(tab: Tab) -> None:
    with serve(site({"/": html(HEAD + SECTIONS.format("about:blank") + NOTES)})) as server:
        tab.fresh(set(), ())
        navigate(tab, f"http://127.0.0.1:{server.port}/", 60)
        settle(tab, 30)
        before = told(tab, "framed()")
        with tab.drawn():
            assert told(tab, "framed()") == before
            tab.cdp("Page.captureScreenshot", format="png")
        assert told(tab, "framed()") == before


def seen(url: str) -> Page:
    with browser(PATIENT) as opened:
        first = visit(opened, url)
        wanted = [number(first, f"#{name}") for name in ("pale", "tiny", "ship", "graded", "last")]
        return replace(visit(opened, url, *wanted), loaded_at="")


def test_what_is_seen_is_the_same_and_so_are_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(site({"/": html(HEAD + FAULTY)})) as server:
        url = f"http://127.0.0.1:{server.port}/"
        page = seen(url)
        always_drawn(monkeypatch)
        assert seen(url) == page
    assert [picture.element is None for picture in page.pictures] == [True, *[False] * 5]
    assert page.rendering is not None
    assert page.rendering.focus is not None
    assert [stop.seen for stop in page.rendering.focus.stops] == [False, True, True, True, True]
    assert page.rendering.zoomed is not None
    assert page.rendering.zoomed.cut
    assert page.axe is not None
