"""Kinds of values that the command line's options take."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

import click


class OneOf[T: StrEnum](click.Choice[str]):
    """The values of an enumeration; click's own goes by the names of its members."""

    def __init__(self, kind: type[T]) -> None:
        super().__init__([each.value for each in kind])
        self.kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return self.kind(super().convert(str(value), param, ctx))


class Size(click.ParamType[tuple[int, int]]):
    """Width and height in CSS pixels."""

    name = "WIDTHxHEIGHT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value[0], value[1]
        found = re.fullmatch(r"(\d{2,5})x(\d{2,5})", str(value))
        if not found:
            self.fail(f"{value!r} is no size such as 1350x940", param, ctx)
        return int(found[1]), int(found[2])


class Words(click.ParamType[tuple[str, ...]]):
    """Words with commas between them."""

    name = "NAME[,NAME…]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        words = value if isinstance(value, tuple) else str(value).split(",")
        return tuple(word.strip() for word in words if word.strip())


class Pair(click.ParamType[tuple[str, str]]):
    """Two texts with a mark between them."""

    def __init__(self, mark: str, name: str) -> None:
        self.mark = mark
        self.name = name

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value[0], value[1]
        left, mark, right = str(value).partition(self.mark)
        if not mark or not left.strip():
            self.fail(f"{value!r} is not of the form {self.name}", param, ctx)
        return left.strip(), right.strip()
