"""The HTML report in a real browser: accessible by axe's whole catalogue, filters by keyboard and by address, readable
without script, and silent: no request, no error."""

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
from selenium.webdriver.support.ui import Select

from checker.gate import Policy
from checker.outputs import _parts, html
from checker.report import Report
from checker.spool import Spool
from tests import support_compared, support_many
from tests import support_report as made

pytestmark = pytest.mark.browser

DESKTOP = (1280, 900)
PHONE = (390, 844)
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
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    browser = webdriver.Chrome(options=options, service=service)
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def file(awkward: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text("".join(html.write(awkward, Policy())), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a run against a baseline and waivers."""
    path = tmp_path_factory.mktemp("compared") / "report.html"
    path.write_text("".join(html.write(support_compared.compared(), Policy())), encoding="utf-8")
    return path


@pytest.fixture
def page(driver: webdriver.Chrome, file: Path) -> Iterator[webdriver.Chrome]:
    """The report, opened anew on a desktop in light."""
    show(driver, file)
    yield driver
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def show(
    driver: webdriver.Chrome,
    file: Path,
    hash: str = "",
    size: tuple[int, int] = DESKTOP,
    scheme: str = "light",
) -> None:
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    driver.get("about:blank")
    driver.get(file.as_uri() + hash)


def finds(driver: webdriver.Chrome) -> list[str]:
    """The ids of the findings that no filter hides."""
    found: list[str] = driver.execute_script(
        "return [...document.querySelectorAll('.find')]"
        ".filter(find => !find.closest('[hidden]')).map(find => find.id)"
    )
    return found


def status(driver: webdriver.Chrome) -> str:
    return driver.find_element(By.ID, "shown").text


def open_all(driver: webdriver.Chrome) -> None:
    driver.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")


# Accessible


@pytest.mark.parametrize("against", [False, True], ids=["plain", "compared"])
@pytest.mark.parametrize("opened", [False, True], ids=["closed", "open"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(
    driver: webdriver.Chrome,
    file: Path,
    compared: Path,
    size: tuple[int, int],
    scheme: str,
    opened: bool,
    against: bool,
) -> None:
    show(driver, compared if against else file, size=size, scheme=scheme)
    if opened:
        open_all(driver)
    axe = Axe(driver)
    axe.inject()
    result: dict[str, Any] = driver.execute_async_script(
        "const done = arguments[1];"
        "axe.run(document, arguments[0]).then(r => done({violations: r.violations, passes: r.passes.length}),"
        " e => done({error: String(e)}))",
        EVERY_RULE,
    )
    assert "error" not in result, result
    assert result["passes"] > 20
    told = [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in result["violations"]
        for node in rule["nodes"]
    ]
    assert told == []


def test_a_phone_never_scrolls_sideways(
    driver: webdriver.Chrome, file: Path, compared: Path
) -> None:
    for each in (file, compared):
        show(driver, each, size=PHONE)
        open_all(driver)
        widths = driver.execute_script(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert widths[0] <= widths[1]


def test_the_skip_link_comes_first_and_leads_to_the_findings(page: webdriver.Chrome) -> None:
    page.switch_to.active_element.send_keys(Keys.TAB)
    focused = page.switch_to.active_element
    assert focused.text == "Skip to the findings"
    assert focused.rect["y"] >= 0
    outline = focused.value_of_css_property("outline-style")
    assert outline == "solid"
    focused.send_keys(Keys.ENTER)
    assert page.switch_to.active_element.get_attribute("id") == "findings"


# Filters


def test_everything_is_shown_at_first(page: webdriver.Chrome) -> None:
    assert len(finds(page)) == 11
    assert status(page) == "Showing 11 of 11 findings and 4 of 4 reasons why rules were not tested."


def test_filters_work_by_keyboard_and_stand_in_the_address(page: webdriver.Chrome) -> None:
    box = page.find_element(By.CSS_SELECTOR, "input[value=error]")
    box.send_keys(Keys.SPACE)
    assert not box.is_selected()
    assert len(finds(page)) == 3
    assert page.current_url.endswith("#severity=warning,advice")
    page.find_element(By.CSS_SELECTOR, "input[value=review]").send_keys(Keys.SPACE)
    page.find_element(By.CSS_SELECTOR, "input[value=not-tested]").send_keys(Keys.SPACE)
    assert page.current_url.endswith("#severity=warning,advice&verdict=fail")
    assert status(page) == "Showing 2 of 11 findings and 0 of 4 reasons why rules were not tested."
    page.find_element(By.CSS_SELECTOR, "button[type=reset]").send_keys(Keys.ENTER)
    assert len(finds(page)) == 11
    assert "#" not in page.current_url


def test_the_page_and_rule_filters_name_what_is_there(page: webdriver.Chrome) -> None:
    rules = Select(page.find_element(By.ID, "filter-rule"))
    assert {"image-alt", "hsts", "evil-rule"} <= {o.get_attribute("value") for o in rules.options}
    rules.select_by_value("image-alt")
    assert len(finds(page)) == 2
    pages = Select(page.find_element(By.ID, "filter-page"))
    assert [o.get_attribute("value") for o in pages.options] == ["", "1", "2", "3", "4", "5", "6"]
    pages.select_by_value("4")
    assert finds(page) == []
    assert status(page) == "Showing 0 of 11 findings and 1 of 4 reasons why rules were not tested."


def test_a_filtered_view_opens_from_its_address(driver: webdriver.Chrome, file: Path) -> None:
    show(driver, file, "#page=6&verdict=fail,review")
    assert len(finds(driver)) == 3
    assert all(find.startswith("f6-") for find in finds(driver))
    assert (
        Select(driver.find_element(By.ID, "filter-page")).first_selected_option.get_attribute(
            "value"
        )
        == "6"
    )
    shown = [c for c in driver.find_elements(By.CSS_SELECTOR, "#pages .page") if c.is_displayed()]
    assert [c.get_attribute("id") for c in shown] == ["p6"]


def test_findings_are_filtered_by_how_they_stand_and_where(
    driver: webdriver.Chrome, compared: Path
) -> None:
    show(driver, compared, "#status=new,expired")
    assert status(driver) == "Showing 2 of 8 findings."
    show(driver, compared)
    driver.find_element(By.CSS_SELECTOR, "input[value=article]").send_keys(Keys.SPACE)
    assert driver.current_url.endswith("#place=template")
    assert status(driver) == "Showing 2 of 8 findings."
    assert not driver.find_element(By.ID, "r-image-alt").is_displayed()


def test_what_pages_share_is_among_the_findings_of_each(
    driver: webdriver.Chrome, compared: Path
) -> None:
    for page, shown in ((1, 7), (2, 2), (3, 3), (4, 2)):
        show(driver, compared, f"#page={page}")
        assert status(driver) == f"Showing {shown} of 8 findings."


@pytest.mark.parametrize(
    "hash", ["#page=<img src=x>&rule=%00&severity=x", "#%E0%A4%A", "#rule=none", "#=&=&%"]
)
def test_a_nonsensical_address_is_borne(driver: webdriver.Chrome, file: Path, hash: str) -> None:
    show(driver, file, hash)
    assert driver.find_element(By.ID, "filters").is_displayed()
    assert [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_a_link_opens_the_place_that_it_leads_to(page: webdriver.Chrome) -> None:
    page.find_element(By.CSS_SELECTOR, "input[value=error]").click()
    page.execute_script(
        "document.querySelectorAll('main details').forEach(d => { d.open = false; })"
    )
    page.execute_script("location.hash = 'g2-image-alt'")
    group = page.find_element(By.ID, "g2-image-alt")
    webdriver.support.ui.WebDriverWait(page, 10).until(lambda _: group.is_displayed())
    assert len(finds(page)) == 11


# Silent


def test_no_request_is_made_and_no_error_told(driver: webdriver.Chrome, file: Path) -> None:
    driver.get("about:blank")
    driver.get_log("browser")
    driver.get_log("performance")
    show(driver, file)
    open_all(driver)
    driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    asked = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    assert file.as_uri() in asked
    assert [
        url for url in asked if not re.match(r"data:|about:", url) and url != file.as_uri()
    ] == []
    assert driver.get_log("browser") == []


def test_what_is_not_ours_does_not_run(page: webdriver.Chrome) -> None:
    page.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.foreign = 1'; document.body.append(s);"
        "document.body.setAttribute('onclick', 'window.foreign = 2'); document.body.click();"
    )
    assert page.execute_script("return window.foreign") is None
    blocked = [
        e["message"] for e in page.get_log("browser") if "Content Security Policy" in e["message"]
    ]
    assert len(blocked) == 2


# Without script, and on paper


def test_without_script_everything_opens_in_order(driver: webdriver.Chrome, file: Path) -> None:
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show(driver, file)
        assert not driver.find_element(By.ID, "filters").is_displayed()
        assert driver.find_element(By.TAG_NAME, "h1").is_displayed()
        card = driver.find_element(By.ID, "r-alt-quality")
        message = card.find_element(By.CSS_SELECTOR, ".find .message")
        assert not message.is_displayed()
        card.find_element(By.TAG_NAME, "summary").click()
        assert message.is_displayed()
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_paper_shows_what_was_closed(page: webdriver.Chrome) -> None:
    page.execute_script("document.querySelectorAll('details').forEach(d => { d.open = false; })")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert page.execute_script(
            "return document.querySelector('#r-image-alt .find').getBoundingClientRect().height"
        )
        assert not page.find_element(By.ID, "filters").is_displayed()
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", PHONE)])
def test_axe_finds_nothing_in_an_index_and_its_parts(
    driver: webdriver.Chrome,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    scheme: str,
) -> None:
    monkeypatch.setattr(_parts, "EACH", 2)
    for piece in _parts.pieces(made.awkward(), Policy(), "r.html", "r-pages", Spool):
        (tmp_path / "r-pages").mkdir(exist_ok=True)
        path = tmp_path / "r-pages" / piece.name if piece.name else tmp_path / "r.html"
        path.write_text("".join(piece.text), encoding="utf-8")
    for name in ("r.html", "r-pages/0001.html", "r-pages/0002.html"):
        show(driver, tmp_path / name, size=size, scheme=scheme)
        open_all(driver)
        widths = driver.execute_script(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert widths[0] == widths[1], name
        axe = Axe(driver)
        axe.inject()
        told: list[Any] = driver.execute_async_script(
            "const done = arguments[1];"
            "axe.run(document, arguments[0]).then(r => done(r.violations.map(v => [v.id, v.nodes[0].target])),"
            " e => done([String(e)]))",
            EVERY_RULE,
        )
        assert told == [], name
    driver.find_element(By.CSS_SELECTOR, "[rel=prev]").send_keys(Keys.ENTER)
    assert driver.current_url.endswith("/r-pages/0001.html")
    driver.find_element(By.CSS_SELECTOR, ".paging a").send_keys(Keys.ENTER)
    assert driver.current_url.endswith("/r.html")
    assert driver.get_log("browser") == []  # type: ignore[no-untyped-call]


def test_a_thousand_pages_are_still_filtered(driver: webdriver.Chrome, tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("w", encoding="utf-8") as out:
        out.writelines(html.write(support_many.large(), Policy(), pictures=1_000_000))
    show(driver, path, "#page=777")
    assert status(driver) == "Showing 6 of 6,000 findings."
    assert all(find.startswith("f777-") for find in finds(driver))
