"""The read API against a real server: lists, pages of them, ETags, refusals, its own description."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from checker.dashboard import asked, openapi
from checker.dashboard.reading import ENDPOINTS
from checker.history.writing import record
from tests.dashboard.conftest import Api
from tests.history.reports import SITE, Rule, report

PICTURES = tuple(f"{number}.jpg" for number in range(5))


@pytest.fixture(autouse=True)
def recorded(api: Api) -> None:
    pages = {name: {"image-alt": Rule(PICTURES)} for name in ("a", "b", "c")}
    record(api.history, report(1, pages), site=SITE)
    record(
        api.history,
        report(2, {**pages, "a": {"image-alt": Rule(PICTURES[1:])}, "c": None}),
        site=SITE,
    )


def every(api: Api, path: str) -> list[dict[str, Any]]:
    """All items, two at a time."""
    items, after = [], ""
    while True:
        answer = api.get(f"{path}{'&' if '?' in path else '?'}limit=2{after}")
        assert answer.status_code == 200, answer.text
        listing = answer.json()
        assert len(listing["items"]) <= 2
        items += listing["items"]
        if listing["next"] is None:
            return items
        after = f"&after={listing['next']}"


def test_the_description_is_openapi() -> None:
    OpenAPIV31SpecValidator(openapi.described()).validate()


def test_the_description_is_served_to_everybody(api: Api) -> None:
    assert api.client.get(f"{api.base}/api/openapi.json").json() == openapi.described()


@pytest.mark.parametrize("path", [each.path for each in ENDPOINTS])
def test_answers_are_what_is_described(api: Api, path: str) -> None:
    document = openapi.described()
    needed = "site" in {each["name"] for each in document["paths"][path]["get"]["parameters"]}
    answer = api.get(path + (f"?site={SITE}" if needed else ""))
    assert answer.status_code == 200
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    Draft202012Validator({**schema, "components": document["components"]}).validate(answer.json())
    assert answer.json()["items"] or path == "/api/waivers"


def test_lists_are_paged_without_loss(api: Api) -> None:
    found = every(api, f"/api/findings?site={SITE}")
    assert len(found) == len({each["number"] for each in found}) == 14
    assert len(every(api, f"/api/findings?site={SITE}&state=all&order=newest")) == 15
    assert [each["url"][-2] for each in every(api, f"/api/pages?site={SITE}")] == ["a", "b", "c"]
    assert [each["made_at"][:10] for each in every(api, "/api/runs")] == [
        "2026-03-02",
        "2026-03-01",
    ]


def test_a_coverage_statement_heads_every_list(api: Api) -> None:
    said = api.get(f"/api/findings?site={SITE}&state=fixed").json()["coverage"]
    assert said.startswith(f"{SITE}: 2 of 3 known pages were tested")
    assert "1 was not (1 time-out; 0 of them never tested)" in said
    assert "does not mean that a page conforms" in said


def test_a_run_by_its_id(api: Api) -> None:
    (newest, _) = api.get("/api/runs").json()["items"]
    assert api.get(f"/api/runs/{newest['id']}").json() == newest
    assert api.get(f"/api/runs/{newest['id'][:12]}").json() == newest
    assert api.get("/api/runs/nobody-has-it").status_code == 404
    assert api.get(f"/api/runs/{newest['id'][:12]}%00").status_code == 404


def test_what_is_the_same_is_not_sent_again(api: Api) -> None:
    path = f"/api/findings?site={SITE}"
    tag = api.get(path).headers["etag"]
    again = api.get(path, **{"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    record(api.history, report(3, {"a": {"image-alt": Rule()}}), site=SITE)
    assert api.get(path, **{"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?site=", 400),
        ("?site=nobody", 404),
        (f"?site={SITE}&colour=red", 400),
        (f"?site={SITE}&site={SITE}", 400),
        (f"?site={SITE}&limit=0", 400),
        (f"?site={SITE}&limit=1001", 400),
        (f"?site={SITE}&limit=%D9%A1", 400),
        (f"?site={SITE}&after=nowhere", 400),
        (f"?site={SITE}&after=%C3%A9", 400),
        (f"?site={SITE}&after={asked.cursor(['', 2**70])}", 400),
        (f"?site={SITE}&after={asked.cursor(['', -1])}", 400),
        (f"?site={SITE}&after={asked.cursor([chr(0), 1])}", 400),
        (f"?site={SITE}&state=lost", 400),
        (f"?site={SITE}&waived=perhaps", 400),
        (f"?site={SITE}&rule=%00", 400),
        (f"?site={SITE}&rule=x'%20OR%201=1", 200),
    ],
)
def test_queries_that_cannot_be_answered(api: Api, query: str, status: int) -> None:
    answer = api.get(f"/api/findings{query}")
    assert answer.status_code == status
    if status == 200:
        assert answer.json()["items"] == []
    else:
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", [*(each.path for each in ENDPOINTS), "/api/runs/12345678"])
def test_reading_needs_a_token_that_reads(api: Api, path: str) -> None:
    assert api.client.get(api.base + path).status_code == 401
    assert api.get(path, token=api.write).status_code == 403
