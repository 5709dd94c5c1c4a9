"""Pages of one template, and what axe says of each, examined whole and incrementally."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benchmarks.incremental import Pair
from checker.loading.axe_incremental import Saved
from tests.loading.servers import Answer, Site

STYLE = """<style>body{margin:0;font:16px/1.37 sans-serif;color:#222;background:#fff}nav li{display:inline-block}
header{background:#112e51;color:#fff}header a{color:#fff}.faint{color:#999}footer{background:#eee;color:#333}</style>"""
MENU = "".join(
    f"<li><a href=/{name}>{name} and more</a></li>" for name in "news photos units leaders".split()
)
HEADER = f"""<header><div id=brand><p>An agency of the <b>government</b></p></div>
<nav aria-label=Main><ul>{MENU}</ul></nav>
<div class=search role=search><label for=term>Search</label><input id=term><button>Go</button></div></header>"""
FOOTER = f"""<footer><div><p>Contact the <a href=/desk>desk</a> of the agency</p><p class=faint>Too faint to read</p>
<img src=/40x30.png><ul>{MENU}</ul><p id=note>The note of the page</p></div></footer>"""


def page(
    article: str = "<p>A paragraph of some length.</p>",
    *,
    first: str = "",
    last: str = "",
    style: str = "",
    header: str = HEADER,
    footer: str = FOOTER,
    lang: str = "en",
) -> Answer:
    main = f"<main><h1>Title</h1>{article}</main>"
    text = f"<!DOCTYPE html><html lang={lang}><meta charset=utf-8><title>Title</title>{STYLE}<style>{style}</style>"
    text += f"<body>{first}{header}{main}{footer}{last}"
    return 200, {"Content-Type": "text/html; charset=utf-8"}, text.encode()


def origin(server: Site) -> str:
    return f"http://127.0.0.1:{server.port}"


type Both = dict[str, tuple[dict[Any, Any], dict[Any, Any], Saved]]


def both_ways(server: Site, pair: Pair, paths: Iterable[str]) -> Both:
    """By page what the plain engine says, what the incremental one says of the same document, and what it knew."""
    told = {}
    for number, path in enumerate(paths):
        pair.tab.fresh({origin(server)}, ())
        said, _ = pair.look(f"{origin(server)}{path}", whole_first=bool(number % 2))
        assert pair.incremental.saved is not None
        told[path] = said[False], said[True], pair.incremental.saved
    return told
