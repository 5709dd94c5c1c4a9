"""Whose host an address names, as far as its name says."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from ipaddress import ip_address

# Names that no reader outside reaches: RFC 2606, 6761, 6762 and 8375, and what ICANN keeps for private use.
_PRIVATE = frozenset({"test", "example", "invalid", "localhost", "local", "internal", "arpa"})


class Domain(StrEnum):
    """The domains that the government keeps for itself."""

    GOV = "gov"
    MIL = "mil"


@lru_cache(maxsize=4096)
def domain_of(host: str) -> Domain | None:
    """The government's domain that a host is in, or None."""
    last = _labels(host)[-1]
    return Domain(last) if last in Domain and len(_labels(host)) > 1 else None


@lru_cache(maxsize=4096)
def is_public(host: str) -> bool:
    """Whether a host's name is one that readers on the internet could use: no address of a machine, no single label,
    no name kept for private use. False where no host is known."""
    labels = _labels(host)
    return len(labels) > 1 and labels[-1] not in _PRIVATE and not is_address(host)


@lru_cache(maxsize=4096)
def is_loopback(host: str) -> bool:
    """Whether a host is the machine itself: browsers trust it without TLS (W3C Secure Contexts, 3.1)."""
    if _labels(host)[-1] == "localhost":
        return True
    return is_address(host) and ip_address(host.strip("[]")).is_loopback


def is_address(host: str) -> bool:
    """Whether a host is an IP address instead of a name."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _labels(host: str) -> list[str]:
    return host.lower().rstrip(".").split(".")
