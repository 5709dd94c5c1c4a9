"""Addresses: redirects, TLS facts, credentials, failures and the probe, against real servers."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.loading import fetch
from checker.loading.credentials import OptionError, check
from checker.loading.http import http_probe
from checker.loading.options import Options
from checker.page import Hop, Missing, Mode, Need, Trouble
from checker.verdict import Cause
from tests.loading.asking import closed_port, load, silent
from tests.loading.servers import Answer, Asked, html, moved, serve


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
