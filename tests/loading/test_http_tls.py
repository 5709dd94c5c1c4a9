"""Pages over TLS without a browser: what the connection says, and whom it trusts."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from checker.page import Need, Trouble
from checker.verdict import Cause
from tests.loading.asking import load
from tests.loading.servers import html, moved, serve


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


def tls(authority: trustme.CA, *names: str, expired: bool = False) -> ssl.SSLContext:
    until = datetime.now(UTC) - timedelta(days=1) if expired else None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    since = until - timedelta(days=30) if until else None
    authority.issue_cert(
        *(names or ("localhost", "127.0.0.1")), not_before=since, not_after=until
    ).configure_cert(context)
    return context


def test_tls_facts_are_those_of_the_connection(authority: trustme.CA, ca_file: Path) -> None:
    with serve(lambda asked: html(), tls(authority)) as site:
        page = load(f"https://localhost:{site.port}/", ca_file=ca_file)
    assert page.problem is None
    assert page.tls is not None
    assert page.tls.protocol == "TLS 1.3"
    assert page.tls.names == ("localhost", "127.0.0.1")
    assert page.tls.verified
    assert page.tls.issuer.startswith("trustme")
    assert page.tls.valid_from < page.tls.valid_to
    assert page.tls.cipher
    assert page.lacks(Need.TLS) is None


def test_an_untrusted_certificate_is_a_problem_that_says_what_to_do(authority: trustme.CA) -> None:
    with serve(lambda asked: html(), tls(authority)) as site:
        page = load(f"https://localhost:{site.port}/")
    assert page.problem is not None
    assert page.problem.kind is Trouble.LOAD_ERROR
    assert "not trusted" in page.problem.message
    assert "--ca-file" in page.problem.message
    assert page.html == ""
    assert not site.asked
    assert {gap.cause for gap in page.missing} == {Cause.BROKEN}


@pytest.mark.parametrize(
    ("names", "expired", "said"),
    [((), True, "has expired"), (("other.example",), False, "another host name")],
)
def test_expired_and_misnamed_certificates(
    authority: trustme.CA, ca_file: Path, names: tuple[str, ...], expired: bool, said: str
) -> None:
    with serve(lambda asked: html(), tls(authority, *names, expired=expired)) as site:
        page = load(f"https://localhost:{site.port}/", ca_file=ca_file)
    assert page.problem is not None
    assert said in page.problem.message


def test_insecure_loads_and_leaves_tls_untested(authority: trustme.CA) -> None:
    with serve(lambda asked: html(), tls(authority, "other.example", expired=True)) as site:
        page = load(f"https://localhost:{site.port}/", insecure=True)
    assert page.problem is None
    assert page.tls is not None
    assert not page.tls.verified
    gap = page.lacks(Need.TLS)
    assert gap is not None
    assert (gap.cause, gap.reason[:10]) == (Cause.OUT_OF_REACH, "--insecure")


def test_a_client_certificate_is_shown(
    authority: trustme.CA, ca_file: Path, tmp_path: Path
) -> None:
    context = tls(authority)
    context.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(context)
    issued = authority.issue_cert("editor@agency.example")
    pem = tmp_path / "client.pem"
    issued.private_key_and_cert_chain_pem.write_to_path(pem)
    with serve(lambda asked: html(), context) as site:
        url = f"https://localhost:{site.port}/"
        assert load(url, ca_file=ca_file, client_cert=pem).problem is None
        refused = load(url, ca_file=ca_file).problem
    assert refused is not None
    assert refused.kind is Trouble.LOAD_ERROR


def test_an_http_page_on_a_tls_port_is_a_problem() -> None:
    with serve(lambda asked: html()) as site:
        page = load(f"https://127.0.0.1:{site.port}/")
    assert page.problem is not None
    assert "no secure connection" in page.problem.message


def test_an_https_page_is_probed(authority: trustme.CA, ca_file: Path) -> None:
    with (
        serve(lambda asked: html(), tls(authority)) as site,
        serve(lambda asked: moved(f"https://localhost:{site.port}/")) as plain,
    ):
        page = load(f"https://localhost:{site.port}/", ca_file=ca_file, http_port=plain.port)
    assert page.probe is not None
    assert page.probe.status == 301
    assert page.missing == ()
