"""A Grid's slot is given back when its run was killed, and by nobody else where it ended as it should."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO

import pytest
from selenium.webdriver.remote.client_config import ClientConfig

from checker.loading import browser_grid, grid_guard
from tests.loading.servers import Answer, Asked, serve

ENDED: Answer = 200, {"Content-Type": "application/json"}, b'{"value": null}'


def answer(asked: Asked) -> Answer:
    return ENDED


def told(port: int) -> str:
    session = {
        "address": f"http://127.0.0.1:{port}/hub/session/abc",
        "headers": {"Authorization": "Basic dTpw"},
        "authorities": None,
    }
    return json.dumps(session) + "\n"


def test_a_session_that_nobody_ended_is_ended() -> None:
    with serve(answer) as hub:
        grid_guard.watch(StringIO(told(hub.port)))
    (asked,) = hub.asked
    assert (asked.method, asked.path) == ("DELETE", "/hub/session/abc")
    assert asked.headers["authorization"] == "Basic dTpw"


@pytest.mark.parametrize("said", [lambda port: told(port) + "over\n", lambda port: ""])
def test_one_that_was_ended_is_left_alone(said: Callable[[int], str]) -> None:
    with serve(answer) as hub:
        grid_guard.watch(StringIO(said(hub.port)))
    assert not hub.asked


def test_a_grid_that_is_gone_is_no_trouble() -> None:
    grid_guard.watch(StringIO(told(1)))


def test_the_guard_runs_by_itself_and_sees_the_end_of_who_started_it() -> None:
    with serve(answer) as hub:
        guard = browser_grid._guard(f"http://127.0.0.1:{hub.port}", ClientConfig(""), "abc")
        assert guard.stdin is not None
        guard.stdin.close()  # as the system does when a process is gone
        assert guard.wait(60) == 0
    assert [asked.path for asked in hub.asked] == ["/session/abc"]
