"""What the transport checks say where the rules' own examples do not reach."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.article import Article
from checker.article.subresources import Danger, subresources
from checker.checks import mixed, transport
from checker.document import load
from checker.page import Hop, Mode, Page, Request
from checker.verdict import Cause, Outcome, Verdict

URL = "https://www.example.gov/news/article/"


def article(
    body: str = "",
    url: str = URL,
    *,
    head: str = "",
    headers: tuple[tuple[str, str], ...] = (),
    probe: Hop | None = None,
    source: str | None = None,
    requests: tuple[Request, ...] = (),
    redirects: tuple[Hop, ...] = (),
) -> Article:
    html = f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"
    mode = Mode.STATIC if source is None else Mode.RENDERED
    page = Page(
        target=url,
        url=url,
        mode=mode,
        html=html,
        loaded_at="",
        final_url=url,
        headers=headers,
        probe=probe,
        source=source,
        requests=requests,
        redirects=redirects,
    )
    return Article(page)


def only(outcomes: list[Outcome]) -> Outcome:
    (outcome,) = outcomes
    return outcome


class TestHttps:
    @pytest.mark.parametrize(
        "url", ["", "http://localhost/", "http://[::1]:80/", "http://cms.internal/"]
    )
    def test_an_address_that_no_reader_has_is_not_judged(self, url: str) -> None:
        outcome = only(list(transport.https_page(article(url=url))))
        assert (outcome.verdict, outcome.cause) == (Verdict.NOT_TESTED, Cause.OUT_OF_REACH)

    def test_the_scheme_decides(self) -> None:
        assert only(list(transport.https_page(article()))).verdict is Verdict.PASS
        plain = only(list(transport.https_page(article(url="http://www.example.gov/a"))))
        assert plain.verdict is Verdict.FAIL
        assert "http://www.example.gov/a" in plain.message


class TestRedirect:
    @pytest.mark.parametrize(
        ("status", "location", "verdict"),
        [
            (301, "https://www.example.gov/news/article/", "pass"),
            (307, "HTTPS://example.gov/", "pass"),
            (0, "", "pass"),
            (302, "//www.example.gov/", "review"),
            (302, "/login", "review"),
            (301, "", "fail"),
            (301, "http://www.example.gov/news/article/", "fail"),
            (300, "https://www.example.gov/", "fail"),
            (304, "", "fail"),
            (404, "", "fail"),
            (503, "https://www.example.gov/", "fail"),
            (200, "https://www.example.gov/", "fail"),
        ],
    )
    def test_the_answer_over_plain_http(self, status: int, location: str, verdict: str) -> None:
        probe = Hop("http://www.example.gov/news/article/", status, location)
        outcome = only(list(transport.http_redirect(article(probe=probe))))
        assert outcome.verdict.value == verdict

    def test_a_server_that_is_not_public_owes_none(self) -> None:
        probe = Hop("http://127.0.0.1:8000/", 200, "")
        outcome = only(list(transport.http_redirect(article(probe=probe))))
        assert (outcome.verdict, outcome.cause) == (Verdict.NOT_TESTED, Cause.OUT_OF_REACH)


class TestHsts:
    def verdict(self, *values: str, url: str = URL, preloaded: tuple[str, ...] = ()) -> str:
        headers = tuple(("Strict-Transport-Security", value) for value in values)
        page = article(url=url, headers=headers)
        outcomes = list(transport.hsts(page, minimum_age=31536000, preloaded=preloaded))
        return only(outcomes).verdict.value if outcomes else "nothing"

    @pytest.mark.parametrize(
        ("values", "verdict"),
        [
            (("max-age=31536000",), "pass"),
            (('includeSubDomains ; MAX-AGE = "63072000"',), "pass"),
            (("max-age=31535999",), "fail"),
            (("max-age=0",), "fail"),
            (("includeSubDomains; preload",), "fail"),
            (("max-age=-1",), "fail"),
            (("x-max-age=99999999",), "fail"),
            (("max-age=300", "max-age=31536000"), "fail"),
            ((), "fail"),
        ],
    )
    def test_the_first_header_decides(self, values: tuple[str, ...], verdict: str) -> None:
        assert self.verdict(*values) == verdict

    def test_a_preloaded_parent_is_enough(self) -> None:
        assert self.verdict(url="https://news.gsa.gov/") == "pass"
        assert self.verdict("max-age=300", url="https://www.gsa.gov/") == "pass"
        assert self.verdict(preloaded=("example.gov",)) == "pass"
        assert self.verdict(url="https://badexample.gov/", preloaded=("example.gov",)) == "fail"

    @pytest.mark.parametrize(
        "url", ["http://www.example.gov/", "https://127.0.0.1/", "https://[::1]/"]
    )
    def test_where_it_has_no_meaning_nothing_is_said(self, url: str) -> None:
        assert self.verdict(url=url) == "nothing"

    def test_a_server_that_is_not_public_may_do_without(self) -> None:
        assert self.verdict(url="https://localhost:8443/") == "not-tested"
        assert self.verdict("max-age=31536000", url="https://localhost:8443/") == "pass"

    def test_a_host_that_is_no_name_is_not_on_the_list(self) -> None:
        assert self.verdict(url=f"https://{'x' * 64}.gov/") == "fail"


def told(page: Article, danger: Danger) -> list[str]:
    return [o.message for o in mixed.content(page, danger=danger) if o.verdict is Verdict.FAIL]


class TestMixed:
    @pytest.mark.parametrize(
        ("markup", "danger"),
        [
            ('<script src="http://a.gov/x.js"></script>', Danger.ACTIVE),
            ('<link rel="preload Stylesheet" href="http://a.gov/x.css">', Danger.ACTIVE),
            ('<link rel="preload" as="image" href="http://a.gov/x.png">', Danger.PASSIVE),
            ('<iframe src=" http://a.gov/x "></iframe>', Danger.ACTIVE),
            ('<object data="HTTP://a.gov/x"></object>', Danger.ACTIVE),
            ('<embed src="http://a.gov/x">', Danger.ACTIVE),
            ('<style>@import "http://a.gov/x.css";</style>', Danger.ACTIVE),
            ("<style>@font-face { src: url('http://a.gov/x.woff2?v=1') }</style>", Danger.ACTIVE),
            ("<style>p { background: url(http://a.gov/x.png) }</style>", Danger.PASSIVE),
            ('<p style="background: url(&quot;http://a.gov/x.png&quot;)">x</p>', Danger.PASSIVE),
            ('<img src="http://a.gov/x.png">', Danger.PASSIVE),
            ('<img srcset="/a.png, http://a.gov/x.png 2x">', Danger.PASSIVE),
            ('<picture><source srcset="http://a.gov/x,1.png 300w"></picture>', Danger.PASSIVE),
            ('<video poster="http://a.gov/x.png"></video>', Danger.PASSIVE),
            (
                '<video><source src="http://a.gov/x.mp4"><track src="/t.vtt"></video>',
                Danger.PASSIVE,
            ),
            ('<audio src="http://a.gov/x.mp3"></audio>', Danger.PASSIVE),
            ('<input type="image" src="http://a.gov/x.png">', Danger.PASSIVE),
            ('<svg><image xlink:href="http://a.gov/x.png" /></svg>', Danger.PASSIVE),
            (
                '<p><template shadowrootmode="open"><img src="http://a.gov/x"></template></p>',
                Danger.PASSIVE,
            ),
        ],
    )
    def test_what_a_page_loads(self, markup: str, danger: Danger) -> None:
        other = Danger.PASSIVE if danger is Danger.ACTIVE else Danger.ACTIVE
        assert len(told(article(markup), danger)) == 1
        assert not told(article(markup), other)
        assert not told(article(markup.replace("http:", "https:").replace("HTTP:", "")), danger)

    @pytest.mark.parametrize(
        "markup",
        [
            '<a href="http://a.gov/">x</a>',
            '<link rel="canonical" href="http://a.gov/"><link rel="alternate" href="http://a.gov/rss">',
            '<link rel="dns-prefetch preconnect" href="http://a.gov/">',
            '<noscript><img src="http://a.gov/x.png"></noscript>',
            '<template><img src="http://a.gov/x.png"></template>',
            '<img src="data:image/png;base64,http://"><img src="//a.gov/x.png">',
            '<img src="http://127.0.0.1:9/x.png"><img src="http://localhost/x.png">',
            '<blockquote cite="http://a.gov/">x</blockquote><img src="http://[bad/">',
            '<script type="application/json">{"src": "http://a.gov/x.js"}</script>',
            "<p>p { background: url(http://a.gov/x.png) }</p>",
        ],
    )
    def test_what_is_not_loaded_over_http(self, markup: str) -> None:
        for danger in Danger:
            assert not told(article(markup), danger)

    def test_an_element_is_told_once(self) -> None:
        markup = (
            '<img src="http://a.gov/1.png" srcset="http://a.gov/1.png 1x, http://a.gov/2.png 2x">'
        )
        (message,) = told(article(markup), Danger.PASSIVE)
        assert "http://a.gov/1.png (and 2 more)" in message

    def test_the_base_counts(self) -> None:
        page = article('<img src="x.png">', head='<base href="http://a.gov/y/">')
        (message,) = told(page, Danger.PASSIVE)
        assert "http://a.gov/y/x.png" in message

    def test_a_public_page_without_https_has_none(self) -> None:
        page = article('<img src="http://a.gov/x.png">', "http://www.example.gov/")
        assert not list(mixed.content(page, danger=Danger.PASSIVE))

    def test_a_preview_is_judged_as_if_published(self) -> None:
        markup = (
            '<img src="http://a.gov/x.png"><img src="y.png"><img src="http://preview.local/z.png">'
        )
        assert len(told(article(markup, "http://preview.local/news/"), Danger.PASSIVE)) == 1
        assert (
            len(
                told(article('<img src="http://a.gov/x.png"><img src="y.png">', ""), Danger.PASSIVE)
            )
            == 1
        )

    def test_what_scripts_of_a_preview_add_is_left_out(self) -> None:
        """Scripts choose the scheme that the page has: on https they would add https addresses."""
        served = '<script src="//stats.gov/x.js"></script><img src="http://a.gov/x.png">'
        added = '<script src="http://stats.gov/y.js"></script>'
        requests = (Request("http://stats.gov/x.js", "script", "loaded"),)
        preview = article(
            served + added, "http://127.0.0.1:8000/", source=served, requests=requests
        )
        assert told(preview, Danger.ACTIVE) == []
        assert len(told(preview, Danger.PASSIVE)) == 1
        assert [o.count for o in mixed.content(preview, danger=Danger.ACTIVE)] == [1]
        published = article(served + added, source=served, requests=requests)
        assert len(told(published, Danger.ACTIVE)) == 2
        saved = Article(replace(published.page, source_path="saved/page.html"))
        assert told(saved, Danger.ACTIVE) == []
        assert len(told(saved, Danger.PASSIVE)) == 1

    @pytest.mark.parametrize(
        ("policy", "upgraded"),
        [
            ("default-src 'self'; upgrade-insecure-requests", True),
            ("Upgrade-Insecure-Requests;", True),
            ("default-src 'self', upgrade-insecure-requests", True),
            ("img-src no-upgrade-insecure-requests", False),
        ],
    )
    def test_a_page_that_tells_browsers_to_upgrade_has_none(
        self, policy: str, upgraded: bool
    ) -> None:
        markup = '<img src="http://a.gov/x.png">'
        by_header = article(markup, headers=(("content-security-policy", policy),))
        assert bool(told(by_header, Danger.PASSIVE)) is not upgraded
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        assert bool(told(article(markup, head=meta), Danger.PASSIVE)) is not upgraded

    def test_passes_are_counted_by_element(self) -> None:
        markup = (
            '<img src="/1.png" srcset="/2.png 2x"><img src="/3.png"><script src="/a.js"></script>'
        )
        assert [o.count for o in mixed.content(article(markup), danger=Danger.PASSIVE)] == [2]
        assert [o.count for o in mixed.content(article(markup), danger=Danger.ACTIVE)] == [1]

    def test_what_scripts_took_away_was_loaded_all_the_same(self) -> None:
        source = '<p>Text</p>\n<img src="http://a.gov/x.png"><img src="http://a.gov/y.png">'
        page = article(
            '<img src="https://a.gov/x.png"><img src="http://a.gov/y.png">', source=source
        )
        outcomes = [
            o for o in mixed.content(page, danger=Danger.PASSIVE) if o.verdict is Verdict.FAIL
        ]
        assert [("y.png" in o.message, "x.png" in o.message) for o in outcomes] == [
            (True, False),
            (False, True),
        ]
        where = outcomes[1].where
        assert where is not None
        assert (where.line, where.column) == (2, 1)

    def test_what_only_the_browser_saw_is_told_once(self) -> None:
        requests = (
            Request("http://www.example.gov/", "document", "loaded"),
            Request("http://a.gov/x.js", "script", "blocked", mixed="blockable"),
            Request("http://a.gov/x.js", "script", "blocked", mixed="blockable"),
            Request("http://a.gov/y.js", "script", "blocked", mixed="blockable"),
            Request("http://a.gov/z.png", "image", "loaded", mixed="optionally-blockable"),
            Request("https://a.gov/w.js", "script", "loaded"),
        )
        redirects = (Hop("http://www.example.gov/", 301, URL),)
        page = article(
            '<script src="http://a.gov/x.js"></script>',
            source="<p>x</p>",
            requests=requests,
            redirects=redirects,
        )
        active = told(page, Danger.ACTIVE)
        assert [("x.js" in m, "y.js" in m) for m in active] == [(True, False), (False, True)]
        assert len(told(page, Danger.PASSIVE)) == 1

    def test_a_source_set_is_read_as_html_says(self) -> None:
        soup = load('<img srcset=" a,b.png 1x ,c.png 2x,, d.png">').soup
        assert [each.address for each in subresources(iter(soup.find_all("img")))] == [
            "a,b.png",
            "c.png",
            "d.png",
        ]


class TestForms:
    def test_a_form_of_a_preview_sends_to_where_the_page_will_be(self) -> None:
        page = article('<form action="/x"><button>Go</button>', "http://preview.local/news/")
        assert [o.verdict for o in mixed.form_action(page)] == [Verdict.PASS]

    @pytest.mark.parametrize(
        ("markup", "verdicts"),
        [
            ('<form action="http://a.gov/"><input name=q>', ["fail"]),
            ('<form action="http://a.gov/" id=f></form><select form=f></select>', ["fail"]),
            ('<form action="http://a.gov/"><input type=hidden name=a>', []),
            ('<form action="http://a.gov/"><p>Read on</p>', []),
            ('<form action="http://a.gov/"><us-field></us-field>', ["fail"]),
            ('<form action="/x"><input type=submit formaction="http://a.gov/">', ["pass", "fail"]),
            ('<form action="https://a.gov/"><textarea>', ["pass"]),
            ('<form action="mailto:x@a.gov">', []),
            ('<form action="">', []),
            ("<form>", []),
        ],
    )
    def test_where_forms_send(self, markup: str, verdicts: list[str]) -> None:
        assert [o.verdict.value for o in mixed.form_action(article(markup))] == verdicts
