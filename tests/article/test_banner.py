"""The banner view: found by its words, wherever they stand and whatever the markup."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.article import Article
from checker.article.banner import Banner, said_by_scripts, unread_component
from checker.article.banner_texts import SIGNS, Generation, Kind, Sign, current, squash, squashed
from checker.article.host import Domain, domain_of, is_loopback, is_public
from checker.page import Mode, Page
from checker.rendering import Rendering
from tests.corpus import CORPUS

SENTENCE = "An official website of the United States government"
CURRENT = f"""
<section class="x"><p>{SENTENCE}</p><button>Here&rsquo;s how you know</button><div>
<p><strong>Official websites use .gov</strong><br>A <strong>.gov</strong> website belongs to an official government
organization in the United States.</p><p><strong>Secure .gov websites use HTTPS</strong><br>A <strong>lock</strong>
(<svg><title>Lock</title><desc>A locked padlock</desc></svg>) or <strong>https://</strong> means you&rsquo;ve safely
connected to the .gov website. Share sensitive information only on official, secure websites.</p></div></section>"""
OLDER = f"""
<div><p>{SENTENCE}</p><p>The .gov means it&rsquo;s official. Federal government websites always use a .gov or .mil
domain. Before sharing sensitive information online, make sure you&rsquo;re on a .gov or .mil site by inspecting your
browser&rsquo;s address (or “location”) bar.</p></div>"""


def article(body: str, *, head: str = "", rendering: Rendering | None = None) -> Article:
    html = f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"
    mode = Mode.RENDERED if rendering else Mode.STATIC
    return Article(Page("x", "https://www.example.gov/", mode, html, "", rendering=rendering))


def banner_of(body: str) -> Banner:
    banner = article(body).banner
    assert banner is not None
    return banner


def test_a_banner_is_known_by_its_words_and_stands_in_its_widest_element() -> None:
    banner = banner_of(f"<div><a href=#m>Skip</a>{CURRENT}</div><main id=m><h1>News</h1></main>")
    assert (banner.language, banner.domain, banner.generation) == ("en", Domain.GOV, 3)
    assert banner.complete
    assert banner.element.name == "section"
    assert [part.kind for part in banner.parts] == [
        Kind.SENTENCE,
        Kind.ACTION,
        Kind.DOMAIN,
        Kind.DOMAIN,
        Kind.HTTPS,
        Kind.HTTPS,
    ]
    assert banner.parts[0].text == SENTENCE
    assert all(words.said_in(banner.words) for words in current("en", Domain.GOV))


@given(st.lists(st.text().map(lambda text: text.replace("\0", ""))))
def test_texts_are_squashed_together_as_each_by_itself(texts: list[str]) -> None:
    folded = (unicodedata.normalize("NFKC", text).casefold() for text in texts)
    assert squashed(texts) == [re.sub(r"[\W_]+", "", text) for text in folded]
    assert squashed(texts) == [squash(text) for text in texts]


def test_the_oldest_words_are_a_banner_that_names_no_domain() -> None:
    banner = banner_of(OLDER)
    assert (banner.generation, banner.domain) == (Generation.OLDER, None)
    assert banner.complete, "outdated, not missing"


@pytest.mark.parametrize(
    "text",
    [
        "AN OFFICIAL WEBSITE OF THE UNITED STATES GOVERNMENT",
        "An official website of\n   the <b>United&nbsp;States</b><br>government.,",
        "An official website of the United Sta\u00adtes government",
        "An o\ufb03cial website of the United States government",
    ],
)
def test_case_spaces_punctuation_and_ligatures_do_not_hide_it(text: str) -> None:
    assert banner_of(CURRENT.replace(SENTENCE, text)).complete


def test_words_in_a_shadow_root_count_and_the_component_is_its_place() -> None:
    banner = banner_of(
        f'<usa-banner><template shadowrootmode="open"><style>p {{}}</style>{CURRENT}</template></usa-banner>'
    )
    assert banner.complete
    assert banner.element.name == "usa-banner"


def test_what_fills_a_slot_replaces_the_text_that_stands_in_it() -> None:
    shadow = CURRENT.replace(SENTENCE, f'<slot name="banner-text">{SENTENCE}</slot>')
    filled = '<span slot="banner-text">Un sitio oficial del Gobierno de Estados Unidos</span>'
    banner = banner_of(
        f'<usa-banner><template shadowrootmode="open">{shadow}</template>{filled}</usa-banner>'
    )
    assert SENTENCE not in [part.text for part in banner.parts]


@pytest.mark.parametrize(
    "body",
    [
        "<main><p>Nothing official here.</p></main>",
        "<footer><p>An official website of the General Services Administration</p></footer>",
        f"<main><p>Imitations say “{SENTENCE}”, too.</p></main>",
        "<main><p>Your water is safe. Here&rsquo;s how you know.</p></main>",
        f"<noscript>{CURRENT}</noscript>",
        f"<template>{CURRENT}</template>",
        f"<script>var banner = `{CURRENT.replace('</', '<')}`</script>",
        "",
    ],
)
def test_other_uses_of_the_words_are_no_banner(body: str) -> None:
    assert article(body).banner is None


def test_the_banner_that_people_see_is_the_one() -> None:
    hidden = f'<div style="color: red; display:none">{CURRENT}</div>'
    banner = banner_of(f"{hidden}<main>{'word ' * 200}</main>{CURRENT}")
    assert not banner.hidden
    assert banner_of(hidden).hidden


def test_a_browser_says_what_is_hidden() -> None:
    body = CURRENT.replace("<p>An", '<p data-presscheck="1">An')
    shown = Rendering("b", (1, 1), ((0, 0, 9, 9), (0, 0, 9, 9)), frozenset())
    away = Rendering("b", (1, 1), ((0, 0, 9, 9), (0, 0, 9, 9)), frozenset({1}))
    assert [
        banner.hidden
        for rendering in (shown, away)
        if (banner := article(body, rendering=rendering).banner)
    ] == [False, True]


def test_a_component_without_its_shadow_root_cannot_be_read() -> None:
    for name in ("usa-banner", "va-official-gov-banner", "ds-usa-banner"):
        unread = unread_component(article(f"<{name}></{name}>"))
        assert unread is not None
        assert unread.name == name
    read = article('<usa-banner><template shadowrootmode="open"><p>x</p></template></usa-banner>')
    assert unread_component(read) is None
    assert unread_component(article("<div class=usa-banner></div><ad-banner></ad-banner>")) is None


def test_words_that_a_script_carries_may_be_shown_by_it() -> None:
    assert said_by_scripts(article("", head=f"<script>show({SENTENCE!r})</script>"))
    assert said_by_scripts(article(f"<template><div><p>{SENTENCE}</p></div></template>"))
    assert not said_by_scripts(article("<script>show('nothing')</script>"))


def test_every_sign_is_written_as_text_is_compared() -> None:
    for sign in SIGNS:
        plain = sign.pattern.replace("(gov|mil)", "gov")
        if not set(plain) & set("()[]?{}|"):
            assert squash(plain) == plain, sign


@pytest.mark.parametrize(("language", "domain"), [(x, y) for x in ("en", "es") for y in Domain])
def test_the_current_words_are_a_complete_banner_of_their_kind(
    language: str, domain: Domain
) -> None:
    pieces = [words.forms[0] for words in current(language, domain)]
    banner = banner_of("".join(f"<p>{piece}</p>" for piece in pieces))
    assert (banner.language, banner.domain, banner.generation) == (language, domain, 3)
    assert banner.complete
    assert all(words.said_in(banner.words) for words in current(language, domain))


@pytest.mark.parametrize(
    ("host", "domain", "public"),
    [
        ("www.war.gov", Domain.GOV, True),
        ("www.af.mil", Domain.MIL, True),
        ("example.com", None, True),
        ("gov.uk", None, True),
        ("localhost", None, False),
        ("127.0.0.1", None, False),
        ("[::1]", None, False),
        ("staging", None, False),
        ("cms.agency.internal", None, False),
        ("", None, False),
    ],
)
def test_hosts_are_told_by_name(host: str, domain: Domain | None, public: bool) -> None:
    assert (domain_of(host), is_public(host)) == (domain, public)


def test_the_machine_itself_is_known() -> None:
    assert [is_loopback(h) for h in ("localhost", "a.localhost", "127.9.9.9", "::1")] == [True] * 4
    assert not is_loopback("10.0.0.1")
    assert not is_loopback("localhost.gov")


corpus = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS, reason="PRESSCHECK_CORPUS names no folder"),
]


class TestCorpus:
    """The banners that USWDS published, and real pages."""

    pytestmark = corpus

    @pytest.mark.parametrize(
        ("name", "language", "domain", "generation"),
        [
            ("uswds-1.6.14--prebuilt", "en", None, 2),
            ("uswds-2.0.0--default", "en", None, 2),
            ("uswds-2.8.1--default", "en", "gov", 3),
            ("uswds-2.8.1--dot-mil", "en", "mil", 3),
            ("uswds-2.8.1--lang-es", "es", "gov", 3),
            ("uswds-2.14.0--default", "en", "gov", 3),
            ("uswds-2.14.0--dot-mil-lang-es", "es", "mil", 3),
            ("uswds-uswds-3.0.0--default", "en", "gov", 3),
            ("uswds-uswds-3.14.0--default", "en", "gov", 3),
            ("uswds-uswds-3.14.0--default-mil", "en", "mil", 3),
            ("uswds-uswds-3.14.0--default-lang-es", "es", "gov", 3),
            ("uswds-uswds-3.14.0--default-mil-lang-es", "es", "mil", 3),
        ],
    )
    def test_a_published_banner_is_read(
        self, name: str, language: str, domain: str | None, generation: int
    ) -> None:
        banner = self.read(f"banner/{name}.html").banner
        assert banner is not None
        assert (banner.language, banner.domain, banner.generation) == (language, domain, generation)
        assert banner.complete
        assert "usa-banner" in banner.element.get_attribute_list("class")
        if generation == 3 and banner.domain:
            pieces = current(banner.language, banner.domain)
            assert [words.forms[0] for words in pieces if not words.said_in(banner.words)] == []

    def test_no_published_banner_is_left_out(self) -> None:
        (here,) = (
            mark
            for mark in TestCorpus.test_a_published_banner_is_read.pytestmark  # type: ignore[attr-defined]
            if mark.name == "parametrize"
        )
        files = {path.stem for path in (Path(str(CORPUS)) / "banner").glob("*.html")}
        assert files == {case[0] for case in here.args[1]}

    def test_real_pages_have_the_banner_that_people_saw(self) -> None:
        found = {
            path.parent.name: (banner.generation if (banner := self.read(path).banner) else None)
            for path in (Path(str(CORPUS)) / "gov-pages").rglob("*.html")
        }
        assert found == {
            "18f.gsa.gov-2025-built": 2,
            "digital.gov-2025-built": 3,
            "af.mil-2016-print": None,
            "whitehouse.gov-2017": None,
            "www.energy.gov-2017": None,
            "www.directives.doe.gov-2017": None,
        }

    @staticmethod
    def read(path: str | Path) -> Article:
        html = (Path(str(CORPUS)) / path).read_text("utf-8", "replace")
        return Article(Page(str(path), "", Mode.STATIC, html, ""))


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.pattern[:40])
def test_a_sign_is_found_where_its_pattern_is(sign: Sign) -> None:
    plain = sign.pattern.replace("(gov|mil)", "mil")
    letters = sign.pattern.replace("(gov|mil)", "")
    for text in (plain, f"{letters}{plain}", f"gov{letters}x{plain}{plain}", letters, ""):
        for start in range(len(text) + 1):
            said = re.compile(sign.pattern).search(text, start)
            found = sign.search(text, start)
            assert (found and found.span()) == (said and said.span())
