"""A site of article pages, made anew from a seed: one template, different articles, sizes as real ones have them.

The median page is about 113 kB, as that of the saved article pages on which Mozilla tests Readability. The same
``number``, ``seed`` and ``templates`` give the same bytes on every machine.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from random import Random

from benchmarks import template
from benchmarks.words import NAMES, headline, paragraph, sentence

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "good-article"
SEED = 2026
_PICTURES = 24
_SCENES = (
    "Two people in hard hats look at a map on the hood of a truck",
    "A ship with its crew on deck passes a lighthouse",
    "A soldier in uniform stands next to a tank in a field",
    "A man in a suit speaks at a lectern in front of flags",
    "A woman in a white coat holds a sample tray in a laboratory",
    "Children and sailors plant a tree beside a school",
)


@dataclass(frozen=True)
class Picture:
    """One of the site's pictures. ``virin`` is its name as well."""

    virin: str
    scene: str
    credit: str

    @property
    def source(self) -> str:
        """Its address on the site."""
        return f"/assets/pictures/{self.virin}.JPG"


@cache
def pictures() -> tuple[Picture, ...]:
    """All pictures of the site."""
    chance = Random("pictures")
    return tuple(
        Picture(
            virin=f"26{1 + row % 9:02}{1 + row:02}-{'ANFM'[row % 4]}-FS{row:03}-{1001 + row}",
            scene=_SCENES[row % len(_SCENES)],
            credit=chance.choice(NAMES),
        )
        for row in range(_PICTURES)
    )


def write(folder: Path, pages: int, seed: int = SEED, templates: int = 1) -> list[Path]:
    """Write the site (``pages`` articles and what they load) into a folder; the articles' files, in order. What is
    there of a site as large stays, so that a second call costs nothing. Raises OSError."""
    stamp = folder / f".site-{pages}-{seed}-{templates}"
    names = [folder / address(number).lstrip("/") for number in range(pages)]
    if stamp.is_file():
        return names
    _assets(folder / "assets")
    (folder / "news").mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names):
        name.write_text(page(number, seed, templates), encoding="utf-8")
    stamp.touch()
    return names


def address(number: int) -> str:
    """The path of an article on the site."""
    return f"/news/story-{number:05}.html"


def _assets(folder: Path) -> None:
    for name in ("css", "img", "js"):
        shutil.copytree(EXAMPLES / name, folder / name, dirs_exist_ok=True)
    (folder / "css" / "site.css").write_text(template.STYLE, encoding="utf-8")
    (folder / "js" / "site.js").write_text(template.SCRIPT, encoding="utf-8")
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    originals = sorted((EXAMPLES / "pictures").iterdir())
    for row, picture in enumerate(pictures()):
        shutil.copyfile(
            originals[row % len(originals)], folder / "pictures" / f"{picture.virin}.JPG"
        )


def page(number: int, seed: int = SEED, templates: int = 1) -> str:
    """The HTML of an article: by its number the ``number % templates``-th template of the site."""
    chance = Random(f"{seed} {number}")
    look = number % templates
    title = headline(chance)
    length = math.exp(chance.gauss(0, 0.45))
    inside = "\n".join(_blocks(chance, max(6, round(48 * length))))
    cards = "\n".join(_card(chance) for _ in range(max(4, round(16 * length))))
    spoken = escape(title, quote=True)
    return f"""<!DOCTYPE html>
<html lang="en" class="look-{look}">
<head>
<meta charset="utf-8">
<title>{escape(title)} | {template.NAME}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{escape(sentence(chance), quote=True)}">
<meta property="og:type" content="article">
<meta property="og:title" content="{spoken}">
<meta property="article:published_time" content="2026-03-{1 + number % 28:02}">
<link rel="icon" href="/assets/img/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/css/article.css">
<link rel="stylesheet" href="/assets/css/site.css">
<script src="/assets/js/banner.js" defer></script>
<script src="/assets/js/site.js" defer></script>
{template.settings(look)}
</head>
<body>
<a class="usa-skipnav" href="#main-content">Skip to main content</a>
{template.BANNER}
<header class="usa-header"><div class="grid-container usa-header__bar"><a class="usa-header__home" href="/"><img
 src="/assets/img/emblem.svg" width="64" height="64" alt=""> {template.NAME}</a></div>
{template.menu(look)}
</header>
<main id="main-content" tabindex="-1"><div class="grid-container"><div class="article"><article>
<h1>{escape(title)}</h1>
<p class="article__dateline"><time datetime="2026-03-{1 + number % 28:02}">March {1 + number % 28}, 2026</time> |
 By {chance.choice(NAMES)}, {template.NAME}</p>
{inside}
</article></div>
<section class="related" aria-labelledby="related-stories"><h2 id="related-stories">Related stories</h2>
<ul class="cards">
{cards}
</ul></section>
</div></main>
{template.footer(look)}
</body>
</html>
"""


