"""Reports of a small site, day by day, and what a history holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from checker.history import tables
from checker.history.database import History
from checker.page import Mode, Problem, Trouble
from checker.report import Audit, Report, Result, count
from checker.verdict import Cause, Location, Severity, failed, not_tested
from tests import support_report, support_rules

SITE = "www.example.gov"


@dataclass(frozen=True)
class Rule:
    """How a rule went on a page: the pictures that fail; ``whole`` is whether it looked at all of it."""

    fails: tuple[str, ...] = ()
    whole: bool = True


type Page = Mapping[str, Rule] | None
"""Rules that ran on a page, or None for one that did not load."""


def day(number: int) -> str:
    return f"2026-03-{number:02}T06:00:00Z"


def url(name: str) -> str:
    return f"https://{SITE}/{name}/"


def report(number: int, pages: Mapping[str, Page], **changes: Any) -> Report:
    """The report of a day: pages by name."""
    audits = tuple(_audit(name, page) for name, page in pages.items())
    made = {
        "tool_version": "0.1.0",
        "rules_version": "0123456789ab",
        "made_at": day(number),
        "rules": support_rules.RULES,
        "profiles": support_rules.PROFILES,
        "counts": count(audits),
        "audits": audits,
        "axe_versions": ("4.10.2",),
        "browsers": ("Chromium 143.0",),
    }
    return Report(**{**made, **changes})


def _audit(name: str, page: Page) -> Audit:
    problem = None
    results: tuple[Result, ...]
    if page is None:
        problem = Problem(Trouble.TIME_OUT, "The page did not answer within 30 seconds.")
        outcome = not_tested(problem.message, Cause.BROKEN)
        results = (support_report.result("page-load", Severity.WARNING, outcome),)
    else:
        results = tuple(_result(rule, ran) for rule, ran in page.items())
    return Audit(
        target=url(name),
        url=url(name),
        title=f"Page {name}",
        profile="federal",
        mode=Mode.RENDERED,
        loaded_at=day(1),
        results=results,
        status=None if problem else 200,
        problem=problem,
    )


def _result(rule: str, ran: Rule) -> Result:
    outcomes = [
        failed(f"The image “{each}” has no text alternative.", Location(f"img[src='{each}']"))
        for each in ran.fails
    ]
    if not ran.whole:
        outcomes.append(not_tested("the check died", Cause.BROKEN))
    return support_report.result(rule, Severity.ERROR, *outcomes, passed=3)


def held(history: History) -> dict[str, list[tuple[Any, ...]]]:
    """All that a history says, without the numbers of its rows: it must not depend on the order of recording."""
    run = {name: tables.runs.alias(name) for name in ("first", "last", "fixed", "since")}
    findings, episodes, pages = tables.findings, tables.episodes, tables.pages
    rules, details = tables.rules, tables.details
    stories = (
        select(pages.c.key, rules.c.id, findings.c.fingerprint,
               run["first"].c.made_at, run["last"].c.made_at, run["fixed"].c.made_at)
        .select_from(episodes)
        .join(findings, findings.c.number == episodes.c.finding)
        .join(pages, pages.c.number == findings.c.page)
        .join(rules, rules.c.number == findings.c.rule)
        .join(run["first"], run["first"].c.number == episodes.c.first_run)
        .join(run["last"], run["last"].c.number == episodes.c.last_run)
        .outerjoin(run["fixed"], run["fixed"].c.number == episodes.c.fixed_run)
    )  # fmt: skip
    described = (
        select(pages.c.key, findings.c.fingerprint, findings.c.open, findings.c.episodes,
               findings.c.first_at, findings.c.since_at, findings.c.fixed_at, findings.c.severity,
               findings.c.verdict, findings.c.authority, details.c.message, details.c.selector)
        .join(pages, pages.c.number == findings.c.page)
        .join(details, details.c.number == findings.c.detail)
    )  # fmt: skip
    seen = select(
        pages.c.key,
        pages.c.title,
        pages.c.problem,
        pages.c.first_at,
        pages.c.last_at,
        pages.c.tested_at,
    )
    of = select(
        tables.runs.c.id,
        tables.runs.c.state,
        tables.runs.c.made_at,
        *(tables.runs.c[n] for n in tables.COUNTS),
    )
    with history.reading() as connection:
        return {
            name: sorted(map(tuple, connection.execute(query)), key=repr)
            for name, query in {"stories": stories, "findings": described, "pages": seen, "runs": of}.items()
        }  # fmt: skip


def sizes(history: History) -> dict[str, int]:
    """How many rows each table has."""
    with history.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables.metadata.sorted_tables
        }
