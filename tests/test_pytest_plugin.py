"""The pytest plugin in other people's suites: a live server, HTML text, failures that an editor understands, xdist."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

GOOD = (
    "<!doctype html><html lang=en><head><title>An article with a long enough title</title>"
    "<meta name=viewport content='width=device-width'>"
    "<meta name=description content='What this article says, in fifty characters and a few more.'></head>"
    "<body><main><h1>An article</h1><p>Text of the article.</p></main></body></html>"
)
SERVER = f"""
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import pytest

GOOD = {GOOD!r}
BAD = GOOD.replace("<p>", "<p><img src=saber-strike.jpg>")

class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        found = {{"/good": GOOD, "/bad": BAD}}.get(self.path)
        body = (found or "gone").encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said):
        pass

@pytest.fixture(scope="session")
def live_server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{{server.server_port}}"
        server.shutdown()

@pytest.fixture(scope="session", autouse=True)
def browsers_started():
    import os
    from pathlib import Path
    from checker.loading import browser_start
    usual = browser_start.start
    def counted(*arguments):
        with Path(os.environ["STARTED"]).open("a") as file:
            file.write(f"{{os.getpid()}}\\n")
        return usual(*arguments)
    browser_start.start = counted
    yield
    browser_start.start = usual
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """An empty suite whose pytest finds the installed plugin."""
    monkeypatch.setenv("STARTED", str(pytester.path / "started.txt"))
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    return pytester


@pytest.mark.browser
def test_a_live_servers_pages_are_audited_in_one_browser(suite: pytest.Pytester) -> None:
    suite.makeconftest(SERVER)
    suite.makepyfile(
        """
        import pytest
        from checker.pytest_plugin import PageFailure

        def test_good(presscheck, live_server):
            report = presscheck(live_server + "/good")
            assert report.counts.passed > 5
            assert report.browsers

        def test_bad(presscheck, live_server):
            presscheck(live_server + "/bad")

        def test_gone(presscheck, live_server):
            with pytest.raises(PageFailure, match="404 Not Found") as caught:
                presscheck(live_server + "/gone")
            assert caught.value.report.counts.pages_not_tested == 1
        """
    )
    ran = suite.runpytest_subprocess("-p", "no:cacheprovider", timeout=120)
    ran.assert_outcomes(passed=2, failed=1)
    ran.stdout.fnmatch_lines(
        [
            '>       presscheck(live_server + "/bad")',
            "*PageFailure: http://127.0.0.1:*/bad: FAIL: * on 1 page",
            "*(image-alt-missing, error)",
            "*  - line 1, column *saber-strike.jpg* has no text alternative*",
            "*To mend it: *",
            "*Required by: *, https://*",
        ]
    )
    ran.stdout.no_fnmatch_line("*pytest_plugin.py:*: PageFailure")
    assert len((suite.path / "started.txt").read_text().splitlines()) == 1


@pytest.mark.browser
def test_each_worker_of_xdist_has_one_browser(suite: pytest.Pytester) -> None:
    suite.makeconftest(SERVER)
    suite.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("turn", range(6))
        def test_good(presscheck, live_server, turn):
            presscheck(live_server + "/good")
        """
    )
    ran = suite.runpytest_subprocess("-p", "no:cacheprovider", "-n", "2", timeout=180)
    ran.assert_outcomes(passed=6)
    started = (suite.path / "started.txt").read_text().splitlines()
    assert len(started) == len(set(started)) == 2


def test_html_text_needs_no_browser_where_none_is_wanted(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        f"""
        import pytest
        from pathlib import Path
        from checker.pytest_plugin import PageFailure

        GOOD = {GOOD!r}
        BAD = GOOD.replace("<p>", "<p><img src=a.jpg>")

        def test_text(presscheck):
            report = presscheck(GOOD, render="never")
            assert report.counts.out_of_reach

        def test_choice(presscheck):
            with pytest.raises(PageFailure, match="image-alt-missing"):
                presscheck(BAD, render="never")
            presscheck(BAD, render="never", skip=["image-alt-*"])
            presscheck(BAD, render="never", only=["page-lang"])
            presscheck(BAD, render="never", fail_on="never")

        def test_file(presscheck, tmp_path):
            (tmp_path / "a.html").write_text(BAD)
            with pytest.raises(PageFailure):
                presscheck(tmp_path / "a.html", render="never")

        def test_address_decides_the_profile(presscheck):
            report = presscheck(GOOD, render="never", public_url="https://www.af.mil/news/a/", fail_on="never")
            assert [audit.profile for audit in report.audits] == ["dod-news"]

        @pytest.mark.parametrize("wrong", [dict(only="image-alt-misssing"), dict(profile="fedral"), dict(fail_on="x")])
        def test_wrong_use(presscheck, wrong):
            with pytest.raises(ValueError):
                presscheck(GOOD, render="never", **wrong)
        """
    )
    suite.runpytest_subprocess("-p", "no:cacheprovider", timeout=60).assert_outcomes(passed=7)


def test_a_missing_browser_is_no_pass(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite.makeconftest(
        """
        import pytest
        from checker.loading import browser_start

        @pytest.fixture(autouse=True)
        def no_browser(monkeypatch):
            def find():
                raise browser_start.NoBrowser("no Chromium or Chrome is installed")
            monkeypatch.setattr(browser_start, "find", find)
        """
    )
    suite.makepyfile(f"def test_text(presscheck):\n    presscheck({GOOD!r})\n")
    ran = suite.runpytest_subprocess("-p", "no:cacheprovider", timeout=60)
    ran.assert_outcomes(failed=1)
    ran.stdout.fnmatch_lines(
        ["*NOT TESTED*", "*--render always, but no Chromium or Chrome is installed*"]
    )


def test_pytest_starts_without_what_an_audit_needs(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import sys

        def test_nothing_was_imported():
            assert "checker.pytest_plugin" in sys.modules
            late = {"selenium", "bs4", "httpx", "click", "jinja2", "rich", "checker.run", "checker.catalog"}
            assert not late & set(sys.modules)
        """
    )
    suite.runpytest_subprocess("-p", "no:cacheprovider", timeout=60).assert_outcomes(passed=1)
