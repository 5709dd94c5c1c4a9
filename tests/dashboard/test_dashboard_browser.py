"""The dashboard in a real browser, from files and served: accessible by axe's whole catalogue, by keyboard, without
script, on paper; nothing foreign runs or is asked for."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_selenium_python import Axe
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from checker.dashboard.access import Access
from checker.dashboard.app import create_app
from checker.dashboard.build import build
from checker.dashboard.places import VIEWS, slug
from checker.history.database import History, open_history
from checker.history.writing import record
from tests.dashboard import shown
from tests.dashboard.serving import served
from tests.dashboard.shown import CRITERIA, EVIL_SITE, LATER, WAIVED_SITE
from tests.history import reports
from tests.history.reports import SITE, Rule

pytestmark = pytest.mark.browser

DESKTOP, PHONE = (1280, 900), (390, 844)
FLAGS = (
    "--headless=new --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
)
EVERY_RULE = {
    "rules": {
        rule: {"enabled": True}
        for rule in ("color-contrast-enhanced", "target-size", "identical-links-same-purpose")
    },
    "resultTypes": ["violations"],
}
AXE = (
    "const done = arguments[1]; axe.run(document, arguments[0]).then("
    "r => done({violations: r.violations, passes: r.passes.length}), e => done({error: String(e)}))"
)


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    for flag in FLAGS.split():
        options.add_argument(flag)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    binary = shutil.which("chromium") or shutil.which("google-chrome")
    if binary:
        options.binary_location = binary
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(
        options=options, service=webdriver.ChromeService(shutil.which("chromedriver"))
    )
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    history = open_history(f"sqlite:///{tmp_path_factory.mktemp('kept')}/h.db", create=True)
    shown.everything(history)
    yield history
    history.close()


@pytest.fixture(scope="module")
def top(kept: History, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the files are, as an address."""
    folder = tmp_path_factory.mktemp("built") / "dashboard"
    build(kept, folder, LATER, CRITERIA)
    return folder.as_uri()


@pytest.fixture(scope="module")
def live(kept: History) -> Iterator[str]:
    """Where they are served."""
    app = create_app(Access(kept, True, clock=lambda: LATER), CRITERIA, log=lambda line: None)
    with served(app) as base:
        yield base


def show(
    driver: webdriver.Chrome,
    address: str,
    size: tuple[int, int] = DESKTOP,
    scheme: str = "light",
) -> None:
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
    driver.get(address)


def violations(driver: webdriver.Chrome) -> list[tuple[Any, ...]]:
    driver.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    Axe(driver).inject()
    result: dict[str, Any] = driver.execute_async_script(AXE, EVERY_RULE)
    assert "error" not in result, result
    assert result["passes"] > 15
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


def one_of(top: str, site: str, kind: str) -> str:
    """The first of a kind's pages."""
    folder = Path(top.removeprefix("file://")) / "sites" / slug(site) / kind
    return f"{kind}/{sorted(folder.iterdir())[0].name}"


def rows(driver: webdriver.Chrome) -> int:
    return len(driver.find_elements(By.CSS_SELECTOR, "#list > .row"))


