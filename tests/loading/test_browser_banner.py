"""The banner tried out in a real browser: found by its words, pressed, and left as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.article.banner_texts import Kind, current
from checker.article.host import Domain
from checker.loading.browser import Browser
from checker.page import Page
from checker.rendering import BannerProbe, Press
from tests.corpus import FOLDER
from tests.loading.browsing import browser as opened
from tests.loading.browsing import number, visit_file

pytestmark = pytest.mark.browser

TOGGLE = """<script>
for (const button of document.querySelectorAll("[aria-controls]")) {
  const content = document.getElementById(button.getAttribute("aria-controls"));
  const set = (open) => { button.setAttribute("aria-expanded", String(open)); content.hidden = !open; };
  set(false);
  button.addEventListener("click", (event) => {
    event.preventDefault();
    set(button.getAttribute("aria-expanded") !== "true");
  });
}
</script>"""
EVERY_WAY = [
    Press.NONE,
    Press.MOUSE,
    Press.MOUSE,
    Press.ENTER,
    Press.ENTER,
    Press.SPACE,
    Press.SPACE,
]
SHUT_AND_OPEN = [False, True, False, True, False, True, False]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened() as running:
        yield running


def see(browser: Browser, folder: Path, body: str) -> Page:
    path = folder / "index.html"
    html = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Harbor</title><body>{body}'
    path.write_text(html, encoding="utf-8")
    page = visit_file(browser, path)
    assert page.problem is None
    return page


def probe_of(page: Page) -> BannerProbe:
    assert page.rendering is not None
    assert page.rendering.banner is not None
    return page.rendering.banner


def banner(language: str = "en", domain: Domain = Domain.GOV, opener: str = "") -> str:
    words = current(language, domain)
    said = {kind: [each.forms[0] for each in words if each.kind is kind] for kind in Kind}
    action = said[Kind.ACTION][0]
    opener = opener or '<button type="button" aria-controls="more">{}</button>'
    explained = "".join(f"<p>{text}</p>" for text in said[Kind.DOMAIN] + said[Kind.HTTPS])
    return f'<p>{said[Kind.SENTENCE][0]}</p>{opener.format(action)}<div id="more">{explained}</div>'


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("domain", list(Domain))
def test_every_banner_of_ours_is_found_and_works(
    browser: Browser, tmp_path: Path, language: str, domain: Domain
) -> None:
    page = see(browser, tmp_path, f"<h1>Harbor</h1>{banner(language, domain)}{TOGGLE}")
    probe = probe_of(page)
    assert (probe.opener, probe.name) == (number(page, "button"), "button")
    assert [state.after for state in probe.states] == EVERY_WAY
    assert [state.shown for state in probe.states] == SHUT_AND_OPEN
    assert [state.expanded == "true" for state in probe.states] == SHUT_AND_OPEN


@pytest.mark.corpus
@pytest.mark.skipif(not FOLDER.is_dir(), reason="PRESSCHECK_CORPUS names no folder")
@pytest.mark.parametrize("path", sorted(FOLDER.glob("banner/*.html")), ids=lambda path: path.stem)
def test_banners_of_all_releases_are_found_and_work(
    browser: Browser, tmp_path: Path, path: Path
) -> None:
    probe = probe_of(see(browser, tmp_path, path.read_text("utf-8") + TOGGLE))
    assert [state.shown for state in probe.states] == SHUT_AND_OPEN


def test_a_closed_shadow_root_is_no_hindrance(browser: Browser, tmp_path: Path) -> None:
    body = f"""<usa-banner></usa-banner><script>
const root = document.querySelector("usa-banner").attachShadow({{ mode: "closed" }});
root.innerHTML = `{banner()}`;
const content = root.querySelector("div");
content.hidden = true;
root.querySelector("button").onclick = () => (content.hidden = !content.hidden);
</script>"""
    probe = probe_of(see(browser, tmp_path, body))
    assert [state.shown for state in probe.states] == SHUT_AND_OPEN
    assert {state.expanded for state in probe.states} == {None}


def test_a_slow_transition_is_waited_for(browser: Browser, tmp_path: Path) -> None:
    style = """<style>#more { max-height: 0; overflow: hidden; transition: max-height .3s }
#more.open { max-height: 400px }</style>"""
    script = """<script>
document.querySelector("button").onclick = () => document.getElementById("more").classList.toggle("open");
</script>"""
    probe = probe_of(see(browser, tmp_path, style + banner() + script))
    assert [state.shown for state in probe.states] == SHUT_AND_OPEN


def test_a_link_to_another_page_is_not_followed(browser: Browser, tmp_path: Path) -> None:
    probe = probe_of(see(browser, tmp_path, banner(opener='<a href="how.html">{}</a>')))
    assert probe.away
    assert probe.states == ()


def test_a_form_is_not_sent(browser: Browser, tmp_path: Path) -> None:
    page = see(
        browser, tmp_path, f'<form action="sent.html">{banner(opener="<button>{}</button>")}</form>'
    )
    assert probe_of(page).sent
    assert not any("sent.html" in request.url for request in page.requests)


def test_what_covers_the_button_keeps_the_mouse_away(browser: Browser, tmp_path: Path) -> None:
    cover = '<div style="position: fixed; inset: 0; background: white">Cookies?</div>'
    probe = probe_of(see(browser, tmp_path, banner() + cover + TOGGLE))
    assert Press.MOUSE not in {state.after for state in probe.states}


def test_a_press_that_leaves_the_page_costs_only_the_probe(
    browser: Browser, tmp_path: Path
) -> None:
    away = "<button onclick=\"location = 'elsewhere.html'\">{}</button>"
    (tmp_path / "elsewhere.html").write_text("<title>Elsewhere</title><p>Elsewhere", "utf-8")
    page = see(browser, tmp_path, f"<h1>Harbor</h1>{banner(opener=away)}")
    assert page.rendering is not None
    assert page.rendering.banner is None
    assert "<h1" in page.html
    assert any("banner" in note for note in page.notes)


@pytest.mark.parametrize(
    "body",
    ["<p>News of the harbor</p>", "<p>An official website of the United States government</p>"],
)
def test_without_its_explanation_there_is_no_banner_to_try(
    browser: Browser, tmp_path: Path, body: str
) -> None:
    assert probe_of(see(browser, tmp_path, body)) == BannerProbe(found=False)


def test_nothing_else_of_the_page_changes(browser: Browser, tmp_path: Path) -> None:
    """What is judged was seen before the press, and the page is left as it was for its pictures."""
    page = see(browser, tmp_path, f"<h1>Harbor</h1>{banner()}{TOGGLE}")
    assert page.rendering is not None
    assert number(page, "#more") in page.rendering.hidden
    assert 'aria-expanded="false"' in page.html
