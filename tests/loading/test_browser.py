"""What a page holds after a browser has shown it, against a local server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checker.document import load as parse
from checker.loading.browser import Browser
from checker.page import Hop, Mode, Need, Page, Request, Trouble
from checker.verdict import Cause
from tests.loading import browsing
from tests.loading.browsing import QUICK, article, document, image, number, site, text, visit
from tests.loading.servers import Site, html, moved, serve

pytestmark = pytest.mark.browser

LAZY = "<div style=height:9000px></div><img id=lazy loading=lazy src=/40x30.png>"
IMAGES = """
<img id=good src=/40x30.png width=20><img id=missing src=/gone.png><img id=text src=/text.png>
<img id=nobody src=http://127.0.0.1:1/x.png><img id=empty src=""><img id=broken-data src="data:image/png;base64,AAAA">
<img id=dense srcset="/80x60.png 2x"><img id=hidden src=/40x31.png hidden>
<input id=button type=image src=/40x30.png alt=Send>
<picture><source srcset=/90x60.png><img id=chosen src=/40x30.png></picture>
<div id=css style="background:url(/50x50.png);width:50px;height:50px"></div>
<style>#before::before { content: ""; background-image: url("/51x51.png") }</style><p id=before>Text</p>"""
SHADOW = """
<section id=host><template shadowrootmode=open><p id=inner>In the shadow</p><slot></slot><img id=deep src=/40x30.png>
</template><b id=light>Light</b></section><script>
const made = document.createElement("div"); made.id = "made"; document.querySelector("main").append(made);
made.attachShadow({mode: "open"}).innerHTML = "<h2>Made by script</h2>";
const shut = document.createElement("aside"); document.querySelector("main").append(shut);
shut.attachShadow({mode: "closed"}).innerHTML = "<h3>Closed</h3><img src=/40x32.png>";
</script>"""
FRAMES = """
<iframe id=same src=/inner style="border:3px solid;width:300px;height:200px"></iframe>
<iframe id=doc srcdoc="<p id=written>Written in</p>"></iframe>
<iframe id=shut sandbox srcdoc="<p>Apart</p>"></iframe>"""
NUMBERS = """
<p id=own data-presscheck=7>Its own</p><template><i data-presscheck=1>Inert</i></template>
<noscript><i DATA-PRESSCHECK="2">No script</i></noscript>"""
VISIBLE = """
<p id=seen>Seen</p><p id=none style=display:none>None</p><p id=away style=visibility:hidden>Away</p>
<p id=clear style=opacity:0>Clear</p><div id=contents style=display:contents><i id=child>Child</i></div>
<div style=display:none><div id=lost style=display:contents>Lost</div></div>
<div id=placed style="position:absolute;left:100px;top:200px;width:30px;height:40px">x</div>"""
CLOBBER = """
<form id=form><input name=getAttribute><input name=children><input name=nodeType></form><img name=documentElement>
<img name=doctype><img name=URL><form name=body></form><form name=querySelectorAll></form>
<form name=readyState></form>"""
HOSTILE = """<script>
JSON.stringify = () => "{}"; JSON.parse = () => null; Promise = null; Array.prototype.map = () => [];
Array.prototype.push = () => { throw new Error("no") }; String.prototype.replaceAll = () => "gone"; Map = Set = null;
Element.prototype.getAttribute = () => "lie"; Element.prototype.checkVisibility = () => false;
Document.prototype.querySelectorAll = () => []; window.axe = {run: () => Promise.resolve({violations: []})};
setTimeout = requestAnimationFrame = () => {}; performance.now = () => 0; MutationObserver = null;
</script><img id=unnamed src=/40x30.png>"""

