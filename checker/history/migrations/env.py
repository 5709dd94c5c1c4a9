"""Alembic's environment: the connection and its transaction are ``checker.history.database``'s."""

from __future__ import annotations

from alembic import context

from checker.history.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="presscheck_version",
)
context.run_migrations()
