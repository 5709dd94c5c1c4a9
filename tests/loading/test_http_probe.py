"""What plain http answers where a page has https."""

from __future__ import annotations

import pytest

from checker.loading.http import http_probe
from checker.loading.options import Options
from checker.page import Hop, Missing, Need
from checker.verdict import Cause
from tests.loading.asking import closed_port, silent
from tests.loading.servers import Answer, Asked, html, moved, serve


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
