"""Addresses: redirects, TLS facts, credentials, failures and the probe, against real servers."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from checker.loading import fetch
from checker.loading.credentials import OptionError, check
from checker.loading.http import http_probe, load_url
from checker.loading.options import Options, Target
from checker.page import Hop, Missing, Mode, Need, Page, Trouble
from checker.verdict import Cause
from tests.loading.servers import Answer, Asked, html, moved, serve


def load(url: str, **options: object) -> Page:
    return load_url(Target(url, url=url), Options(**{"retries": 0, "http_port": 1, **options}))  # type: ignore[arg-type]


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


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def silent(first: bytes = b"") -> Iterator[int]:
    """A server that takes a connection and, past ``first``, says a byte now and then until the client gives up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        done = threading.Event()

        def drip() -> None:
            with listener.accept()[0] as connection:
                try:
                    connection.sendall(first)
                    while first and not done.wait(0.05):
                        connection.sendall(b"x")
                    done.wait()
                except OSError:
                    return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            done.set()
            thread.join()


def test_a_page_with_status_headers_and_text() -> None:
    answer: Answer = (
        200,
        [("Content-Type", "text/html; charset=iso-8859-1"), ("X-Part", "one"), ("X-Part", "two")],
        "<title>T</title><p>caf\u00e9".encode("latin-1"),
    )
    with serve(lambda asked: answer) as site:
        url = f"http://127.0.0.1:{site.port}/news/#top"
        page = load(url)
    assert page.problem is None
    assert (page.mode, page.status, page.url) == (
        Mode.STATIC,
        200,
        f"http://127.0.0.1:{site.port}/news/",
    )
    assert page.header("x-part") == ("one", "two")
    assert page.source == page.html == "<title>T</title><p>caf\u00e9"
    assert page.tls is None
    assert {gap.need: gap.cause for gap in page.missing} == {
        Need.TLS: Cause.OUT_OF_REACH,
        Need.HTTP_PROBE: Cause.OUT_OF_REACH,
    }


def test_redirects_are_recorded_one_by_one() -> None:
    def answer(asked: Asked) -> Answer:
        return {"/a": moved("/b"), "/b": moved("c?x=1", 302)}.get(asked.path, html())

    with serve(answer) as site:
        base = f"http://127.0.0.1:{site.port}"
        page = load(f"{base}/a")
    assert page.redirects == (Hop(f"{base}/a", 301, "/b"), Hop(f"{base}/b", 302, "c?x=1"))
    assert page.final_url == page.url == f"{base}/c?x=1"
    assert page.problem is None


def test_a_redirect_loop_is_a_problem() -> None:
    with serve(lambda asked: moved("/a")) as site:
        page = load(f"http://127.0.0.1:{site.port}/a")
    assert page.problem is not None
    assert page.problem.kind is Trouble.LOAD_ERROR
    assert "redirects without end" in page.problem.message
    assert len(site.asked) == fetch.MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "location", ["ftp://files.example/x", "mailto:a@b.example", "https://[bad"]
)
def test_a_redirect_to_no_web_page_is_a_problem(location: str) -> None:
    with serve(lambda asked: moved(location)) as site:
        page = load(f"http://127.0.0.1:{site.port}/a")
    assert page.problem is not None
    assert "redirects to" in page.problem.message


def test_cookies_set_on_the_way_are_kept_and_credentials_stay_at_their_origin(
    tmp_path: Path,
) -> None:
    jar = tmp_path / "cookies.txt"
    jar.write_text(
        "# Netscape HTTP Cookie File\n"
        "127.0.0.1\tFALSE\t/\tFALSE\t0\tstaging\tpass-for-staging\n"
        "127.0.0.1\tFALSE\t/other\tFALSE\t0\telsewhere\tnot-here\n"
        "127.0.0.1\tFALSE\t/\tTRUE\t0\tsecure\tonly-on-https\n"
    )
    with serve(lambda asked: html()) as other:

        def answer(asked: Asked) -> Answer:
            if asked.path == "/a":
                return 302, {"Location": "/b", "Set-Cookie": "seen=yes; Path=/"}, b""
            return moved(f"http://localhost:{other.port}/final")

        with serve(answer) as site:
            page = load(
                f"http://127.0.0.1:{site.port}/a",
                cookie_file=jar,
                headers=(("X-Staging", "open-sesame"),),
                basic_auth=("editor", "hunter22"),
            )
    first, second = site.asked
    assert first.headers["cookie"] == "staging=pass-for-staging"
    assert first.headers["x-staging"] == "open-sesame"
    assert first.headers["authorization"] == "Basic ZWRpdG9yOmh1bnRlcjIy"
    assert set(second.headers["cookie"].split("; ")) == {"seen=yes", "staging=pass-for-staging"}
    (last,) = other.asked
    assert not {"x-staging", "authorization"} & set(last.headers)
    assert "pass-for-staging" not in last.headers.get("cookie", "")
    assert page.problem is None


