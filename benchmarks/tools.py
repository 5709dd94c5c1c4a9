"""How each tool is run on the same pages, and how many of them it lost."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import peers
from benchmarks.measure import ROOT, Ran, run
from checker.loading import browser_start

PYTHON = Path(sys.executable)
_PUBLIC = "https://www.example.mil/"


@dataclass(frozen=True)
class Tool:
    """A row of a table. ``run`` runs it on pages (files or addresses), ``lost`` counts those that it gave no result
    for (None: it does not say). ``most`` pages at most are given to it; ``missing`` says why it cannot be run."""

    name: str
    run: Callable[[Sequence[str], Path], Ran]
    lost: Callable[[Ran, Path, int], int | None] = lambda ran, folder, given: None
    most: int | None = None
    missing: str = ""


def listed(pages: Sequence[str], folder: Path) -> Path:
    """A file with the pages, one a line."""
    path = folder / "pages.txt"
    path.write_text("".join(f"{page}\n" for page in pages), encoding="utf-8")
    return path


def presscheck(
    name: str, *options: str, module: str = "checker", html: bool = False, every: float = 0.5
) -> Tool:
    """presscheck with options; its reports are written as JSON, with ``html`` as HTML too. Its memory is looked at
    ``every`` so many seconds."""

    def ran(pages: Sequence[str], folder: Path) -> Ran:
        report = folder / "report.json"
        report.unlink(missing_ok=True)
        command = [PYTHON, "-m", module, "audit", f"@{listed(pages, folder)}", *options]
        command += ["--html", str(folder / "report.html")] if html else []
        return run([*command, "--fail-on", "never", "--json", report], 7200, every=every)

    def lost(ran: Ran, folder: Path, given: int) -> int | None:
        report = folder / "report.json"
        if not report.is_file():
            return given
        counts = json.loads(report.read_text("utf-8"))["counts"]
        return int(counts["pages_not_tested"]) + given - int(counts["pages"])

    return Tool(name, ran, lost)


def static(name: str, jobs: int, *more: str, every: float = 0.5) -> Tool:
    """presscheck's whole static catalogue."""
    chosen = ("--render", "never", "--jobs", str(jobs), "--public-url", _PUBLIC)
    return presscheck(name, *chosen, *more, every=every)


def rendered(name: str, jobs: int, *more: str, bare: bool = False, html: bool = False) -> Tool:
    """presscheck in browsers; every default on, but for ``bare``. With ``html`` it writes the HTML report as well, for
    which it takes pictures."""
    module = "benchmarks.bare" if bare else "checker"
    return presscheck(
        name, "--render", "always", "--jobs", str(jobs), *more, module=module, html=html
    )


def knows(option: str, word: str) -> bool:
    """Whether ``presscheck audit`` has such an option with such a value."""
    told = run([PYTHON, "-m", "checker", "audit", "--help"], 60).out
    return bool(re.search(rf"{re.escape(option)}\b[^-]*\b{re.escape(word)}\b", told))


def ours(name: str, module: str, *arguments: str) -> Tool:
    """A script of this folder that takes a list of pages last and prints how many are done, or JSON that says it."""

    def ran(pages: Sequence[str], folder: Path) -> Ran:
        return run([PYTHON, "-m", module, *arguments, listed(pages, folder)], 7200)

    def lost(ran: Ran, folder: Path, given: int) -> int:
        try:
            said = json.loads(ran.out)
        except ValueError:
            return given
        return given - int(said["done"] if isinstance(said, dict) else said)

    return Tool(name, ran, lost)


def html_validate(preset: str, peer: peers.Peer) -> Tool:
    """html-validate with a preset."""

    def ran(pages: Sequence[str], folder: Path) -> Ran:
        report = f"json={folder / 'html-validate.json'}"
        tool = peers.tool("html-validate")
        return run([tool, "--preset", preset, "--formatter", report, *pages], 3600)

    def lost(ran: Ran, folder: Path, given: int) -> int:
        return 0 if ran.code in (0, 1) else given

    return Tool(f"html-validate {peer.version} `{preset}`", ran, lost, missing=peer.missing)


