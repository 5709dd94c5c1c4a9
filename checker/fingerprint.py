"""Fingerprints: the same finding on the next run is recognised by what does not move.

Specified in docs/fingerprints.md; ``VERSION`` changes with any change of what goes into a key.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from checker.article.identity import Identity

VERSION = 1
_VERSION = str(VERSION)

_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|\d+')
_QUERY = re.compile(r'[?;][^\s"”>)]*')


class Key(StrEnum):
    """What a key is made of, beside the rule; in the order in which they are tried."""

    HANDLE = "handle"  # landmarks around it, accessible name, picture or target
    SNIPPET = "snippet"  # its own markup, wherever it stands
    CONTEXT = "context"  # the words around it
    STRUCTURE = "structure"  # its path below the nearest landmark


@dataclass(frozen=True)
class Marks:
    """Of one finding: its fingerprint, its keys in the order of ``Key``, and what its message says is wrong (without
    quotations, numbers and queries)."""

    fingerprint: str
    keys: tuple[str, ...]
    fault: str


def marks(rule: str, found: Iterable[tuple[Identity | None, str]]) -> Iterator[Marks]:
    """The marks of a rule's findings on a page, each given by its element and its message, in order.

    The fingerprint is of the first key and the fault; equal ones on one page are told apart by their turn. A key that
    could match something else is empty and matches nothing. None is a finding of the page as a whole.
    """
    seen: dict[str, int] = {}
    for identity, message in found:
        fault, key = _of_page(rule, message) if identity is None else _of(rule, identity, message)
        base = fingerprint(key[0], fault)
        seen[base] = seen.get(base, 0) + 1
        yield Marks(base if seen[base] == 1 else _digest(base, str(seen[base])), key, fault)


def _of(rule: str, identity: Identity | None, message: str) -> tuple[str, tuple[str, ...]]:
    """The fault and the keys."""
    return _fault(message), keys(rule, identity)


@lru_cache(maxsize=1024)
def _fault(message: str) -> str:
    return _digest(_QUOTED.sub("", _QUERY.sub("", message)))


@lru_cache(maxsize=1024)
def _of_page(rule: str, message: str) -> tuple[str, tuple[str, ...]]:
    """The same of the page as a whole: of what could not be tested every page says the same."""
    return _of(rule, None, message)


def fingerprint(handle: str, fault: str) -> str:
    """The fingerprint of the first finding with that handle and fault on a page."""
    return _digest(handle, fault)


def keys(rule: str, identity: Identity | None) -> tuple[str, ...]:
    """The keys of one finding. Each holds the picture or target and the accessible name, so that another picture, link
    or name is another finding by every key."""
    if identity is None:
        return (_digest(rule, "page"), "", "", "")
    guard = (rule, identity.tag, identity.resource, identity.name)
    strong = bool(identity.resource or identity.name)
    handle = ("handle", identity.landmark, "" if strong else identity.markup)
    return (
        _digest(*guard, *handle),
        _digest(*guard, "snippet", identity.markup) if strong or _tells(identity) else "",
        _digest(*guard, "context", identity.context) if identity.context else "",
        _digest(*guard, "structure", identity.structure) if strong and identity.structure else "",
    )


def _tells(identity: Identity) -> bool:
    """Whether markup alone says which of a page's elements it is."""
    return identity.markup != f"<{identity.tag}>"


def _digest(*parts: str) -> str:
    text = "\0".join((_VERSION, *parts))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
