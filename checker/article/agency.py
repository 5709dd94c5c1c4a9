"""What an agency says of itself to presscheck: names, hosts, and what its duty links are called and where they lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class AgencyLink:
    """A link that agencies owe their readers (``duty`` is the word by which rules ask for it): what else it is called
    on this agency's pages, and patterns of further hosts to which it may lead."""

    duty: str
    texts: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agency:
    """An agency, from a file ``agencies/<id>.toml`` of a rules folder. ``hosts`` are patterns of all its hosts (``*``
    stands for any text); ``hubs`` the texts of links to pages that gather its policies."""

    id: str
    title: str
    hosts: tuple[str, ...]
    names: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()
    links: tuple[AgencyLink, ...] = ()

    def has(self, host: str) -> bool:
        """Whether a host is the agency's."""
        return fits(host, self.hosts)

    def link(self, duty: str) -> AgencyLink:
        """What the agency says of that link; an empty one where it says nothing."""
        return next((each for each in self.links if each.duty == duty), AgencyLink(duty))


def fits(host: str, patterns: Iterable[str]) -> bool:
    """Whether a host fits one of the patterns."""
    return any(fnmatchcase(host, pattern.lower()) for pattern in patterns)


def agency_of(host: str, agencies: Iterable[Agency]) -> Agency | None:
    """The agency whose pattern fits the host most closely (the longest), or None."""
    found = [
        (len(pattern), agency)
        for agency in agencies
        for pattern in agency.hosts
        if fits(host, (pattern,))
    ]
    return max(found, key=lambda each: each[0])[1] if found else None
