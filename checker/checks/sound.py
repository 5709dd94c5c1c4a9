"""Checks of sound that a page plays unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article
from checker.checks._controls import controls, seen
from checker.rendering import AutoplayFacts
from checker.verdict import Cause, Outcome, failed, not_tested, passed, review

_FRAGMENT = re.compile(r"#(?:.*&)?t=(?:npt:)?(\d+(?:\.\d+)?)?,(\d+(?:\.\d+)?)(?:&|$)")
"""Media Fragments URI 1.0, 4.2.1, the form in seconds that names an end."""
_METADATA, _AHEAD = (
    1,
    3,
)  # HTML, readyState: the duration is known; both streams, if there are two, are decoded
_STOP = "Take autoplay off, or give the element the attribute controls or muted."


def unasked(article: Article, *, seconds: int = 3) -> Iterator[Outcome]:
    """Sound that starts by itself and lasts longer than ``seconds`` can be paused, stopped or muted on the page.

    The browser's word on each audio and video element of the top document with ``autoplay`` that is not muted. Failed
    is an audio element alone, and only where the page has nothing else that might stop it; a video's sound track may
    be silent, which nobody but a listener knows. Source: ACT rule 80f0bf (aaa1bf, 4c31df); WCAG 2.0, 1.4.2."""
    rendering = article.page.rendering
    if rendering is None or rendering.autoplay is None:
        if any(each.has_attr("autoplay") for each in article.elements("audio", "video")):
            yield not_tested(
                "what plays by itself was not asked of the browser", Cause.OUT_OF_REACH
            )
        return
    for facts in rendering.autoplay:
        tag = article.by_number(facts.element)
        if tag is not None and not facts.silent:
            yield from _judged(article, tag, facts, seconds)


def _judged(article: Article, tag: Tag, facts: AutoplayFacts, seconds: int) -> Iterator[Outcome]:
    where = article.locate(tag)
    if facts.ready >= _AHEAD and not facts.sounding:
        return  # no sound in it
    if tag.has_attr("controls") and seen(article, tag):
        yield passed(message="the browser's own controls stop it")
        return
    if facts.ready < _METADATA:
        message = (
            f"This {tag.name} starts by itself; it did not load, so nobody knows how long it sounds"
        )
        yield review(message, where, _STOP)
        return
    length = _length(facts)
    if length is not None and length <= seconds:
        yield passed(message=f"it is over in {length:.3g} s")
        return
    lasting = "without end" if length is None else f"for {length:.3g} s"
    said = f"This {tag.name} starts by itself and plays {lasting}"
    if not facts.sounding:
        yield review(f"{said}; whether it has sound is not known", where, _STOP)
    elif facts.stopped:
        yield review(f"{said}, but did not play when it was looked at", where, _STOP)
    elif others := len(controls(article)):
        message = f"{said}: can one of the {others} controls of the page stop or mute it?"
        yield review(message, where, _STOP)
    elif tag.name == "video":
        yield review(f"{said}, and nothing on the page stops it: is it heard?", where, _STOP)
    else:
        yield failed(f"{said}, and nothing on the page stops or mutes it", where, _STOP)


def _length(facts: AutoplayFacts) -> float | None:
    """How long it plays, in seconds; None where it does not end."""
    if facts.loop or facts.duration is None:
        return None
    part = _FRAGMENT.search(facts.source)
    if part is None:
        return facts.duration
    start, end = float(part[1] or 0), min(float(part[2]), facts.duration)
    return end - start if start < end else facts.duration
