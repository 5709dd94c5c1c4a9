"""axe on what a page does not share with those before it (``--axe incremental``, see docs/incremental.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome

from checker.loading.axe import BUNDLED, Axe, AxeFailed
from checker.loading.axe_store import Found, Part, Parts
from checker.loading.browser_world import ScriptFailed, call, call_all

LEAST = 4
"""Elements of the smallest part."""
_KNOWN_GRIDS = frozenset(
    {
        "b511cd9dec01c76f4b2ad1723b66b6db37d4c2eb4ed199076e1829d9ee7b75e3",
        "fa064bfdd78baadd4b6bfacaf52b7f53337359ae1ca3bd72193e48d3b16e66e1",
    }
)
"""SHA-256 of engines whose grid is as ``axe_grid.js`` has it: axe-core 4.10.2, minified and not."""


@dataclass(frozen=True)
class Saved:
    """How much of a page was known. ``texts`` look like texts before, in known parts or elsewhere; ``whole`` says why
    axe examined all of it."""

    parts: int = 0
    elements: int = 0
    of: int = 0
    texts: int = 0
    whole: str = ""

    def __str__(self) -> str:
        if self.whole:
            return f"axe examined the whole page, though incremental: {self.whole}"
        return (
            f"axe was incremental: {self.parts} parts of the page, {self.elements} of its {self.of} elements,"
            f" are as on pages before; {self.texts} texts look like texts before"
        )


class IncrementalAxe(Axe):
    """Gives what ``Axe`` gives, and examines of a page's known parts only what did not pass; the rules that look
    further than a part (all but those of ``axe_local.json``) always run on the whole page."""

    def __init__(
        self,
        selenium: Chrome,
        script_url: Path | str = BUNDLED,
        limit: float = 60.0,
        parts: Parts | None = None,
    ) -> None:
        """``parts`` are what the run has seen; the rest is as for ``Axe``."""
        super().__init__(selenium, script_url, limit)
        self._parts = parts or Parts()
        self.saved: Saved | None = None
        digest = hashlib.sha256(self.source.encode("utf-8")).hexdigest()
        self._known_grid = digest in _KNOWN_GRIDS

    def notes(self) -> Iterable[str]:
        """How much of the page was known, or why all of it was examined."""
        return () if self.saved is None else (str(self.saved),)

    def run(self, context: Any = None, options: dict[str, Any] | None = None) -> dict[str, Any]:
        """As ``Axe.run``; with a context or options of the caller's own nothing is left out."""
        self.saved = None
        if context is not None or options is not None:
            return super().run(context, options)
        try:
            return self._run(self._where())
        except ScriptFailed as error:
            raise AxeFailed(str(error)) from error

    def _run(self, where: int) -> dict[str, Any]:
        steps: dict[str, object] = {
            "axe_named": None,
            "axe_shared": None,
            "axe_walk": {"seed": self._parts.seed},
            "axe_parts": {"least": LEAST},
            "axe_texts": None,
        }
        *_, said, told, digests = call_all(self.selenium, where, steps)
        if reason := said.get("refused"):
            self.saved = Saved(whole=reason)
            return self._ran(where, None, None)
        parts = [Part(*one) for one in told]
        known = self._parts.known(parts)
        alike = list(self._parts.alike(digests))
        argument = {
            "local": _local(),
            "known": [[place, found.again] for place, found in known.items()],
            "alike": alike,
        }
        grid = {"axe_grid": None} if self._known_grid else {}
        steps = {"axe_skip": argument, **grid, "axe_start": self._asked()}
        skipped, *_ = call_all(self.selenium, where, steps)
        raw = self._result(where)
        if not skipped["rules"]:
            self.saved = Saved(whole="this engine is not as we know it")
            return raw
        learnt = call(self.selenium, where, "axe_learnt")
        if learnt["changed"] and (known or alike):
            self.saved = Saved(whole="the page changed meanwhile")
            return self._ran(where, None, None)
        if not learnt["changed"] and not learnt["cut"]:
            alone = {place: Found(passed, again) for place, passed, again in learnt["parts"]}
            self._parts.learn(parts, known, alone)
            self._parts.learn_alike(digests, learnt["alike"])
        elements = sum(parts[place].size for place in known)
        self.saved = Saved(len(known), elements, said["elements"], skipped["texts"])
        return _with(raw, [*known.values(), Found(learnt["left"], {})])


@cache
def _local() -> Mapping[str, Sequence[str]]:
    """The rules that look no further than a part, with the checks of which we know it."""
    text = files(__package__).joinpath("axe_local.json").read_text("utf-8")
    rules: dict[str, list[str]] = json.loads(text)
    return rules


def _with(raw: dict[str, Any], known: Sequence[Found]) -> dict[str, Any]:
    """axe's result with what is known to have passed."""
    passed: dict[str, int] = {}
    for found in known:
        for rule, count in found.passed.items():
            passed[rule] = passed.get(rule, 0) + count
    told = {one["id"] for one in raw["passes"]}
    seen = {
        one["id"]: one for kind in ("inapplicable", "violations", "incomplete") for one in raw[kind]
    }
    passes = [{**one, "count": one["count"] + passed.get(one["id"], 0)} for one in raw["passes"]]
    passes += [
        {**{key: value for key, value in seen[rule].items() if key != "nodes"}, "count": count}
        for rule, count in sorted(passed.items())
        if rule not in told
    ]
    inapplicable = [one for one in raw["inapplicable"] if one["id"] not in passed]
    return {**raw, "passes": passes, "inapplicable": inapplicable}
