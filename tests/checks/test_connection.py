"""What is said of the connection, where the rules' own examples do not reach."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.article import Article
from checker.checks import addresses, connection
from checker.page import Mode, Page, Tls
from checker.verdict import Cause, Outcome, Verdict

TLS = Tls(
    "TLS 1.3", "TLS_AES_128_GCM_SHA256", "x", "CA", ("*.example.gov",), "2026-01-01T00:00:00Z",
    "2027-01-01T00:00:00Z", verified=True,
)  # fmt: skip
URL = "https://www.example.gov/news/"


def article(tls: Tls = TLS, *, body: str = "", url: str = URL, **more: object) -> Article:
    page = Page("x", url, Mode.STATIC, f"<!doctype html><body>{body}", "2026-06-01T12:00:00Z", url)
    return Article(replace(page, tls=tls, **more))  # type: ignore[arg-type]


def only(outcomes: list[Outcome]) -> Outcome:
    (outcome,) = outcomes
    return outcome


def test_a_protocol_that_nobody_knows_is_no_pass() -> None:
    outcome = only(
        list(connection.protocol(article(replace(TLS, protocol="?")), minimum="TLS 1.2"))
    )
    assert (outcome.verdict, outcome.cause) == (Verdict.NOT_TESTED, Cause.OUT_OF_REACH)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"verified": False}, "no authority"),
        ({"names": ("example.com",)}, "it is for example.com"),
        ({"names": ("*.news.example.gov",)}, "not for www.example.gov"),
        ({"valid_to": "2026-05-31T00:00:00Z"}, "it ended on 2026-05-31"),
        ({"valid_from": "2026-06-02T00:00:00Z"}, "it begins on 2026-06-02"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_said(changed: dict[str, object], said: str) -> None:
    outcome = only(list(connection.certificate(article(replace(TLS, **changed)))))  # type: ignore[arg-type]
    assert outcome.verdict is Verdict.FAIL
    assert said in outcome.message


@pytest.mark.parametrize(
    ("ends", "verdicts"),
    [
        ("2026-06-15T12:00:00Z", [Verdict.PASS]),
        ("2026-06-15T11:59:59Z", [Verdict.FAIL]),
        ("2026-05-01T00:00:00Z", []),
        ("", []),
    ],
)
def test_days_are_counted_from_when_the_page_was_loaded(ends: str, verdicts: list[Verdict]) -> None:
    found = connection.days_left(article(replace(TLS, valid_to=ends)), minimum=14)
    assert [outcome.verdict for outcome in found] == verdicts


def test_cookies_are_told_by_name_one_by_one() -> None:
    headers = (
        ("Set-Cookie", "a=[redacted]; SECURE; Path=/\nb=[redacted]; Path=/secure"),
        ("set-cookie", "c=x"),
    )
    found = list(connection.cookies(article(headers=headers)))
    assert [o.message.split("”")[0] for o in found if o.verdict is Verdict.FAIL] == [
        "The cookie “b",
        "The cookie “c",
    ]
    assert sum(o.count for o in found if o.verdict is Verdict.PASS) == 1
    assert list(connection.cookies(article(url="http://localhost/", headers=headers))) == []


@pytest.mark.parametrize(
    ("href", "verdicts"),
    [
        ("http://www.example.gov:8080/", [Verdict.FAIL]),
        ("HTTP://WWW.EXAMPLE.GOV/", [Verdict.FAIL]),
        ("http://other.example.gov/", []),
        ("http://[broken", []),
        ("http://localhost/", []),
        ("mailto:news@example.gov", []),
        ("https://anything.com/", [Verdict.PASS]),
    ],
)
def test_only_hosts_known_to_have_https_are_asked_for_it(
    href: str, verdicts: list[Verdict]
) -> None:
    found = addresses.links(article(body=f'<a href="{href}">x</a>'))
    assert [outcome.verdict for outcome in found] == verdicts


def test_a_page_that_has_its_links_upgraded_is_let_off() -> None:
    headers = (("Content-Security-Policy", "upgrade-insecure-requests"),)
    body = '<a href="http://www.example.gov/">x</a>'
    assert list(addresses.links(article(body=body, headers=headers))) == []
