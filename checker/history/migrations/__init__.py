"""Alembic's migrations; ``database`` runs them."""