PAGES = {
    "/": article(
        "<p id=late></p><script>setTimeout(() => { late.textContent = 'Late text' }, 300)</script>"
    ),
    "/lazy": article(LAZY),
    "/images": article(IMAGES),
    "/text.png": (200, {"Content-Type": "text/plain"}, b"no picture"),
    "/shadow": article(SHADOW),
    "/frames": article(FRAMES),
    "/inner": html(
        "<h2 id=inside style=margin:10px>Inside</h2><img src=/40x30.png><img src=/40x33.png>"
    ),
    "/numbers": article(NUMBERS),
    "/visible": html(f"<body style=margin:0>{VISIBLE}"),
    "/clobber": article(CLOBBER),
    "/hostile": article(HOSTILE),
    "/old": moved("/older", 301),
    "/older": moved("/script-moved", 302),
    "/script-moved": html("<script>location.replace('/new')</script>"),
    "/new": article(""),
    "/headers": (
        200,
        [
            ("Content-Type", "text/html; charset=utf-8"),
            ("X-Two", "one"),
            ("X-Two", "two"),
            ("X-Powered", "tea"),
        ],
        PAGE := article("")[2],
    ),
    "/latin": (
        200,
        {"Content-Type": "text/html; charset=iso-8859-1"},
        PAGE.replace(b"Sailors", b"Caf\xe9"),
    ),
    "/csp": article(
        "<img id=unnamed src=/40x30.png>", Content_Security_Policy="default-src 'none'; img-src *"
    ),
    "/polling": article("<script>setInterval(() => { document.title += '.' }, 50)</script>"),
    "/dialog": article(
        "<script>alert('Hello reader'); confirm('Sure?')</script><p id=after>After</p>"
    ),
    "/leaving": article(
        "<script>onbeforeunload = e => { e.preventDefault(); return 'x' }</script>"
    ),
    "/popup": article("<script>open('/new'); open('/new')</script>"),
    "/locked": article(
        "<p id=far style='position:fixed;top:3000px;height:20px;margin:0'>Below all</p>"
    ),
    "/stores": article(
        "<p id=seen></p><script>seen.textContent = (localStorage.seen || 'never') + document.cookie;"
        "localStorage.seen = 'before'; document.cookie = 'seen=1'</script>"
    ),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing.browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serve(site(PAGES)) as running:
        yield running


@pytest.fixture
def see(browser: Browser, server: Site):  # type: ignore[no-untyped-def]
    def _see(path: str, *pictures: int) -> Page:
        return visit(browser, f"http://localhost:{server.port}{path}", *pictures)

    return _see


def test_a_page_is_whole(see, server: Site) -> None:  # type: ignore[no-untyped-def]
    page = see("/")
    assert page.problem is None
    assert (page.mode, page.status) == (Mode.RENDERED, 200)
    assert page.url == page.final_url == f"http://localhost:{server.port}/"
    assert page.header("content-type") == ("text/html; charset=utf-8",)
    assert page.tls is None
    assert page.lacks(Need.TLS) is not None
    assert page.lacks(Need.AXE) is None
    assert page.rendering is not None
    assert page.rendering.viewport == QUICK.viewport
    assert page.rendering.browser.startswith(("Chromium ", "Chrome "))
    assert page.source is not None
    assert "<p id=late></p>" in page.source


def test_what_scripts_write_late_is_seen(see) -> None:  # type: ignore[no-untyped-def]
    assert text(see("/"), "#late") == "Late text"


def test_the_root_element_keeps_its_attributes_and_the_doctype(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/")
    assert page.html.startswith("<!DOCTYPE html><html")
    html_tag = document(page).soup.html
    assert html_tag is not None
    assert html_tag["lang"] == "en"


def test_redirects_of_servers_and_scripts_are_hops(see, server: Site) -> None:  # type: ignore[no-untyped-def]
    page = see("/old")
    base = f"http://localhost:{server.port}"
    assert page.url == f"{base}/new"
    assert page.redirects == (
        Hop(f"{base}/old", 301, "/older"),
        Hop(f"{base}/older", 302, "/script-moved"),
        Hop(f"{base}/script-moved", 200, f"{base}/new"),
    )


def test_headers_are_those_of_the_wire(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/headers")
    assert page.header("x-two") == ("one", "two")
    assert page.header("X-Powered") == ("tea",)


def test_the_source_is_decoded_as_the_browser_did(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/latin")
    assert "Café return" in page.source
    assert text(page, "h1") == "Café return"


def test_lazy_pictures_are_scrolled_to(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/lazy")
    assert image(page, "#lazy").loaded is True
    assert any(request.url.endswith("/40x30.png") for request in page.requests)


@pytest.mark.parametrize(
    ("selector", "loaded", "size"),
    [
        ("#good", True, (40, 30)),
        ("#missing", False, (0, 0)),
        ("#text", False, (0, 0)),
        ("#nobody", None, (0, 0)),
        ("#empty", None, (0, 0)),
        ("#broken-data", False, (0, 0)),
        ("#dense", True, (80, 60)),
        ("#hidden", True, (40, 31)),
        ("#button", True, (0, 0)),
        ("#chosen", True, (90, 60)),
    ],
)
def test_pictures(
    pictured: Page, selector: str, loaded: bool | None, size: tuple[int, int]
) -> None:
    fact = image(pictured, selector)
    assert (fact.loaded, (fact.natural_width, fact.natural_height)) == (loaded, size)


@pytest.fixture(scope="module")
def pictured(browser: Browser, server: Site) -> Page:
    return visit(browser, f"http://localhost:{server.port}/images")


def test_shown_sizes_and_css_pictures(pictured: Page) -> None:
    assert pictured.rendering is not None
    assert pictured.rendering.boxes[number(pictured, "#good")][2] == 20
    backgrounds = {
        (one.element, one.url.rpartition("/")[2]) for one in pictured.rendering.backgrounds
    }
    assert backgrounds == {
        (number(pictured, "#css"), "50x50.png"),
        (number(pictured, "#before"), "51x51.png"),
    }


def test_requests_tell_their_outcome(pictured: Page, server: Site) -> None:
    base = f"http://localhost:{server.port}"
    assert Request(f"{base}/gone.png", "image", "failed", 404) in pictured.requests
    assert Request(f"{base}/40x30.png", "image", "loaded", 200) in pictured.requests
    nobody = next(one for one in pictured.requests if ":1/" in one.url)
    assert (nobody.outcome, nobody.status) == ("failed", None)
    assert not any(
        one.url in (f"{base}/images", f"{base}/favicon.ico") for one in pictured.requests
    )


def test_shadow_roots_are_in_the_markup_and_numbered(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/shadow")
    assert page.html.count("<template shadowrootmode") == 3
    assert text(page, "h2") == "Made by script"
    assert image(page, "#deep").loaded is True
    assert number(page, "#inner") not in page.rendering.hidden
    assert number(page, "#light") not in page.rendering.hidden
    gap = next(one for one in page.missing if one.need is Need.AXE)
    assert (gap.cause, gap.what) == (Cause.OUT_OF_REACH, "closed shadow roots")
    assert text(page, "h3") == "Closed"
    assert image(page, "[src='/40x32.png']").natural_height == 32


def test_same_origin_frames_are_read_and_others_told(see, server: Site) -> None:  # type: ignore[no-untyped-def]
    page = see("/frames")
    same, doc, shut = page.rendering.frames
    assert same.url == f"http://localhost:{server.port}/inner"
    assert same.element == number(page, "#same")
    inner = parse(same.html)
    heading = inner.number(inner.soup.h2)
    x, y, *_ = page.rendering.boxes[same.element]
    assert page.rendering.boxes[heading][:2] == (
        x + 3 + 10 + 8,
        y + 3 + 10,
    )  # border, margins of h2 and body
    assert "Written in" in doc.html
    assert shut.html is None
    gap = next(one for one in page.missing if one.need is Need.AXE)
    assert gap.cause is Cause.OUT_OF_REACH
    assert gap.what
    assert len({fact.element for fact in page.rendering.images}) == 2
    assert page.lacks(Need.AXE) is None


def test_axe_enters_frames_and_names_their_elements(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/frames")
    alt = next(rule for rule in page.axe.rules if rule.id == "image-alt")
    assert {node.element for node in alt.nodes} == {fact.element for fact in page.rendering.images}
    assert all(node.target.startswith("#same >>> ") for node in alt.nodes)


def test_numbers_are_ours_alone(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/numbers")
    seen = document(page)
    assert len(seen.numbers) == len(set(seen.numbers.values())) == len(page.rendering.boxes)
    own = seen.soup.select_one("#own")
    assert own is not None
    assert own["data-presscheck-own"] == "7"


def test_what_nobody_sees(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/visible")
    hidden = page.rendering.hidden
    assert not {number(page, selector) for selector in ("#seen", "#contents", "#child")} & hidden
    assert {
        number(page, selector) for selector in ("#none", "#away", "#clear", "#lost", "title")
    } <= hidden
    assert page.rendering.boxes[number(page, "#placed")] == (100, 200, 30, 40)


def test_names_that_hide_the_dom_do_not_fool_us(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/clobber")
    assert page.problem is None
    assert text(page, "h1") == "Sailors return"
    assert page.rendering.boxes[number(page, "#form")][2] > 0
    assert not page.notes[1:]


def test_a_hostile_page_changes_nothing(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/hostile")
    assert page.problem is None
    assert number(page, "#unnamed") not in page.rendering.hidden
    alt = next(rule for rule in page.axe.rules if rule.id == "image-alt")
    assert [node.element for node in alt.nodes] == [number(page, "#unnamed")]


def test_a_strict_policy_does_not_stop_us(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/csp")
    alt = next(rule for rule in page.axe.rules if rule.id == "image-alt")
    assert [node.element for node in alt.nodes] == [number(page, "#unnamed")]


def test_a_page_that_never_rests_is_looked_at_at_the_bound(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/polling")
    assert page.problem is None
    assert "its content kept changing" in " ".join(page.notes)


def test_dialogs_are_accepted_and_told(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/dialog")
    assert text(page, "#after") == "After"
    assert [note for note in page.notes if "Hello reader" in note]
    assert see("/leaving").problem is None
    assert see("/").problem is None


def test_popups_are_closed_and_told(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/popup")
    assert [note for note in page.notes if "other windows" in note]
    assert page.url.endswith("/popup")
    assert see("/").url.endswith("/")


def test_every_page_meets_a_reader_who_was_never_there(see) -> None:  # type: ignore[no-untyped-def]
    assert text(see("/stores"), "#seen") == "never"
    assert text(see("/stores"), "#seen") == "never"


def test_pictures_of_elements_and_of_the_first_view(see) -> None:  # type: ignore[no-untyped-def]
    first = see("/images")
    good, hidden, css = (number(first, selector) for selector in ("#good", "#hidden", "#css"))
    page = see("/images", good, hidden, css, 99_999)
    assert [picture.element for picture in page.pictures] == [None, good, css]
    view, small, _ = page.pictures
    assert (view.width, view.height) == QUICK.viewport
    assert small.width == 20 + 24 + min(24, page.rendering.boxes[good][0])
    assert all(picture.data.startswith(b"\xff\xd8") for picture in page.pictures)


def test_pictures_are_bounded(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/images", *range(200))
    assert 5 < len(page.pictures) <= 41
    assert all(one.width <= 1000 and one.height <= 700 for one in page.pictures[1:])


def test_pictures_of_what_the_window_cannot_be_scrolled_to(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/locked", number(see("/locked"), "#far"))
    assert [picture.height for picture in page.pictures] == [QUICK.viewport[1], 68]
    assert page.pictures[1].width > 1


def test_trouble_is_found_in_what_is_shown(see) -> None:  # type: ignore[no-untyped-def]
    page = see("/nowhere")
    assert page.problem is not None
    assert page.problem.kind is Trouble.HTTP_ERROR
    assert page.status == 404
    assert not page.pictures
