"""The engine as ``axe_quick.js`` loads it: it finds what the engine alone finds, word for word, and does less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

from checker.loading import browser_start
from checker.loading.axe import BUNDLED, Axe, AxeFailed
from checker.loading.browser_world import call, frames, world
from checker.loading.options import Options

pytestmark = pytest.mark.browser

COLOURS = (
    *("#767676", "#777", "#595959", "#5a5a5a", "#949494", "#959595", "#fff"),
    *("rgba(0,0,0,.5)", "hsl(.5turn 80% 30%)", "oklch(50% .1 120)"),
)
PLACES = (
    "",
    "font-size:24px",
    "font-size:19px;font-weight:700",
    "opacity:.8",
    "background:#eee",
    "background:rgba(0,0,0,.1)",
    "background:linear-gradient(#fff,#ccc)",
    "text-shadow:1px 1px 2px #000",
    "text-shadow:0 0 1px red,2px 2px 0 #fff",
    "mix-blend-mode:multiply;background:#dde",
    "position:relative;left:300px",
    "-webkit-text-stroke:1px #333",
)
PAGE = """<!doctype html><html lang=en><title>Contrast</title><style>
.p{position:relative} .p::before{content:"";position:absolute;inset:0;background:#fff} .o{opacity:.7}
.half{width:20px;background:#abc;white-space:nowrap}</style><main><h1>Contrast</h1>%s
<div class=o><p style=color:#666>Dim <b>bold</b> text</p><p style=color:#888;opacity:.9>Dimmer</p></div>
<p class=p>Beside a pseudo-element</p><p class=half>Sticks out of its box of another colour</p>
<p style=color:#999>X</p><p style=color:#666>&#x1F600;</p><p style=color:#aaa>\u2014</p>
<p style=color:#444>A <a href=/x style=color:#555;text-decoration:none>link in a text</a> of words</p>
<p style=visibility:hidden>Not seen</p><label>Name <input style=color:#999 value=x></label>
<button disabled style=color:#ccc>Off</button><div aria-disabled=true style=color:#ccc>Off too</div>
<div id=host><template shadowrootmode=open><p style=color:#999>Within a shadow tree</p></template></div></main>"""

RUN = """(async () => {
  const stale = (tag) => tag === "deprecated" || tag.endsWith("-obsolete");
  const values = axe.getRules().filter((rule) => !rule.tags.some(stale)).map((rule) => rule.ruleId);
  const result = await axe.run(document, { runOnly: { type: "rule", values } });
  const { violations, incomplete, passes, inapplicable } = result;
  return JSON.stringify({ violations, incomplete, passes, inapplicable });
})()"""
SHARED = """(() => {
  const [one, other] = ["color-contrast", "color-contrast-enhanced"];
  return JSON.stringify(axe._audit.checks[one].evaluate !== axe._audit.checks[other].evaluate);
})()"""


@pytest.fixture(scope="module")
def driver() -> Iterator[Chrome]:
    opened = browser_start.start(Options(), "127.0.0.1:1", frozenset())
    try:
        yield opened
    finally:
        browser_start.stop(opened)


def page() -> str:
    texts = (
        f'<p style="color:{colour};{place}">Words of {number}</p>'
        for number, place in enumerate(PLACES)
        for colour in COLOURS
    )
    return PAGE % "".join(texts)


def show(driver: Chrome, markup: str) -> None:
    driver.get("about:blank")
    frame = frames(driver)[0].id
    driver.execute_cdp_cmd("Page.setDocumentContent", {"frameId": frame, "html": markup})


def said(driver: Chrome, context: int, expression: str) -> Any:
    answer = driver.execute_cdp_cmd(
        "Runtime.evaluate",
        {
            "contextId": context,
            "expression": expression,
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    assert "exceptionDetails" not in answer, answer
    return json.loads(answer["result"]["value"])


def other_world(driver: Chrome) -> int:
    """A world of the page in which no engine is."""
    made = driver.execute_cdp_cmd(
        "Page.createIsolatedWorld", {"frameId": frames(driver)[0].id, "worldName": "plain"}
    )
    return int(made["executionContextId"])


def alone(driver: Chrome, source: str) -> Any:
    context = other_world(driver)
    said(driver, context, f"{source}\n;'0'")
    return said(driver, context, RUN)


def ours(driver: Chrome, script: Path) -> tuple[int, Any]:
    engine = Axe(driver, script)
    engine.inject()
    context = world(driver, frames(driver)[0].id)
    return context, said(driver, context, RUN)


def test_it_finds_what_the_engine_alone_finds(driver: Chrome) -> None:
    show(driver, page())
    context, found = ours(driver, BUNDLED)
    expected = alone(driver, BUNDLED.read_text("utf-8"))
    assert found == expected
    assert said(driver, context, SHARED)
    for kind in ("violations", "incomplete", "passes"):
        rules = {rule["id"]: rule["nodes"] for rule in found[kind]}
        assert len(rules["color-contrast"]) > 5, kind
        assert len(rules["color-contrast-enhanced"]) > 5, kind


def test_of_an_engine_that_judges_contrast_otherwise_nothing_is_derived(
    driver: Chrome, tmp_path: Path
) -> None:
    source = BUNDLED.read_text("utf-8")
    changed = source.replace('messageKey:"nonBmp"', 'messageKey:"other"')
    assert changed != source
    script = tmp_path / "axe.js"
    script.write_text(changed, "utf-8")
    show(driver, page())
    context, found = ours(driver, script)
    assert found == alone(driver, changed)
    assert not said(driver, context, SHARED)


@pytest.mark.parametrize(
    "source",
    [
        "var axe = {run: () => 1}",
        "globalThis.axe = {run: () => 1, commons: {color: {Color: class {}}}, _audit: {rules: [], checks: {}}}",
    ],
)
def test_an_engine_of_another_make_is_left_as_it_is(
    driver: Chrome, tmp_path: Path, source: str
) -> None:
    script = tmp_path / "axe.js"
    script.write_text(source, "utf-8")
    show(driver, "<p>Text</p>")
    Axe(driver, script).inject()
    context = world(driver, frames(driver)[0].id)
    assert call(driver, context, "axe_there") is True
    assert said(driver, context, "String(axe.run())") == 1


def test_an_engine_that_throws_says_so(driver: Chrome, tmp_path: Path) -> None:
    script = tmp_path / "axe.js"
    script.write_text("throw new Error('no engine')", "utf-8")
    show(driver, "<p>Text</p>")
    with pytest.raises(AxeFailed, match="no engine"):
        Axe(driver, script).inject()