def test_an_echoed_secret_is_not_kept() -> None:
    def echo(asked: Asked) -> Answer:
        return html(f"<p>Your key is {asked.headers['x-key']}.</p>", X_Echo=asked.headers["x-key"])

    with serve(echo) as site:
        page = load(
            f"http://127.0.0.1:{site.port}/?token=abcdef123", headers=(("X-Key", "s3cret-key"),)
        )
    assert site.asked[0].path == "/?token=abcdef123"
    assert "s3cret-key" not in repr(page)
    assert "abcdef123" not in repr(page.url + page.final_url)
    assert "Your key is [redacted]." in page.html


def test_userinfo_goes_as_basic_authentication_and_nowhere_else() -> None:
    with serve(lambda asked: html()) as site:
        page = load(f"http://editor:p%40ssword@127.0.0.1:{site.port}/a")
    assert site.asked[0].headers["authorization"] == "Basic ZWRpdG9yOnBAc3N3b3Jk"
    assert "ssword" not in page.url


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


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, Trouble.HTTP_ERROR), (500, Trouble.HTTP_ERROR), (401, Trouble.LOGIN_WALL)],
)
def test_what_the_server_calls_an_error_is_one(status: int, kind: Trouble) -> None:
    with serve(
        lambda asked: (status, {"Content-Type": "text/html"}, b"<p>An article?</p>")
    ) as site:
        page = load(f"http://127.0.0.1:{site.port}/gone")
    assert page.problem is not None
    assert page.problem.kind is kind
    assert str(status) in page.problem.message
    assert page.status == status


def test_nobody_there_and_no_such_host() -> None:
    refused = load(f"http://127.0.0.1:{closed_port()}/").problem
    unknown = load("http://no-such-host.invalid/").problem
    assert refused is not None
    assert unknown is not None
    assert "refused the connection" in refused.message
    assert "not known" in unknown.message


@pytest.mark.parametrize(
    "first",
    [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"],
)
def test_a_server_that_never_ends_is_a_time_out(first: bytes) -> None:
    with silent(first) as port:
        page = load(f"http://127.0.0.1:{port}/", timeout=0.5)
    assert page.problem is not None
    assert page.problem.kind is Trouble.TIME_OUT


def test_a_connection_closed_in_mid_page_is_a_problem() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def cut() -> None:
            with listener.accept()[0] as connection:
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<p>Half a page")

        thread = threading.Thread(target=cut)
        thread.start()
        page = load(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join()
    assert page.problem is not None
    assert "broke off" in page.problem.message
    assert page.html == ""


def test_a_gateway_s_trouble_is_tried_again_and_told() -> None:
    answers = iter([(503, {}, b""), html()])
    with serve(lambda asked: next(answers)) as site:
        page = load(f"http://127.0.0.1:{site.port}/", retries=1)
    assert page.problem is None
    assert len(site.asked) == 2
    assert any("loaded at try 2" in note for note in page.notes)


def test_an_error_of_the_page_itself_is_not_tried_again() -> None:
    with serve(lambda asked: (404, {}, b"")) as site:
        load(f"http://127.0.0.1:{site.port}/", retries=3)
    assert len(site.asked) == 1


def test_a_compressed_bomb_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "LIMIT", 2**20)
    bomb = gzip.compress(b"<p>" + b"a" * 2**23)
    with serve(
        lambda asked: (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, bomb)
    ) as site:
        page = load(f"http://127.0.0.1:{site.port}/")
    assert page.problem is not None
    assert "larger than" in page.problem.message


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/pdf"},
        {"Content-Type": "application/json"},
        {"Content-Type": "text/html", "Content-Disposition": "attachment; filename=a.html"},
    ],
)
def test_what_is_no_web_page_is_told(headers: dict[str, str]) -> None:
    with serve(lambda asked: (200, headers, b"<p>Words")) as site:
        page = load(f"http://127.0.0.1:{site.port}/file")
    assert page.problem is not None
    assert page.problem.kind is Trouble.NOT_HTML


