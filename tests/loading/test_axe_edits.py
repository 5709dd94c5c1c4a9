"""What is written otherwise in the engine gives what the engine's own text gives."""

from __future__ import annotations

import json

import pytest

from checker.loading.axe import BUNDLED
from checker.loading.axe_edits import EDITS, edited
from checker.loading.browser_tab import Tab
from tests.loading.test_axe_named import tab

__all__ = ["tab"]

MEMORIES = [text for text in EDITS if text.startswith(("Jt=", "Qt="))]
TRIED = """JSON.stringify((() => {
  const same = (one, other) => one === other || (one !== one && other !== other);
  const Xt = () => function (wanted) { return this.findIndex((one) => same(one, wanted)); };
  const e = (body) => { const module = {}; body(null, module); return module.exports; };
  let [Jt, Qt] = [];
  TEXT;
  const things = [{}, {}, [], undefined, null, NaN, -0, 0, 1, true, "1", ""];
  let seed = 7;
  const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
  const said = [];
  for (const length of LENGTHS) {
    const memory = (Jt ?? Qt)(length);
    let kept = [];
    for (let turn = 0; turn < 4000; turn++) {
      const given = Array.from({ length }, () => things[random(things.length)]);
      const known = memory.get(given);
      said.push(known);
      if (known === null) {
        kept.push(memory.set(given));
        said.push(kept.at(-1));
      }
      if (kept.length && random(9) === 0) memory.delete(...kept.splice(random(kept.length), 1));
      if (random(900) === 0) {
        memory.clear();
        kept = [];
      }
    }
  }
  return said;
})())"""


def test_the_engine_is_the_one_that_is_known() -> None:
    source = BUNDLED.read_text("utf-8")
    assert [source.count(text) for text in EDITS] == [1] * len(EDITS)
    now = edited(source)
    assert all(better in now and text not in now for text, better in EDITS.items())


def test_another_engine_is_left_as_it_is() -> None:
    assert edited("var axe={};") == "var axe={};"


@pytest.mark.browser
@pytest.mark.parametrize("text", MEMORIES, ids=lambda text: text[:2])
def test_what_is_remembered_is_the_same(tab: Tab, text: str) -> None:
    lengths = "[1]" if text.startswith("Jt=") else "[2, 3]"

    def tried(source: str) -> list[int | None]:
        expression = TRIED.replace("LENGTHS", lengths).replace("TEXT", source)
        answer = tab.cdp("Runtime.evaluate", expression=expression)
        found: list[int | None] = json.loads(answer["result"]["value"])
        return found

    before = tried(text)
    assert {None} < set(before)
    assert tried(EDITS[text]) == before
