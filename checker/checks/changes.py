"""Checks of what changes on a page by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.article import Article
from checker.checks._controls import controls
from checker.rendering import ChangingText
from checker.verdict import Cause, Outcome, failed, not_tested, passed, review

_STOPS = re.compile(
    r"\b(pause|stop|hide|freeze|play|resume|control|frequency|updat|chang|moti|anim)", re.IGNORECASE
)
_MEND = (
    "Give readers a button that pauses, stops or hides it, or let it change when they ask for it."
)
_OFTEN = 3
"""Changes, which may be additions, that are no longer content that comes late."""


def by_itself(article: Article, *, seconds: float = 5) -> Iterator[Outcome]:
    """Text that changes by itself beside other text can be paused, stopped or hidden.

    What was seen while the page was open and nobody did anything, so slower changes are not found; what came to rest
    meanwhile needs no control. Failed is a text that went on changing for more than ``seconds`` on a page without
    anything that a reader can operate; whether a control stops it, and whether the change is essential, a person says.
    Source: ACT rule efbfc7; WCAG 2.0, 2.2.2."""
    rendering = article.page.rendering
    if rendering is None or rendering.changing is None:
        yield not_tested("whether text changes by itself was not watched", Cause.OUT_OF_REACH)
        return
    for text in rendering.changing:
        if not text.alone and (text.swaps > 1 or text.times >= _OFTEN):
            yield _judged(article, text, seconds)


def _judged(article: Article, text: ChangingText, seconds: float) -> Outcome:
    tag = article.by_number(text.element)
    where = None if tag is None else article.locate(tag)
    if not text.goes_on:
        return passed(where, f"it came to rest by itself, after {text.times} changes")
    said = f'This text ("{text.text[:40]}") changed {text.times} times in {text.seconds:.0f} s by itself'
    there = controls(article)
    if not there and text.times >= _OFTEN and text.seconds >= seconds:
        return failed(f"{said}, and nothing on the page stops or hides it", where, _MEND)
    names = (article.names.name(each) for each in there)
    named = next((name for name in names if _STOPS.search(name)), "")
    how = (
        f'does "{named[:40]}" pause, stop or hide it?'
        if named
        else "can it be paused, stopped or hidden?"
    )
    return review(f"{said}; {how}", where, _MEND)
