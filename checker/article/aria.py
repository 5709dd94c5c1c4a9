"""The tables of WAI-ARIA as data: which roles, states and properties there are, and what each allows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files

import msgspec


@dataclass(frozen=True)
class Attribute:
    """A state or property: the type of its value (string, boolean, integer, number, token, tokens, idref, idrefs) and
    the tokens that it takes."""

    type: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Role:
    """A role: the states and properties that it takes beside the global ones, the roles that it must stand in,
    whether it takes its name from its content, whether its children are presentational."""

    supports: str = ""
    context: str = ""
    content: bool = False
    flat: bool = False


@dataclass(frozen=True)
class Tables:
    """``attributes`` by name, the names of the ``globals``, ``roles`` by name (abstract roles are none)."""

    attributes: Mapping[str, Attribute]
    globals: frozenset[str]
    roles: Mapping[str, Role] = field(default_factory=dict)

    @cached_property
    def named_by_content(self) -> frozenset[str]:
        """The roles that take their name from their content."""
        return frozenset(name for name, role in self.roles.items() if role.content)

    def supports(self, role: str, attribute: str) -> bool:
        """Whether an element of that role may have the state or property."""
        return attribute in self.globals or attribute in self._supported.get(role, ())

    @cached_property
    def _supported(self) -> Mapping[str, frozenset[str]]:
        return {name: frozenset(role.supports.split()) for name, role in self.roles.items()}


@cache
def tables() -> Tables:
    """WAI-ARIA 1.2 with DPUB-ARIA and Graphics-ARIA."""
    raw = tomllib.loads(files(__package__).joinpath("aria.toml").read_text(encoding="utf-8"))
    raw["globals"] = raw["globals"]["names"].split()
    return msgspec.convert(raw, Tables)


_INTEGER = re.compile(r"-?\d+")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.I)


def valid(attribute: Attribute, value: str) -> bool:
    """Whether the value is of the attribute's type; ids are not looked up. White space at the ends is none of it."""
    text = value.strip().lower()
    match attribute.type:
        case "boolean":
            return text in ("true", "false")
        case "token":
            return text in attribute.values
        case "tokens":
            return all(token in attribute.values for token in text.split())
        case "integer":
            return bool(_INTEGER.fullmatch(text))
        case "number":
            return bool(_NUMBER.fullmatch(text))
        case _:
            return True