def test_the_probe_says_what_plain_http_answers() -> None:
    with serve(lambda asked: moved(f"https://127.0.0.1{asked.path}")) as site:
        probe = http_probe("https://127.0.0.1/news/?id=1", Options(http_port=site.port))
    assert probe == Hop(
        f"http://127.0.0.1:{site.port}/news/?id=1", 301, "https://127.0.0.1/news/?id=1"
    )
    assert [asked.method for asked in site.asked] == ["HEAD"]


def test_the_probe_asks_by_get_where_head_is_refused_and_follows_nothing() -> None:
    def answer(asked: Asked) -> Answer:
        return (405, {}, b"") if asked.method == "HEAD" else html()

    with serve(answer) as site:
        probe = http_probe("https://127.0.0.1:8443/", Options(http_port=site.port))
    assert probe == Hop(f"http://127.0.0.1:{site.port}/", 200, "")


def test_the_probe_takes_a_closed_port_for_an_answer() -> None:
    port = closed_port()
    probe = http_probe("https://127.0.0.1/a", Options(http_port=port))
    assert probe == Hop(f"http://127.0.0.1:{port}/a", 0, "")


def test_the_probe_carries_no_secret() -> None:
    with serve(lambda asked: html()) as site:
        options = Options(
            http_port=site.port, basic_auth=("u", "secretive"), headers=(("X-Key", "secretive"),)
        )
        http_probe("https://user:secretive@127.0.0.1/a?token=secretive", options)
    (asked,) = site.asked
    assert "secretive" not in f"{asked.path} {asked.headers}"
    assert "authorization" not in asked.headers


@pytest.mark.parametrize(
    ("url", "cause"),
    [("https://127.0.0.1:8443/", Cause.OUT_OF_REACH), ("http://127.0.0.1/", Cause.OUT_OF_REACH)],
)
def test_where_nothing_can_be_probed_it_is_out_of_reach(url: str, cause: Cause) -> None:
    gap = http_probe(url, Options())
    assert isinstance(gap, Missing)
    assert (gap.need, gap.cause) == (Need.HTTP_PROBE, cause)


def test_a_probe_without_an_answer_is_not_tested() -> None:
    with silent() as port:
        late = http_probe("https://127.0.0.1/", Options(http_port=port, timeout=0.3))
    unknown = http_probe("https://no-such-host.invalid/", Options())
    assert isinstance(late, Missing)
    assert isinstance(unknown, Missing)
    assert (late.cause, unknown.cause) == (Cause.OUT_OF_REACH, Cause.BROKEN)


def test_an_https_page_is_probed(authority: trustme.CA, ca_file: Path) -> None:
    with (
        serve(lambda asked: html(), tls(authority)) as site,
        serve(lambda asked: moved(f"https://localhost:{site.port}/")) as plain,
    ):
        page = load(f"https://localhost:{site.port}/", ca_file=ca_file, http_port=plain.port)
    assert page.probe is not None
    assert page.probe.status == 301
    assert page.missing == ()


@pytest.mark.parametrize(
    ("option", "text", "said"),
    [
        ("cookie_file", "name=value", "no Netscape cookie file"),
        ("ca_file", "no certificate", "--ca-file"),
        ("client_cert", "no certificate", "PEM"),
    ],
)
def test_files_of_options_are_checked_before_the_run(
    tmp_path: Path, option: str, text: str, said: str
) -> None:
    path = tmp_path / "file"
    with pytest.raises(OptionError, match="cannot be read"):
        check(Options(**{option: path}))  # type: ignore[arg-type]
    path.write_text(text)
    with pytest.raises(OptionError, match=said) as raised:
        check(Options(**{option: path}))  # type: ignore[arg-type]
    assert "\n" not in str(raised.value)


@pytest.fixture
def through_proxy(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    def use(port: int) -> None:
        for name in ("no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY", "HTTP_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")

    return use


def test_the_usual_proxy_variables_are_used(through_proxy: Callable[[int], None]) -> None:
    with serve(lambda asked: html()) as proxy:
        through_proxy(proxy.port)
        page = load("http://www.agency.example/news")
    assert page.problem is None
    assert proxy.asked[0].path == "http://www.agency.example/news"


def test_a_proxy_that_cannot_reach_the_server_is_no_answer_of_it(
    through_proxy: Callable[[int], None],
) -> None:
    with serve(lambda asked: (503, {}, b"")) as proxy:
        through_proxy(proxy.port)
        gap = http_probe("https://www.agency.example/news", Options())
    assert isinstance(gap, Missing)
    assert gap.cause is Cause.OUT_OF_REACH
    assert "proxy" in gap.reason
