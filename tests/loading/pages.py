"""A page for tests of what must reach every part of one."""

from __future__ import annotations

from checker.page import (
    AxeNode,
    AxeResult,
    AxeRule,
    Hop,
    Missing,
    Mode,
    Need,
    Page,
    Picture,
    Problem,
    Request,
    Tls,
    Trouble,
)
from checker.rendering import (
    AutoplayFacts,
    Background,
    ChangingText,
    CutText,
    Frame,
    ImageFacts,
    Rendering,
    Zoomed,
)
from checker.verdict import Cause, Verdict


def everywhere(text: str) -> Page:
    """A page in which a text stands wherever texts stand."""
    node = AxeNode(Verdict.FAIL, text, text, text)
    return Page(
        target=text,
        url=text,
        mode=Mode.RENDERED,
        html=text,
        loaded_at="2026-11-24T12:00:00Z",
        final_url=text,
        redirects=(Hop(text, 302, text),),
        status=200,
        headers=((text, text),),
        tls=Tls(text, text, text, text, (text,), text, text, True),
        probe=Hop(text, 301, text),
        source=text,
        source_path=text,
        requests=(Request(text, "script", "failed", error=text),),
        rendering=Rendering(
            text,
            (1, 2),
            ((1, 2, 3, 4),),
            frozenset({1}),
            images=(ImageFacts(1, text, 1, 1, True),),
            backgrounds=(Background(1, text),),
            frames=(Frame(1, text, text),),
            autoplay=(AutoplayFacts(1, text, 4.5, 4, False, False, False, True),),
            changing=(ChangingText(1, 3, 3, 2.5, True, text, False),),
            zoomed=Zoomed(1, (CutText(1, 1, "width", text, False, False),)),
        ),
        axe=AxeResult(text, (AxeRule("a", text, text, text, text, (text,), (node,)),)),
        missing=(Missing(Need.AXE, Cause.BROKEN, text, text),),
        problem=Problem(Trouble.BROWSER, text),
        notes=(text,),
        pictures=(Picture(1, "image/png", 1, 1, b"\x89PNG"),),
    )
