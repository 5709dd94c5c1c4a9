"""Checks of what meta elements do to readers: zoom and refresh."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article
from checker.article.keyboard import value
from checker.verdict import Outcome, failed, passed

_PROPERTY = re.compile(r"([^\s,;=]+)\s*=\s*([^\s,;=]+)")
_WORDS = {"yes": 1.0, "no": 0.0, "device-width": 10.0, "device-height": 10.0}
_LEADING_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)")
_REFRESH = re.compile(r"\s*(?:(\d+)(?:\.[\d.]*)?|\.[\d.]*)\s*(?=[;,\s]|$)(?:[;,]?\s*(.*))?", re.S)
_HOURS_20 = 72000


def zoom_allowed(article: Article, *, at_least: float) -> Iterator[Outcome]:
    """A viewport that speaks of zoom lets readers zoom ``at_least`` so many times.
    Source: ACT rule b4f0c3; WCAG 2.0, 1.4.4; CSS Device Adaptation, translation of the viewport meta element."""
    for tag in article.elements("meta"):
        if value(tag, "name").lower() != "viewport":
            continue
        stated = {
            name.lower(): text.lower() for name, text in _PROPERTY.findall(value(tag, "content"))
        }
        problems = []
        if "user-scalable" in stated and abs(_number(stated["user-scalable"])) < 1:
            problems.append(f"user-scalable={stated['user-scalable']} forbids readers to zoom")
        if "maximum-scale" in stated and 0 <= _number(stated["maximum-scale"]) < at_least:
            problems.append(
                f"maximum-scale={stated['maximum-scale']} lets readers zoom less than {at_least:g} times"
            )
        if problems:
            yield failed(
                f"The viewport's {' and '.join(problems)}",
                article.locate(tag),
                "Write content=“width=device-width, initial-scale=1”.",
            )
        elif {"user-scalable", "maximum-scale"} & set(stated):
            yield passed()


def _number(text: str) -> float:
    """What browsers make of a scale: a word's number, a leading number, or 0 for what is neither."""
    if text in _WORDS:
        return _WORDS[text]
    match = _LEADING_NUMBER.match(text)
    return float(match[0]) if match else 0.0


def no_delayed_refresh(article: Article) -> Iterator[Outcome]:
    """The page does not reload or leave by itself after a delay of up to 20 hours.
    Source: ACT rule bc659a; WCAG 2.0, 2.2.1; HTML, shared declarative refresh steps (the first valid one counts)."""
    for tag in article.elements("meta"):
        if value(tag, "http-equiv").lower() != "refresh":
            continue
        seconds = _delay(tag)
        if seconds is None:
            continue
        if 0 < seconds <= _HOURS_20:
            yield failed(
                f"The page reloads or leaves by itself after {seconds} seconds",
                article.locate(tag),
                "Take the refresh away; redirect on the server, or let readers reload when they want to.",
            )
        else:
            yield passed()
        return


def _delay(tag: Tag) -> int | None:
    match = _REFRESH.fullmatch(value(tag, "content"))
    if match is None or not value(tag, "content"):
        return None
    return int(match[1] or 0)