def _blocks(chance: Random, paragraphs: int) -> Iterator[str]:
    """The article's body: paragraphs, with figures, headings, lists, tables and now and then a fault."""
    shown = list(pictures())
    chance.shuffle(shown)
    for row in range(paragraphs):
        if row % 9 == 2 and shown:
            yield _figure(chance, shown.pop())
        if row % 12 == 6:
            yield f"<h2>{escape(headline(chance))}</h2>"
        text = escape(paragraph(chance))
        if chance.random() < 0.5:
            text += f' <a href="/features/{row}/">{escape(headline(chance))}</a>.'
        yield f"<p>{text}</p>"
        if row % 20 == 15:
            items = "".join(f"<li>{escape(sentence(chance))}</li>" for _ in range(6))
            yield f"<ul>{items}</ul>"
        if row % 30 == 10:
            yield _table(chance)
    match chance.randrange(5):
        case 0:
            yield '<p class="pale">The photographs were taken during the exercise.</p>'
        case 1:
            yield '<p><a href="/features/all/"></a> <a href="/features/all/">Click here</a></p>'
        case 2:
            yield "<h5>Background</h5>"


def _figure(chance: Random, picture: Picture) -> str:
    told = f"{picture.scene}. {sentence(chance)}"
    alt = "" if chance.random() < 0.06 else f' alt="{picture.scene}."'
    return f"""<figure><img src="{picture.source}" width="1200" height="675"{alt}>
<figcaption><strong class="figure__title">{escape(headline(chance))}</strong>
<span class="figure__caption">{escape(told)}</span>
<span class="figure__facts"><span>Credit: {picture.credit}</span> <span>VIRIN: {picture.virin}</span></span>
</figcaption></figure>"""


def _table(chance: Random) -> str:
    rows = "".join(
        f'<tr><th scope="row">Unit {row}</th><td>{chance.randint(10, 900)}</td>'
        f"<td>{chance.randint(10, 900)}</td></tr>\n"
        for row in range(1, 9)
    )
    return (
        '<table class="facts"><caption>People and vehicles by unit</caption><thead><tr><th scope="col">Unit</th>'
        f'<th scope="col">People</th><th scope="col">Vehicles</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _card(chance: Random) -> str:
    picture = chance.choice(pictures())
    title = escape(headline(chance))
    place = f"/news/story-{chance.randrange(200):05}.html"
    return f"""<li class="card"><article class="card__body" data-kind="story" data-module="related">
<a class="card__link" href="{place}" data-analytics="related|{chance.randrange(9999)}"><img src="{picture.source}"
 width="300" height="169" alt="" loading="lazy"><h3 class="card__title">{title}</h3></a>
<p class="card__summary">{escape(sentence(chance))}</p><p class="card__meta"><time
 datetime="2026-02-{chance.randint(1, 28):02}">February 2026</time> <span class="card__tag">Story</span></p>
</article></li>"""
