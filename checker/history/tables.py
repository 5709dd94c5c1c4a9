"""The tables. ``migrations/`` makes them; a test holds both together.

Times are ISO 8601 in UTC as text (``2026-11-24T13:00:00Z``): they sort alike everywhere. Lists are JSON in text.
Digests are 32 hexadecimal digits; they, not the texts, are what is indexed.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

COUNTS = (
    "pages",
    "pages_not_tested",
    "errors",
    "warnings",
    "advice",
    "reviews",
    "broken",
    "out_of_reach",
    "passed",
    "tests_passed",
    "tests_failed",
    "tests_not_applicable",
)


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True)


def _to(name: str, target: str, *, null: bool = False, key: bool = False) -> Column[int]:
    return Column(name, ForeignKey(f"{target}.number"), nullable=null, primary_key=key)


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False, server_default="") for name in names]


def _count(*names: str) -> list[Column[int]]:
    return [Column(name, Integer, nullable=False, server_default="0") for name in names]


def _digest() -> Column[str]:
    return Column("digest", String(64), nullable=False)


# ``pruned_to`` is the ``made_at`` of the newest run whose details were pruned; nothing older is taken any more.
sites = Table("sites", metadata, _number(), Column("name", String(300), nullable=False, unique=True),
              *_text("pruned_to"))  # fmt: skip

# ``state``: running, complete or pruned (details gone, counts kept). Whether a running one died is told by
# ``seen_at`` and ``writer``. ``id`` is the content digest, set when complete; ``claim`` the digest being imported.
runs = Table(
    "runs",
    metadata,
    _number(),
    _to("site", "sites", null=True),
    Column("id", String(64), unique=True),
    Column("claim", String(64)),
    Column("state", String(10), nullable=False),
    Column("made_at", String(20), nullable=False),
    Column("seen_at", String(20), nullable=False),
    *_text("writer"),
    *_count("expected", "done"),
    *_text("tool_version", "rules_version", "axe_versions", "browsers", "notes"),
    *_count(*COUNTS),
    Index(None, "site", "made_at"),
    Index(None, "claim"),
)

rules = Table("rules", metadata, _number(), Column("id", String(300), nullable=False, unique=True))

rule_versions = Table(
    "rule_versions",
    metadata,
    _number(),
    _to("rule", "rules"),
    _digest(),
    *_text("title", "authority", "severity", "subject", "why", "fix"),
    *_text("criteria", "baseline", "section508", "act", "needs", "tags", "refs"),
    UniqueConstraint("rule", "digest"),
)

# Pages by outcome of the rule in that run; ``told`` are pages where another rule tells its findings.
run_rules = Table(
    "run_rules",
    metadata,
    _to("run", "runs", key=True),
    _to("rule", "rules", key=True),
    _to("version", "rule_versions"),
    *_count("passed", "failed", "review", "not_applicable", "broken", "out_of_reach", "told"),
    *_count("elements_passed", "findings"),
    Index(None, "rule"),
)

# Findings told in that run. ``different`` counts what pages share once.
run_totals = Table(
    "run_totals",
    metadata,
    _to("run", "runs", key=True),
    *(
        Column(name, String(20), primary_key=True)
        for name in ("verdict", "severity", "authority", "region")
    ),
    Column("waived", Integer, primary_key=True, autoincrement=False),
    *_count("findings", "pages", "different"),
)

# ``key`` is ``checker.pages.page_key``. The rest is of the latest run that had the page; ``tested_at`` of the latest
# that tested it, empty if none did.
pages = Table(
    "pages",
    metadata,
    _number(),
    _to("site", "sites"),
    _digest(),
    *_text("key", "url", "title", "first_at", "last_at", "tested_at"),
    _to("last_run", "runs", null=True),
    _to("tested_run", "runs", null=True),
    *_text("problem", "problem_message"),
    UniqueConstraint("site", "digest"),
    Index(None, "site", "problem"),
)

# What the rules came to on a page, without counts: many pages share one.
sheets = Table(
    "sheets",
    metadata,
    _number(),
    _to("site", "sites"),
    _digest(),
    *_text("profile", "mode", "missing"),
    UniqueConstraint("site", "digest"),
)

# ``whole``: the rule looked at the whole page, so that what it does not show is not there.
sheet_rules = Table(
    "sheet_rules",
    metadata,
    _to("sheet", "sheets", key=True),
    _to("rule", "rules", key=True),
    *_text("verdict", "cause", "severity"),
    *_count("whole"),
    *_text("raised_by", "told_by", "reason"),
    Index(None, "rule"),
)

# All that a run said of a page; the same again is the same row. ``shown`` are numbers of findings, ``passes`` pairs of
# rule number and elements that passed.
states = Table(
    "states",
    metadata,
    _number(),
    _to("page", "pages"),
    _digest(),
    _to("sheet", "sheets"),
    *_text("shown", "passes"),
    Column("status", Integer),
    *_text("problem", "problem_message"),
    *_count("errors", "warnings", "advice", "reviews", "broken", "out_of_reach", "passed"),
    UniqueConstraint("digest"),
    Index(None, "page"),
    Index(None, "sheet"),
)

page_runs = Table(
    "page_runs",
    metadata,
    _to("run", "runs", key=True),
    _to("page", "pages", key=True),
    _to("state", "states"),
    Index(None, "page"),
    Index(None, "state"),
)

details = Table(
    "details",
    metadata,
    _number(),
    _to("site", "sites"),
    _digest(),
    *_text("message", "suggestion", "selector", "snippet", "name", "landmark", "resource"),
    UniqueConstraint("site", "digest"),
)

waivers = Table(
    "waivers",
    metadata,
    _number(),
    _to("site", "sites"),
    _digest(),
    *_text("rule", "pages", "element", "reason", "owner", "approver", "expires"),
    UniqueConstraint("site", "digest"),
)

run_waivers = Table(
    "run_waivers",
    metadata,
    _to("run", "runs", key=True),
    _to("waiver", "waivers", key=True),
    Column("days_left", Integer, nullable=False),
    *_count("findings", "covered"),
    *_text("unused", "too_broad"),
)

# A failure or review of a rule on a page, as the latest run that showed it said. ``open`` is 1 until a run looked and
# found it gone (``fixed_*``). ``first_*``: the very first run; ``since_*``: since when it is there without a break.
findings = Table(
    "findings",
    metadata,
    _number(),
    _to("site", "sites"),
    _to("page", "pages"),
    _to("rule", "rules"),
    Column("fingerprint", String(64), nullable=False),
    *(Column(name, String(20), nullable=False) for name in ("verdict", "severity", "authority")),
    *(Column(name, String(20), nullable=False) for name in ("region", "status")),
    _to("waiver", "waivers", null=True),
    _to("detail", "details"),
    Column("line", Integer),
    Column("col", Integer),
    *_count("open", "episodes"),
    _to("first_run", "runs", null=True),
    _to("since_run", "runs", null=True),
    _to("fixed_run", "runs", null=True),
    *(
        Column(name, String(20), nullable=False, server_default="")
        for name in ("first_at", "since_at", "fixed_at")
    ),
    UniqueConstraint("page", "rule", "fingerprint"),
    Index("ix_findings_overview", "site", "open", "verdict", "severity", "authority", "region", "waiver"),
    Index("ix_findings_oldest", "site", "open", "since_at", "number"),
    Index("ix_findings_template", "site", "open", "region", "fingerprint"),
    Index("ix_findings_rule", "site", "open", "rule", "verdict", "severity"),
    Index("ix_findings_worst", "site", "open", "verdict", "severity", "page"),
    Index("ix_findings_fixed", "site", "open", "fixed_at", "number"),
    Index("ix_findings_waiver", "waiver"),
    Index("ix_findings_detail", "detail"),
)  # fmt: skip

# Intervals of runs in which a finding was there (``intervals.Episode``).
episodes = Table(
    "episodes",
    metadata,
    _number(),
    _to("site", "sites"),
    _to("page", "pages"),
    _to("finding", "findings"),
    _to("first_run", "runs"),
    _to("last_run", "runs"),
    _to("fixed_run", "runs", null=True),
    Index(None, "page"),
    Index(None, "finding"),
    Index(None, "first_run"),
    Index(None, "fixed_run"),
)

# What was open when the runs before were pruned.
bases = Table(
    "bases",
    metadata,
    _to("finding", "findings", key=True),
    _to("page", "pages"),
    _to("first_run", "runs"),
    _to("last_run", "runs"),
    Index(None, "page"),
)

# Added up when a run is recorded (``summaries``): failures that began and that were fixed with it, by severity, as the
# findings are now.
run_moves = Table(
    "run_moves",
    metadata,
    _to("run", "runs", key=True),
    Column("severity", String(20), primary_key=True),
    *_count("begun", "fixed"),
)

# Likewise: open faults of the template, on how many pages, since when; ``example`` is the number of a finding.
faults = Table(
    "faults",
    metadata,
    _to("site", "sites", key=True),
    _to("rule", "rules", key=True),
    Column("fingerprint", String(64), primary_key=True),
    *(Column(name, String(20), primary_key=True) for name in ("verdict", "severity")),
    *_count("pages", "example"),
    Column("since_at", String(20), nullable=False),
)

# Who may read or write over HTTP (``tokens``). ``name`` is public; ``digest`` is SHA-256 of the secret; ``site`` is the
# one that may be written, known or not yet.
tokens = Table(
    "tokens",
    metadata,
    _number(),
    Column("name", String(16), nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    Column("scope", String(10), nullable=False),
    *(
        Column(name, String(length), nullable=False, server_default="")
        for name, length in (("site", 300), ("note", 200))
    ),
    *(Column(name, String(20), nullable=False) for name in ("made_at", "expires_at")),
    Column("revoked_at", String(20), nullable=False, server_default=""),
)
