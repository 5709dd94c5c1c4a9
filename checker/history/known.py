"""Rules, waivers and sites of a report as rows."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select, tuple_

from checker.clean import one_line, plain, printable
from checker.history import rows, tables
from checker.history.values import LARGEST, day, digest
from checker.report import Report
from checker.rule import Rule
from checker.status import WaiverUse

_TEXT = 10_000


@dataclass(frozen=True)
class Rules:
    """Numbers of a report's rules and of the versions in which it has them; who asks for them."""

    numbers: dict[str, int]
    versions: dict[str, int]
    authority: dict[str, str]


def rules(connection: Connection, report: Report) -> Rules:
    """The report's rules, added where they are new. For a transaction of its own: all sites share them."""
    wanted = {rule.id: _version(rule) for rule in report.rules}
    marks = {name: digest(*version.values()) for name, version in wanted.items()}
    ids = sorted(wanted)
    rows.add_missing(connection, tables.rules, [{"id": name} for name in ids])
    found = rows.numbers(connection, tables.rules, "id", ids)
    rows.add_missing(
        connection,
        tables.rule_versions,
        [{"rule": found[name], "digest": marks[name], **wanted[name]} for name in ids],
    )
    versions: dict[str, int] = {}
    table = tables.rule_versions
    for batch in rows.batches(ids):
        query = select(table.c.rule, table.c.number).where(
            tuple_(table.c.rule, table.c.digest).in_([(found[name], marks[name]) for name in batch])
        )
        by_rule = {row.rule: row.number for row in connection.execute(query)}
        versions |= {name: by_rule[found[name]] for name in batch}
    return Rules(found, versions, {rule.id: rule.authority.value for rule in report.rules})


def _version(rule: Rule) -> dict[str, str]:
    def text(value: str) -> str:
        return printable(value)[:_TEXT]

    def many(value: object) -> str:
        return msgspec.json.encode(plain(msgspec.to_builtins(value))).decode()

    return {
        "title": text(rule.title),
        "authority": rule.authority,
        "severity": rule.severity or "",
        "subject": text(rule.subject),
        "why": text(rule.why),
        "fix": text(rule.fix),
        "criteria": many(rule.criteria),
        "baseline": many(rule.baseline),
        "section508": many(rule.section508),
        "act": many(rule.act),
        "needs": many(rule.needs),
        "tags": many(rule.tags),
        "refs": many(rule.references),
    }


def site(connection: Connection, name: str) -> int:
    """The site's number; until the transaction ends nobody else writes of that site."""
    rows.add_missing(connection, tables.sites, [{"name": name}])
    query = select(tables.sites.c.number).where(tables.sites.c.name == name).with_for_update()
    number: int = connection.execute(query).scalar_one()
    return number


def waivers(
    connection: Connection, number: int, run: int, uses: tuple[WaiverUse, ...]
) -> dict[tuple[str, ...], int]:
    """Record what waivers did in a run; their numbers by reason, owner, approver and end."""
    wanted = {digest(*row.values()): (row, use) for use in uses for row in [_waiver(use)]}
    found, _ = rows.once(
        connection, tables.waivers, {key: row for key, (row, _) in wanted.items()}, site=number
    )
    rows.add(
        connection,
        tables.run_waivers,
        [
            {
                "run": run,
                "waiver": found[key],
                "days_left": max(-LARGEST, min(use.days_left, LARGEST)),
                "findings": max(0, min(use.findings, LARGEST)),
                "covered": max(0, min(use.covered, LARGEST)),
                "unused": printable(use.unused)[:_TEXT],
                "too_broad": printable(use.too_broad)[:_TEXT],
            }
            for key, (_, use) in wanted.items()
        ],
    )
    return {
        (row["reason"], row["owner"], row["approver"], row["expires"]): found[key]
        for key, (row, _) in reversed(wanted.items())
    }


def _waiver(use: WaiverUse) -> dict[str, str]:
    return {
        "rule": one_line(use.rule)[:_TEXT],
        "pages": msgspec.json.encode(plain(msgspec.to_builtins(use.pages))).decode(),
        "element": printable(use.element)[:_TEXT],
        "reason": printable(use.reason)[:_TEXT],
        "owner": printable(use.owner)[:_TEXT],
        "approver": printable(use.approver)[:_TEXT],
        "expires": day(use.expires),
    }
