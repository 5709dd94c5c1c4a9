"""Pages that are not the same at every render: told as unstable, and stopping nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from checker import cli
from checker.gate import Policy, judge
from checker.report import Audit
from checker.stable import merged
from checker.verdict import Location, Severity, Verdict, failed
from tests import support_report
from tests.loading.servers import Asked, Site, serve
from tests.support_report import result

FIRST, SECOND = (
    failed(f"The image {n}.jpg has no text alternative.", Location(f"img.{n}", element=n))
    for n in (1, 2)
)


def page(*outcomes: object, passes: int = 0) -> Audit:
    found = result("image-alt", Severity.ERROR, *outcomes, passed=passes)  # type: ignore[arg-type]
    return replace(support_report.clean(), results=(found,))


def test_what_every_render_shows_is_as_it_was() -> None:
    assert merged([page(FIRST)] * 3) == page(FIRST)
    assert merged([page(FIRST, SECOND), page(SECOND, FIRST)]) == page(FIRST, SECOND)
    assert merged([page(FIRST)]) == page(FIRST)


@pytest.mark.parametrize("order", [1, -1])
def test_what_only_some_show_is_unstable_and_stops_nobody(order: int) -> None:
    both = merged([page(FIRST, SECOND, passes=3), page(FIRST, passes=4)][::order])
    (found,) = both.results
    steady, loose = found.findings
    assert (steady.outcome, steady.unstable) == (FIRST, False)
    assert loose.unstable
    assert loose.outcome.verdict is Verdict.REVIEW
    assert loose.outcome.message == f"Unstable, in 1 of 2 renders: {SECOND.message}"
    assert loose.outcome.where is not None
    assert (loose.outcome.where.element is None) is (order == -1)
    assert (found.verdict, found.passed) == (Verdict.FAIL, 3)
    assert both.notes[-1] == "1 findings differ between 2 renders of the page: they are unstable"
    report = support_report.report_of(both)
    assert (report.counts.errors, report.counts.reviews) == (1, 1)


def test_a_fault_that_comes_and_goes_alone_leaves_a_question() -> None:
    for renders in ([page(FIRST), page()], [page(), page(FIRST)]):
        audit = merged(renders)
        assert audit.results[0].verdict is Verdict.REVIEW
        assert judge(support_report.report_of(audit), Policy()).exit_code == 0


def test_one_of_two_equal_faults_is_unstable_where_a_render_has_only_one() -> None:
    (found,) = merged([page(FIRST, FIRST), page(FIRST)]).results
    assert [each.unstable for each in found.findings] == [False, True]


def test_a_render_that_did_not_load_is_told_and_says_nothing_of_stability() -> None:
    audit = merged([support_report.timed_out(), page(FIRST)])
    assert audit.results == page(FIRST).results
    assert audit.notes == (
        "1 of 2 renders did not load: The page did not answer within 30 seconds.",
    )
    assert merged([support_report.timed_out()] * 2) == support_report.timed_out()


def test_what_could_not_be_tested_in_one_render_is_not_tested() -> None:
    broken = support_report.broken()
    whole = replace(
        broken,
        results=tuple(
            replace(r, findings=(), verdict=Verdict.PASS, passed=1) for r in broken.results
        ),
    )
    audit = merged([whole, broken])
    assert judge(support_report.report_of(audit), Policy()).exit_code == 3


HTML = (
    "<!doctype html><html lang=en><head><title>An article with a long enough title</title>"
    "<meta name=viewport content='width=device-width'>"
    "<meta name=description content='What this article says, in fifty characters and a few more.'></head>"
    "<body><main><h1>An article</h1><p>Text of the article.</p></main></body></html>"
)


@pytest.fixture
def server() -> Iterator[Site]:
    """A site whose page has a picture without words at every second visit."""
    turns = count()

    def answer(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        if asked.method != "GET" or asked.path != "/":
            return 404, {}, b""
        html = HTML.replace("<p>", "<p><img src=a.jpg>") if next(turns) % 2 else HTML
        return 200, {"Content-Type": "text/html; charset=utf-8"}, html.encode()

    with serve(answer) as running:
        yield running


def test_a_page_that_differs_between_visits_passes_the_gate_and_is_told(
    server: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    address = f"http://127.0.0.1:{server.port}/"
    with pytest.raises(SystemExit) as ended:
        cli.main(
            [
                "audit",
                address,
                "--render",
                "never",
                "--renders",
                "2",
                "--jobs",
                "1",
                "--only",
                "image-alt-missing",
                "--json",
                "r.json",
            ]
        )
    assert ended.value.code == 0
    report = json.loads((tmp_path / "r.json").read_text())
    (audit,) = report["audits"]
    (found,) = (each for each in audit["results"] if each["rule"] == "image-alt-missing")
    assert found["verdict"] == "review"
    assert found["findings"][0]["unstable"] is True
    assert any("they are unstable" in note for note in audit["notes"])
