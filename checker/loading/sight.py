"""What a browser saw -> Page. Pure: the visit is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from checker.loading.axe import axe_result, untold
from checker.loading.chrome_log import Exchange
from checker.loading.options import Options, Target
from checker.loading.served import ORIGIN, Site
from checker.loading.static import now, source_path, unserved
from checker.page import Hop, Missing, Mode, Need, Page, Problem, Request
from checker.rendering import (
    AutoplayFacts,
    Background,
    ChangingText,
    CutText,
    Focus,
    FocusStop,
    Frame,
    ImageFacts,
    Rendering,
    Zoomed,
)
from checker.verdict import Cause


@dataclass(frozen=True)
class Sight:
    """One visit: what the browser's log, our scripts and axe gave. ``axe`` is a reason where axe failed, ``answers``
    the requests by address, ``view`` a picture (JPEG) of the page as first seen."""

    url: str
    document: Exchange
    redirects: tuple[Hop, ...]
    requests: tuple[Request, ...]
    answers: dict[str, Exchange]
    source: str | None
    view: bytes | None
    snapshot: dict[str, Any]
    axe: dict[str, Any] | str
    browser: str
    viewport: tuple[int, int]
    notes: tuple[str, ...]
    problem: Problem | None


def page_of(sight: Sight, target: Target, options: Options, site: Site | None) -> Page:
    """The page. ``site`` is how a local target was served: its addresses become those that readers will see."""
    look = _local(sight.snapshot, site) if site else sight.snapshot
    here = site.translate if site else str
    axe = None if isinstance(sight.axe, str) else axe_result(sight.axe, look["axe"], here)
    notes = [*sight.notes, *([] if isinstance(sight.axe, str) else untold(sight.axe))]
    address = _address(sight, site)
    return Page(
        target=target.text,
        url=address,
        mode=Mode.RENDERED,
        html=look["html"],
        loaded_at=now(),
        final_url=address,
        redirects=() if site else sight.redirects,
        status=None if site else sight.document.status,
        headers=() if site else sight.document.headers(),
        tls=None if site or options.insecure else sight.document.tls(verified=True),
        source=sight.source,
        source_path=source_path(target),
        requests=tuple(_request(request, here) for request in sight.requests),
        rendering=_rendering(sight, look, site),
        axe=axe,
        missing=tuple(_missing(sight, look, options, site)),
        problem=sight.problem,
        notes=tuple(notes),
    )


def _address(sight: Sight, site: Site | None) -> str:
    if site is None:
        return sight.url.partition("#")[0] if not _routed(sight.url) else sight.url
    return site.translate(f"{ORIGIN}{site.page}") if site.public else ""


def _routed(url: str) -> bool:
    """Whether the fragment leads to another page of a single-page application rather than to a place in this one."""
    return urlsplit(url).fragment.startswith(("/", "!"))


def _local(look: dict[str, Any], site: Site) -> dict[str, Any]:
    """The snapshot with no address of our own server in it."""
    said = site.translate
    return {
        **look,
        "html": said(look["html"]),
        "images": [[n, said(url), *rest] for n, url, *rest in look["images"]],
        "backgrounds": [[number, said(url)] for number, url in look["backgrounds"]],
        "media": [{**each, "source": said(each["source"])} for each in look["media"]],
        "frames": [
            {**frame, "url": said(frame["url"]), "html": frame["html"] and said(frame["html"])}
            for frame in look["frames"]
        ],
    }


def _request(request: Request, here: Any) -> Request:
    return Request(
        here(request.url),
        request.kind,
        request.outcome,
        request.status,
        request.error,
        request.mixed,
    )


def _rendering(sight: Sight, look: dict[str, Any], site: Site | None) -> Rendering:
    originals = sight.snapshot["images"]
    return Rendering(
        browser=sight.browser,
        viewport=sight.viewport,
        boxes=tuple((x, y, width, height) for x, y, width, height in look["boxes"]),
        hidden=frozenset(look["hidden"]),
        images=tuple(
            ImageFacts(number, url, width, height, _loaded(original, sight, site))
            for (number, url, width, height, *_), original in zip(
                look["images"], originals, strict=True
            )
        ),
        backgrounds=tuple(Background(number, url) for number, url in look["backgrounds"]),
        frames=tuple(
            Frame(frame["element"], frame["url"], frame["html"]) for frame in look["frames"]
        ),
        focus=_focus(look.get("focus")),
        banner=look.get("banner"),
        autoplay=tuple(AutoplayFacts(**each) for each in look["media"]),
        zoomed=_zoomed(look.get("zoom"), site.translate if site else str),
        changing=_changing(look.get("changes"), site.translate if site else str),
    )


def _changing(
    said: list[dict[str, Any]] | None, here: Callable[[str], str]
) -> tuple[ChangingText, ...] | None:
    if said is None:
        return None
    return tuple(
        ChangingText(
            element=each["element"],
            times=each["times"],
            swaps=each["swaps"],
            seconds=each["seconds"],
            goes_on=each["goes_on"],
            text=here(each["text"]),
            alone=each["alone"],
        )
        for each in said
    )


def _zoomed(said: dict[str, Any] | None, here: Callable[[str], str]) -> Zoomed | None:
    if said is None:
        return None
    cut = (CutText(**{**each, "text": here(each["text"])}) for each in said["cut"])
    return Zoomed(said["texts"], tuple(cut), said["whole"])


def _focus(said: dict[str, Any] | None) -> Focus | None:
    if said is None:
        return None
    stops = tuple(FocusStop(number, name, seen) for number, name, seen in said["stops"])
    return Focus(stops, said["complete"])


def _loaded(image: list[Any], sight: Sight, site: Site | None) -> bool | None:
    """Whether a picture is shown: False only where its server answered, and not with a picture that can be shown."""
    _, url, width, _, complete, rooted = image
    if width:
        return True
    answer = sight.answers.get(url.partition("#")[0])
    if complete is False:  # still coming, or never asked for
        return None
    if url.startswith("data:"):
        return False if complete else None
    if answer is None or answer.status is None or answer.blocked:
        return None
    if complete is None:  # a button's picture: the DOM does not say
        return answer.status < 400 and not answer.error
    if site is not None and url.startswith(ORIGIN) and answer.status == 404:
        return False if _held(url, rooted, sight, site) else None
    return None if answer.error else False


def _held(url: str, rooted: bool, sight: Sight, site: Site) -> bool:
    """Whether the folder would hold a file if the site has it. The file alone of a saved page holds none of the page's
    files; no folder need hold what the rest of the site has (an address from the root, outside of what is published).
    """
    beside = any(
        request.url.startswith(ORIGIN) and request.outcome == "loaded" for request in sight.requests
    )
    published = site.public and site.prefix != "/" and site.published(url)
    return beside and (not rooted or bool(published))


def _missing(
    sight: Sight, look: dict[str, Any], options: Options, site: Site | None
) -> Iterator[Missing]:
    if site is not None:
        yield from unserved()
    elif urlsplit(sight.url).scheme != "https":
        yield Missing(Need.TLS, Cause.OUT_OF_REACH, "the page is not on https")
    elif options.insecure:
        reason = "--insecure: the server's certificate was not verified"
        yield Missing(Need.TLS, Cause.OUT_OF_REACH, reason)
    if isinstance(sight.axe, str):
        yield Missing(Need.AXE, Cause.BROKEN, sight.axe)
        return
    for frame in look["frames"]:
        if frame["html"] is None and frame["drawn"]:
            reason = "a frame of another site, which axe cannot enter"
            yield Missing(Need.AXE, Cause.OUT_OF_REACH, reason, frame["url"] or "a frame")
    if look["closed"]:
        reason = f"{len(look['closed'])} closed shadow roots, which axe cannot enter"
        yield Missing(Need.AXE, Cause.OUT_OF_REACH, reason, "closed shadow roots")
