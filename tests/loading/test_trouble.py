"""What is no article is told; what is one is never called anything else."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from checker.loading.options import Options
from checker.loading.static import load_file
from checker.loading.targets import expand
from checker.loading.trouble import find_trouble
from checker.page import Problem, Trouble
from tests.corpus import CORPUS

PARAGRAPH = (
    "<p>" + "The department said on Tuesday that the new system serves readers. " * 12 + "</p>"
)
NAV = (
    "<header><h1>Agency</h1><nav>"
    + "<a href=/x>Some link of the site</a> " * 60
    + "</nav></header>"
)
FOOTER = "<footer>" + "<a href=/y>Some other link</a> " * 60 + "</footer>"


def page(body: str, title: str = "News", head: str = "") -> str:
    return f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def trouble(
    html: str, *, url: str = "", final: str = "", kind: str = "text/html", **more: bool
) -> Problem | None:
    return find_trouble(200 if url else None, kind, html, url, final or url, **more)


def kind_of(html: str, **more: str) -> Trouble | None:
    found = trouble(html, **more)  # type: ignore[arg-type]
    return found.kind if found else None


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (None, None), (200, None), (203, None), (204, Trouble.EMPTY), (301, Trouble.HTTP_ERROR),
        (401, Trouble.LOGIN_WALL), (403, Trouble.HTTP_ERROR), (404, Trouble.HTTP_ERROR), (503, Trouble.HTTP_ERROR),
        (999, Trouble.HTTP_ERROR),
    ],
)  # fmt: skip
def test_statuses(status: int | None, kind: Trouble | None) -> None:
    found = find_trouble(status, "text/html", page(PARAGRAPH), "", "")
    assert (found.kind if found else None) is kind
    assert found is None or str(status) in found.message


@pytest.mark.parametrize(
    ("content_type", "html", "said"),
    [
        ("application/pdf", "", "application/pdf"),
        ("image/jpeg; q=1", "", "image/jpeg"),
        ("application/json", "{}", "application/json"),
        ("text/plain", "<p>words", "text/plain"),
        ("application/rss+xml", "<rss>", "application/rss+xml"),
        ("", "%PDF-1.7\n", "a PDF"),
        ("", "\u2030PNG\r\n\x1a\n", "a picture"),
        ("", "GIF89a", "a picture"),
        ("", ' {"items": []}', "JSON"),
        ("", '<?xml version="1.0"?>\n<!-- feed --><rss version="2.0"><channel/></rss>', "XML"),
        ("", "<svg xmlns='http://www.w3.org/2000/svg'/>", "XML"),
    ],
)
def test_what_is_no_html(content_type: str, html: str, said: str) -> None:
    found = find_trouble(None, content_type, html, "", "")
    assert found is not None
    assert (found.kind, said in found.message) == (Trouble.NOT_HTML, True)


@pytest.mark.parametrize(
    ("content_type", "start"),
    [
        ("application/xhtml+xml; charset=utf-8", "<?xml version='1.0'?>"),
        ("TEXT/HTML", ""),
        ("application/xml", "<?xml version='1.0'?>"),
        ("", "<!-- saved -->\n"),
        ("", "{ a template's brace"),
    ],
)
def test_what_is_html(content_type: str, start: str) -> None:
    assert find_trouble(None, content_type, start + page(PARAGRAPH), "", "") is None


@pytest.mark.parametrize(
    "body",
    ["", "  \n ", "<!-- nothing -->", "<div><span></span></div>", "<noscript>Turn scripts on.</noscript>",
     "<style>p{}</style>",
     "<template><p>Not shown</p></template>", "<input type=hidden name=a value=b>"],
)  # fmt: skip
def test_an_empty_page(body: str) -> None:
    found = trouble(page(body))
    assert found is not None
    assert (found.kind, "it has no text" in found.message) == (Trouble.EMPTY, True)


@pytest.mark.parametrize(
    "body",
    ["words", "<img src=a.jpg>", "<svg></svg>", "<div style='background-image:url(a.jpg)'></div>", "<h1></h1>",
     "<iframe src=a.html></iframe>", "<div><template shadowrootmode=open><p>Shown</p></template></div>"],
)  # fmt: skip
def test_a_page_that_shows_something(body: str) -> None:
    assert trouble(page(body)) is None


SHELL = "<noscript>You need JavaScript.</noscript><div id=root></div><script src=/app.js></script>"


@pytest.mark.parametrize("body", [SHELL, SHELL.replace("<div id=root>", "<div id=root>Loading...")])
def test_a_shell_needs_a_browser_unless_a_browser_made_it(body: str) -> None:
    shell, rendered = trouble(page(body)), trouble(page(body), rendered=True)
    assert shell is not None
    assert rendered is not None
    assert "a browser must render it" in shell.message
    assert "is empty" in rendered.message


def test_a_page_that_only_sends_readers_on() -> None:
    refresh = trouble(
        page(
            "<p>You are being redirected.</p>",
            head='<meta http-equiv=Refresh content="0; URL=/new?token=abc">',
        )
    )
    script = trouble(page("<script>window.location.href = 'https://a.gov/new'</script>"))
    assert refresh is not None
    assert script is not None
    assert (refresh.kind, script.kind) == (Trouble.EMPTY, Trouble.EMPTY)
    assert "sends readers on to /new?token=[redacted]" in refresh.message
    assert "https://a.gov/new" in script.message


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (PARAGRAPH, '<meta http-equiv=refresh content="0; url=/new">'),
        ("<p>Short news.</p>", '<meta http-equiv=refresh content="300; url=/">'),
        ("<p>Short news.</p>", '<meta http-equiv=refresh content="60">'),
        ("<p>Short news.</p><script>function go() { location.href = '/a' }</script>", ""),
    ],
)
def test_a_page_that_readers_stay_on(body: str, head: str) -> None:
    assert trouble(page(body, head=head)) is None


ERROR_PAGES = {
    "plain 404": page("<h1>404 Not Found</h1><hr><center>nginx</center>", "404 Not Found"),
    "agency 404": page(
        f"{NAV}<main><h1>Page not found</h1><p>Sorry. Try our search.</p></main>{FOOTER}", "Page Not Found | Agency"
    ),
    "uswds 404": page(
        f"{NAV}<main><h1>Page not found</h1><p>We\u2019re sorry, we can\u2019t find the page you\u2019re looking for."
        f" It might have been removed, changed its name, or is otherwise unavailable.</p></main>{FOOTER}",
        "Page not found | Agency",
    ),
    "heading alone": page(f"{NAV}<main><h1>Page Not Found</h1><p>Try the search.</p></main>", "Agency"),
    "error 404": page("<h1>Error 404</h1><p>That page is not here.</p>", "Error 404 - Agency"),
    "akamai": page(
        '<H1>Access Denied</H1> You don\'t have permission to access "http&#58;&#47;&#47;www&#46;a&#46;gov&#47;"'
        " on this server.<P>"
        "Reference&#32;&#35;18&#46;4f6a1602&#46;1700000000&#46;1a2b3c4d",
        "Access Denied",
    ),
    "f5": page(
        "The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 123",
        "Request Rejected",
    ),
    "cloudflare wait": page(
        "<h1>www.a.gov</h1><p>Verifying you are human. This may take a few seconds.</p>"
        "<script>window._cf_chl_opt={}</script>",
        "Just a moment...",
    ),
    "cloudflare block": page(
        "<h1>Sorry, you have been blocked</h1><h2>You are unable to access a.gov</h2><p>Cloudflare Ray ID: 8a</p>",
        "Attention Required! | Cloudflare",
    ),
    "iis 503": page(
        "<h2>Service Unavailable</h2><hr><p>HTTP Error 503. The service is unavailable.</p>", "Service Unavailable"
    ),
    "iis 500": page("<h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2>", "Runtime Error"),
    "maintenance": page("<h1>This site is currently under maintenance</h1><p>Please come back later.</p>", "Agency"),
    "gateway": page("<h1>502 Bad Gateway</h1>", "502 Bad Gateway"),
}  # fmt: skip


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_pages(name: str) -> None:
    found = trouble(ERROR_PAGES[name])
    assert found is not None
    assert found.kind is Trouble.ERROR_PAGE


ARTICLES = {
    "about a 404": page(f"<main><h1>Page not found</h1>{PARAGRAPH * 3}</main>", "Page not found: our 404s"),
    "about an outage": page(f"<main><h1>Service unavailable</h1>{PARAGRAPH * 3}</main>", "Service unavailable"),
    "about denial": page(f"<main><h1>Access Denied: Drill Ends</h1>{PARAGRAPH}</main>", "Access Denied: Drill Ends"),
    "with a figure": page(
        "<article><h1>Access Denied</h1><figure><img src=a.jpg alt=Gate><figcaption>The gate.</figcaption></figure>"
        "<p>A photo of the day.</p></article>",
        "Access Denied",
    ),
    "photo essay": page("<h1>Forbidden City visit</h1><img src=a.jpg alt=x><p>A visit.</p>", "Forbidden City visit"),
    "a number": page("<main><h2>500</h2><p>jobs were made.</p><h1>Jobs report</h1></main>", "Jobs report | Agency"),
    "401k": page("<h1>401(k) plans</h1><p>What to know.</p>", "401(k) plans | Agency"),
    "a moment": page(f"<h1>Just a moment with the secretary</h1>{PARAGRAPH}", "Just a moment with the secretary"),
    "error in the news": page("<h1>Report: an error occurred in the count</h1><p>A recount follows.</p>", "Report"),
    "maintenance": page("<h1>Scheduled maintenance</h1><p>The lock will close in May.</p>", "Scheduled maintenance"),
    "banner of the site": page(f"<header><h2>Service unavailable</h2></header><main><h1>News</h1>{PARAGRAPH}</main>"),
}  # fmt: skip


@pytest.mark.parametrize("name", ARTICLES)
def test_articles_are_not_called_error_pages(name: str) -> None:
    assert trouble(ARTICLES[name]) is None


FORM = "<form method=post><label>User <input name=u></label><label>Password <input type=password></label></form>"
ASKED = "https://www.a.gov/News/Article/1"


@pytest.mark.parametrize(
    "final",
    ["https://login.a.gov/?next=x", "https://www.a.gov/user/login", "https://sso.b.gov/adfs/ls/", "https://www.a.gov/Login.aspx",
     "https://www.a.gov/oauth2/authorize"],
)  # fmt: skip
def test_a_redirect_to_a_login(final: str) -> None:
    words = f"<h1>Sign in</h1>{PARAGRAPH}{PARAGRAPH}"
    found = trouble(page(words + FORM), url=ASKED, final=final)
    assert found is not None
    assert (found.kind, "--cookie-file" in found.message) == (Trouble.LOGIN_WALL, True)


def test_a_smart_card_login_has_no_password_field() -> None:
    wall = page("<h1>Department login</h1><button>Sign in with your CAC</button>")
    assert kind_of(wall, url=ASKED, final="https://idp.mil/auth/x") is Trouble.LOGIN_WALL


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Log in</h1>{FORM}",
        f"{NAV}<main><h1>Staging</h1>{FORM}</main>{FOOTER}",
        "<form method=post action=/idp><input type=hidden name=SAMLRequest value=x><button>Continue</button></form>",
    ],
)
def test_a_page_that_is_nothing_but_a_login(body: str) -> None:
    assert kind_of(page(body)) is Trouble.LOGIN_WALL


@pytest.mark.parametrize(
    "body",
    [
        f"<header>{FORM}</header><main><h1>News</h1><p>Short.</p></main>",
        f"<nav>{FORM}</nav><h1>News</h1><p>Short.</p>",
        f"<main><h1>News</h1>{PARAGRAPH}{PARAGRAPH}</main><div class=login>{FORM}</div>",
        f"<article><h1>News</h1><figure><img src=a.jpg alt=x><figcaption>A.</figcaption></figure></article>{FORM}",
    ],
)  # fmt: skip
def test_an_article_with_a_login_form_is_an_article(body: str) -> None:
    assert trouble(page(body), url=ASKED) is None


@pytest.mark.parametrize(
    ("url", "final"),
    [
        (ASKED, "https://www.a.gov/News/Article/1/login-gov-adds-passkeys"),
        ("https://www.login.gov/help", "https://login.gov/help/"),
        (ASKED, "https://www.war.gov/News/Article/1"),
    ],
)
def test_a_redirect_to_an_article_is_no_login(url: str, final: str) -> None:
    assert trouble(page(f"<h1>Sign in with passkeys</h1>{PARAGRAPH}"), url=url, final=final) is None


@pytest.mark.parametrize(
    "html",
    [
        "<",
        "<title>",
        "\0",
        "<svg><title>404</title></svg><p>x",
        "<template>" * 500 + "x",
        "<div>" * 5000,
    ],
)
def test_hostile_markup_is_answered(html: str) -> None:
    assert trouble(html) is None or kind_of(html) is Trouble.EMPTY


@pytest.mark.corpus
def test_no_real_page_is_flagged() -> None:
    """Twelve saved articles, twelve banner pages."""
    folder = CORPUS
    if not folder:
        pytest.skip("PRESSCHECK_CORPUS names no folder of saved pages")
    places = [str(Path(folder) / name) for name in ("gov-pages", "banner")]
    flagged = {
        target.text: problem
        for target in expand(places, stdin=io.BytesIO())
        if (problem := load_file(target, Options()).problem)
    }
    assert flagged == {}


def test_a_refresh_of_a_million_digits_is_read_once() -> None:
    """Digits that could be given back would be tried by their square: hours."""
    assert kind_of(f"<meta http-equiv=refresh content={'1' * 1_000_000}><p>{PARAGRAPH}") is None
