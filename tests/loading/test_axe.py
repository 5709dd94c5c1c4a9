"""axe in a real browser: what the plain class gives where that works, and what it does not reach."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import axe_selenium_python
import pytest
from selenium.webdriver import Chrome

from checker.loading.axe import BUNDLED, Axe, AxeFailed, axe_result
from checker.loading.browser import Browser
from checker.page import AxeRule, Need, Page
from checker.verdict import Cause, Verdict
from tests.loading import browsing
from tests.loading.browsing import QUICK, article, number, site, visit
from tests.loading.servers import Site, html, serve

pytestmark = pytest.mark.browser

NEWER = "4.14.1"
FAULTS = """
<img src=/40x30.png><img src=/41x30.png alt=ok><a href=/x></a><p style=color:#ccc;background:#fff>Faint</p>
<button></button><input><div role=buton>Role</div><table><tr><td>1</table><video controls></video>
<div id=host><template shadowrootmode=open><img src=/42x30.png><button>Named</button></template></div>"""
FRAMED = """
<iframe title=One src=/inner></iframe>
<div id=host><template shadowrootmode=open><iframe title=Two src=/inner></iframe></template></div>"""
PAGES = {
    "/": article(FAULTS),
    "/framed": article(FRAMED),
    "/inner": html("<main><h1>Inner</h1><img id=nested src=/40x30.png></main>"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serve(site(PAGES)) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing.browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newer engine: PRESSCHECK_AXE_SCRIPT, else npm's."""
    if given := os.environ.get("PRESSCHECK_AXE_SCRIPT"):
        return Path(given)
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here, and PRESSCHECK_AXE_SCRIPT names no newer axe-core")
    folder = tmp_path_factory.mktemp("axe")
    packed = subprocess.run(
        [npm, "pack", f"axe-core@{NEWER}"], cwd=folder, capture_output=True, text=True, check=False
    )
    if packed.returncode:
        pytest.skip(f"npm does not give axe-core {NEWER}: {packed.stderr.strip()[-200:]}")
    with tarfile.open(folder / f"axe-core-{NEWER}.tgz") as archive:
        archive.extractall(folder, filter="data")
    return folder / "package/axe.min.js"


def driver_of(browser: Browser) -> Chrome:
    assert browser._session.running is not None
    return browser._session.running.driver


def show(browser: Browser, server: Site, path: str) -> Page:
    page = visit(browser, f"http://localhost:{server.port}{path}")
    assert page.problem is None
    return page


def rule(page: Page, name: str) -> AxeRule:
    assert page.axe is not None
    return next(one for one in page.axe.rules if one.id == name)


def plain_run(driver: Chrome, options: dict[str, Any]) -> dict[str, Any]:
    plain = axe_selenium_python.Axe(driver)
    plain.inject()
    result: dict[str, Any] = plain.run(None, json.dumps(options))
    return result


