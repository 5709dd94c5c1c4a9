"""What every page of the generated site shares: head, banner, menus, footer, scripts."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from random import Random

from benchmarks.words import headline, sentence

NAME = "U.S. Field Service"
SECTIONS = ("News", "Features", "Photos", "Videos", "Units", "Leaders", "Careers", "About")

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" '
    'focusable="false"><path d="M8 1.3a6.7 6.7 0 1 0 0 13.4A6.7 6.7 0 0 0 8 1.3zm3.1 5.6-3.6 4-2.6-2.3.8-.9 '
    '1.7 1.5 2.8-3.1z" fill="currentColor"/></svg>'
)

BANNER = """
<section class="usa-banner" aria-label="Official website of the United States government">
<div class="usa-accordion"><header class="usa-banner__header"><div class="usa-banner__inner">
<div class="grid-col-auto"><img aria-hidden="true" class="usa-banner__header-flag" src="/assets/img/us_flag_small.svg"
 width="64" height="44" alt=""></div>
<div class="grid-col-fill tablet:grid-col-auto" aria-hidden="true">
<p class="usa-banner__header-text">An official website of the United States government</p>
<p class="usa-banner__header-action">Here&rsquo;s how you know</p></div>
<button type="button" class="usa-accordion__button usa-banner__button" aria-expanded="false"
 aria-controls="gov-banner-default"><span class="usa-banner__button-text">Here&rsquo;s how you know</span></button>
</div></header>
<div class="usa-banner__content usa-accordion__content" id="gov-banner-default"><div class="grid-row grid-gap-lg">
<div class="usa-banner__guidance tablet:grid-col-6"><img class="usa-banner__icon usa-media-block__img"
 src="/assets/img/icon-dot-gov.svg" width="64" height="64" role="img" alt="" aria-hidden="true">
<div class="usa-media-block__body"><p><strong>Official websites use .gov</strong><br>A <strong>.gov</strong> website
 belongs to an official government organization in the United States.</p></div></div>
<div class="usa-banner__guidance tablet:grid-col-6"><img class="usa-banner__icon usa-media-block__img"
 src="/assets/img/icon-https.svg" width="64" height="64" role="img" alt="" aria-hidden="true">
<div class="usa-media-block__body"><p><strong>Secure .gov websites use HTTPS</strong><br>A <strong>lock</strong>
 (<span class="icon-lock"><svg xmlns="http://www.w3.org/2000/svg" width="52" height="64" viewBox="0 0 52 64"
 class="usa-banner__lock-image" role="img" aria-labelledby="banner-lock-description" focusable="false"><title
 id="banner-lock-title">Lock</title><desc id="banner-lock-description">Locked padlock icon</desc><path fill="#000"
 fill-rule="evenodd" d="M8 28V18a18 18 0 0 1 36 0v10h4a4 4 0 0 1 4 4v28a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4V32a4 4 0 0 1 4-4z
 m8 0h20V18a10 10 0 0 0-20 0z"/></svg></span>) or <strong>https://</strong> means you&rsquo;ve safely connected to the
 .gov website. Share sensitive information only on official, secure websites.</p></div></div>
</div></div></div></section>
"""

STYLE = """
.menu{background:#fff;display:grid;grid-template-columns:repeat(8,1fr);gap:.25rem 1rem;font-size:.8rem}
.menu ul,.footer ul{list-style:none;margin:0;padding:0}.menu a,.footer a{color:#1b3d6d}
.card{border:1px solid #c9c9c9;padding:.5rem;margin:.25rem}.card img{width:100%;height:auto}
.cards{display:grid;grid-template-columns:repeat(4,1fr);list-style:none;padding:0}
.footer{background:#f0f0f0;padding:1rem;columns:5}.fine{color:#9a9a9a;background:#f0f0f0}
.facts{border-collapse:collapse}.facts th,.facts td{border:1px solid #777;padding:.25rem .5rem}
.pale{color:#aaa;background:#fff}figure{margin:1rem 0}figure img{max-width:100%;height:auto}
"""

SCRIPT = """
document.addEventListener("DOMContentLoaded", () => {
  document.documentElement.classList.add("has-script");
  const top = document.createElement("a");
  top.href = "#main-content"; top.textContent = "Back to top"; top.className = "to-top";
  document.querySelector(".footer")?.before(top);
});
"""


@cache
def menu(number: int) -> str:
    """The menu of the site's template ``number``: 8 sections of 10 links, each with an icon."""
    chance = Random(f"menu {number}")
    parts = []
    for section in SECTIONS:
        links = "".join(
            f'<li class="menu__item menu__item--{section.lower()}"><a class="menu__link" '
            f'href="/{section.lower()}/{row}/" data-analytics="nav|{section.lower()}|{row}">{_ICON}'
            f"<span>{section} {escape(headline(chance).split(' near ')[0][:32])}</span></a></li>\n"
            for row in range(10)
        )
        parts.append(f'<li><a href="/{section.lower()}/">{section}</a><ul>{links}</ul></li>\n')
    return f'<nav class="usa-nav" aria-label="Primary"><ul class="menu">{"".join(parts)}</ul></nav>'


@cache
def footer(number: int) -> str:
    """The footer of the template: links, and a line that is too pale (a fault that every page shares)."""
    chance = Random(f"footer {number}")
    links = "".join(
        f'<li><a href="/units/{row}/" data-analytics="footer|{row}">{escape(headline(chance)[:44])}</a></li>\n'
        for row in range(60)
    )
    fine = escape(sentence(chance))
    identifier = "".join(
        f'<li class="usa-identifier__required-links-item"><a class="usa-identifier__required-link" '
        f'href="/{text.lower().replace(" ", "-")}/">{text}</a></li>\n'
        for text in (
            "About the U.S. Field Service",
            "Accessibility statement",
            "FOIA requests",
            "No FEAR Act data",
            "Office of the Inspector General",
            "Performance reports",
            "Privacy policy",
            "Vulnerability disclosure policy",
        )
    )
    return (
        f'<footer class="usa-footer"><div class="footer"><ul>{links}</ul></div><p class="fine">{fine}</p></footer>\n'
        '<div class="usa-identifier"><section class="usa-identifier__section usa-identifier__section--masthead" '
        'aria-label="Agency identifier"><p>An official website of the U.S. Field Service</p></section>'
        f'<nav class="usa-identifier__section" aria-label="Important links"><ul>{identifier}</ul></nav>'
        '<section class="usa-identifier__section" aria-label="U.S. government information and services">'
        '<p>Looking for U.S. government information and services? <a href="https://www.usa.gov/">Visit USA.gov</a>'
        "</p></section></div>"
    )


@cache
def settings(number: int) -> str:
    """The JSON that content management systems put into every page (about 18 kB)."""
    chance = Random(f"settings {number}")
    modules = [
        {
            "id": f"module-{row}",
            "title": headline(chance),
            "summary": sentence(chance),
            "path": f"/modules/{row}/",
            "weight": chance.randint(0, 1000),
        }
        for row in range(64)
    ]
    said = json.dumps({"site": NAME, "modules": modules}).replace("<", "\\u003c")
    return f'<script type="application/json" id="site-settings">{said}</script>'
