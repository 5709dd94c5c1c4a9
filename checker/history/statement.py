"""The statement at the head of what leaves the history: what it covers; it says of nothing that it conforms."""

from __future__ import annotations

from checker.clean import one_line
from checker.history.database import Reader
from checker.history.queries import pages
from checker.history.queries.runs import Site

LIMITS = (
    "Machine tests decide a part of the success criteria only: that nothing was found does not mean that a page "
    "conforms. What was not tested is not known."
)


def coverage(connection: Reader, site: Site) -> str:
    """One line on the pages of a site."""
    found = pages.coverage(connection, site.number)
    gaps = ", ".join(f"{number} {why}" for why, number in sorted(found.not_tested.items()))
    untested = sum(found.not_tested.values())
    told = f" ({gaps}; {found.never} of them never tested)" if untested else ""
    return one_line(
        f"{site.name}: {found.tested} of {found.pages} known pages were tested when they were last asked for, "
        f"{untested} {'was' if untested == 1 else 'were'} not{told}. {LIMITS}"
    )
