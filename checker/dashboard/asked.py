"""What a request asks: its parameters, read strictly, and the place in a list where it goes on."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from starlette.requests import Request

from checker.clean import one_line
from checker.dashboard.problems import Refused

type Whole = Annotated[int, msgspec.Meta(ge=0, lt=2**31)]

MOST = 1000
DEFAULT = 100


@dataclass(frozen=True)
class Parameter:
    """A query parameter: how it is read (ValueError for what it does not take), and its JSON Schema."""

    name: str
    told: str
    read: Callable[[str], Any]
    schema: dict[str, Any]
    default: Any = None
    required: bool = False


def _short(given: str) -> str:
    if len(given) > 2000 or "\0" in given:
        raise ValueError(given)
    return given


def text(name: str, told: str, *, required: bool = False) -> Parameter:
    """A text of 2,000 characters at most."""
    return Parameter(name, told, _short, {"type": "string", "maxLength": 2000}, "", required)


def whole(name: str, told: str, most: int, default: int | None = None) -> Parameter:
    """A number from 1 on."""

    def read(given: str) -> int:
        if not (
            given.isascii() and given.isdigit() and len(given) < 11 and 1 <= int(given) <= most
        ):
            raise ValueError(f"a number from 1 to {most}")
        return int(given)

    return Parameter(name, told, read, {"type": "integer", "minimum": 1, "maximum": most}, default)


def yes(name: str, told: str) -> Parameter:
    """true or false."""

    def read(given: str) -> bool:
        return bool(("false", "true").index(given))

    return Parameter(name, told, read, {"type": "boolean"})


def one_of(name: str, told: str, words: type[Any], default: Any) -> Parameter:
    """A word of an enumeration."""
    return Parameter(
        name, told, words, {"type": "string", "enum": [each.value for each in words]}, default
    )


LIMIT = whole("limit", "The most items.", MOST, DEFAULT)
AFTER = text("after", "What `next` of the former page says.")
SITE = text("site", "The site's name.", required=True)


def read(request: Request, parameters: tuple[Parameter, ...]) -> dict[str, Any]:
    """The parameters by name. Raises Refused (400) for one that is unknown, twice there, missing or not taken."""
    known = {each.name: each for each in parameters}
    given = request.query_params.multi_items()
    names = [name for name, _ in given]
    for name in names:
        if name not in known or names.count(name) > 1:
            raise Refused(
                400,
                f"{one_line(name)[:40]!r}: give only, and once, {', '.join(known) or 'nothing'}",
            )
    values = {each.name: each.default for each in parameters}
    for name, value in given:
        try:
            values[name] = known[name].read(value)
        except ValueError:
            raise Refused(
                400, f"{name}: takes {msgspec.json.encode(known[name].schema).decode()}"
            ) from None
    for each in parameters:
        if each.required and not values[each.name]:
            raise Refused(400, f"{each.name} is missing")
    return values


def cursor(place: list[Any]) -> str:
    """A place in a list, for the next request."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def place[T](given: str, shape: type[T]) -> T:
    """What ``cursor`` packed. Raises Refused (400)."""
    raw = b""
    found: T | None
    try:
        raw = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4))
        found = msgspec.json.decode(raw, type=shape)
    except (ValueError, msgspec.DecodeError):
        found = None
    if found is None or b"\\u0000" in raw:
        raise Refused(400, "after: take it from `next` of the former page")
    return found
