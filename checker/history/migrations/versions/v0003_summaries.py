"""What views ask of a whole site, added up when a run is recorded; here, for the runs that are there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOVES = """
INSERT INTO run_moves (run, severity, begun, fixed)
SELECT run, severity, sum(begun), sum(fixed) FROM (
    SELECT e.first_run AS run, f.severity AS severity, count(*) AS begun, 0 AS fixed
    FROM episodes e JOIN findings f ON f.number = e.finding
    WHERE f.verdict = 'fail' GROUP BY e.first_run, f.severity
    UNION ALL
    SELECT e.fixed_run, f.severity, 0, count(*)
    FROM episodes e JOIN findings f ON f.number = e.finding
    WHERE f.verdict = 'fail' AND e.fixed_run IS NOT NULL GROUP BY e.fixed_run, f.severity
) both_ways GROUP BY run, severity
"""
_FAULTS = """
INSERT INTO faults (site, rule, fingerprint, verdict, severity, pages, since_at, example)
SELECT site, rule, fingerprint, verdict, severity, count(*), min(since_at), min(number)
FROM findings WHERE open = 1 AND region = 'template'
GROUP BY site, rule, fingerprint, verdict, severity
"""


def upgrade() -> None:
    """Make both tables and fill them; an index for the pages with the most errors."""
    op.create_table(
        "run_moves",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("begun", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fixed", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.number"], name=op.f("fk_run_moves_run")),
        sa.PrimaryKeyConstraint("run", "severity", name=op.f("pk_run_moves")),
    )
    op.create_table(
        "faults",
        sa.Column("site", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("pages", sa.Integer(), server_default="0", nullable=False),
        sa.Column("example", sa.Integer(), server_default="0", nullable=False),
        sa.Column("since_at", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["sites.number"], name=op.f("fk_faults_site")),
        sa.ForeignKeyConstraint(["rule"], ["rules.number"], name=op.f("fk_faults_rule")),
        sa.PrimaryKeyConstraint(
            "site", "rule", "fingerprint", "verdict", "severity", name=op.f("pk_faults")
        ),
    )
    op.create_index(
        "ix_findings_worst", "findings", ["site", "open", "verdict", "severity", "page"]
    )
    op.execute(_MOVES)
    op.execute(_FAULTS)
