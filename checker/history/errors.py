"""What can go wrong with a history; every message is one line and shows no password."""

from __future__ import annotations


class HistoryError(ValueError):
    """An address, a database or a report that cannot be used; the message says what to change."""


class Unavailable(HistoryError):
    """The database does not answer, is locked or takes no more: trying again later may help."""


class Conflict(HistoryError):
    """A report that the history takes no more: older than what was pruned, or its run was taken out."""
