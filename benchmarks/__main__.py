"""``python -m benchmarks [PART...] [--full] [--saved FOLDER]``: run the benchmark, print its tables, and put them into
docs/benchmarks.md with the date, the machine and the versions."""

from __future__ import annotations

import argparse
import os
import platform
import sysconfig
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import memory, parts, peers, scale, table, where
from benchmarks.measure import run
from checker import __version__
from checker.loading import browser_start

PARTS: dict[str, Callable[[parts.Sizes], table.Part]] = {
    "static": parts.static,
    "static-saved": parts.static_saved,
    "rendered": parts.rendered,
    "where": where.where,
    "incremental": parts.incremental,
    "memory": memory.memory,
    "memory-archive": memory.memory_archive,
    "memory-rendered": memory.memory_rendered,
    "start": parts.start,
}
ASKED = ("memory-archive", "memory-rendered")
"""Parts that are run only where they are asked for by name."""


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument(
        "part", nargs="*", choices=[*PARTS, []], help="all but the longest ones if none"
    )
    asked.add_argument(
        "--full", action="store_true", help="the sizes of the targets: an hour and more"
    )
    asked.add_argument(
        "--saved",
        type=Path,
        metavar="FOLDER",
        help="saved pages, in place of the known ones",
    )
    asked.add_argument("--rounds", type=int, help="instead of 3 (quick) or 5 (full)")
    asked.add_argument("--no-doc", action="store_true", help="only print")
    given = asked.parse_args()
    sizes = parts.FULL if given.full else parts.QUICK
    if given.rounds:
        sizes = replace(sizes, rounds=given.rounds)
    for name in given.part or [one for one in PARTS if one not in ASKED]:
        measure = PARTS[name]
        if given.saved and name == "static-saved":
            measure = partial(parts.static, saved=given.saved)
        _tell(name, partial(measure, sizes), given)
        if given.saved and name == "rendered":
            _tell(f"{name}-saved", partial(parts.rendered, sizes, given.saved), given)


def _tell(name: str, measure: Callable[[], table.Part], given: argparse.Namespace) -> None:
    print(f"{name} …", flush=True)
    kind = "full" if given.full else "quick"
    text = f"{measure().markdown()}\n{stamp(kind)}\n"
    print(text, flush=True)
    if not given.no_doc:
        table.keep(name, text)
        scale.write()


def stamp(kind: str) -> str:
    """When, on what and with which versions, in one line."""
    day = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    commit = run(["git", "rev-parse", "--short", "HEAD"], 30).out.strip() or "no commit"
    browser = run([browser_start.find()[0], "--version"], 60).out.strip()
    node = run(["node", "--version"], 60).out.strip() if peers.tool("pa11y-ci").exists() else "none"
    load = os.getloadavg()[0]
    return (
        f"*Measured {day} ({kind}), presscheck {__version__} at {commit}, {python(sysconfig.get_config_vars())}, "
        f"Node {node}, {browser}; {os.cpu_count()} cores, load {load:.1f} at the end.*"
    )


def python(build: Mapping[str, Any]) -> str:
    """This Python's name and version, and whether it was built without profile-guided optimisation, as far as
    ``build``, its variables of sysconfig, tell."""
    name = f"Python {platform.python_version()}"
    options = build.get("CONFIG_ARGS")
    # Debian's is built with it and without the option; the flag that it was built with is emptied afterwards.
    emptied = build.get("PGO_PROF_GEN_FLAG") and not build.get("PGO_PROF_USE_FLAG")
    profiled = emptied or "-fprofile-use" in (build.get("PY_CFLAGS") or "")
    if options is None or "--enable-optimizations" in options or profiled:
        return name
    return f"{name} (built without optimisations)"


if __name__ == "__main__":
    main()
