"""What the page's own styles hide: asking few elements for their style says what asking every one says."""

from __future__ import annotations

import re

import pytest
from bs4.element import Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.article import Article
from checker.page import Mode, Page

BODY = """<body class=page><div id=a class="c d"><p class=c>one<b id=b hidden>two</b></p><p style="{inline}">three
<i>four</i></p><ul hidden><li>five<li style="visibility: visible">six</ul></div><div class="sm:c e" lang=en><svg>
<title>t</title><g><a>s</a></g></svg><p hidden style="display: block">seven<b
style="display: inherit">eight</b></p></div><section><template shadowrootmode=open><p class=c>nine<b>
ten</b></p></template><template><p>eleven</p></template><div style="{inline}"><p>twelve</p></div></section>"""

SELECTORS = re.split(
    "[|\n]",
    r"""p|b|.c|#a|#a p|p > b|*|html|body|:root|:root p|head|svg *|template|template p|:host|::slotted(p)
p::before|p:foo|:scope|p:scope|p:sc\6fpe|:not(:scope)|p:has(b)|p:has(:scope b)|:is(p, :foo)|p:foo, b
p:hover|p:not(:hover)|[hidden]|[style]|.sm\:c|.C|P|\70|p,|a|p|li:last-child|:where(.e) p|:lang(en)
.c.d:not(.e)|section p|/**/p/**/|section""",
)
SAID = re.split(
    "[|\n]",
    r"""display: none|display: block|display: inline|display: inherit|display: unset|display: revert
DISPLAY: none|display: NONE|display: none !important|display: flex !important|visibility: hidden
visibility: visible|visibility: COLLAPSE|visibility: initial|visibility: collapse|all: unset
all: revert !important|ALL: initial|d\69splay: none|a\6cl: initial|display: var(--x)|--x: none|color: red
dis/**/play: none|/**/display: none|display: no\6ee|display:|&{display: none}
b{display: none} visibility: hidden|content: "}"|display: contents; visibility: hidden""",
)
AROUND = (
    *(
        "{}",
        "{}",
        "@media screen {{{}}}",
        "@layer a {{{}}}",
        "@supports (x: y) {{{}}}",
        "<!-- {} -->",
    ),
    *("{}}}", '@import "x"; {}', "{} /*", "@font-face {{x: y}} {}", "@media print {{{}"),
)
HOSTILE = [
    *(
        "p{display:none}</style><style>.c{display:block",
        "p{color:red</style><style>;display:none} b{display:none}",
    ),
    *(
        "/*</style><style>*/p{display:none} b{display:none}",
        "p{display:none</style><style media=print>b{display:none}",
    ),
    "</style><style type=text/x>p{display:none}</style><svg><style><![CDATA[b{display:none}]]></style></svg><style>",
    "</style><svg><style>p{dis<g>play:none}</g></style></svg><template><style>b{display:none}</style></template><style>",
    "body{visibility:hidden} template{visibility:visible} li{visibility:visible}",
    "#a{display:none} #a p{display:block} ul{display:inline!important}",
]


def _article(sheet: str, inline: str = "") -> Article:
    html = f"<!doctype html><style>{sheet}</style>{BODY.replace('{inline}', inline)}"
    return Article(Page("x", "", Mode.STATIC, html, ""))


def _styled_away(article: Article, tag: Tag) -> bool:
    """Whether styles hide the element: the long way, by the style of it and of each around it."""
    style = article.document.style
    if style(tag).get("visibility", "").lower() in ("hidden", "collapse"):
        return True
    for each in (tag, *tag.parents):
        display = style(each).get("display", "").lower()
        away = display == "none" or ("hidden" in each.attrs and display in ("", "inline"))
        if away and "shadowrootmode" not in each.attrs:
            return True
    return False


def _differing(article: Article) -> list[str]:
    """The elements that one way alone hides; those left out that no style shows."""
    return [
        str(tag)[:80]
        for tag in article.elements()
        if not any(each.name in ("head", "style") for each in (tag, *tag.parents))
        and (tag.name != "template" or "shadowrootmode" in tag.attrs)
        and article.access.dark(tag) != _styled_away(article, tag)
    ]


@pytest.mark.parametrize("sheet", HOSTILE)
def test_what_styles_hide_is_what_asking_each_element_says(sheet: str) -> None:
    assert _differing(_article(sheet)) == []


@pytest.mark.parametrize("selector", SELECTORS)
def test_every_selector_is_of_the_elements_of_which_the_cascade_takes_it_to_be(
    selector: str,
) -> None:
    for said in ("display: none", "visibility: hidden"):
        assert _differing(_article(f"{selector} {{{said}}}")) == []


@pytest.mark.parametrize("said", SAID)
def test_every_declaration_hides_what_the_cascade_hides_by_it(said: str) -> None:
    for around in ("", "display: none", "visibility: hidden"):
        sheet = f"section, #a {{{around}}} p {{{said}}} dl {{display: none}}"
        assert _differing(_article(sheet, said.replace('"', "'"))) == []


_RULE = st.builds("{} {{{}}}".format, st.sampled_from(SELECTORS), st.sampled_from(SAID))
_SHEET = st.builds(
    str.format, st.sampled_from(AROUND), st.lists(_RULE, min_size=1, max_size=5).map(" ".join)
)


@settings(deadline=None)
@given(st.lists(_SHEET, max_size=3), st.sampled_from(SAID))
def test_any_sheets_hide_what_asking_each_element_says(sheets: list[str], inline: str) -> None:
    article = _article("</style><style>".join(sheets), inline.replace('"', "'"))
    assert _differing(article) == []


def test_what_stands_in_something_hidden_is_hidden_but_visibility_can_be_taken_back() -> None:
    article = _article("#a {visibility: hidden} section, i {display: none} ul {display: block}")
    dark = {
        name: [article.access.dark(tag) for tag in article.elements(name)]
        for name in ("b", "i", "li")
    }
    assert dark == {"b": [True, False, True], "i": [True], "li": [True, False]}
