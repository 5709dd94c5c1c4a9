"""Pages as HTML: the templates of ``reports/dashboard``, the style and the script as files of their own, the content
policy. Whatever a report or a page of the site can say is escaped, bounded and cleared of control characters."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from checker import __version__, _data
from checker.dashboard import charts, dates
from checker.dashboard.desk import Desk, Shown
from checker.dashboard.places import VIEWS, Links
from checker.history import statement
from checker.outputs import _words

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'"
)
"""What a page may load: its own style and script, nothing else; scripts and styles in the page do not run."""
_ABOVE = {"page": "pages", "rule": "rules", "fault": "faults", "run": "runs"}
KINDS = {"error": "Error", "warning": "Warning", "advice": "Advice", "review": "To review"}


@dataclass(frozen=True)
class Assets:
    """The style sheet and the script; names change with the bytes, so that they may be kept for ever."""

    files: Mapping[str, bytes]
    names: tuple[str, str]


@cache
def assets() -> Assets:
    """Those of this presscheck. The style begins with the HTML report's, whose colours and parts it shares."""
    folder = _data.folder("reports")
    parts = ("html/report.css", "dashboard/dashboard.css")
    style = b"\n".join((folder / part).read_bytes() for part in parts)
    script = (folder / "dashboard/dashboard.js").read_bytes()
    made = {f"dashboard-{hashlib.sha256(body).hexdigest()[:12]}.{kind}": body
            for kind, body in (("css", style), ("js", script))}  # fmt: skip
    style_name, script_name = made
    return Assets(made, (style_name, script_name))


@dataclass(frozen=True)
class Frame:
    """What stands around a page: its path, whether a server answers it, where its list goes on."""

    path: str
    live: bool
    turn: Callable[[str], str] = lambda place: ""
    first: str = ""


def of_site(desk: Desk, shown: Shown, frame: Frame) -> str:
    """A page of a site."""
    links = Links.of(frame.path, desk.site.name, assets().names)
    view = frame.path.rpartition("/")[2].removesuffix(".html")
    return _page(
        shown,
        frame,
        links,
        desk=desk,
        site=desk.site,
        statement=desk.statement,
        here=view if frame.path.count("/") == 2 else "",
        below=_ABOVE.get(frame.path.split("/")[2], ""),
        as_of=desk.today,
    )


def of_sites(desks: Sequence[Desk], shown: Shown, frame: Frame, today: str) -> str:
    """The list of sites, and what is said where no site is."""
    links = Links.of(frame.path, assets=assets().names)
    around = {"statement": statement.LIMITS, "here": "", "below": "", "as_of": today}
    return _page(shown, frame, links, desks=desks, site=None, **around)


def _page(shown: Shown, frame: Frame, links: Links, **more: Any) -> str:
    template = _environment().get_template(f"dashboard/{shown.template}.html")
    return template.render(
        title=_words.line(shown.title, 160) or "(no title)",
        next=frame.turn(shown.next) if shown.next else "",
        first=frame.first,
        chosen=shown.chosen,
        live=frame.live,
        links=links,
        policy=POLICY,
        **{"first_part": True, **shown.values},
        **more,
    )


def kind(row: Any) -> str:
    """error, warning, advice or review: what a finding weighs."""
    return "review" if row.verdict == "review" else row.severity if row.severity in KINDS else "advice"  # fmt: skip


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_data.folder("reports")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clip": _words.clip,
        "line": _words.line,
        "visible": _words.visible,
        "link": _words.link,
        "many": _words.many,
        "when": _words.when,
        "day": dates.day,
        "short": dates.short,
        "age": dates.age,
        "kind": kind,
        "words": lambda name: _words.line(name, 60).replace("-", " "),
    }
    environment.globals |= {
        "KINDS": KINDS,
        "VIEWS": VIEWS,
        "STATUSES": _words.STATUSES,
        "AUTHORITIES": {each.value: words for each, words in _words.AUTHORITIES.items()},
        "VERSION": __version__,
        "WIDTH": charts.WIDTH,
        "HEIGHT": charts.HEIGHT,
        "LEFT": charts.LEFT,
        "RIGHT": charts.RIGHT,
    }
    return environment
