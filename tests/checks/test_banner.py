"""What the banner's checks say where the rules' own examples do not reach: geometry, alerts, mixtures of words."""

from __future__ import annotations

import pytest

from checker.article import Article
from checker.article.banner_texts import current
from checker.article.host import Domain
from checker.checks import banner as checks
from checker.page import Mode, Page
from checker.rendering import Rendering
from checker.verdict import Outcome, Verdict

GOV = "https://www.example.gov/news/"
MIL = "https://www.example.mil/news/"


def words(language: str = "en", domain: Domain = Domain.GOV) -> list[str]:
    return [piece.forms[0] for piece in current(language, domain)]


def markup(pieces: list[str]) -> str:
    return "<section>" + "".join(f"<p>{piece}</p>" for piece in pieces) + "</section>"


BANNER = markup(words())


def article(
    body: str, url: str = GOV, language: str = "en", rendering: Rendering | None = None
) -> Article:
    html = f'<!doctype html><html lang="{language}"><body>{body}</body></html>'
    mode = Mode.RENDERED if rendering else Mode.STATIC
    return Article(Page("x", url, mode, html, "", rendering=rendering))


def laid_out(
    boxes: dict[int, tuple[int, int, int, int]], hidden: frozenset[int] = frozenset()
) -> Rendering:
    rows = tuple(boxes.get(number, (0, 0, 0, 0)) for number in range(max(boxes) + 1))
    return Rendering("browser", (1280, 800), rows, hidden)


def only(outcomes: list[Outcome]) -> Outcome:
    (outcome,) = outcomes
    return outcome


class TestPresent:
    def test_a_page_without_a_known_host_is_taken_for_a_governments(self) -> None:
        for url in ("", "http://localhost:8000/"):
            assert only(list(checks.present(article("<p>x</p>", url)))).verdict is Verdict.FAIL
            assert only(list(checks.present(article(BANNER, url)))).verdict is Verdict.PASS

    def test_what_lacks_is_named(self) -> None:
        outcome = only(list(checks.present(article(markup(words()[:2])))))
        assert outcome.verdict is Verdict.FAIL
        assert (
            outcome.message
            == "The banner does not say what .gov or .mil means and what HTTPS means"
        )

    def test_words_in_a_script_are_for_a_person_only_where_no_browser_ran_it(self) -> None:
        script = f"<script>show('{words()[0]}')</script>"
        assert only(list(checks.present(article(script)))).verdict is Verdict.REVIEW
        ran = article(script, rendering=laid_out({0: (0, 0, 9, 9)}))
        assert only(list(checks.present(ran))).verdict is Verdict.FAIL


class TestFirst:
    def place(
        self, before: str, boxes: dict[int, tuple[int, int, int, int]], hidden: tuple[int, ...] = ()
    ) -> Outcome:
        numbered = BANNER.replace("<section>", '<section data-presscheck="0">').replace(
            "<p>", '<p data-presscheck="1">', 1
        )
        rendering = laid_out(
            {0: (0, 100, 1280, 40), 1: (0, 100, 1280, 20), **boxes}, frozenset(hidden)
        )
        return only(list(checks.first(article(before + numbered, rendering=rendering))))

    def test_what_a_browser_shows_above_fails(self) -> None:
        outcome = self.place('<p data-presscheck="2">Agency</p>', {2: (0, 0, 1280, 100)})
        assert outcome.verdict is Verdict.FAIL
        assert outcome.where is not None
        assert outcome.where.element == 2
        assert "Agency" in outcome.message

    @pytest.mark.parametrize(
        ("box", "hidden"),
        [
            ((0, 0, 200, 20), (2,)),
            ((0, 0, 1, 1), ()),
            ((-9999, 0, 200, 20), ()),
            ((0, 700, 200, 40), ()),
        ],
        ids=["hidden", "a pixel", "off the page", "at the foot of the page"],
    )
    def test_what_nobody_sees_above_is_nothing(
        self, box: tuple[int, int, int, int], hidden: tuple[int, ...]
    ) -> None:
        outcome = self.place('<p data-presscheck="2">Menu</p>', {2: box}, hidden)
        assert outcome.verdict is Verdict.PASS

    def test_an_order_that_style_sheets_turn_round_fails(self) -> None:
        page = article(
            '<section data-presscheck="0">'
            + BANNER
            + '</section><main data-presscheck="1">News</main>',
            rendering=laid_out({0: (0, 500, 1280, 40), 1: (0, 0, 1280, 500)}),
        )
        outcome = only(list(checks.first(page)))
        assert outcome.verdict is Verdict.FAIL
        assert outcome.where is not None
        assert outcome.where.element == 1

    @pytest.mark.parametrize(
        "before",
        [
            '<section class="usa-site-alert"><p>Storm closes offices</p></section>',
            '<div role="status">Storm closes offices</div>',
            "<dialog open><p>Take our survey</p></dialog>",
            '<div id="cookie-bar"><button>Accept</button></div>',
        ],
    )
    def test_an_alert_is_for_a_person(self, before: str) -> None:
        assert only(list(checks.first(article(before + BANNER)))).verdict is Verdict.REVIEW

    @pytest.mark.parametrize(
        "before",
        [
            '<a href="#main">Skip to main content (Press Enter).</a>',
            '<a href="javascript:skip()">Skip to content</a>',
            '<a href="/x#m">Saltar al contenido</a>',
            '<input type="hidden" value="x"><script>1</script><style>p {}</style><noscript>No</noscript>',
            '<img src="/t.gif" width="1" height="1" alt="">',
            '<span class="visually-hidden">Top</span>',
            "<template><p>x</p></template><div hidden>Menu</div>",
            "<iframe src='/x' height='0' width='0'></iframe>&nbsp;|",
        ],
    )
    def test_what_may_come_first(self, before: str) -> None:
        assert only(list(checks.first(article(before + BANNER)))).verdict is Verdict.PASS

    def test_the_article_above_it_fails_without_a_browser_too(self) -> None:
        outcome = only(list(checks.first(article(f"<main><h1>News</h1></main>{BANNER}"))))
        assert outcome.verdict is Verdict.FAIL
        outcome = only(list(checks.first(article(f"<nav>Menu</nav>{BANNER}"))))
        assert outcome.verdict is Verdict.REVIEW

    def test_a_picture_is_something(self) -> None:
        outcome = only(list(checks.first(article(f'<img src="/l.png" alt="Agency">{BANNER}'))))
        assert outcome.verdict is Verdict.REVIEW
        assert "Agency" in outcome.message

    def test_a_hidden_banner_is_another_rules(self) -> None:
        assert not list(checks.first(article(f"<div hidden>{BANNER}</div>")))


