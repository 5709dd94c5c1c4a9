"""The index says what BeautifulSoup and text_of say, whatever the markup."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.article.index import Index
from checker.article.text import text_of
from checker.document import parse

NAMES = ("p", "b", "div", "a", "noscript", "template", "svg", "table", "script", "textarea", "ul")
PIECES = st.one_of(
    st.sampled_from([f"<{name}>" for name in NAMES]),
    st.sampled_from([f"</{name}>" for name in NAMES]),
    st.sampled_from(["<br>", "<img alt=x>", "<!-- c -->", "<template shadowrootmode=open>", " "]),
    st.text("ab \n", min_size=1, max_size=4),
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_index_agrees_with_beautiful_soup(html: str) -> None:
    document = parse(html)
    index = Index(document)
    for tag in document.tags:
        assert index.text(tag) == text_of(tag)
        assert list(index.within(tag)) == tag.find_all(True)
        assert list(index.within(tag, "p", "b")) == tag.find_all(["p", "b"])
        inside = {id(each) for each in (tag, *tag.find_all(True))}
        assert [t for t in document.tags if index.holds(tag, t)] == [
            t for t in document.tags if id(t) in inside
        ]


def test_what_is_inert_is_not_among_the_elements() -> None:
    index = Index(
        parse(
            "<body><noscript><img alt='a'></noscript><template><i></i></template>"
            "<div><template shadowrootmode=open><img alt='b'></template></div>"
        )
    )
    assert [tag["alt"] for tag in index.by_name["img"]] == ["b"]
    assert [tag["alt"] for tag in index.by_attribute["alt"]] == ["b"]
    assert "i" not in index.by_name


@pytest.mark.parametrize("name", ["noscript", "template"])
def test_the_text_of_an_inert_element_is_its_own(name: str) -> None:
    document = parse(f"<body><p>a<{name}><b>b</b></{name}>c</p>")
    index = Index(document)
    inner = next(tag for tag in document.tags if tag.name == name)
    outer = next(tag for tag in document.tags if tag.name == "p")
    assert (index.text(inner), index.text(outer)) == ("b", "ac")
    assert index.span(inner) is None
