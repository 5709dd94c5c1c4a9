"""A site of one template out of one saved page: what is in its article differs, and now and then what is around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from bs4 import BeautifulSoup
from bs4.element import Tag

from benchmarks.words import headline, paragraph, sentence
from checker import document

SKINS = (
    "",
    """header,nav,footer,main,article{padding:8px}nav ul{display:flex;flex-wrap:wrap;gap:4px;list-style:none;padding:0}
    body{font:16px/1.5 sans-serif;color:#222;background:#fff}header{background:#112e51;color:#fff}header a{color:#eee}
    footer{background:#eee;font-size:13px}a{color:#005ea2}img{max-width:100%;height:auto}p{max-width:66ch}""",
    """body{font:15px/1.37 serif;margin:0 auto;max-width:1100px;position:relative}nav{float:left;width:24%}
    nav a{display:block;padding:2px;color:#767676}footer{clear:both;color:#999;background:linear-gradient(#fff,#ddd)}
    header{position:sticky;top:0;background:rgba(255,255,255,.9);z-index:2}p{margin:.7em 0}ul{margin:0}""",
)
"""Styles for pages that were saved without theirs."""


def site(html: str, pages: int, seed: str, skin: str = "") -> Iterator[str]:
    """Pages like this one. The same seed gives the same pages."""
    for number in range(pages):
        chance = Random(f"{seed} {number}")
        soup = document.load(html).soup
        _unscripted(soup)
        if skin and soup.head is not None:
            style = soup.new_tag("style")
            style.string = skin
            soup.head.append(style)
        _article(soup, chance)
        if number % 3:
            chance.choice(_TURNS)(soup, chance)
        yield str(soup)


def _unscripted(soup: BeautifulSoup) -> None:
    """Without what asks other hosts: the same page each time, on any machine."""
    for tag in soup.find_all(["script", "iframe", "link", "base"]):
        if tag.name != "link" or "stylesheet" in (tag.get("rel") or []):
            tag.decompose()
    for image in soup.find_all("img"):
        image["width"], image["height"] = image.get("width") or "120", image.get("height") or "80"
        del image["srcset"]
        image["src"] = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


def _around(soup: BeautifulSoup) -> Tag:
    """The element with most of the page's paragraphs."""
    held: dict[int, tuple[int, Tag]] = {}
    for one in soup.find_all("p"):
        if one.parent is not None:
            count, _ = held.get(id(one.parent), (0, one.parent))
            held[id(one.parent)] = (count + len(one.get_text()), one.parent)
    body = soup.body or soup
    return max(held.values(), key=lambda pair: pair[0])[1] if held else body


def _article(soup: BeautifulSoup, chance: Random) -> None:
    around = _around(soup)
    own = [one for one in around.find_all("p", recursive=False) if one.get_text(strip=True)]
    for one in own:
        if chance.random() < 0.6:
            one.string = paragraph(chance)
        elif chance.random() < 0.3:
            one.decompose()
    for row in range(chance.randint(0, 12)):
        text = f"<p>{paragraph(chance)} <a href='/n/{chance.randint(1, 40)}'>{headline(chance)}</a>.</p>"
        around.append(document.load(text).soup.p or "")
        if row % 4 == 3:
            around.append(document.load(chance.choice(_FAULTS)).soup.body.find(True) or "")  # type: ignore[union-attr]
    if soup.title is not None:
        soup.title.string = headline(chance)


_FAULTS = (
    "<p style='color:#aaa;background:#fff'>Pale it is</p>",
    "<img src='/x.png' width=40 height=30>",
    "<h5>Deep</h5>",
    "<p><a href='/n/1'></a><b>Looks like a heading</b></p>",
    "<ul><p>No item</p><li>Item</li></ul>",
    "<div role='button' aria-checked='maybe' tabindex='3'>Press</div>",
    "<p lang='zz'>In no language</p>",
    "<button style='width:9px;height:9px;padding:0'></button>",
    "<section aria-label='More'><h2>More</h2><p>And more</p></section>",
)


def _links(soup: BeautifulSoup) -> list[Tag]:
    return [
        one for one in soup.find_all("a", href=True) if one.find_parent(["nav", "header", "ul"])
    ]


def _current(soup: BeautifulSoup, chance: Random) -> None:
    if links := _links(soup):
        chance.choice(links)["aria-current"] = "page"


def _recoloured(soup: BeautifulSoup, chance: Random) -> None:
    name = chance.choice(["header", "nav", "footer", "body", "ul", "a"])
    colour = chance.choice(["#999", "#777", "#fff", "#123"])
    _styled(
        soup,
        f"{name}{{color:{colour};background:{chance.choice(['#fff', '#888', 'transparent'])}}}",
    )


def _covered(soup: BeautifulSoup, chance: Random) -> None:
    text = (
        f"<div style='position:absolute;left:{chance.randint(0, 900)}px;top:{chance.randint(0, 700)}px;width:300px;"
        f"height:{chance.randint(5, 200)}px;background:rgba(90,90,90,{chance.choice(['1', '.5', '0'])})'>"
        f"{sentence(chance)}</div>"
    )
    _put(soup, text)


def _twice(soup: BeautifulSoup, chance: Random) -> None:
    if named := soup.find_all(id=True):
        text = f"<p id='{chance.choice(named)['id']}'>{sentence(chance)}</p>"
        _put(soup, text, first=chance.random() < 0.5)


def _labelled(soup: BeautifulSoup, chance: Random) -> None:
    if named := soup.find_all(id=True):
        name = chance.choice(named)["id"]
        _put(soup, f"<div role='group' aria-labelledby='{name}' aria-owns='{name}'><input></div>")
        _put(soup, f"<label for='{name}'>{sentence(chance)}</label>", first=True)


def _hidden(soup: BeautifulSoup, chance: Random) -> None:
    parts = soup.find_all(["header", "nav", "footer", "ul"])
    if parts:
        key, value = chance.choice(
            [("aria-hidden", "true"), ("hidden", ""), ("inert", ""), ("lang", "xx"), ("dir", "rtl")]
        )
        chance.choice(parts)[key] = value


def _faded(soup: BeautifulSoup, chance: Random) -> None:
    style = chance.choice(
        ["opacity:.4", "transform:rotate(1deg)", "filter:blur(1px)", "overflow:hidden;height:50px"]
    )
    _styled(soup, f"{chance.choice(['header', 'nav', 'footer', 'main', 'body > *'])}{{{style}}}")


def _shifted(soup: BeautifulSoup, chance: Random) -> None:
    _put(soup, f"<div style='height:{chance.randint(0, 300) / 7:.4f}px'></div>", first=True)


def _spoken(soup: BeautifulSoup, chance: Random) -> None:
    if soup.html is not None:
        soup.html["lang"] = chance.choice(["es", "", "zz", "en"])


def _landmarks(soup: BeautifulSoup, chance: Random) -> None:
    _put(
        soup,
        chance.choice(
            [
                "<main><p>Second</p></main>",
                "<header>Second</header>",
                "<nav><a href='#x'>To</a></nav>",
            ]
        ),
    )


_TURNS: tuple[Callable[[BeautifulSoup, Random], None], ...] = (
    _current, _recoloured, _covered, _twice, _labelled, _hidden, _faded, _shifted, _spoken, _landmarks,
)  # fmt: skip


def _styled(soup: BeautifulSoup, css: str) -> None:
    style = soup.new_tag("style")
    style.string = css
    (soup.head or soup).append(style)


def _put(soup: BeautifulSoup, text: str, first: bool = False) -> None:
    body = soup.body
    new = document.load(text).soup.body
    made = new.find(True) if new is not None else None
    if body is not None and made is not None:
        body.insert(0 if first else len(body.contents), made)
