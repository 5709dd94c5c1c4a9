"""Accessible names and roles, by the examples of Accessible Name Computation 1.2 and HTML-AAM."""

from __future__ import annotations

import pytest
from bs4.element import Tag

from checker.article import Article
from checker.article.keyboard import tabbable
from checker.page import Mode, Page
from checker.rendering import Rendering


def article(html: str, rendering: Rendering | None = None) -> Article:
    mode = Mode.RENDERED if rendering else Mode.STATIC
    return Article(Page("x", "", mode, f"<!doctype html>{html}", "", rendering=rendering))


def at(page: Article) -> Tag:
    """The element of id "x"."""
    found = page.document.soup.find(id="x")
    assert isinstance(found, Tag)
    return found


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<button id="x">Send</button>', "Send"),
        ('<button id="x" aria-label="Close">x</button>', "Close"),
        (
            '<button id="x" aria-labelledby="a b"></button><i id="a">Move</i> <i id="b">up</i>',
            "Move up",
        ),
        ('<button id="x" aria-labelledby="gone">Send</button>', "Send"),
        ('<i id="a" hidden>Send</i><button id="x" aria-labelledby="a"></button>', "Send"),
        ('<button id="x"><span aria-hidden="true">x</span></button>', ""),
        ('<button id="x"><span style="display: none">x</span></button>', ""),
        ("<style>.no { visibility: hidden }</style><button id=x><b class=no>x</b>y</button>", "y"),
        ('<button id="x" title="Close"></button>', "Close"),
        ('<button id="x" value="Send"></button>', ""),
        ('<input id="x" type="submit">', "Submit"),
        ('<input id="x" type="button" value="Send">', "Send"),
        ('<input id="x" type="image" alt="Search">', "Search"),
        ('<label for="x">Zip <b>code</b></label><input id="x">', "Zip code"),
        ('<label>Zip <input id="x"></label>', "Zip"),
        ('<label for="y">Zip <input id="x"></label>', ""),
        ('<label for="x">A</label><input id="x"><input id="x">', "A"),
        ('<input id="x" placeholder="Zip">', "Zip"),
        (
            '<label>Flash <input value="3"> times <input id="x" type="checkbox"></label>',
            "Flash 3 times",
        ),
        ('<a id="x" href="/"><img alt="Home"></a>', "Home"),
        ('<a id="x" href="/"><img alt="" title="Home"></a>', ""),
        ('<a id="x" href="/"><img alt="Home" role="none"></a>', ""),
        ('<a id="x" href="/"><svg><title>Home</title><path/></svg></a>', "Home"),
        ('<a id="x" href="/">One<p>two</p>three</a>', "One two three"),
        ('<img id="x" title="Map">', "Map"),
        ('<img id="x" alt="" title="Map">', ""),
        ('<fieldset id="x"><legend>Address</legend></fieldset>', "Address"),
        ('<table id="x"><caption>Tides</caption></table>', "Tides"),
        ('<iframe id="x" title="Map"></iframe>', "Map"),
        ('<div id="x">Text</div>', ""),
        ('<h2 id="x"><slot></slot></h2>', ""),
    ],
)
def test_names(html: str, name: str) -> None:
    page = article(html)
    assert page.names.name(at(page)) == name


def test_a_name_goes_through_a_shadow_root_and_what_its_slots_hold() -> None:
    page = article(
        '<button id="x"><i slot="b">two</i>one<template shadowrootmode="open">'
        '<slot></slot> <slot name="b"></slot> three</template></button>'
    )
    assert page.names.name(at(page)) == "one two three"


def test_ids_count_within_their_own_tree() -> None:
    page = article(
        '<i id="a">Outside</i><div><template shadowrootmode="open">'
        '<button id="x" aria-labelledby="a"></button></template></div>'
    )
    assert page.names.name(at(page)) == ""


def test_labels_that_name_each_other_end() -> None:
    page = article(
        '<b id="a" aria-labelledby="x">A</b><b id="x" role="button" aria-labelledby="a x">X</b>'
    )
    assert page.names.name(at(page)) == "A X"


def test_the_browser_says_what_is_hidden_and_the_markup_what_stands_there() -> None:
    html = (
        '<html data-presscheck="0"><body data-presscheck="1">'
        '<a id="x" href="/" data-presscheck="2"><b data-presscheck="3">Home</b></a>'
    )
    boxes = ((0, 0, 9, 9),) * 4
    page = article(html, Rendering("b", (1, 1), boxes, frozenset({3})))
    assert page.names.name(at(page)) == ""
    assert page.markup_names.name(at(page)) == "Home"


@pytest.mark.parametrize(
    ("html", "role"),
    [
        ('<a id="x" href="/">', "link"),
        ('<a id="x">', ""),
        ('<img id="x">', "img"),
        ('<img id="x" alt="">', "presentation"),
        ('<img id="x" alt=" ">', "img"),
        ('<div id="x" role="lnik button">', "button"),
        ('<div id="x" role="widget">', ""),
        ('<h1 id="x" role="none">', "none"),
        ('<h1 id="x" role="none" aria-label="A">', "heading"),
        ('<button id="x" role="none">', "button"),
        ('<button id="x" role="none" disabled>', "none"),
        ('<section id="x">', ""),
        ('<section id="x" aria-label="A">', "region"),
        ('<article><header id="x">', ""),
        ('<header id="x">', "banner"),
        ('<select id="x">', "combobox"),
        ('<select id="x" multiple>', "listbox"),
        ('<input id="x" type="password">', ""),
        ('<input id="x" type="search">', "searchbox"),
        ('<table role="grid"><tr><td id="x">', "gridcell"),
        ('<table><tr><th id="x" scope="row">', "rowheader"),
    ],
)
def test_roles(html: str, role: str) -> None:
    page = article(html)
    assert page.access.role(at(page)) == role


@pytest.mark.parametrize(
    ("html", "hidden"),
    [
        ('<p id="x">A', False),
        ('<p id="x" hidden>A', True),
        ('<div hidden><p id="x">A', True),
        ('<div style="visibility: hidden"><p id="x" style="visibility: visible">A', False),
        ("<style>.a p { display: none }</style><div class=a><p id=x>A", True),
        ("<style>[hidden] { display: block }</style><p id=x hidden>A", False),
        ('<details><summary>S</summary><p id="x">A</details>', True),
        ('<details open><summary>S</summary><p id="x">A</details>', False),
        ('<details><summary id="x">S</summary></details>', False),
        ('<dialog><p id="x">A', True),
        ('<input id="x" type="hidden">', True),
    ],
)
def test_what_markup_and_own_styles_hide(html: str, hidden: bool) -> None:
    page = article(html)
    assert page.access.hidden(at(page)) is hidden


@pytest.mark.parametrize(
    ("html", "reached"),
    [
        ('<a id="x" href="/">', True),
        ('<a id="x">', False),
        ('<p id="x" tabindex="0">', True),
        ('<a id="x" href="/" tabindex="-1">', False),
        ('<a id="x" href="/" tabindex="none">', True),
        ('<fieldset disabled><input id="x">', False),
        ('<fieldset disabled><legend><input id="x"></legend>', True),
        ('<div inert><a id="x" href="/">', False),
        ('<p id="x" contenteditable>', True),
        ('<video id="x" controls></video>', True),
    ],
)
def test_what_the_keyboard_reaches(html: str, reached: bool) -> None:
    assert tabbable(at(article(html))) is reached


def test_a_name_under_more_elements_than_python_would_follow() -> None:
    page = article('<a id="x" href="/">' + "<span>" * 450 + "Deep")
    assert page.names.name(at(page)) == "Deep"
