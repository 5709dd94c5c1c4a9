"""What an element is recognised by does not depend on what was asked before, and is what its definition says."""

from __future__ import annotations

from itertools import islice

from bs4.element import CData, NavigableString, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.article import Article
from checker.article.identity import Identity, identify
from checker.article.text import text_of
from checker.page import Mode, Page

LONG = "many words of a text " * 9
PIECES = (
    *(
        "<p>",
        "<nav aria-label=' Topics  a'>",
        "<section aria-label=s>",
        "<section>",
        "<header>",
        "<article>",
    ),
    *(
        "<div role='search x'>",
        "<a href='/a/?b=1' class=c>",
        "<svg><path d='M0 0'>",
        "<template>",
        "<video>",
    ),
    *(
        "</p>",
        "</nav>",
        "</section>",
        "</header>",
        "</article>",
        "</div>",
        "</a>",
        "</svg>",
        "</template>",
    ),
    *(
        "one",
        " \n ",
        "two  words",
        LONG,
        "<!-- a comment -->",
        "<script>s</script>",
        "<br>",
        "<source src=x.mp4>",
    ),
    *(
        "<img alt='of  it' src=/i/flag-300x200.jpg>",
        "<button><img alt=Go></button>",
        "<input name=q>",
        "<h2>t</h2>",
    ),
)


def _article(html: str) -> Article:
    return Article(Page("x", "https://www.example.gov/a", Mode.STATIC, f"<body>{html}", ""))


def _context(tag: Tag) -> str:
    """By definition: the last 40 characters of the texts among the 400 nodes before, and the first 40 behind."""
    inside = {id(tag), *map(id, tag.descendants)}
    behind = (each for each in tag.next_elements if id(each) not in inside)
    before, after = (
        [" ".join(str(each).split()) for each in nodes if type(each) in (NavigableString, CData)]
        for nodes in (islice(tag.previous_elements, 400), islice(behind, 400))
    )
    first, last = " ".join(filter(None, before[::-1]))[-40:], " ".join(filter(None, after))[:40]
    return f"{first}|{last}" if len(first) + len(last) > 10 else ""


def _identities(article: Article, tags: list[Tag]) -> list[Identity]:
    return [identify(article, tag) for tag in tags]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_identities_are_the_same_in_every_order_and_their_contexts_as_defined(html: str) -> None:
    article, other = _article(html), _article(html)
    found = _identities(article, article.document.tags)
    assert found == _identities(other, other.document.tags[::-1])[::-1]
    for tag, identity in zip(article.document.tags, found, strict=True):
        if tag.name not in ("html", "head", "body"):
            assert identity.context == _context(tag)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.integers(0, 200))
def test_of_a_text_that_is_not_wanted_whole_the_start_is_the_same(html: str, most: int) -> None:
    for tag in _article(html).document.tags:
        whole, start = text_of(tag), text_of(tag, most)
        assert start == whole or (len(start) > most and whole.startswith(start))


def test_landmarks_and_structure_end_at_each_other() -> None:
    article = _article(
        "<main><article><header><p>one</p></header><section aria-label='A  b'><ul><li>x<li><a>y</a></ul>"
        "</section></article></main><header role=none><b>c</b></header>"
    )
    (link,), (bold,), (paragraph,) = map(article.elements, ("a", "b", "p"))
    assert identify(article, link).landmark == 'main/article/region "A b"'
    assert identify(article, link).structure == "ul:1>li:2>a:1"
    assert identify(article, paragraph).landmark == "main/article"
    assert identify(article, paragraph).structure == "header:1>p:1"
    assert identify(article, bold).landmark == "banner"
    assert identify(article, bold).structure == "b:1"