def python_peer(peer: peers.Peer) -> Tool:
    """A Python peer in its own environment."""

    def ran(pages: Sequence[str], folder: Path) -> Ran:
        home = peers.PYTHON / "bin"
        if peer.name == "a11y-ad":
            return run([home / "a11y-ad", "--json", *pages], 3600)
        script = ROOT / "benchmarks" / "wcag_checker_peer.py"
        return run([home / "python", script, listed(pages, folder)], 3600, cwd=folder)

    def lost(ran: Ran, folder: Path, given: int) -> int:
        return 0 if ran.code in (0, 1) and ran.out.strip() else given

    return Tool(f"{peer.name} {peer.version}", ran, lost, missing=peer.missing)


def pa11y(peer: peers.Peer, concurrency: int, *, contexts: bool) -> Tool:
    """pa11y-ci with axe's rules, in the same Chromium. With ``contexts`` as it comes: a browser context for each
    page, which its jobs keep in one place, so that one closes what another loads. Without: one for all."""

    def ran(pages: Sequence[str], folder: Path) -> Ran:
        settings: dict[str, object] = {
            "runners": ["axe"],
            "concurrency": concurrency,
            "chromeLaunchConfig": {"executablePath": _browser(), "args": _flags()},
        }
        if not contexts:
            settings["useIncognitoBrowserContext"] = False
        config = folder / "pa11yci.json"
        config.write_text(json.dumps({"defaults": settings, "urls": list(pages)}), "utf-8")
        command = [peers.tool("pa11y-ci"), "--config", config, "--json"]
        return run(command, 3600, env={"PUPPETEER_EXECUTABLE_PATH": _browser()})

    def lost(ran: Ran, folder: Path, given: int) -> int:
        try:
            results = json.loads(ran.out)["results"]
        except (ValueError, KeyError):
            return given
        fine = (found for found in results.values() if all("code" in one for one in found))
        return given - sum(1 for _ in fine)

    how = "as it comes" if contexts else "one context"
    name = f"pa11y-ci {peer.version}, axe runner, concurrency {concurrency}, {how}"
    return Tool(name, ran, lost, missing=peer.missing)


def lighthouse(peer: peers.Peer, most: int) -> Tool:
    """Lighthouse, its accessibility category alone, one page after the other as its command line does."""

    def ran(pages: Sequence[str], folder: Path) -> Ran:
        env = {"CHROME_PATH": _browser()}
        whole: Ran | None = None
        for number, page in enumerate(pages):
            report = folder / f"lighthouse-{number}.json"
            report.unlink(missing_ok=True)
            command = [peers.tool("lighthouse"), page, "--only-categories=accessibility", "--quiet"]
            # As fast as it can be: no slow network, and no picture of the page, which the score does not need.
            command += ["--throttling-method=provided", "--disable-full-page-screenshot"]
            command += ["--output=json", f"--output-path={report}"]
            command += [f"--chrome-flags={' '.join(['--headless=new', *_flags()])}"]
            one = run(command, 300, env=env)
            whole = _after(whole, one) if whole else one
        assert whole is not None
        return whole

    def lost(ran: Ran, folder: Path, given: int) -> int:
        return sum(not _scored(folder / f"lighthouse-{number}.json") for number in range(given))

    name = f"Lighthouse {peer.version}, accessibility only"
    return Tool(name, ran, lost, most=most, missing=peer.missing)


def _after(first: Ran, then: Ran) -> Ran:
    return replace(
        then,
        seconds=first.seconds + then.seconds,
        code=first.code or then.code,
        series=[*first.series, *((first.seconds + at, mb) for at, mb in then.series)],
    )


def _scored(report: Path) -> bool:
    if not report.is_file():
        return False
    said = json.loads(report.read_text("utf-8"))
    return said["categories"]["accessibility"]["score"] is not None


def _browser() -> str:
    return browser_start.find()[0]


def _flags() -> list[str]:
    return ["--no-sandbox"] if os.geteuid() == 0 else []
