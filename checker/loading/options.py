"""What a user may say of how pages are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from checker.page import Problem

if TYPE_CHECKING:
    from checker.loading.fetch import Answer


class Render(StrEnum):
    """Whether a browser renders the pages: if there is one, always (its lack is broken), never."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Extent(StrEnum):
    """What axe examines: every page whole, or of each page what those before it in the run did not have."""

    FULL = "full"
    INCREMENTAL = "incremental"


@dataclass(frozen=True)
class Options:
    """How pages are loaded. Times are seconds.

    ``timeout`` bounds the navigation, ``settle`` the wait for a quiet page, ``script_timeout`` axe and our scripts.
    ``public_url`` is the address under which the targets' folder will be published. ``http_port`` is where a server
    answers plain http (80 but in tests). ``browser_memory`` is how much a browser may take, in MiB: one that takes
    more is ended, one that a page left with more than half of it is replaced. ``grid`` is the address of a Selenium
    Grid whose browsers are used; ``serve_at`` the name or address of this machine by which they reach it, for local
    files. ``pictures`` says whether a browser takes any.
    """

    render: Render = Render.AUTO
    viewport: tuple[int, int] = (1350, 940)
    timeout: float = 30.0
    settle: float = 5.0
    script_timeout: float = 60.0
    retries: int = 1
    public_url: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    cookie_file: Path | None = None
    basic_auth: tuple[str, str] | None = None
    ca_file: Path | None = None
    client_cert: Path | None = None
    insecure: bool = False
    axe_script: Path | None = None
    axe: Extent = Extent.FULL
    http_port: int = 80
    browser_memory: int = 2048
    grid: str = ""
    serve_at: str = ""
    pictures: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """One page that was asked for: a local file (``path``, below the site's ``root``), an address (``url``), or HTML
    from standard input (``html``). ``text`` is what the user sees of it in every report, without secrets; ``address``
    the public address of this one page, where the folder's (``Options.public_url``) does not say it. One with a
    ``problem`` is not to be loaded: it is told with its reason. ``answer`` is what its server sent where that is known
    already; ``source_path`` its file relative to where the command runs, where that was found
    out already; ``archived`` says when, for an answer out of an archive, whose server nobody asks."""

    text: str
    url: str = ""
    path: Path | None = None
    root: Path | None = None
    html: bytes | None = None
    address: str = ""
    problem: Problem | None = None
    answer: Answer | None = None
    archived: str = ""
    source_path: str = ""
