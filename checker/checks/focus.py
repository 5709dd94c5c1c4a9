"""Checks of where the keyboard's focus goes and what shows it."""

from __future__ import annotations

from collections.abc import Iterator

from checker.article import Article
from checker.verdict import Cause, Outcome, failed, not_tested, passed, review


def visible(article: Article) -> Iterator[Outcome]:
    """Wherever the Tab key stops, something on the screen changes. What could not be told (frames and players, whose
    inside has the focus; fields whose caret blinks; what something else covers) is not judged; a look is asked for
    where style sheets or scripts did not load.
    Source: ACT rule oj04fd; WCAG 2.0, 2.4.7."""
    focus = article.access.focus
    if focus is None:
        yield not_tested("the keyboard was not followed through the page", Cause.BROKEN)
        return
    if not focus.complete:
        yield not_tested(
            f"the keyboard was followed through the first {len(focus.stops)} stops alone",
            Cause.OUT_OF_REACH,
        )
    for stop in focus.stops:
        tag = article.by_number(stop.element)
        if tag is None or tag.name != stop.name or stop.seen is None:
            continue
        if stop.seen:
            yield passed()
        else:
            unsure = article.access.foreign_styles or article.access.unsettled
            yield (review if unsure else failed)(
                "Nothing on the screen shows when the keyboard's focus is here",
                article.locate(tag),
                "Take “outline: none” out of the style, or set another mark for :focus.",
            )
