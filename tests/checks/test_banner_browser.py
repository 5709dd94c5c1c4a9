"""The banner as a real browser shows it: the web component through its shadow root, what style sheets hide and move."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checker import catalog, engine
from checker.article.banner_texts import current
from checker.article.host import Domain
from checker.engine import Selection
from checker.loading.loader import Loader, open_loader
from checker.loading.options import Options, Render, Target

pytestmark = pytest.mark.browser

CATALOGUE = catalog.load()
BANNER = "".join(f"<p>{piece.forms[0]}</p>" for piece in current("en", Domain.GOV))
ARTICLE = "<main><h1>Harbor cleanup starts Monday</h1><p>Crews begin at dawn.</p></main>"
COMPONENT = """<usa-banner></usa-banner><script>
customElements.define("usa-banner", class extends HTMLElement {
  connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = `<section>%s</section>`; }
});
</script>"""
OPEN = {
    "banner-present": "pass",
    "banner-first": "pass",
    "banner-wording": "pass",
    "banner-host": "pass",
}
RULES = frozenset(OPEN)


@pytest.fixture(scope="module")
def loader() -> Iterator[Loader]:
    options = Options(render=Render.ALWAYS, public_url="https://www.example.gov/")
    with open_loader(options) as opened:
        yield opened


def verdicts(loader: Loader, folder: Path, body: str) -> dict[str, str]:
    head = '<meta charset="utf-8"><title>Harbor news</title>'
    html = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    path = folder / "index.html"
    path.write_text(html, encoding="utf-8")
    page = loader.load(Target("index.html", path=path, root=folder), lambda _: ())
    assert page.problem is None
    assert page.rendering is not None
    audit = engine.audit(page, CATALOGUE, Selection(only=RULES))
    return {result.rule: result.verdict.value for result in audit.results if result.rule in RULES}


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        (COMPONENT % BANNER + ARTICLE, {}),
        (
            f'<nav style="position: absolute; left: -9999px">Menu</nav><div>{BANNER}</div>{ARTICLE}',
            {},
        ),
        (
            f'<button style="position: fixed; bottom: 0">Chat</button><div>{BANNER}</div>{ARTICLE}',
            {},
        ),
        (f"<header><p>Agency</p></header><div>{BANNER}</div>{ARTICLE}", {"banner-first": "fail"}),
        (
            f'<div style="display: flex; flex-direction: column-reverse"><div>{BANNER}</div>{ARTICLE}</div>',
            {"banner-first": "fail"},
        ),
        (
            f"<style>.x {{ display: none }}</style><div class=x>{BANNER}</div>{ARTICLE}",
            {"banner-present": "fail", "banner-first": "not-applicable"},
        ),
        (
            f"<usa-banner></usa-banner>{ARTICLE}",
            {
                "banner-present": "review",
                "banner-first": "not-applicable",
                "banner-wording": "not-applicable",
                "banner-host": "not-applicable",
            },
        ),
    ],
    ids=[
        "component",
        "off the page",
        "fixed below",
        "below",
        "turned round",
        "hidden",
        "not upgraded",
    ],
)
def test_a_browser_decides(
    loader: Loader, tmp_path: Path, body: str, changed: dict[str, str]
) -> None:
    assert verdicts(loader, tmp_path, body) == OPEN | changed