# Accessible


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"]
)
def test_axe_finds_nothing_on_any_kind_of_page(
    driver: webdriver.Chrome, top: str, size: tuple[int, int], scheme: str
) -> None:
    things = [one_of(top, WAIVED_SITE, kind) for kind in ("page", "rule", "fault", "run")]
    places = ["index.html"]
    places += [f"sites/{WAIVED_SITE}/{name}" for name in (*(f"{v}.html" for v in VIEWS), *things)]
    places += [f"sites/{SITE}/index.html", f"sites/{slug(EVIL_SITE)}/findings.html"]
    told = {}
    for place in places:
        show(driver, f"{top}/{place}", size, scheme)
        told[place] = violations(driver)
        widths = driver.execute_script(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert widths[0] <= widths[1], f"{place} scrolls sideways"
    assert {place: found for place, found in told.items() if found} == {}


def test_axe_finds_nothing_on_what_a_server_adds(driver: webdriver.Chrome, live: str) -> None:
    for place in (f"sites/{WAIVED_SITE}/findings.html?kind=error", "nothing"):
        show(driver, f"{live}/{place}")
        assert violations(driver) == []


def test_every_control_is_reached_and_seen_by_keyboard(driver: webdriver.Chrome, top: str) -> None:
    show(driver, f"{top}/sites/{WAIVED_SITE}/findings.html")
    wanted = driver.execute_script(
        "return [...document.querySelectorAll('a[href], button, select, input, summary, [tabindex=\"0\"]')]"
        ".filter(e => e.type !== 'hidden' && e.checkVisibility()).length"
    )
    seen: list[str] = []
    for _ in range(wanted):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        mark = driver.execute_script(
            "const e = document.activeElement; e.dataset.seen = 1;"
            "return getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth"
        )
        seen.append(mark)
    assert set(seen) == {"solid3px"}
    assert driver.execute_script("return document.querySelectorAll('[data-seen]').length") == wanted


def test_the_skip_link_comes_first(driver: webdriver.Chrome, top: str) -> None:
    show(driver, f"{top}/sites/{SITE}/index.html")
    driver.switch_to.active_element.send_keys(Keys.TAB)
    focused = driver.switch_to.active_element
    assert focused.text == "Skip to the content"
    focused.send_keys(Keys.ENTER)
    assert driver.switch_to.active_element.get_attribute("id") == "main"


def test_a_chart_has_its_numbers_behind_it(driver: webdriver.Chrome, top: str) -> None:
    show(driver, f"{top}/sites/{SITE}/index.html")
    charts = driver.find_elements(By.CSS_SELECTOR, ".chart")
    assert len(charts) == 3
    first = charts[0]
    svg = first.find_element(By.TAG_NAME, "svg")
    assert svg.aria_role == "image"
    assert svg.accessible_name.startswith("Open failures after each run Errors: from 3 to 4.")
    table = first.find_element(By.TAG_NAME, "table")
    assert not table.is_displayed()
    first.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
    assert table.is_displayed()


# Filters


def test_a_file_filters_by_its_address_and_by_keyboard(driver: webdriver.Chrome, top: str) -> None:
    place = f"{top}/sites/{WAIVED_SITE}/findings.html"
    show(driver, place)
    every = rows(driver)
    show(driver, f"{place}?kind=error&waived=no")
    errors = rows(driver)
    assert 0 < errors < every
    status = driver.find_element(By.ID, "shown").text
    assert status == f"{errors} of {every} in this copy: Kind: Errors; Waived: Not waived"
    kind = Select(driver.find_element(By.ID, "c-kind"))
    assert kind.first_selected_option.text == "Errors"
    driver.find_element(By.ID, "c-kind").send_keys("All")
    Select(driver.find_element(By.ID, "c-waived")).select_by_value("")
    assert rows(driver) == every
    assert driver.current_url == place
    since = driver.find_element(By.ID, "c-since")
    since.send_keys("2027-01-01", Keys.ENTER)
    assert rows(driver) == 0
    assert driver.current_url.endswith("?since=2027-01-01")
    driver.back()
    WebDriverWait(driver, 10).until(lambda _: rows(driver) == every)


def test_a_link_carries_its_filter(driver: webdriver.Chrome, top: str, live: str) -> None:
    for start in (top, live):
        show(driver, f"{start}/sites/{WAIVED_SITE}/index.html")
        link = driver.find_element(By.CSS_SELECTOR, ".cells td a")
        number = int(link.text)
        link.send_keys(Keys.ENTER)
        WebDriverWait(driver, 10).until(lambda _: "findings.html?" in driver.current_url)
        assert rows(driver) == number


def test_a_served_list_filters_without_empty_words_in_the_address(
    driver: webdriver.Chrome, live: str
) -> None:
    show(driver, f"{live}/sites/{WAIVED_SITE}/findings.html")
    Select(driver.find_element(By.ID, "c-kind")).select_by_value("error")
    driver.find_element(By.CSS_SELECTOR, ".send button").send_keys(Keys.ENTER)
    WebDriverWait(driver, 10).until(lambda _: driver.current_url.endswith("findings.html?kind=error"))  # fmt: skip
    assert rows(driver) > 0


@pytest.mark.parametrize("query", ["?kind=<img src=x>&rule=%00", "?%E0%A4%A", "?rule=none", "?=&=&%"])  # fmt: skip
def test_a_nonsensical_address_is_borne(driver: webdriver.Chrome, top: str, query: str) -> None:
    driver.get_log("browser")
    show(driver, f"{top}/sites/{SITE}/findings.html{query}")
    assert driver.find_element(By.CSS_SELECTOR, "form.choose").is_displayed()
    assert [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_without_script_all_is_there(driver: webdriver.Chrome, top: str, live: str) -> None:
    show(driver, f"{top}/sites/{WAIVED_SITE}/findings.html")
    every = rows(driver)
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show(driver, f"{top}/sites/{WAIVED_SITE}/findings.html")
        assert rows(driver) == every
        assert not driver.find_element(By.CSS_SELECTOR, "form.choose").is_displayed()
        show(driver, f"{live}/sites/{WAIVED_SITE}/findings.html")
        Select(driver.find_element(By.ID, "c-kind")).select_by_value("error")
        driver.find_element(By.CSS_SELECTOR, ".send button").click()
        WebDriverWait(driver, 10).until(lambda _: "kind=error" in driver.current_url)
        assert 0 < rows(driver) < every
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_long_list_goes_on_by_a_button_and_paper_holds_it_whole(
    driver: webdriver.Chrome, tmp_path: Path
) -> None:
    history = open_history(f"sqlite:///{tmp_path}/h.db", create=True)
    pictures = tuple(f"{number}.jpg" for number in range(250))
    record(history, reports.report(1, {"a": {"image-alt": Rule(pictures)}}))
    build(history, tmp_path / "d", LATER, CRITERIA)
    history.close()
    show(driver, f"{(tmp_path / 'd').as_uri()}/sites/{SITE}/findings.html?kind=error")
    assert rows(driver) == 100
    more = driver.find_element(By.XPATH, "//button[contains(., 'Show 100 more of 150')]")
    more.send_keys(Keys.ENTER)
    assert rows(driver) == 200
    links = driver.find_elements(By.CSS_SELECTOR, "#list > .row:nth-child(101) .what a")
    assert driver.switch_to.active_element == links[0]
    paper = driver.execute_cdp_cmd("Page.printToPDF", {})["data"]
    assert rows(driver) == 250
    assert len(paper) > 100_000


# Silent, and on paper


def test_hostile_text_runs_nowhere_and_nothing_else_is_asked_for(
    driver: webdriver.Chrome, top: str, live: str
) -> None:
    driver.get_log("browser")
    driver.get_log("performance")
    evil = slug(EVIL_SITE)
    for start in (top, live):
        for name in ("index", "findings", "faults", "pages", "rules", "waivers", "runs", "person"):
            show(driver, f"{start}/sites/{evil}/{name}.html")
            assert driver.title.endswith("press check")
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    asked = {
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    }
    ours = re.compile(rf"(?:{re.escape(top)}|{re.escape(live)})/(?:sites|assets|favicon\.ico)")
    assert asked
    assert [url for url in asked if not ours.match(url)] == []
    assert [e for e in driver.get_log("browser") if "favicon" not in e["message"]] == []


def test_paper_shows_the_list_and_no_controls(driver: webdriver.Chrome, top: str) -> None:
    show(driver, f"{top}/sites/{WAIVED_SITE}/findings.html")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert driver.find_element(By.CSS_SELECTOR, "#list > .row").is_displayed()
    assert driver.find_element(By.CSS_SELECTOR, ".coverage").is_displayed()
    assert not driver.find_element(By.CSS_SELECTOR, "form.choose").is_displayed()
    assert not driver.find_element(By.CSS_SELECTOR, ".top nav").is_displayed()
