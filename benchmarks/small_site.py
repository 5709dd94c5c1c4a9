"""A site of very many small pages, about 3 kB each: what a run keeps of every page grows there, whatever a page costs.

Each page is another one; most have a fault of their own in the article, and every fourth one in the template around it.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from random import Random

from benchmarks.words import NAMES, headline, paragraph, sentence

_EACH = 1000
"""Pages in a folder."""
_FAULTS = (
    '<p><a href="/features/{number}/">Click here</a></p>',
    '<figure><img src="/pictures/{number}.jpg" width="600" height="400"><figcaption>{told}</figcaption></figure>',
    "<h5>{told}</h5>",
    "<p>{told}</p>",
)


def write(folder: Path, pages: int) -> list[str]:
    """Write so many pages into a folder; their paths, in order. Raises OSError."""
    names = []
    for number in range(pages):
        place = folder / f"{number // _EACH:03}"
        if number % _EACH == 0:
            place.mkdir(parents=True, exist_ok=True)
        name = place / f"{number:06}.html"
        name.write_text(page(number), encoding="utf-8")
        names.append(str(name))
    return names


def page(number: int) -> str:
    """The HTML of a page; the same number gives the same page."""
    chance = Random(f"small {number}")
    title = escape(headline(chance))
    text = "\n".join(f"<p>{escape(paragraph(chance))}</p>" for _ in range(4))
    fault = _FAULTS[number % len(_FAULTS)].format(number=number, told=escape(sentence(chance)))
    more = f'<a href="/more/{number}/"></a>' if number % 4 == 1 else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} | U.S. Field Service</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{escape(sentence(chance), quote=True)}">
</head>
<body>
<a href="#main">Skip to main content</a>
<header><a href="/">U.S. Field Service</a>
<nav aria-label="Main"><ul><li><a href="/news/">News</a></li><li><a href="/about/">About</a></li></ul></nav></header>
<main id="main"><article>
<h1>{title}</h1>
<p><time datetime="2026-03-{1 + number % 28:02}">March {1 + number % 28}, 2026</time> | By {chance.choice(NAMES)}</p>
{text}
{fault}
</article></main>
<footer><ul><li><a href="/privacy/">Privacy</a></li><li><a href="/foia/">FOIA</a></li></ul>{more}</footer>
</body>
</html>
"""
