"""The tree: as browsers build it, with shadow roots kept as the templates that they are written as."""

from __future__ import annotations

from bs4.element import NavigableString

from checker.article.text import text_of
from checker.document import load

SHADOW = (
    '<!doctype html>\n<x-card><template shadowrootmode="open"><p data-presscheck="7">In the shadow</p>'
    "and loose</template>outside</x-card>\n<p>After</p>"
)


def test_a_shadow_root_is_kept_with_its_text_numbers_and_positions() -> None:
    document = load(SHADOW)
    template = document.soup.template
    assert template is not None
    assert template["shadowrootmode"] == "open"
    assert text_of(template) == "In the shadowand loose"
    paragraphs = document.soup.find_all("p")
    assert [p.get_text() for p in paragraphs] == ["In the shadow", "After"]
    assert document.number(paragraphs[0]) == 7
    assert [document.position(p) for p in paragraphs] == [(2, 41), (3, 1)]


def test_the_word_stays_itself_wherever_it_stands() -> None:
    document = load(
        "<title>ShadowRootMode</title><!-- shadowrootmode --><script>'<template shadowrootmode>'</script>"
        '<p title="shadowrootmode">\ue000 shadowrootmode</p>'
    )
    assert "shadowroot\ue000" not in str(document.soup)
    assert document.soup.title is not None
    assert document.soup.title.get_text() == "ShadowRootMode"
    assert document.soup.p is not None
    assert document.soup.p.get_text() == "\ue000 shadowrootmode"
    assert document.soup.p["title"] == "shadowrootmode"


def test_an_inert_template_keeps_its_text_to_itself() -> None:
    document = load("<template>inert<p>words</p></template><p>shown</p>")
    assert document.soup.template is not None
    assert not any(type(each) is NavigableString for each in document.soup.template.contents)