def outcomes(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Kind by kind and rule by rule: what failed or needs review, how many passed."""

    def flat(node: dict[str, Any]) -> str:
        target = node["target"]
        if isinstance(target, str):
            return target
        parts = [part if isinstance(part, list) else [part] for part in target]
        return " >>> ".join(name for part in parts for name in part)

    return {
        kind: {
            one["id"]: one["count"] if "nodes" not in one else len(one["nodes"])
            for one in result[kind]
        }
        for kind in ("passes", "inapplicable")
    } | {
        kind: {one["id"]: sorted(map(flat, one["nodes"])) for one in result[kind]}
        for kind in ("violations", "incomplete")
    }


def test_it_gives_what_the_plain_class_gives(browser: Browser, server: Site) -> None:
    show(browser, server, "/")
    driver = driver_of(browser)
    options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "best-practice"]}}
    expected = outcomes(plain_run(driver, options))
    ours = Axe(driver)
    ours.inject()
    assert outcomes(ours.run(None, options)) == expected
    assert {"image-alt", "link-name", "button-name", "color-contrast"} <= expected[
        "violations"
    ].keys()
    assert "video-caption" in expected["incomplete"]


def test_every_rule_but_deprecated_ones_runs(browser: Browser, server: Site) -> None:
    page = show(browser, server, "/")
    assert page.axe is not None
    known = driver_of(browser).execute_script(  # type: ignore[no-untyped-call]
        f"{BUNDLED.read_text('utf-8')}; return axe.getRules().map(rule => [rule.ruleId, rule.tags])"
    )
    stale = {name for name, tags in known if {"deprecated", "wcag2a-obsolete"} & set(tags)}
    assert {one.id for one in page.axe.rules} == {name for name, _ in known} - stale
    assert "duplicate-id" in stale
    assert {"color-contrast-enhanced", "p-as-heading", "region"} <= {
        one.id for one in page.axe.rules
    }


def test_results_are_in_our_words(browser: Browser, server: Site) -> None:
    page = show(browser, server, "/")
    alt = rule(page, "image-alt")
    assert [node.verdict for node in alt.nodes] == [Verdict.FAIL, Verdict.FAIL]
    assert alt.passed == 1
    assert alt.impact == "critical"
    assert "wcag111" in alt.tags
    assert {node.element for node in alt.nodes} == {
        number(page, "[src='/40x30.png']"),
        number(page, "[src='/42x30.png']"),
    }
    assert '#host >>> img[src$="42x30.png"]' in {node.target for node in alt.nodes}
    assert all("alt" in node.summary and node.snippet.startswith("<img") for node in alt.nodes)
    review = rule(page, "video-caption")
    assert [node.verdict for node in review.nodes] == [Verdict.REVIEW]
    assert rule(page, "accesskeys").nodes == ()
    assert rule(page, "accesskeys").passed == 0


def test_frames_are_entered_even_in_shadow_roots(browser: Browser, server: Site) -> None:
    page = show(browser, server, "/framed")
    nodes = rule(page, "image-alt").nodes
    assert len(nodes) == 2
    assert len({node.element for node in nodes}) == 2
    assert None not in {node.element for node in nodes}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"runOnly": {"type": "rule", "values": ["no-such-rule"]}}, "no-such-rule"),
        ({"runOnly": {"type": "tag", "values": ["no-such-tag"]}}, "no rule of axe ran"),
    ],
)
def test_a_run_of_nothing_is_no_pass(
    browser: Browser, server: Site, options: dict[str, Any], said: str
) -> None:
    show(browser, server, "/inner")
    ours = Axe(driver_of(browser))
    ours.inject()
    with pytest.raises(AxeFailed, match=said):
        ours.run(None, options)


def test_a_context_that_matches_nothing_is_told(browser: Browser, server: Site) -> None:
    show(browser, server, "/inner")
    ours = Axe(driver_of(browser))
    ours.inject()
    with pytest.raises(AxeFailed, match="No elements found"):
        ours.run({"include": ["#not-here"]})


def test_a_context_goes_as_json(browser: Browser, server: Site) -> None:
    show(browser, server, "/")
    ours = Axe(driver_of(browser))
    ours.inject()
    result = ours.run(
        {"include": ["#host"]}, {"runOnly": {"type": "rule", "values": ["image-alt"]}}
    )
    (alt,) = axe_result(result, []).rules
    assert (len(alt.nodes), alt.passed) == (1, 0)


def test_an_engine_that_is_none_breaks_axe_alone(server: Site, tmp_path: Path) -> None:
    script = tmp_path / "axe.js"
    script.write_text("throw new Error('no engine')")
    with browsing.browser(replace(QUICK, axe_script=script)) as opened:
        page = show(opened, server, "/inner")
    gap = page.lacks(Need.AXE)
    assert gap is not None
    assert gap.cause is Cause.BROKEN
    assert "no engine" in gap.reason
    assert page.axe is None
    assert page.rendering is not None


def test_a_newer_engine(server: Site, newer: Path, browser: Browser) -> None:
    with browsing.browser(replace(QUICK, axe_script=newer)) as opened:
        page = show(opened, server, "/")
        framed = show(opened, server, "/framed")
    assert page.axe is not None
    assert page.axe.version == NEWER
    bundled = show(browser, server, "/")
    assert bundled.axe is not None
    assert bundled.axe.version == "4.10.2"
    for name in ("image-alt", "link-name", "button-name", "color-contrast"):
        ours, theirs = rule(page, name), rule(bundled, name)
        assert {node.element for node in ours.nodes} == {node.element for node in theirs.nodes}, (
            name
        )
    assert len(rule(framed, "image-alt").nodes) == 2
    assert not {one.id for one in page.axe.rules if "deprecated" in one.tags}
