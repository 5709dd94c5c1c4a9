"""Checks of the government banner at work: opened and closed by mouse and by keyboard, as a browser tried it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.article import Article
from checker.article.banner import Banner
from checker.checks._above import is_skip_link
from checker.checks.banner import elsewhere, within
from checker.rendering import BannerProbe, Press
from checker.verdict import Cause, Location, Outcome, failed, not_tested, passed, review

_NEEDED = frozenset({"script", "stylesheet"})
_COUNTERS = re.compile(r"analytics|googletagmanager|//dap\.|doubleclick|addthis", re.I)
"""Scripts that only count visits: no banner needs them."""
_KEYS = {Press.ENTER: "Enter", Press.SPACE: "Space"}


def opens(article: Article) -> Iterator[Outcome]:
    """A click opens the banner's explanation and another closes it. Where scripts or style sheets of the page did not
    come, or something covers the banner, a person has to look.
    Source: Federal Website Standards, banner, acceptance criteria: "Drop-down with"."""
    banner = _banner(article)
    if banner is None:
        return
    probe = _probe(article)
    if isinstance(probe, Outcome):
        yield probe
        return
    where = _opener(article, banner, probe)
    advice = "Use the banner of the U.S. Web Design System with its script"
    if probe.opener is None:
        yield _lacking(article, "Nothing in the banner opens its explanation", where, advice)
    elif probe.away:
        yield failed(
            "The banner leads to another page, where its explanation should open in place",
            where,
            advice,
        )
    elif probe.sent:
        yield failed(
            "A press on the banner's button sends a form of the page",
            where,
            'Write type="button" on it',
        )
    elif not _presses(probe, Press.MOUSE):
        yield review(
            "Something covers the banner's button, so that it could not be clicked",
            where,
            "Look whether readers can open the banner's explanation",
        )
    elif _toggles(probe, Press.MOUSE):
        yield passed()
    else:
        shown = probe.states[0].shown
        yield _lacking(
            article,
            f"A click on the banner does not {'close' if shown else 'open and close'} its explanation",
            where,
            advice,
        )


def keyboard(article: Article) -> Iterator[Outcome]:
    """What a click opens and closes, the keyboard does: the Tab key comes to it, Enter and Space work it. Where one of
    the two keys does, a person has to look: a link is worked by Enter alone.
    Source: WCAG 2.0, 2.1.1; USWDS, banner, accessibility tests."""
    banner = _banner(article)
    probe = _probe(article) if banner else None
    if banner is None or probe is None:
        return
    if isinstance(probe, Outcome):
        yield probe
        return
    if not _toggles(probe, Press.MOUSE):
        return
    where = _opener(article, banner, probe)
    works = [key for key in _KEYS if _toggles(probe, key)]
    if not _reached(article, probe) or not works:
        yield failed(
            "A click opens the banner's explanation, but the keyboard does not",
            where,
            "Make what opens it a button element",
        )
    elif len(works) == len(_KEYS) or (works == [Press.ENTER] and _is_link(article, probe)):
        yield passed()
    else:
        (dead,) = set(_KEYS) - set(works)
        yield review(
            f"{_KEYS[works[0]]} opens the banner's explanation, but {_KEYS[dead]} does not",
            where,
            "Make what opens it a button element, which both keys work",
        )


def state(article: Article) -> Iterator[Outcome]:
    """``aria-expanded`` says whether the explanation is open, after each press. An opener without it says nothing; the
    browser tells the state of a ``summary`` by itself.
    Source: WCAG 2.0, 4.1.2; USWDS, banner, accessibility tests."""
    banner = _banner(article)
    probe = _probe(article) if banner else None
    if banner is None or probe is None:
        return
    if isinstance(probe, Outcome):
        yield probe
        return
    if len({each.shown for each in probe.states}) < 2:
        return
    where = _opener(article, banner, probe)
    said = {each.expanded for each in probe.states}
    wrong = [
        each
        for each in probe.states
        if each.expanded is not None and (each.expanded.strip().lower() == "true") is not each.shown
    ]
    if wrong:
        first = wrong[0]
        yield failed(
            f'aria-expanded is "{first.expanded}" while the explanation is {"open" if first.shown else "closed"}',
            where,
            "Have the script set aria-expanded whenever it opens or closes the explanation",
        )
    elif said == {None} and probe.name != "summary":
        yield review(
            "What opens the banner's explanation does not say whether it is open (no aria-expanded)",
            where,
            'Write aria-expanded="false" on it, and have the script keep it true to the state',
        )
    else:
        yield passed()


def tab_order(article: Article) -> Iterator[Outcome]:
    """The Tab key comes to the banner's button first, skip links apart.
    Source: USWDS, banner, accessibility tests."""
    banner = _banner(article)
    focus = article.access.focus
    if banner is None:
        return
    if focus is None:
        yield not_tested("the keyboard was not followed through the page", Cause.BROKEN)
        return
    before = []
    for stop in focus.stops:
        tag = article.by_number(stop.element)
        if tag is None or tag.name != stop.name:
            continue
        if within(tag, banner.element):
            break
        if not is_skip_link(tag):
            before.append(tag)
    else:
        return  # never there: told by another rule
    if before:
        yield failed(
            f"The keyboard comes to “{article.names.name(before[0])[:80] or before[0].name}” before the banner",
            article.locate(before[0]),
            "Put it after the banner in the markup",
        )
    else:
        yield passed()


def _banner(article: Article) -> Banner | None:
    """The banner, where it is to be judged here: there, seen and with something to explain."""
    banner = article.banner
    if banner is None or banner.hidden or banner.missing or elsewhere(article):
        return None
    return banner


def _probe(article: Article) -> BannerProbe | Outcome:
    rendering = article.page.rendering
    probe = rendering.banner if rendering is not None else None
    if probe is None or not probe.found:
        return not_tested("the banner could not be tried out in the browser", Cause.BROKEN)
    return probe


def _opener(article: Article, banner: Banner, probe: BannerProbe) -> Location:
    tag = article.by_number(probe.opener)
    return article.locate(tag if tag is not None and tag.name == probe.name else banner.element)


def _presses(probe: BannerProbe, how: Press) -> list[tuple[bool, bool]]:
    """What was shown before and after each press of that kind."""
    pairs = zip(probe.states, probe.states[1:], strict=False)
    return [(before.shown, after.shown) for before, after in pairs if after.after is how]


def _toggles(probe: BannerProbe, how: Press) -> bool:
    presses = _presses(probe, how)
    return len(presses) == 2 and all(before is not after for before, after in presses)


def _reached(article: Article, probe: BannerProbe) -> bool:
    """Whether the Tab key comes to the opener, as far as it was followed."""
    focus = article.access.focus
    if focus is None or not focus.complete:
        return True
    tag = article.by_number(probe.opener)
    if tag is None or tag.name != probe.name:
        return True
    return any(stop.element == probe.opener for stop in focus.stops)


def _is_link(article: Article, probe: BannerProbe) -> bool:
    tag = article.by_number(probe.opener)
    return probe.name == "a" and tag is not None and tag.get("role") != "button"


def _lacking(article: Article, message: str, where: Location, advice: str) -> Outcome:
    """A failure, unless what would make it work did not come."""
    lost = [url for url in article.page.lost(*_NEEDED) if not _COUNTERS.search(url)]
    if not lost:
        return failed(message, where, advice)
    return review(
        f"{message}; but {len(lost)} of the page's scripts and style sheets did not load ({lost[0]})",
        where,
        "Try the banner on the published page",
    )
