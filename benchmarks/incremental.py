"""The proof of ``--axe incremental``: every page is examined whole and incrementally, and the results are compared.

``python -m benchmarks.incremental generated PAGES`` takes the generated site of one template;
``python -m benchmarks.incremental saved FOLDER PAGES`` makes a site of so many pages out of each HTML file in the
folder (see ``varied``), once for each of its skins. Both runs of a page see the same document, in turns one and the
other first. What must be equal: every element that failed or needs review, with selector, markup and reason, in order,
and how many passed, by rule. Times are the processor's, of the page's thread. Exits 1 where anything differs.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import site, varied
from benchmarks.server import serving
from checker.loading import browser_start
from checker.loading.axe import BUNDLED, Axe, AxeFailed
from checker.loading.axe_incremental import IncrementalAxe
from checker.loading.axe_store import Parts
from checker.loading.browser_tab import Tab
from checker.loading.options import Options

_LOADED = (
    "document.readyState === 'complete' && "
    "[...document.images].every((one) => one.complete || one.loading === 'lazy')"
)


@dataclass
class Tally:
    """What was compared. Times are seconds."""

    pages: int = 0
    known: int = 0
    whole: int = 0
    findings: int = 0
    passed: int = 0
    differences: list[str] = field(default_factory=list)
    full: float = 0.0
    incremental: float = 0.0

    def __str__(self) -> str:
        ratio = self.full / self.incremental if self.incremental else 0.0
        return (
            f"{self.pages} pages ({self.known} with known parts, {self.whole} examined whole),"
            f" {self.findings} findings, {self.passed} passes, {len(self.differences)} differences;"
            f" axe {self.full:.1f} s full, {self.incremental:.1f} s incremental: {ratio:.2f} times"
        )


def facts(raw: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """All that a report may tell of axe's result, by kind and rule."""
    told: dict[tuple[str, str], Any] = {}
    for kind in ("violations", "incomplete"):
        for rule in raw[kind]:
            nodes = [
                (node["target"], node["html"], node["failureSummary"]) for node in rule["nodes"]
            ]
            told[kind, rule["id"]] = (rule["count"], rule["impact"], nodes)
    told |= {("passes", rule["id"]): rule["count"] for rule in raw["passes"]}
    told |= {("inapplicable", rule["id"]): 0 for rule in raw["inapplicable"]}
    return told


class Pair:
    """Two engines in one window: one that examines all, one that remembers."""

    def __init__(self, driver: Any, script: Path | str = BUNDLED) -> None:
        self.tab = Tab(driver, Options().viewport)
        self._driver = driver
        self._full = Axe(driver, script)
        self.incremental = IncrementalAxe(driver, script, parts=Parts())
        self._full.prepare()
        driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})

    def look(
        self, address: str, whole_first: bool
    ) -> tuple[dict[bool, dict[tuple[str, str], Any]], dict[bool, float]]:
        """What both say of the page, and the seconds that it took them: True for the one that remembers."""
        self.tab.go(address)
        end = time.monotonic() + 20
        while not self._driver.execute_script(f"return location.href === {address!r} && {_LOADED}"):
            if time.monotonic() > end:
                raise TimeoutError(address)
            time.sleep(0.05)
        self._full.inject()
        engines = [self._full, self.incremental]
        said: dict[bool, Any] = {}
        spent: dict[bool, float] = {}
        for engine in engines if whole_first else reversed(engines):
            mine = engine is self.incremental
            before = self._busy()
            try:
                said[mine] = facts(engine.run())
            except AxeFailed as error:
                said[mine] = {("failed", str(error)): 1}
            spent[mine] = self._busy() - before
        return said, spent

    def compare(self, address: str, tally: Tally) -> None:
        """Examine the page both ways, in turns one and the other first."""
        said, spent = self.look(address, bool(tally.pages % 2))
        self._count(address, said[False], said[True], tally)
        if tally.pages > 1:  # the first page of a template is examined whole
            tally.full += spent[False]
            tally.incremental += spent[True]

    def _busy(self) -> float:
        metrics = self._driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))

    def _count(
        self, address: str, full: dict[Any, Any], mine: dict[Any, Any], tally: Tally
    ) -> None:
        tally.pages += 1
        saved = self.incremental.saved
        tally.known += bool(saved and saved.parts)
        tally.whole += bool(saved and saved.whole)
        tally.findings += sum(
            value[0] for key, value in full.items() if key[0] in ("violations", "incomplete")
        )
        tally.passed += sum(value for key, value in full.items() if key[0] == "passes")
        for key in sorted(full.keys() | mine.keys()):
            if full.get(key) != mine.get(key):
                tally.differences.append(
                    f"{address} {key}: {full.get(key)} / {mine.get(key)}"[:700]
                )


def compared(folder: Path, pages: list[str], script: Path | str = BUNDLED) -> Tally:
    """The pages of the folder, examined both ways with one store."""
    tally = Tally()
    driver = browser_start.start(Options(), "127.0.0.1:1", frozenset())
    try:
        with serving(folder) as origin:
            pair = Pair(driver, script)
            for number, page in enumerate(pages):
                if number % 20 == 0:
                    print(f"{number}: {tally}", file=sys.stderr, flush=True)
                pair.tab.fresh({origin}, ())
                pair.compare(f"{origin}/{page}", tally)
    finally:
        browser_start.stop(driver)
    return tally


def _sites(arguments: list[str], folder: Path) -> Iterator[tuple[str, list[str]]]:
    match arguments:
        case ["generated", pages]:
            yield (
                "generated",
                [path.relative_to(folder).as_posix() for path in site.write(folder, int(pages))],
            )
        case ["saved", source, pages]:
            for file in sorted(Path(source).rglob("*.html")):
                html = file.read_text("utf-8", "replace")
                for number, skin in enumerate(varied.SKINS):
                    names = []
                    for row, page in enumerate(varied.site(html, int(pages), file.name, skin)):
                        names.append(f"{file.stem[:40]}-{number}-{row}.html")
                        (folder / names[-1]).write_text(page, "utf-8")
                    yield f"{file.stem[:60]}, skin {number}", names
        case _:
            raise SystemExit(__doc__)


def main() -> None:
    """``AXE_SCRIPT`` in the environment names another engine than the bundled one."""
    differences = 0
    script = os.environ.get("AXE_SCRIPT", "") or BUNDLED
    with TemporaryDirectory() as made:
        for name, pages in _sites(sys.argv[1:], Path(made)):
            tally = compared(Path(made), pages, script)
            differences += len(tally.differences)
            print(f"{name}: {tally}", flush=True)
            for one in tally.differences[:10]:
                print(f"  {one}")
    sys.exit(bool(differences))


if __name__ == "__main__":
    main()