class TestWording:
    def said(self, pieces: list[str], url: str = GOV, language: str = "en") -> list[Outcome]:
        return list(checks.wording(article(markup(pieces), url, language)))

    @pytest.mark.parametrize("language", ["en", "es"])
    @pytest.mark.parametrize("domain", list(Domain))
    def test_the_words_of_the_other_domain_fail(self, language: str, domain: Domain) -> None:
        right, wrong = (MIL, GOV) if domain is Domain.MIL else (GOV, MIL)
        pieces = words(language, domain)
        assert only(self.said(pieces, right, language)).verdict is Verdict.PASS
        outcome = only(self.said(pieces, wrong, language))
        assert outcome.verdict is Verdict.FAIL
        assert f"explains .{domain}" in outcome.message

    @pytest.mark.parametrize("url", ["", "http://127.0.0.1:8000/"])
    def test_without_a_known_host_both_domains_are_right(self, url: str) -> None:
        for domain in Domain:
            assert only(self.said(words("en", domain), url)).verdict is Verdict.PASS

    def test_a_page_in_a_third_language_may_have_either(self) -> None:
        assert only(self.said(words(), language="fr")).verdict is Verdict.PASS
        assert only(self.said(words(), language="es-PR")).verdict is Verdict.FAIL
        assert only(self.said(words("es"), language="en-US")).verdict is Verdict.FAIL

    def test_both_domains_in_one_banner_fail(self) -> None:
        outcome = only(self.said([*words()[:4], *words("en", Domain.MIL)[4:]]))
        assert "in another" in outcome.message

    @pytest.mark.parametrize(
        ("index", "verdict"), [(0, "review"), (2, "review"), (3, "fail"), (5, "fail")]
    )
    def test_own_words_on_a_gov_host(self, index: int, verdict: str) -> None:
        """Other governments may adapt the sentence and the heading."""
        pieces = words()
        own = [
            "An official website of the State of Example",
            "",
            "Official websites use .gov addresses of Example",
            "A .gov website belongs to Example.",
            "",
            "A lock ( ) means you've safely connected to the .gov website, so share what you like.",
        ]
        pieces[index] = own[index]
        pieces[2] = "Official Example websites use .gov" if index == 2 else pieces[2]
        outcome = only(self.said(pieces))
        assert outcome.verdict.value == verdict
        assert words()[index] in outcome.suggestion

    def test_altered_words_are_quoted(self) -> None:
        pieces = words()
        pieces[0] = "An official website of the U.S. Government"
        assert "U.S. Government" in only(self.said(pieces)).message

    @pytest.mark.parametrize(
        "lock", ["lock", "Lock Locked padlock icon", "\U0001f512", "A locked padlock"]
    )
    def test_the_padlock_has_many_names(self, lock: str) -> None:
        pieces = [piece.replace("( )", f"( {lock} )") for piece in words()]
        assert only(self.said(pieces)).verdict is Verdict.PASS

    def test_a_missing_action_is_for_a_person(self) -> None:
        pieces = words()
        assert only(self.said([pieces[0], *pieces[2:]])).verdict is Verdict.REVIEW


class TestHost:
    @pytest.mark.parametrize(
        ("url", "verdicts"),
        [
            (GOV, ["pass"]),
            (MIL, ["pass"]),
            ("https://example.com/", ["fail"]),
            ("https://notgov.gov.example.org/", ["fail"]),
            ("", []),
            ("http://10.0.0.1/", []),
            ("http://staging.local/", []),
        ],
    )
    def test_where_it_may_stand(self, url: str, verdicts: list[str]) -> None:
        assert [o.verdict.value for o in checks.host(article(BANNER, url))] == verdicts

    def test_elsewhere_the_other_rules_say_nothing(self) -> None:
        there = article(BANNER, "https://example.com/")
        for check in (checks.present, checks.first, checks.wording):
            assert not list(check(there))
