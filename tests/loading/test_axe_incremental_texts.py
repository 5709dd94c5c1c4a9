"""``--axe incremental`` where texts and links of one style lie on, beside and beyond each other, page by page: what
axe's contrast and link checks came to before is not taken for what differs in more than words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.incremental import Pair
from checker.loading import browser_start
from tests.loading.browsing import QUICK, site
from tests.loading.servers import Answer, serve
from tests.loading.templated import FOOTER, HEADER, Both, both_ways, page

pytestmark = pytest.mark.browser

STYLE = """.box{background:#fff;width:300px}.dim{color:#767676}.pale{color:#aaa}.deep{background:#123;color:#eee}
.wide{white-space:nowrap;width:280px}.fade{opacity:.6}.line{line-height:.8}.lit{text-shadow:0 0 2px #000}
.box a{color:#555;text-decoration:none}.pic{background-image:url(/40x30.png)}
.slope{background:linear-gradient(#fff,#999)}
.away{position:absolute;left:-9999px}.over{overflow:hidden;height:30px}.before::before{content:"> "}"""
WORDS = "Words of some number that stand here"
LINK = "<a href=/x>a link among them</a>"


def boxes(*kinds: str, words: str = WORDS, link: str = LINK, around: str = "box") -> str:
    held = (f"<p class='{kind}'>{words} {link} and go on after it.</p>" for kind in kinds)
    return f"<div class='{around}'>{''.join(held)}</div>"


def varied(article: str, css: str = "", **rest: str) -> Answer:
    return page(article, style=STYLE + css, **rest)


KINDS = ("plain", "dim", "pale", "deep", "wide", "line", "fade", "lit", "before")
ALL = boxes(*KINDS)
SETTING = "<script>document.querySelector('header p').%s</script>"
FLOAT = """<div style="position:fixed;left:0;top:60px;width:400px;height:60px;background:#fff">Float</div>"""
ADOPT = """<script>const sheet = new CSSStyleSheet(); sheet.replaceSync(".box{background:#ccc}");
document.adoptedStyleSheets = [sheet]</script>"""
INSERT = "<script>document.styleSheets[0].insertRule('.box a{color:#f8f}', 0)</script>"
LABELLED = HEADER.replace("id=term", "id=term aria-labelledby=mine")
LABEL = "<label for=term>Mine</label>"
FONT = """@font-face{font-family:Own;src:local("DejaVu Sans"),local("Liberation Sans")}body{font-family:Own}"""
SPANISH = FOOTER.replace("<footer>", "<footer lang=es>")
FRAMES = "<iframe title=One src=/ width=500 height=300></iframe><iframe src=/words></iframe>"
PAGES = {
    "/": varied(ALL),
    "/again": varied(ALL),
    "/words": varied(boxes(*KINDS, words="Other and fewer words", link="<a href=/y>to elsewhere</a>")),
    "/long": varied(boxes(*KINDS, words=f"{WORDS} and more of them " * 3)),
    "/short": varied(boxes(*KINDS, words="x", link="<a href=/x>y</a>")),
    "/icons": varied(boxes(*KINDS, words="\U0001f600 \U0001f601", link="<a href=/x>\U0001f600</a>")),
    "/unlinked": varied(boxes(*KINDS, link="")),
    "/mostly-link": varied(boxes(*KINDS, words="So")),
    "/nested": varied(boxes(*KINDS, link="<b><a href=/x><i>a link</i></a></b>")),
    "/narrow": varied(ALL, css=".box{width:90px}"),
    "/coloured": varied(ALL, css=".box{background:#777}"),
    "/pictured": varied(boxes(*KINDS, around="box pic")),
    "/sloped": varied(boxes(*KINDS, around="box slope")),
    "/partly": varied(f"<div style='background:#333;width:120px;height:200px'>{ALL}</div>"),
    "/beyond": varied(f"<div style='background:#eee;width:200px'>{ALL}</div>", css=".box{background:none}"),
    "/clipped": varied(boxes(*KINDS, around="box over")),
    "/away": varied(f"<div class=away>{ALL}</div>{ALL}"),
    "/faded": varied(f"<div class=fade>{ALL}</div>", css=".box{opacity:.9}"),
    "/stacked": varied(f"<div style='position:relative;z-index:-1'>{ALL}</div>", css="body{background:#eef}"),
    "/floating": varied(ALL, last=FLOAT),
    "/labelled": varied(f"<div id=these>{ALL}</div><input disabled aria-labelledby=these>"),
    "/body": varied(ALL, css="body{height:40px;background:#ddd}html{background:#444}"),
    "/viewport": varied(ALL, first="<meta name=viewport content='width=500,user-scalable=no'>"),
    "/hover": varied(ALL, css=".box:hover a{color:#fff}header:hover{color:#111}"),
    "/sticky": varied(ALL, css="header{position:sticky;top:0}"),
    "/scrolled": varied(ALL + "<p>Tall</p>" * 60, last="<script>scrollTo(0, 130)</script>"),
    "/scripted": varied(ALL, last=SETTING % "style.color = '#345'"),
    "/reworded": varied(ALL, last=SETTING % "innerHTML = '<a href=/z></a>Put in by a script'"),
    "/sheet": varied(ALL, last=INSERT),
    "/adopted": varied(ALL, last=ADOPT),
    "/out": varied(f"<div id=mine aria-describedby=note aria-labelledby=term>{ALL}</div>{LABEL}"),
    "/in": varied(f"<div id=mine>{ALL}</div>", header=LABELLED),
    "/nobody": varied(ALL, header=LABELLED),
    "/tongue": varied(ALL, header=HEADER.replace("<header>", "<header lang=zz>"), footer=SPANISH),
    "/framed": varied(ALL + FRAMES),
    "/shaded": varied(f"<div><template shadowrootmode=open><style>{STYLE}</style>{ALL}</template></div>"),
    "/own-font": varied(ALL + boxes(*KINDS, words="home", link="<a href=/x>menu</a>"), css=FONT),
    "/zoomed": varied(ALL, css="main{zoom:1.1}"),
    "/last": varied(ALL),
}  # fmt: skip


@pytest.fixture(scope="module")
def both() -> Iterator[Both]:
    driver = browser_start.start(QUICK, "127.0.0.1:1", frozenset())
    try:
        with serve(site(PAGES)) as server:
            yield both_ways(server, Pair(driver), PAGES)
    finally:
        browser_start.stop(driver)


@pytest.mark.parametrize("path", PAGES)
def test_texts_and_links_are_judged_as_on_the_whole_page(both: Both, path: str) -> None:
    full, mine, _ = both[path]
    assert len(full) > 60  # rules
    assert mine == full


def test_the_pages_do_differ_in_what_contrast_and_links_come_to(both: Both) -> None:
    rules = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
    keys = [(kind, rule) for rule in rules for kind in ("violations", "incomplete")]
    told = {path: str([full.get(key) for key in keys]) for path, (full, _, _) in both.items()}
    assert len(set(told.values())) > 20
    assert told["/"] == told["/again"] == told["/last"]


def test_what_looks_like_texts_before_is_not_examined_again(both: Both) -> None:
    saved = {path: known for path, (_, _, known) in both.items()}
    assert saved["/"].texts == 0
    assert saved["/words"].texts > 20 > saved["/words"].elements - saved["/again"].elements
    assert saved["/long"].texts > 20
    assert saved["/shaded"].whole == "the page has shadow trees"
