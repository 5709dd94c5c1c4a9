"""The tree: as browsers build it, with shadow roots kept as the templates that they are written as."""

from __future__ import annotations

from collections.abc import Container

import pytest
from bs4.element import AttributeValueList, NavigableString, PageElement, Tag

from checker import document as documents
from checker import nodes
from checker.article.text import text_of
from checker.document import TooLarge, load, parse

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


def test_elements_and_texts_are_what_bs4_itself_would_make() -> None:
    document = load("<p class='a b' hidden>text<br></p>").soup
    paragraph = document.p
    assert paragraph is not None
    text, br = paragraph.contents
    attributes = {"class": AttributeValueList(["a", "b"]), "hidden": ""}
    kinds = {NavigableString}
    made = Tag(
        name="p",
        namespace="http://www.w3.org/1999/xhtml",
        attrs=attributes,
        can_be_empty_element=False,
        interesting_string_types=kinds,
    )
    placed = ("contents", "parent", "next_element", "previous_element", "next_sibling")
    assert _state(paragraph, placed) == _state(made, placed)
    assert type(paragraph.attrs) is type(made.attrs)
    assert _state(text, placed) == _state(NavigableString("text"), placed)
    assert text.next_element is text.next_sibling is br
    assert str(paragraph) == '<p class="a b" hidden="">text<br/></p>'


def test_a_release_of_bs4_whose_elements_hold_more_makes_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert nodes.element is nodes.made_at_once
    assert nodes.text is nodes.text_at_once
    html = "<!doctype html><p class='a b' hidden>text<br><script>1</script><template>x</template>"
    quick = parse(html)
    monkeypatch.setattr(nodes, "element", nodes.made_by_bs4)
    monkeypatch.setattr(nodes, "text", NavigableString)
    usual = parse(html)
    assert str(usual.soup) == str(quick.soup)
    ways = ("next_element", "next_sibling", "previous_element", "previous_sibling")
    placed = ("contents", "parent", *ways)
    for one, other in zip(usual.tags, quick.tags, strict=True):
        assert _state(one, placed) == _state(other, placed)


def _state(node: PageElement, placed: Container[str]) -> dict[str, object]:
    """All that a node holds; of its place in the tree, that it says where it is."""
    return {name: name in placed or value for name, value in vars(node).items()}


def test_an_inert_template_keeps_its_text_to_itself() -> None:
    document = load("<template>inert<p>words</p></template><p>shown</p>")
    assert document.soup.template is not None
    assert not any(type(each) is NavigableString for each in document.soup.template.contents)


@pytest.mark.parametrize(
    ("name", "markup", "said"),
    [
        ("MOST_ELEMENTS", "<i></i>" * 98, "more than 100 elements"),
        ("MOST_TEXT", "<p>" + "word <b>more</b> " * 20, "more than 100 characters of text"),
        ("MOST_TEXT", f"<p title='{'word ' * 30}'>", "attributes of more than 100 characters"),
        ("MOST_TEXT", f"<p class='{'word ' * 30}'>", "attributes of more than 100 characters"),
        (
            "MOST_TEXT",
            f"<p {' '.join(f'a{n}' for n in range(50))}>",
            "attributes of more than 100 characters",
        ),
        (
            "MOST_TEXT",
            f"<style>{'a{color:red}' * 30}</style>",
            "style sheets of more than 100 char",
        ),
    ],
)
def test_what_is_too_large_is_not_taken_in(
    name: str, markup: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, name, 100)
    load(
        "<script>" + "long " * 100 + "</script><img alt=Ship src=data:image/png," + "A" * 500 + ">"
    )
    with pytest.raises(TooLarge, match=said):
        load(markup)


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_attributes_without_end_are_seen_before_they_are_built(
    quote: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST_TEXT", 100)
    built: list[object] = []
    monkeypatch.setattr(documents, "parse_into", lambda html, builder: built.append(html))
    many = " ".join(f"a{number}={quote}1{quote}" for number in range(50))
    with pytest.raises(TooLarge, match="attributes of more than 100 characters"):
        load(f"<p {many}>x</p>")
    assert not built


def test_a_refusal_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_ELEMENTS", 10)
    parsed: list[str] = []
    usual = documents.parse
    monkeypatch.setattr(documents, "parse", lambda html: parsed.append(html) or usual(html))
    for _ in range(3):
        with pytest.raises(TooLarge, match="more than 10 elements"):
            load("<i></i>" * 21)
    assert len(parsed) == 1


def test_a_hundred_thousand_deep_is_as_deep_as_a_browser_makes_it() -> None:
    soup = load("<div>" * 100_000 + "<b>x").soup
    bold = soup.b
    assert bold is not None
    assert 100 < sum(1 for _ in bold.parents) <= 520
