"""The HTML report is whole by itself and safe: nothing asked of outside, nothing that a page says is ever markup."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from checker import document
from checker.outputs import _words
from checker.report import Report
from checker.rule import Reference
from tests import support_report as made
from tests import support_rules
from tests.outputs.reading import one, soup_of, text_of


@pytest.fixture(scope="module")
def page(awkward: Report) -> BeautifulSoup:
    return soup_of(awkward)


def test_nothing_is_loaded_from_outside(awkward: Report, page: BeautifulSoup) -> None:
    assert not page.select("link, script[src], iframe, object, embed, base, audio, video, source")
    assert all(str(img["src"]).startswith("data:image/png;base64,") for img in page.select("img"))
    assert not page.select("[style], [srcset], [background], use")
    assert "url(" not in one(page, "style").get_text() + one(page, "script").get_text()
    assert "@import" not in one(page, "style").get_text()


def test_the_content_policy_allows_this_style_and_script_and_nothing_else(
    page: BeautifulSoup,
) -> None:
    policy = one(page, 'meta[http-equiv="Content-Security-Policy"]')["content"]

    def mark(tag: str) -> str:
        text = str(one(page, tag).string)
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{mark('style')}'; "
        f"script-src 'sha256-{mark('script')}'; base-uri 'none'; form-action 'none'"
    )


def skeleton(soup: BeautifulSoup) -> list[tuple[str, tuple[str, ...]]]:
    return [(tag.name, tuple(sorted(tag.attrs))) for tag in soup.find_all(True)]


def test_hostile_text_changes_no_element(monkeypatch: pytest.MonkeyPatch) -> None:
    def shape() -> list[tuple[str, tuple[str, ...]]]:
        references = (Reference(support_rules.EVIL, "javascript:alert(1)", support_rules.EVIL),)
        rules = tuple(
            replace(
                rule,
                title=support_rules.EVIL,
                why=support_rules.EVIL,
                fix=support_rules.EVIL,
                references=references,
            )
            for rule in support_rules.RULES
        )
        tame = replace(made.report_of(made.hostile(), notes=(support_rules.EVIL,)), rules=rules)
        return skeleton(soup_of(tame))

    with_evil = shape()
    assert len(with_evil) > 200
    monkeypatch.setattr(made, "EVIL", "harmless words")
    assert with_evil == shape()


def test_hostile_text_is_readable_and_without_control_characters(awkward: Report) -> None:
    text = text_of(awkward)
    text.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", text)
    soup = document.load(text).soup
    message = one(soup, "#r-evil-rule .find:first-child .message bdi").get_text()
    assert message.startswith("</script><script>alert('evil')</script></style></title>")
    assert "&amp; &lt;b&gt;" in message
    assert "{{ 7*7 }} {% x %}" in message


def test_bidirectional_controls_are_isolated_in_prose_and_spelled_out_in_code(
    awkward: Report,
) -> None:
    soup = soup_of(awkward)
    for text in soup.find_all(string=re.compile("[\u202a-\u202e\u2066-\u2069]")):
        assert text.find_parent("bdi") or text.find_parent("title"), str(text)
    snippet = one(soup, "#r-evil-rule .find:first-child pre").get_text()
    assert "[U+202E]exe.gpj[U+202C]" in snippet


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " javascript:alert(1)", "JAVASCRIPT://x/%0aalert(1)", "data:text/html,x", "//x.gov/",
     "https:evil", "https://a.gov/\njavascript:", "https://[", "http://a.gov/" + "x" * 3000, "", "site/a.html"],
)  # fmt: skip
def test_only_whole_http_addresses_become_links(url: str) -> None:
    assert _words.link(url) == ""


def test_no_page_address_of_another_scheme_is_linked(page: BeautifulSoup) -> None:
    links = [str(a["href"]) for a in page.select("[href]")]
    assert links
    assert all(re.match(r"https?://|#", link) for link in links)
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)


def test_texts_are_bounded(awkward: Report) -> None:
    assert max(map(len, soup_of(awkward).find("main").stripped_strings)) <= 1_500
    assert len(text_of(awkward)) < 150_000


def test_a_picture_of_another_kind_is_not_embedded(page: BeautifulSoup) -> None:
    assert not page.select("#r-evil-rule img")
