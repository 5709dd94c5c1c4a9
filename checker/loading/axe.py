"""axe-core through axe-selenium-python. Only this module knows the shape of axe's own result."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import axe_selenium_python
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome

from checker.loading.axe_edits import edited
from checker.loading.browser_world import WORLD, ScriptFailed, call, frames, run, script, world
from checker.page import AxeNode, AxeResult, AxeRule
from checker.verdict import Verdict

BUNDLED = Path(axe_selenium_python.__file__).parent / "node_modules/axe-core/axe.min.js"
MOST_NODES = 1000
"""Of one rule's elements that failed or need review, this many are told; the count says how many there are."""
_LONGEST = 2000
_UNLESS_EMPTY = 'if (self !== top || location.href !== "about:blank") {\n%s\n}'
"""The window is empty between two pages."""
_ENGINE = "/* engine */"
_PAUSE = 0.02
_ALIVE = 3.0


class AxeFailed(Exception):
    """axe gave no result; the message says why."""


class Axe(axe_selenium_python.Axe):  # type: ignore[misc]
    """axe in a Chromium page, all its frames included.

    It runs in a world of its own (see ``browser_world``), so neither the page's CSP nor its scripts can touch it. It
    gives what the plain class gives; of elements that passed, only how many.
    """

    def __init__(
        self, selenium: Chrome, script_url: Path | str = BUNDLED, limit: float = 60.0
    ) -> None:
        """``script_url`` is the path of axe-core's script, ``limit`` bounds a run, in seconds. Raises OSError."""
        super().__init__(selenium, str(script_url))
        self.limit = limit
        self.source = Path(script_url).read_text("utf-8")
        self._quick = script("axe_quick").replace(_ENGINE, edited(self.source), 1)

    def prepare(self) -> None:
        """Have the engine ready in every document that this window will load."""
        source = _UNLESS_EMPTY % self._quick
        self.selenium.execute_cdp_cmd(
            "Page.addScriptToEvaluateOnNewDocument", {"source": source, "worldName": WORLD}
        )

    def inject(self) -> None:
        """Put the engine into the document and its frames, wherever it is not yet. Raises AxeFailed."""
        for number, frame in enumerate(frames(self.selenium)):
            try:
                self._load(world(self.selenium, frame.id))
            except (WebDriverException, ScriptFailed) as error:
                if number == 0:
                    raise AxeFailed(f"the engine does not start: {_said(error)}") from error
                # a frame that went away, or one of another process: axe tells which frames it did not reach

    def _load(self, context: int) -> None:
        """Have the engine in that world, as it is where ``axe_quick.js`` does not get it there."""
        if call(self.selenium, context, "axe_there"):
            return
        with suppress(ScriptFailed):
            run(self.selenium, context, self._quick)
        if not call(self.selenium, context, "axe_there"):
            run(self.selenium, context, self.source)

    def run(self, context: Any = None, options: dict[str, Any] | None = None) -> dict[str, Any]:
        """Run axe and wait for it, within the limit.

        Both are as axe's API has them and go as JSON; without options every rule that is not deprecated runs. The
        result has axe's keys; nodes of what passed are a ``count``, an ``element`` is an index for the snapshot script.
        Raises AxeFailed where axe raises an error, runs no rule or does not end.
        """
        return self._ran(self._where(), context, options)

    def _where(self) -> int:
        return world(self.selenium, frames(self.selenium)[0].id)

    def _ran(self, where: int, context: Any, options: dict[str, Any] | None) -> dict[str, Any]:
        try:
            call(self.selenium, where, "axe_start", self._asked(context, options))
            return self._result(where)
        except ScriptFailed as error:
            raise AxeFailed(str(error)) from error

    def _asked(self, context: Any = None, options: dict[str, Any] | None = None) -> dict[str, Any]:
        """What ``axe_start`` takes."""
        return {
            "context": context,
            "options": options,
            "most": MOST_NODES,
            "longest": _LONGEST,
            "wait": int(self.limit * 1000),
        }

    def notes(self) -> Iterable[str]:
        """What a reader of the last run's result should know."""
        return ()

    def _result(self, where: int) -> dict[str, Any]:
        started = time.monotonic()
        while True:
            said = call(self.selenium, where, "axe_read")
            passed = time.monotonic() - started
            if said is None:
                raise AxeFailed("the page went away while axe ran")
            if said["error"]:
                raise AxeFailed(said["error"])
            if said["done"]:
                return _sound(said["result"])
            if not said["alive"] and passed > min(_ALIVE, self.limit):
                raise AxeFailed("the page lets no script run (Content-Security-Policy: sandbox)")
            if passed > self.limit:
                raise AxeFailed(f"axe did not end within {self.limit:g} s")
            time.sleep(_PAUSE)


def _sound(result: dict[str, Any]) -> dict[str, Any]:
    kinds = ("violations", "incomplete", "passes", "inapplicable")
    if not any(result[kind] for kind in kinds):
        raise AxeFailed("no rule of axe ran")
    return result


def axe_result(
    raw: dict[str, Any], numbers: Sequence[int | None], said: Callable[[str], str] = str
) -> AxeResult:
    """axe's result in our words. ``numbers`` are the elements' by the index that their nodes carry; ``said`` puts texts
    of the page as readers will get them."""
    rules: dict[str, AxeRule] = {}
    for kind, verdict in (("violations", Verdict.FAIL), ("incomplete", Verdict.REVIEW)):
        for found in raw[kind]:
            rule = rules.get(found["id"]) or _rule(found)
            nodes = tuple(_node(node, verdict, numbers, said) for node in found["nodes"])
            rules[rule.id] = replace(rule, nodes=(*rule.nodes, *nodes))
    for found in raw["passes"]:
        rule = rules.get(found["id"]) or _rule(found)
        rules[rule.id] = replace(rule, passed=found["count"])
    for found in raw["inapplicable"]:
        rules.setdefault(found["id"], _rule(found))
    told = tuple(rules[name] for name in sorted(rules))
    return AxeResult(raw["testEngine"]["version"], told)


def untold(raw: dict[str, Any]) -> list[str]:
    """Which rules found more elements than are told, in words."""
    return [
        f"axe's rule {said['id']} found {said['count']} elements: the first {MOST_NODES} are told"
        for kind in ("violations", "incomplete")
        for said in raw[kind]
        if said["count"] > len(said["nodes"])
    ]


def _rule(said: dict[str, Any]) -> AxeRule:
    return AxeRule(
        id=said["id"],
        help=said["help"],
        description=said["description"],
        help_url=said["helpUrl"],
        impact=said["impact"] or "",
        tags=tuple(said["tags"]),
    )


def _node(
    node: dict[str, Any],
    verdict: Verdict,
    numbers: Sequence[int | None],
    said: Callable[[str], str],
) -> AxeNode:
    index = node["element"]
    return AxeNode(
        verdict=verdict,
        target=said(node["target"]),
        snippet=said(node["html"]),
        summary=said(node["failureSummary"]),
        element=numbers[index] if index < len(numbers) else None,
    )


def _said(error: Exception) -> str:
    text = getattr(error, "msg", None) or str(error)
    return text.strip().splitlines()[0][:300] if text.strip() else type(error).__name__
