"""Scripts of ours in a page, in a world of their own: the page's DOM, none of its JavaScript.

A page may redefine ``JSON``, ``Promise`` or ``Array.prototype``; WebDriver's own scripts run among them. Those here run
in a DevTools isolated world, which has its own built-ins, obeys no CSP of the page, and is there in every frame of the
page's process.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome

WORLD = "presscheck"


class ScriptFailed(Exception):
    """A script of ours died in the page."""


@dataclass(frozen=True)
class FrameInfo:
    """A document in the page's frame tree. ``failed`` is the address that Chromium's error page stands for."""

    id: str
    loader: str
    url: str
    mime: str
    failed: str = ""


def frames(driver: Chrome) -> list[FrameInfo]:
    """The main document first, then the frames of its process, outermost first."""
    return list(_walk(driver.execute_cdp_cmd("Page.getFrameTree", {})["frameTree"]))


def _walk(tree: dict[str, Any]) -> Iterator[FrameInfo]:
    frame = tree["frame"]
    yield FrameInfo(
        id=frame["id"],
        loader=frame["loaderId"],
        url=frame["url"] + frame.get("urlFragment", ""),
        mime=frame.get("mimeType", ""),
        failed=frame.get("unreachableUrl", ""),
    )
    for child in tree.get("childFrames", ()):
        yield from _walk(child)


def world(driver: Chrome, frame: str) -> int:
    """Our world in that frame; the same one each time for the same document."""
    made = driver.execute_cdp_cmd(
        "Page.createIsolatedWorld", {"frameId": frame, "worldName": WORLD}
    )
    return int(made["executionContextId"])


@cache
def script(name: str) -> str:
    """The text of a script beside this module."""
    return files(__package__).joinpath(f"{name}.js").read_text("utf-8")


def call(
    driver: Chrome, context: int, name: str, argument: object = None, handles: tuple[str, ...] = ()
) -> Any:
    """Call the script's function with the argument (as JSON text) and DevTools handles of objects; what it returns is
    JSON text too. Raises ScriptFailed."""
    return _called(
        driver,
        context,
        f"{name}.js",
        script(name),
        [{"value": json.dumps(argument)}, *({"objectId": handle} for handle in handles)],
    )


def call_all(driver: Chrome, context: int, steps: Mapping[str, object]) -> list[Any]:
    """Call several scripts' functions, none of which waits, one after the other in one message; what each returns.
    ``steps`` are their names and arguments. Raises ScriptFailed."""
    arguments = [{"value": json.dumps(argument)} for argument in steps.values()]
    said: list[Any] = _called(driver, context, ", ".join(steps), _chain(tuple(steps)), arguments)
    return said


@cache
def _chain(names: tuple[str, ...]) -> str:
    functions = ",".join(f"\n{script(name)}" for name in names)
    return f"(...given) => `[${{[{functions}].map((step, at) => step(given[at]))}}]`"


def _called(driver: Chrome, context: int, name: str, source: str, arguments: list[Any]) -> Any:
    answer = driver.execute_cdp_cmd(
        "Runtime.callFunctionOn",
        {
            "executionContextId": context,
            "functionDeclaration": source,
            "arguments": arguments,
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    if details := answer.get("exceptionDetails"):
        said = details.get("exception", {}).get("description") or details.get("text", "")
        raise ScriptFailed(f"{name}: {said.splitlines()[0][:300] if said else 'unknown error'}")
    return json.loads(answer["result"]["value"])


def replaced(error: WebDriverException) -> bool:
    """Whether a call failed because its document made way for another."""
    text = str(error.msg)
    signs = ("context", "collected", "No frame", "navigated", "Could not find node")
    return any(sign in text for sign in signs)


def run(driver: Chrome, context: int, source: str) -> None:
    """Run a trusted script in our world. Raises ScriptFailed."""
    answer = driver.execute_cdp_cmd(
        "Runtime.evaluate", {"contextId": context, "expression": f"{source}\n;0"}
    )
    if details := answer.get("exceptionDetails"):
        raise ScriptFailed(details.get("exception", {}).get("description", details["text"])[:300])


def closed_roots(driver: Chrome, context: int) -> tuple[str, ...]:
    """DevTools handles of the document's closed shadow roots, which no script finds. The whole tree is asked for only
    where the markup says that there is one: it is slow."""
    root = driver.execute_cdp_cmd("DOM.getDocument", {"depth": 0})["root"]
    markup = driver.execute_cdp_cmd(
        "DOM.getOuterHTML", {"nodeId": root["nodeId"], "includeShadowDOM": True}
    )["outerHTML"]
    if 'shadowrootmode="closed"' not in markup:
        return ()
    tree = driver.execute_cdp_cmd("DOM.getDocument", {"depth": -1, "pierce": False})["root"]
    handles = []
    stack: list[dict[str, Any]] = [tree]
    while stack:
        node = stack.pop()
        if node.get("shadowRootType") == "closed":
            found = driver.execute_cdp_cmd(
                "DOM.resolveNode",
                {"backendNodeId": node["backendNodeId"], "executionContextId": context},
            )
            handles.append(found["object"]["objectId"])
        stack += reversed([*node.get("shadowRoots", ()), *node.get("children", ())])
    return tuple(handles)
