"""https, certificates, mixed content, and credentials that go to their own origin alone, in a real browser."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from checker.loading.browser import Browser
from checker.loading.certificates import spki_hash
from checker.page import Need, Page, Trouble
from checker.verdict import Cause
from tests.loading import browsing
from tests.loading.browsing import QUICK, article, image, site, visit
from tests.loading.servers import Answer, Asked, Site, serve

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


def tls(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


@pytest.fixture(scope="module")
def plain() -> Iterator[Site]:
    pages = {
        "/script.js": (200, {"Content-Type": "text/javascript"}, b"document.title = 'Changed'"),
        "/frame": article("", Access_Control_Allow_Origin="*"),
    }
    with serve(site(pages)) as server:
        yield server


@pytest.fixture(scope="module")
def other(authority: trustme.CA) -> Iterator[Site]:
    with serve(site({}), tls(authority, "127.0.0.1")) as server:
        yield server


@pytest.fixture(scope="module")
def secure(authority: trustme.CA, plain: Site, other: Site) -> Iterator[Site]:
    # A name that is no loopback for Chromium's mixed content: loopback is never mixed.
    mixed = (
        f"<script src=http://mixed.invalid:{plain.port}/script.js></script>"
        f"<img src=http://mixed.invalid:{plain.port}/40x30.png>"
    )
    pages: dict[str, Answer] = {
        "/": article(f"<img id=other alt=x src=https://127.0.0.1:{other.port}/40x30.png>"),
        "/mixed": article(mixed),
    }
    with serve(site(pages), tls(authority, "localhost")) as server:
        yield server


@pytest.fixture(scope="module")
def trusting(ca_file: Path) -> Iterator[Browser]:
    with browsing.browser(replace(QUICK, ca_file=ca_file)) as opened:
        yield opened


@pytest.fixture(scope="module")
def seen(trusting: Browser, secure: Site) -> Page:
    return visit(trusting, f"https://localhost:{secure.port}/")


def test_a_page_of_the_users_own_authority(seen: Page, secure: Site) -> None:
    assert seen.problem is None
    assert seen.tls is not None
    assert seen.tls.verified
    assert seen.tls.protocol == "TLS 1.3"
    assert seen.tls.names == ("localhost",)
    assert seen.tls.valid_from < seen.loaded_at < seen.tls.valid_to
    assert seen.url == f"https://localhost:{secure.port}/"


def test_other_servers_of_that_authority_are_let_in(seen: Page) -> None:
    assert image(seen, "#other").loaded is True


def test_another_authority_is_not_let_in(trusting: Browser) -> None:
    with serve(site({"/": article("")}), tls(trustme.CA(), "localhost")) as stranger:
        page = visit(trusting, f"https://localhost:{stranger.port}/")
    assert page.problem is not None
    assert page.problem.kind is Trouble.LOAD_ERROR
    assert "certificate" in page.problem.message


def test_a_certificate_for_another_name_is_not_let_in(
    trusting: Browser, authority: trustme.CA
) -> None:
    with serve(site({"/": article("")}), tls(authority, "elsewhere.gov")) as server:
        page = visit(trusting, f"https://localhost:{server.port}/")
    assert page.problem is not None
    assert "certificate" in page.problem.message


def test_mixed_content_is_told(trusting: Browser, secure: Site) -> None:
    page = visit(trusting, f"https://localhost:{secure.port}/mixed")
    assert page.problem is None
    script = next(one for one in page.requests if one.url.endswith("/script.js"))
    assert (script.kind, script.outcome, script.mixed) == ("script", "blocked", "blockable")
    picture = next(one for one in page.requests if one.url.endswith(".png"))
    assert picture.url.startswith(
        "https://"
    )  # the browser's own upgrade: the markup tells the rest


def test_without_the_authority_the_page_does_not_load(secure: Site) -> None:
    with browsing.browser() as opened:
        page = visit(opened, f"https://localhost:{secure.port}/")
    assert page.problem is not None
    assert "--ca-file" in page.problem.message
    assert page.lacks(Need.TLS) is not None


def test_insecure_loads_but_tests_no_tls(secure: Site) -> None:
    with browsing.browser(replace(QUICK, insecure=True)) as opened:
        page = visit(opened, f"https://localhost:{secure.port}/")
    assert page.problem is None
    assert page.tls is None
    gap = page.lacks(Need.TLS)
    assert gap is not None
    assert gap.cause is Cause.OUT_OF_REACH


def test_the_hash_is_that_of_the_public_key(authority: trustme.CA) -> None:
    chain = authority.issue_cert("localhost").cert_chain_pems[0].bytes()
    certificate = x509.load_pem_x509_certificate(chain)
    digest = hashes.Hash(hashes.SHA256())
    digest.update(
        certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    assert spki_hash(der) == base64.b64encode(digest.finalize()).decode()


def test_credentials_go_to_their_own_origin_alone(tmp_path: Path) -> None:
    third: list[Asked] = []

    def other(asked: Asked) -> Answer:
        third.append(asked)
        return site({})(asked)

    cookies = tmp_path / "cookies.txt"
    cookies.write_text(
        "# Netscape HTTP Cookie File\nlocalhost\tFALSE\t/\tFALSE\t0\tstaging\tcookie-secret-1\n"
    )
    options = replace(
        QUICK,
        headers=(("X-Staging", "header-secret-1"),),
        basic_auth=("editor", "password-secret-1"),
        cookie_file=cookies,
    )
    with serve(other) as elsewhere:
        body = (
            f"<img alt=a src=/40x30.png><img alt=b src=http://127.0.0.1:{elsewhere.port}/41x30.png>"
        )
        own = serve(site({"/": article(body), "/old": (302, {"Location": "/"}, b"")}))
        with own as server, browsing.browser(options) as opened:
            page = visit(opened, f"http://localhost:{server.port}/old")
            again = visit(opened, f"http://localhost:{server.port}/")
    assert page.problem is None
    assert again.problem is None
    asked = [one for one in server.asked if "favicon" not in one.path]
    assert {"/old", "/", "/40x30.png"} <= {one.path for one in asked}
    basic = base64.b64encode(b"editor:password-secret-1").decode()
    for one in asked:
        assert one.headers.get("x-staging") == "header-secret-1", one.path
        assert one.headers.get("authorization") == f"Basic {basic}"
        assert "staging=cookie-secret-1" in one.headers.get("cookie", "")
    assert any(one.path == "/41x30.png" for one in third)
    for one in third:
        assert "secret" not in repr(one)
        assert "authorization" not in one.headers
    assert "secret-1" not in repr(page)
