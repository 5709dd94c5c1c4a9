"""The report as JSON: versioned, streamed, described by ``reports/report.schema.json``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from checker.clean import plain
from checker.gate import Gate, Policy, judge
from checker.report import Audit, Counts, Report
from checker.rule import Profile, Rule

VERSION = "1.0"
_PICTURES = "pictures"


@dataclass(frozen=True)
class ReportFile:
    """What a reader of the file finds. The major version changes when a reader of the former one would misread."""

    format: Literal["presscheck-report"]
    version: str
    tool_version: str
    rules_version: str
    made_at: str
    axe_versions: tuple[str, ...]
    browsers: tuple[str, ...]
    notes: tuple[str, ...]
    policy: Policy
    gate: Gate
    counts: Counts
    profiles: tuple[Profile, ...]
    rules: tuple[Rule, ...]
    audits: tuple[Audit, ...]


def write(report: Report, policy: Policy) -> Iterator[str]:
    """The document, an audit at a time. Pictures are left to the HTML report."""
    head = ReportFile(
        format="presscheck-report",
        version=VERSION,
        tool_version=report.tool_version,
        rules_version=report.rules_version,
        made_at=report.made_at,
        axe_versions=report.axe_versions,
        browsers=report.browsers,
        notes=report.notes,
        policy=policy,
        gate=judge(report, policy),
        counts=report.counts,
        profiles=report.profiles,
        rules=report.rules,
        audits=(),
    )
    data = _cleaned(head)
    del data["audits"]
    yield _text(data).removesuffix("\n}") + ',\n  "audits": ['
    for number, audit in enumerate(report.audits):
        data = _cleaned(audit)
        del data[_PICTURES]
        yield ("," if number else "") + "\n" + _text(data)
    yield "\n]}\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the file, from the types themselves."""
    described = msgspec.json.schema(ReportFile)
    definitions = described["$defs"]
    del definitions["Audit"]["properties"][_PICTURES]
    definitions.pop("Picture", None)
    for definition in definitions.values():
        if definition.get("type") == "object" and "properties" in definition:
            definition["required"] = sorted(definition["properties"])
            definition["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"presscheck report {VERSION}",
        **described,
    }


def _cleaned(value: object) -> dict[str, Any]:
    builtins = plain(msgspec.to_builtins(value, order="deterministic"))
    assert isinstance(builtins, dict)
    return builtins


def _text(data: object) -> str:
    encoded = msgspec.json.encode(data, order="deterministic")
    return msgspec.json.format(encoded, indent=2).decode()


if __name__ == "__main__":
    print(_text(schema()))
