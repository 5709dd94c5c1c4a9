"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "rules",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_rules")),
        sa.UniqueConstraint("id", name=op.f("uq_rules_id")),
    )
    op.create_table(
        "sites",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("pruned_to", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_sites")),
        sa.UniqueConstraint("name", name=op.f("uq_sites_name")),
    )
    op.create_table(
        "details",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("suggestion", sa.Text(), server_default="", nullable=False),
        sa.Column("selector", sa.Text(), server_default="", nullable=False),
        sa.Column("snippet", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("landmark", sa.Text(), server_default="", nullable=False),
        sa.Column("resource", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["site"], ["sites.number"], name=op.f("fk_details_site")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_details")),
        sa.UniqueConstraint("site", "digest", name=op.f("uq_details_site_digest")),
    )
    op.create_table(
        "rule_versions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("authority", sa.Text(), server_default="", nullable=False),
        sa.Column("severity", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("fix", sa.Text(), server_default="", nullable=False),
        sa.Column("criteria", sa.Text(), server_default="", nullable=False),
        sa.Column("baseline", sa.Text(), server_default="", nullable=False),
        sa.Column("section508", sa.Text(), server_default="", nullable=False),
        sa.Column("act", sa.Text(), server_default="", nullable=False),
        sa.Column("needs", sa.Text(), server_default="", nullable=False),
        sa.Column("tags", sa.Text(), server_default="", nullable=False),
        sa.Column("refs", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["rule"], ["rules.number"], name=op.f("fk_rule_versions_rule")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_rule_versions")),
        sa.UniqueConstraint("rule", "digest", name=op.f("uq_rule_versions_rule_digest")),
    )
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=True),
        sa.Column("claim", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.String(length=20), nullable=False),
        sa.Column("seen_at", sa.String(length=20), nullable=False),
        sa.Column("writer", sa.Text(), server_default="", nullable=False),
        sa.Column("expected", sa.Integer(), server_default="0", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tool_version", sa.Text(), server_default="", nullable=False),
        sa.Column("rules_version", sa.Text(), server_default="", nullable=False),
        sa.Column("axe_versions", sa.Text(), server_default="", nullable=False),
        sa.Column("browsers", sa.Text(), server_default="", nullable=False),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sa.Column("pages", sa.Integer(), server_default="0", nullable=False),
        sa.Column("pages_not_tested", sa.Integer(), server_default="0", nullable=False),
        sa.Column("errors", sa.Integer(), server_default="0", nullable=False),
        sa.Column("warnings", sa.Integer(), server_default="0", nullable=False),
        sa.Column("advice", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reviews", sa.Integer(), server_default="0", nullable=False),
        sa.Column("broken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("out_of_reach", sa.Integer(), server_default="0", nullable=False),
        sa.Column("passed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tests_passed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tests_failed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tests_not_applicable", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["site"], ["sites.number"], name=op.f("fk_runs_site")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_runs")),
        sa.UniqueConstraint("id", name=op.f("uq_runs_id")),
    )
    op.create_index(op.f("ix_runs_claim"), "runs", ["claim"], unique=False)
    op.create_index(op.f("ix_runs_site_made_at"), "runs", ["site", "made_at"], unique=False)
    op.create_table(
        "sheets",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("profile", sa.Text(), server_default="", nullable=False),
        sa.Column("mode", sa.Text(), server_default="", nullable=False),
        sa.Column("missing", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["site"], ["sites.number"], name=op.f("fk_sheets_site")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_sheets")),
        sa.UniqueConstraint("site", "digest", name=op.f("uq_sheets_site_digest")),
    )
    op.create_table(
        "waivers",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.Text(), server_default="", nullable=False),
        sa.Column("pages", sa.Text(), server_default="", nullable=False),
        sa.Column("element", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("approver", sa.Text(), server_default="", nullable=False),
        sa.Column("expires", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["site"], ["sites.number"], name=op.f("fk_waivers_site")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_waivers")),
        sa.UniqueConstraint("site", "digest", name=op.f("uq_waivers_site_digest")),
    )
    op.create_table(
        "pages",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("first_at", sa.Text(), server_default="", nullable=False),
        sa.Column("last_at", sa.Text(), server_default="", nullable=False),
        sa.Column("tested_at", sa.Text(), server_default="", nullable=False),
        sa.Column("last_run", sa.Integer(), nullable=True),
        sa.Column("tested_run", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("problem_message", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["last_run"], ["runs.number"], name=op.f("fk_pages_last_run")),
        sa.ForeignKeyConstraint(["site"], ["sites.number"], name=op.f("fk_pages_site")),
        sa.ForeignKeyConstraint(["tested_run"], ["runs.number"], name=op.f("fk_pages_tested_run")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_pages")),
        sa.UniqueConstraint("site", "digest", name=op.f("uq_pages_site_digest")),
    )
    op.create_index(op.f("ix_pages_site_problem"), "pages", ["site", "problem"], unique=False)
    op.create_table(
        "run_rules",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("review", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_applicable", sa.Integer(), server_default="0", nullable=False),
        sa.Column("broken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("out_of_reach", sa.Integer(), server_default="0", nullable=False),
        sa.Column("told", sa.Integer(), server_default="0", nullable=False),
        sa.Column("elements_passed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("findings", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["rule"], ["rules.number"], name=op.f("fk_run_rules_rule")),
        sa.ForeignKeyConstraint(["run"], ["runs.number"], name=op.f("fk_run_rules_run")),
        sa.ForeignKeyConstraint(
            ["version"], ["rule_versions.number"], name=op.f("fk_run_rules_version")
        ),
        sa.PrimaryKeyConstraint("run", "rule", name=op.f("pk_run_rules")),
    )
    op.create_index(op.f("ix_run_rules_rule"), "run_rules", ["rule"], unique=False)
    op.create_table(
        "run_totals",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("authority", sa.String(length=20), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("waived", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("findings", sa.Integer(), server_default="0", nullable=False),
        sa.Column("pages", sa.Integer(), server_default="0", nullable=False),
        sa.Column("different", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.number"], name=op.f("fk_run_totals_run")),
        sa.PrimaryKeyConstraint(
            "run",
            "verdict",
            "severity",
            "authority",
            "region",
            "waived",
            name=op.f("pk_run_totals"),
        ),
    )
    op.create_table(
        "run_waivers",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("waiver", sa.Integer(), nullable=False),
        sa.Column("days_left", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Integer(), server_default="0", nullable=False),
        sa.Column("covered", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unused", sa.Text(), server_default="", nullable=False),
        sa.Column("too_broad", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.number"], name=op.f("fk_run_waivers_run")),
        sa.ForeignKeyConstraint(["waiver"], ["waivers.number"], name=op.f("fk_run_waivers_waiver")),
        sa.PrimaryKeyConstraint("run", "waiver", name=op.f("pk_run_waivers")),
    )
    op.create_table(
        "sheet_rules",
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), server_default="", nullable=False),
        sa.Column("cause", sa.Text(), server_default="", nullable=False),
        sa.Column("severity", sa.Text(), server_default="", nullable=False),
        sa.Column("whole", sa.Integer(), server_default="0", nullable=False),
        sa.Column("raised_by", sa.Text(), server_default="", nullable=False),
        sa.Column("told_by", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["rule"], ["rules.number"], name=op.f("fk_sheet_rules_rule")),
        sa.ForeignKeyConstraint(["sheet"], ["sheets.number"], name=op.f("fk_sheet_rules_sheet")),
        sa.PrimaryKeyConstraint("sheet", "rule", name=op.f("pk_sheet_rules")),
    )
    op.create_index(op.f("ix_sheet_rules_rule"), "sheet_rules", ["rule"], unique=False)
    op.create_table(
        "findings",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("authority", sa.String(length=20), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("waiver", sa.Integer(), nullable=True),
        sa.Column("detail", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("col", sa.Integer(), nullable=True),
        sa.Column("open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("episodes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("first_run", sa.Integer(), nullable=True),
        sa.Column("since_run", sa.Integer(), nullable=True),
        sa.Column("fixed_run", sa.Integer(), nullable=True),
        sa.Column("first_at", sa.String(length=20), server_default="", nullable=False),
        sa.Column("since_at", sa.String(length=20), server_default="", nullable=False),
        sa.Column("fixed_at", sa.String(length=20), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["detail"], ["details.number"], name=op.f("fk_findings_detail")),
        sa.ForeignKeyConstraint(["first_run"], ["runs.number"], name=op.f("fk_findings_first_run")),
        sa.ForeignKeyConstraint(["fixed_run"], ["runs.number"], name=op.f("fk_findings_fixed_run")),
        sa.ForeignKeyConstraint(["page"], ["pages.number"], name=op.f("fk_findings_page")),
        sa.ForeignKeyConstraint(["rule"], ["rules.number"], name=op.f("fk_findings_rule")),
        sa.ForeignKeyConstraint(["since_run"], ["runs.number"], name=op.f("fk_findings_since_run")),
        sa.ForeignKeyConstraint(["site"], ["sites.number"], name=op.f("fk_findings_site")),
        sa.ForeignKeyConstraint(["waiver"], ["waivers.number"], name=op.f("fk_findings_waiver")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_findings")),
        sa.UniqueConstraint(
            "page", "rule", "fingerprint", name=op.f("uq_findings_page_rule_fingerprint")
        ),
    )
    op.create_index("ix_findings_detail", "findings", ["detail"], unique=False)
    op.create_index(
        "ix_findings_fixed", "findings", ["site", "open", "fixed_at", "number"], unique=False
    )
    op.create_index(
        "ix_findings_oldest", "findings", ["site", "open", "since_at", "number"], unique=False
    )
    op.create_index(
        "ix_findings_overview",
        "findings",
        ["site", "open", "verdict", "severity", "authority", "region", "waiver"],
        unique=False,
    )
    op.create_index(
        "ix_findings_rule",
        "findings",
        ["site", "open", "rule", "verdict", "severity"],
        unique=False,
    )
    op.create_index(
        "ix_findings_template", "findings", ["site", "open", "region", "fingerprint"], unique=False
    )
    op.create_index("ix_findings_waiver", "findings", ["waiver"], unique=False)
    op.create_table(
        "states",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Text(), server_default="", nullable=False),
        sa.Column("passes", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("problem_message", sa.Text(), server_default="", nullable=False),
        sa.Column("errors", sa.Integer(), server_default="0", nullable=False),
        sa.Column("warnings", sa.Integer(), server_default="0", nullable=False),
        sa.Column("advice", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reviews", sa.Integer(), server_default="0", nullable=False),
        sa.Column("broken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("out_of_reach", sa.Integer(), server_default="0", nullable=False),
        sa.Column("passed", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["page"], ["pages.number"], name=op.f("fk_states_page")),
        sa.ForeignKeyConstraint(["sheet"], ["sheets.number"], name=op.f("fk_states_sheet")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_states")),
        sa.UniqueConstraint("digest", name=op.f("uq_states_digest")),
    )
    op.create_index(op.f("ix_states_page"), "states", ["page"], unique=False)
    op.create_index(op.f("ix_states_sheet"), "states", ["sheet"], unique=False)
    op.create_table(
        "bases",
        sa.Column("finding", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("first_run", sa.Integer(), nullable=False),
        sa.Column("last_run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["finding"], ["findings.number"], name=op.f("fk_bases_finding")),
        sa.ForeignKeyConstraint(["first_run"], ["runs.number"], name=op.f("fk_bases_first_run")),
        sa.ForeignKeyConstraint(["last_run"], ["runs.number"], name=op.f("fk_bases_last_run")),
        sa.ForeignKeyConstraint(["page"], ["pages.number"], name=op.f("fk_bases_page")),
        sa.PrimaryKeyConstraint("finding", name=op.f("pk_bases")),
    )
    op.create_index(op.f("ix_bases_page"), "bases", ["page"], unique=False)
    op.create_table(
        "episodes",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("finding", sa.Integer(), nullable=False),
        sa.Column("first_run", sa.Integer(), nullable=False),
        sa.Column("last_run", sa.Integer(), nullable=False),
        sa.Column("fixed_run", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["finding"], ["findings.number"], name=op.f("fk_episodes_finding")),
        sa.ForeignKeyConstraint(["first_run"], ["runs.number"], name=op.f("fk_episodes_first_run")),
        sa.ForeignKeyConstraint(["fixed_run"], ["runs.number"], name=op.f("fk_episodes_fixed_run")),
        sa.ForeignKeyConstraint(["last_run"], ["runs.number"], name=op.f("fk_episodes_last_run")),
        sa.ForeignKeyConstraint(["page"], ["pages.number"], name=op.f("fk_episodes_page")),
        sa.ForeignKeyConstraint(["site"], ["sites.number"], name=op.f("fk_episodes_site")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_episodes")),
    )
    op.create_index(op.f("ix_episodes_finding"), "episodes", ["finding"], unique=False)
    op.create_index(op.f("ix_episodes_first_run"), "episodes", ["first_run"], unique=False)
    op.create_index(op.f("ix_episodes_fixed_run"), "episodes", ["fixed_run"], unique=False)
    op.create_index(op.f("ix_episodes_page"), "episodes", ["page"], unique=False)
    op.create_table(
        "page_runs",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page"], ["pages.number"], name=op.f("fk_page_runs_page")),
        sa.ForeignKeyConstraint(["run"], ["runs.number"], name=op.f("fk_page_runs_run")),
        sa.ForeignKeyConstraint(["state"], ["states.number"], name=op.f("fk_page_runs_state")),
        sa.PrimaryKeyConstraint("run", "page", name=op.f("pk_page_runs")),
    )
    op.create_index(op.f("ix_page_runs_page"), "page_runs", ["page"], unique=False)
    op.create_index(op.f("ix_page_runs_state"), "page_runs", ["state"], unique=False)
