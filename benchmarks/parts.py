"""The parts of the benchmark. Each is one run: its tools take turns, round by round."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import peers, server, site, tools
from benchmarks.measure import run
from benchmarks.table import SPEEDS, Part, Row, Target, ratio, speeds

_HTML = (".html", ".htm", ".xhtml")


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    rounds: int
    static: int
    build: int
    rendered: int
    lighthouse: int
    incremental: int
    memory: tuple[int, int]
    memory_rendered: int


QUICK = Sizes(3, 30, 120, 8, 1, 24, (100, 1000), 60)
FULL = Sizes(5, 130, 500, 30, 2, 200, (100, 10_000), 1000)


def rounds(wanted: Sequence[tools.Tool], pages: Sequence[str], number: int) -> list[Row]:
    """Each tool in turn on the pages, so many times."""
    rows = [Row(tool.name, missing=tool.missing) for tool in wanted]
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(number):
            for tool, row in zip(wanted, rows, strict=True):
                if not tool.missing:
                    _turn(tool, row, pages, Path(folder))
                    print(
                        f"  {turn + 1}/{number} {row.name}: {row.rates[-1]:.2f} pages/s", flush=True
                    )
    return rows


def _turn(tool: tools.Tool, row: Row, pages: Sequence[str], folder: Path) -> None:
    given = pages[: tool.most] if tool.most else pages
    ran = tool.run(given, folder)
    lost = len(given) if ran.code is None else tool.lost(ran, folder, len(given))
    done = len(given) - (lost or 0)
    row.pages = len(given)
    row.rates.append(done / ran.seconds)
    row.peak = max(row.peak, ran.peak)
    row.lost = None if lost is None or row.lost is None else max(row.lost, lost)
    if lost:
        print(f"  {row.name}: {lost} lost: {ran.told.strip()[-300:]}", file=sys.stderr)


def static(sizes: Sizes, saved: Path | None = None) -> Part:
    """Files without a browser: presscheck, and its peers, one process each."""
    found = peers.install()
    pages = _saved(saved)[: sizes.static] if saved else site_files(sizes.static)
    wanted = [
        tools.static("presscheck, one process", 1),
        tools.static("presscheck, two processes", 2),
        tools.html_validate("a11y", found["html-validate"]),
        tools.html_validate("recommended", found["html-validate"]),
        tools.python_peer(found["wcag-checker"]),
        tools.python_peer(found["a11y-ad"]),
    ]
    rows = rounds(wanted, pages, sizes.rounds)
    many = _saved(saved) if saved else site_files(sizes.build)
    more = [
        tools.static("presscheck, one process", 1),
        tools.static("presscheck, two processes", 2),
        tools.ours("building the documents, and no more", "benchmarks.build"),
    ]
    large = rounds(more, many, sizes.rounds)
    one = rows[0]
    building = ratio(large[2], large[0])
    where = f"{len(pages)} saved pages" if saved else f"{len(pages)} pages of the generated site"
    return Part(
        f"Static: {'saved pages' if saved else 'the generated site'}",
        f"Whole processes, start included, on {where} (the lower rows on {len(many)}); {sizes.rounds} rounds, medians.",
        SPEEDS,
        [*speeds(rows, one), *speeds(large, large[0])],
        [
            Target("one process: times html-validate `a11y`", ratio(one, rows[2]), 5),
            Target("one process: times html-validate `recommended`", ratio(one, rows[3]), 20),
            Target("one process: time beside building the documents", building, 2, most=True),
            Target("two processes: times one", ratio(large[1], large[0]), 1.8),
        ],
        ["a11y-ad judges accessible names only." if not found["a11y-ad"].missing else ""],
    )


def static_saved(sizes: Sizes) -> Part:
    """The same on saved pages that anyone can have."""
    peers.install()
    return static(sizes, peers.PAGES)


def rendered(sizes: Sizes, saved: Path | None = None) -> Part:
    """In browsers: the floor, presscheck, and peers."""
    found = peers.install()
    folder = saved or site_folder(sizes.rendered)
    with server.serving(folder) as origin:
        pages = addresses(origin, folder, sizes.rendered, generated=saved is None)
        wanted = [
            tools.rendered("presscheck, two browsers, every default", 2),
            tools.rendered("the same, HTML report and its pictures as well", 2, html=True),
            tools.rendered("presscheck, two browsers, without its own probes", 2, bare=True),
            tools.ours("floor: load, two browsers", "benchmarks.floor", "load", "2"),
            tools.ours("floor: load, quiet, axe.run, two browsers", "benchmarks.floor", "axe", "2"),
            tools.pa11y(found["pa11y-ci"], 2, contexts=True),
            tools.pa11y(found["pa11y-ci"], 2, contexts=False),
            tools.lighthouse(found["lighthouse"], sizes.lighthouse),
        ]
        rows = rounds(wanted, pages, sizes.rounds)
    whole, pictured, bare, _, floor, comes, pa11y, lighthouse = rows
    return Part(
        f"Rendered: {'saved pages' if saved else 'the generated site'}",
        f"Whole commands on {len(pages)} pages from a server on loopback, the same Chromium for all; "
        f"{sizes.rounds} rounds, medians. Lighthouse gets {lighthouse.pages}.",
        SPEEDS,
        speeds(rows, whole),
        [
            Target("without its own probes: of the floor with axe", ratio(bare, floor), 0.9),
            Target("every default: of the floor with axe", ratio(whole, floor), 0.9),
            Target("with the HTML report's pictures: of the floor", ratio(pictured, floor), 0.9),
            Target("without its own probes: times pa11y-ci as it comes", ratio(bare, comes), 2.5),
            Target("every default: times pa11y-ci as it comes", ratio(whole, comes), 2.5),
            Target("without its own probes: times pa11y-ci, one context", ratio(bare, pa11y), 2.5),
            Target("every default: times pa11y-ci, one context", ratio(whole, pa11y), 2.5),
            Target("without its own probes: times Lighthouse", ratio(bare, lighthouse), 15),
            Target("every default: times Lighthouse", ratio(whole, lighthouse), 15),
        ],
    )


def incremental(sizes: Sizes) -> Part:
    """``--axe incremental`` on a site of one template, beside the floor of examining every page."""
    folder = site_folder(sizes.incremental)
    why = "" if tools.knows("--axe", "incremental") else "this presscheck has no --axe incremental"
    with server.serving(folder) as origin:
        pages = addresses(origin, folder, sizes.incremental)
        more = tools.rendered("presscheck, two browsers, incremental", 2, "--axe", "incremental")
        bare = tools.rendered(
            "presscheck, two browsers, incremental, without its own probes",
            *(2, "--axe", "incremental"),
            bare=True,
        )
        wanted = [
            tools.Tool(more.name, more.run, more.lost, missing=why),
            tools.Tool(bare.name, bare.run, bare.lost, missing=why),
            tools.ours("floor: load, quiet, axe.run, two browsers", "benchmarks.floor", "axe", "2"),
        ]
        rows = rounds(wanted, pages, min(sizes.rounds, 3))
    return Part(
        "Incremental",
        f"{len(pages)} pages of one template, {min(sizes.rounds, 3)} rounds, medians.",
        SPEEDS,
        speeds(rows, rows[0]),
        [
            Target("incremental: times the floor with full axe", ratio(rows[0], rows[2]), 2),
            Target("the same without its own probes", ratio(rows[1], rows[2]), 2),
        ],
    )


def start(sizes: Sizes) -> Part:
    """How long a command takes that does nothing."""
    commands = {
        "`presscheck --version`": [tools.PYTHON.parent / "presscheck", "--version"],
        '`python -c "import click"`': [tools.PYTHON, "-c", "import click"],
    }
    rows = {name: Row(name, pages=1) for name in commands}
    for _ in range(sizes.rounds * 3):
        for name, command in commands.items():
            rows[name].rates.append(1 / run(command, 60, every=60).seconds)
    ours, plain = rows.values()
    return Part(
        "Start",
        f"{sizes.rounds * 3} starts each, taking turns.",
        ("command", "ms"),
        [(row.name, f"{1000 / row.rate:.0f}") for row in rows.values()],
        [Target('`--version`: times `python -c "import click"`', ratio(plain, ours), 3, most=True)],
    )


def site_folder(number: int) -> Path:
    """The site with so many pages, made where it is not there yet."""
    folder = peers.HOME / f"site-{number}"
    folder.mkdir(parents=True, exist_ok=True)
    site.write(folder, number)
    return folder


def site_files(number: int) -> list[str]:
    """The paths of the site's so many pages."""
    return [str(path) for path in site.write(site_folder(number), number)]


def _saved(folder: Path) -> list[str]:
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _HTML)
    if not found:
        raise SystemExit(f"{folder} has no saved pages (*{', *'.join(_HTML)})")
    return [str(path) for path in found]


def addresses(origin: str, folder: Path, number: int, *, generated: bool = True) -> list[str]:
    """The addresses of so many pages of a folder that is served: the generated site's, else those that are found."""
    if generated:
        return [origin + site.address(row) for row in range(number)]
    paths = [Path(path).relative_to(folder).as_posix() for path in _saved(folder)]
    return [f"{origin}/{path}" for path in paths][:number]
