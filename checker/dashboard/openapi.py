"""The API's description in OpenAPI 3.1, made from the endpoints and from the types that they give."""

from __future__ import annotations

from typing import Any

import msgspec

from checker import __version__
from checker.dashboard.asked import Parameter
from checker.dashboard.reading import ENDPOINTS, Endpoint
from checker.history.queries.runs import Run
from checker.history.writing import Recorded

_REF = "#/components/schemas/{name}"
_PROBLEM = {
    "type": "object",
    "required": ["status", "title", "detail"],
    "properties": {
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
    },
}
_SAID = {
    "400": "A parameter or the body that cannot be read",
    "401": "No token, or one that is unknown, revoked or expired",
    "403": "A token for something else",
    "404": "Not there",
    "408": "The body did not come in time",
    "409": "The report is older than what was pruned",
    "413": "The report is too large",
    "415": "Not JSON, or compressed",
    "422": "No report of this major version, or one that says what cannot be",
    "429": "Too many requests; retry-after says when",
    "503": "The database does not answer; try again",
}


def described() -> dict[str, Any]:
    """The document."""
    types = [*(each.item for each in ENDPOINTS), Recorded]
    _, schemas = msgspec.json.schema_components(types, ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {"title": "presscheck history", "version": __version__,
                 "description": "What presscheck found over months. No answer says that a page conforms."},
        "security": [{"token": []}],
        "paths": _paths(),
        "components": {
            "schemas": {**schemas, "Problem": _PROBLEM},
            "responses": {code: _problem(said) for code, said in _SAID.items()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer",
                                          "description": "presscheck token create"}},
        },
    }  # fmt: skip


def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = {each.path: {"get": _list(each)} for each in ENDPOINTS}
    paths["/api/runs"]["post"] = {
        "summary": "Record a JSON report; the same again changes nothing",
        "operationId": "record",
        "parameters": [{"name": "site", "in": "query", "schema": {"type": "string"},
                        "description": "The token's site, which is the default."}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": {
            "type": "object", "required": ["format", "version"], "properties": {
                "format": {"const": "presscheck-report"}, "version": {"type": "string"}},
            "description": "reports/report.schema.json describes it."}}}},
        "responses": {"200": _json("It was there already", _of(Recorded)), "201": _json("Recorded", _of(Recorded)),
                      **_refusals("400", "401", "403", "408", "409", "413", "415", "422", "429", "503")},
    }  # fmt: skip
    paths["/api/runs/{id}"] = {
        "get": {
            "summary": "A run by its id, or by 8 or more characters that it alone begins with",
            "operationId": "run",
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "responses": {
                "200": _json("The run", _of(Run)),
                "304": {"description": "Not changed (if-none-match)"},
                **_refusals("401", "403", "404", "429", "503"),
            },
        }
    }
    return paths


def _list(each: Endpoint) -> dict[str, Any]:
    listing = {
        "type": "object",
        "required": ["coverage", "items", "next"],
        "properties": {
            "coverage": {"type": "string"},
            "items": {"type": "array", "items": _of(each.item)},
            "next": {"type": ["string", "null"]},
        },
    }
    return {
        "summary": each.told,
        "operationId": each.path.rpartition("/")[2],
        "parameters": [_parameter(one) for one in each.parameters],
        "responses": {
            "200": _json("A page of the list, with an etag", listing),
            "304": {"description": "Not changed (if-none-match)"},
            **_refusals("400", "401", "403", "404", "429", "503"),
        },
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    schema = dict(one.schema)
    if one.default not in (None, ""):
        schema["default"] = one.default
    return {
        "name": one.name,
        "in": "query",
        "required": one.required,
        "description": one.told,
        "schema": schema,
    }


def _of(item: type[Any]) -> dict[str, str]:
    return {"$ref": _REF.format(name=item.__name__)}


def _json(said: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": said, "content": {"application/json": {"schema": schema}}}


def _refusals(*codes: str) -> dict[str, Any]:
    return {code: {"$ref": f"#/components/responses/{code}"} for code in codes}


def _problem(said: str) -> dict[str, Any]:
    schema = {"$ref": _REF.format(name="Problem")}
    return {"description": said, "content": {"application/problem+json": {"schema": schema}}}
