"""Checks of what headings and titles say. A machine only sees words: it asks for a look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bs4.element import NavigableString, Tag

from checker.article import Article
from checker.article.styles import declarations
from checker.article.text import fold
from checker.verdict import Outcome, passed, review

_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = frozenset(
    """the and
    for with that this from have has had not are was were will would can could should may might been being its
    their they them there these those then than what when where which who whom whose why how into onto about above after
    again all also any because before below between both but down during each few further here more most nor off once
    only other our out over own same she some such too under until upon very you your his her him one two""".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def heading_is_block(article: Article) -> Iterator[Outcome]:
    """A heading element does not run along within other text, and is not there to style the words of a link list.
    Source: ICT Testing Baseline 13.3; WCAG 2.0, 1.3.1."""
    for tag in article.elements(*_HEADINGS):
        if not article.access.exposed(tag) or article.access.role(tag) != "heading":
            continue
        if _is_inline(tag) and _in_running_text(tag):
            yield review(
                f"“{article.names.name(tag)[:60]}” is marked as a heading but runs along with other text",
                article.locate(tag),
                "Use strong or em where no section begins.",
            )
        else:
            yield passed()


def _is_inline(tag: Tag) -> bool:
    style = str(tag.attrs.get("style", ""))
    display, _ = declarations(style).get("display", ("", False)) if style else ("", False)
    return display.lower() == "inline"


def _in_running_text(tag: Tag) -> bool:
    """Whether text stands directly beside the heading, or beside the link that holds nothing but it."""
    outer = tag
    while outer.parent is not None and outer.parent.name in ("a", "span", "b", "strong", "em", "i"):
        outer = outer.parent
    beside = (outer.previous_sibling, outer.next_sibling)
    return any(type(each) is NavigableString and bool(fold(str(each))) for each in beside)


def heading_fits(article: Article, *, at_most_words: int) -> Iterator[Outcome]:
    """A page's main heading shares a word with the text of the page, where that is short enough (``at_most_words``) to
    say: a long text shares words with anything. Source: ICT Testing Baseline 13.1; WCAG 2.0, 2.4.6; ACT rule b49b2e."""
    for tag in article.elements("h1"):
        if not article.access.exposed(tag):
            continue
        text = _after(article, tag, at_most_words)
        if text is None or not _stems(text) or not _stems(article.names.name(tag)):
            continue
        yield _shared(
            article,
            tag,
            article.names.name(tag),
            text,
            "The heading",
            "Write what the text below it is about.",
        )


def title_fits(article: Article) -> Iterator[Outcome]:
    """The page's title shares a word with its main heading; where there is none, one that its text says about as often
    as any other: what is said in passing is not the topic.
    Source: ICT Testing Baseline 11.1; WCAG 2.0, 2.4.2; ACT rule c4a8a4."""
    title = article.document.soup.title
    if title is None or not _stems(article.title):
        return
    headings = " ".join(
        article.names.name(tag) for tag in article.elements("h1") if article.access.exposed(tag)
    )
    body = article.page_body
    text = headings or _often(_text(article, body) if body is not None else "")
    if _stems(text):
        yield _shared(
            article, title, article.title, text, "The title", "Write what the page is about."
        )


def _shared(article: Article, tag: Tag, said: str, text: str, what: str, fix: str) -> Outcome:
    if _stems(said) & _stems(text):
        return passed()
    return review(
        f"{what} “{said[:60]}” shares no word with what the page says", article.locate(tag), fix
    )


def _stems(text: str) -> set[str]:
    """The words of a text, without the commonest and without their endings."""
    words = (word.casefold() for word in _WORD.findall(text))
    return {word[:5].rstrip("s") for word in words if word not in _COMMON}


def _often(text: str) -> str:
    """The words that a text says at least half as often as the one that it says most."""
    counts = Counter(stem for word in _WORD.findall(text) for stem in _stems(word))
    most = max(counts.values(), default=0)
    return " ".join(
        word for word in _WORD.findall(text) if any(2 * counts[s] >= most for s in _stems(word))
    )


def _after(article: Article, heading: Tag, at_most_words: int) -> str | None:
    """The text from the heading to the next of its level; None where it has more words."""
    parts: list[str] = []
    size = words = 0
    inside = {id(each) for each in heading.descendants}
    for each in heading.next_elements:
        if isinstance(each, Tag) and each.name == heading.name:
            break
        if type(each) is NavigableString and each.parent is not None and id(each) not in inside:
            if not article.access.exposed(each.parent):
                continue
            parts.append(str(each))
            words += len(each.split())
            if words > at_most_words:
                return None
            size += len(each)
            if size > 20000:
                break
    return fold(" ".join(parts))


def _text(article: Article, top: Tag) -> str:
    return fold(
        " ".join(
            str(each)
            for each in top.find_all(string=True)
            if type(each) is NavigableString
            and each.parent is not None
            and article.access.exposed(each.parent)
        )
    )
