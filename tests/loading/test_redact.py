"""No secret in what is shown or saved, and nothing else taken away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checker.loading.options import Options
from checker.loading.redact import MARK, redact_headers, redact_text, redact_url, scrub
from checker.page import Hop
from tests.loading.pages import everywhere

SECRET = "Zx9-staging-secret"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://u:p@a.gov/x", f"https://{MARK}@a.gov/x"),
        ("https://a.gov/x?id=7&token=abc#top", f"https://a.gov/x?id=7&token={MARK}#top"),
        ("https://a.gov/?X-Amz-Signature=ab12&w=3", f"https://a.gov/?X-Amz-Signature={MARK}&w=3"),
        ("https://a.gov/?sv=2024&sig=a%2Bb%3D", f"https://a.gov/?sv=2024&sig={MARK}"),
        ("https://a.gov/?code=9&key=1&session=2&password=x", f"https://a.gov/?code={MARK}&key={MARK}&session={MARK}&password={MARK}"),
        ("https://a.gov/cb#access_token=abc&x=1", f"https://a.gov/cb#access_token={MARK}&x=1"),
        ("https://a.gov/?monkey=1&postcode=2&design=3&author=4", "https://a.gov/?monkey=1&postcode=2&design=3&author=4"),
        ("https://a.gov/?token=", "https://a.gov/?token="),
        ("", ""),
    ],
)  # fmt: skip
def test_addresses(url: str, safe: str) -> None:
    assert redact_url(url) == safe
    assert redact_url(safe) == safe


def test_headers_keep_the_names_and_attributes_of_cookies() -> None:
    headers = [
        ("Set-Cookie", "sid=abc123; Path=/; Secure; HttpOnly; SameSite=Lax"),
        ("set-cookie", "a=1\nb=2; Secure"),
        ("Authorization", "Bearer abc"),
        ("X-Auth-Token", "abc"),
        ("X-CSRF-Token", "abc"),
        ("Location", "https://a.gov/?token=abc"),
        ("WWW-Authenticate", 'Basic realm="Staging"'),
        ("Strict-Transport-Security", "max-age=31536000"),
        ("Content-Security-Policy", "default-src 'self'"),
    ]
    assert [value for _, value in redact_headers(headers)] == [
        f"sid={MARK}; Path=/; Secure; HttpOnly; SameSite=Lax",
        f"a={MARK}\nb={MARK}; Secure",
        MARK,
        MARK,
        MARK,
        f"https://a.gov/?token={MARK}",
        'Basic realm="Staging"',
        "max-age=31536000",
        "default-src 'self'",
    ]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        (f"<p>{SECRET}</p>", f"<p>{MARK}</p>"),
        ("<p>abc in a word, abcd</p>", "<p>abc in a word, abcd</p>"),
        (
            '<img src="/a.jpg?w=1&amp;X-Amz-Signature=0a1b&amp;h=2" alt="A">',
            f'<img src="/a.jpg?w=1&amp;X-Amz-Signature={MARK}&amp;h=2" alt="A">',
        ),
        ('<a href="?code=news&key=sports">', '<a href="?code=news&key=sports">'),
        ('<a href="?key=AIzaSyA1234567890abcdef">', f'<a href="?key={MARK}">'),
        ('<a href="https://u:pw@a.gov/">', f'<a href="https://{MARK}@a.gov/">'),
        (
            '<input type="hidden" name="__RequestVerificationToken" value="CfDJ8" id="x">',
            f'<input type="hidden" name="__RequestVerificationToken" value="{MARK}" id="x">',
        ),
        ('<meta content="ab12" name="csrf-token">', f'<meta content="{MARK}" name="csrf-token">'),
        (
            '<meta name="description" content="A token of thanks">',
            '<meta name="description" content="A token of thanks">',
        ),
        ("Write to press@a.gov?", "Write to press@a.gov?"),
    ],
)
def test_texts(text: str, safe: str) -> None:
    assert redact_text(text, (SECRET, "abc")) == safe
    assert redact_text(safe, (SECRET, "abc")) == safe


def test_scrub_reaches_every_text(tmp_path: Path) -> None:
    jar = tmp_path / "cookies"
    jar.write_text("# Netscape HTTP Cookie File\na.gov\tFALSE\t/\tFALSE\t0\tsid\tcookie-value-9\n")
    options = Options(
        headers=(
            ("X-Key", SECRET),
            ("Authorization", "Bearer abcdef.123"),
            ("Accept-Language", "es-US,es"),
        ),
        cookie_file=jar,
        basic_auth=("editor", "hunter22"),
    )
    said = f"{SECRET} abcdef.123 cookie-value-9 hunter22 ZWRpdG9yOmh1bnRlcjIy es-US,es"
    page = scrub(everywhere(said), options)
    shown = repr(page)
    for secret in (SECRET, "abcdef.123", "cookie-value-9", "hunter22", "ZWRpdG9yOmh1bnRlcjIy"):
        assert secret not in shown
    assert "es-US,es" in page.html
    assert page.pictures == everywhere(said).pictures
    assert page.rendering is not None
    assert page.rendering.boxes == ((1, 2, 3, 4),)


def test_scrub_takes_secret_values_out_of_addresses() -> None:
    page = scrub(everywhere("https://a.gov/?session=1"), Options())
    assert page.url == page.final_url == f"https://a.gov/?session={MARK}"
    assert page.redirects[0] == Hop(page.url, 302, page.url)
    assert page.requests[0].url == page.url
    assert page.html == "https://a.gov/?session=1"


def test_scrub_leaves_a_page_without_secrets_as_it_is() -> None:
    page = everywhere("<p>An article of caf\u00e9 &amp; co.: write to press@a.gov?</p>")
    assert scrub(page, Options()) == page


def test_scrub_makes_valid_unicode() -> None:
    page = scrub(replace(everywhere("ok"), html="a\ud800b\ud83d\ude00"), Options())
    assert page.html == "a\ufffdb\U0001f600"


@pytest.mark.parametrize(
    "unit",
    [
        "token",
        "?code=a1",
        "<meta ",
        "name=",
        "a://",
        "&;",
        "?X-Amz-",
        '<input name="token" ',
        "Aa1?",
        "session_id",
    ],
)
def test_hostile_markup_is_gone_through_without_backtracking_over_all_of_it(unit: str) -> None:
    """A quadratic search would be at this for hours."""
    text = unit * (2_000_000 // len(unit))
    assert redact_text(text).count(unit) == text.count(unit)
