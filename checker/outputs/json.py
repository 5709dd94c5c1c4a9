"""The report as JSON: versioned, streamed, described by ``reports/report.schema.json``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from mmap import mmap
from typing import Any, Literal

import msgspec

from checker.clean import plain
from checker.gate import Gate, Policy, judge
from checker.repeats import TemplateFault, faults_of
from checker.report import ASSUMPTION, Audit, Counts, Report, Result
from checker.rule import Criterion, Profile, Rule
from checker.status import Comparison, WaiverUse

VERSION = "1.0"
_FORMAT = "presscheck-report"
_PICTURES = "pictures"


class ReportError(ValueError):
    """A report file that cannot be read; the message is one line and says what to do."""


@dataclass(frozen=True, kw_only=True)
class _Told:
    """All of the file but its audits."""

    format: Literal["presscheck-report"]
    version: str
    tool_version: str
    rules_version: str
    made_at: str
    assumption: str
    axe_versions: tuple[str, ...]
    browsers: tuple[str, ...]
    notes: tuple[str, ...]
    policy: Policy
    gate: Gate
    counts: Counts
    comparison: Comparison | None
    waivers: tuple[WaiverUse, ...]
    template_faults: tuple[TemplateFault, ...]
    profiles: tuple[Profile, ...]
    rules: tuple[Rule, ...]
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReportFile(_Told):
    """What a reader of the file finds. The major version changes when a reader of the former one would misread.

    ``template_faults`` tells once what pages share; the audits have it on each page.
    """

    audits: tuple[Audit, ...]


@dataclass(frozen=True)
class _Raw:
    """The audits, each as it stands in the file."""

    audits: tuple[msgspec.Raw, ...]


@dataclass(frozen=True)
class _Read:
    """Audits of a file, one in memory at a time."""

    raws: tuple[msgspec.Raw, ...]

    def __len__(self) -> int:
        return len(self.raws)

    def __iter__(self) -> Iterator[Audit]:
        for raw in self.raws:
            yield _decoder.decode(raw)


_decoder = msgspec.json.Decoder(Audit)


def write(report: Report, policy: Policy) -> Iterator[str]:
    """The document, an audit at a time. Pictures are left to the HTML report."""
    head = ReportFile(
        format="presscheck-report",
        version=VERSION,
        tool_version=report.tool_version,
        rules_version=report.rules_version,
        made_at=report.made_at,
        assumption=ASSUMPTION,
        axe_versions=report.axe_versions,
        browsers=report.browsers,
        notes=report.notes,
        policy=policy,
        gate=judge(report, policy),
        counts=report.counts,
        comparison=report.comparison,
        waivers=report.waivers,
        template_faults=faults_of(report),
        profiles=report.profiles,
        rules=report.rules,
        criteria=report.criteria,
        audits=(),
    )
    yield _without("audits", _text(head)).removesuffix("\n}") + ',\n  "audits": ['
    texts = _Texts()
    for number, audit in enumerate(report.audits):
        yield ("," if number else "") + "\n" + texts.audit(audit)
    yield "\n]}\n"


class _Texts:
    """Audits as they stand in the file. What could not be tested, does not apply or passed is alike on most pages: its
    text is kept with the object that it is of."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}
        self._held: list[Result] = []  # so that their ids stay theirs

    def audit(self, audit: Audit) -> str:
        text = _without(_PICTURES, _text(replace(audit, results=(), pictures=())))
        if not audit.results:
            return text
        texts = self._texts
        told = [texts.get(id(result)) or self._result(result) for result in audit.results]
        results = ",\n    ".join(told)
        head, empty, tail = text.partition(_RESULTS)
        return f"{head}{empty[:-1]}\n    {results}\n  ]{tail}"

    def _result(self, result: Result) -> str:
        text = _text(result).replace("\n", "\n    ")
        if not result.judged and len(self._held) < _MOST:
            self._texts[id(result)] = text
            self._held.append(result)
        return text


_RESULTS = '\n  "results": []'
_MOST = 4_096


def read(raw: bytes | mmap, name: str) -> Report:
    """The report of a file that ``write`` made, without its pictures; ``name`` is for messages. Audits are decoded as
    they are walked. Raises ReportError for one that is broken or of another major version."""
    try:
        head = msgspec.json.decode(raw, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ReportError(
            f"{name}: is no presscheck report in JSON; make one with --json"
        ) from None
    if head.format != _FORMAT or head.version.split(".")[0] != VERSION.split(".")[0]:
        raise ReportError(
            f"{name}: is a {head.format} of version {head.version}; this presscheck reads "
            f"{_FORMAT} {VERSION.split('.')[0]}.x: make it again with --json"
        )
    try:
        file = msgspec.json.decode(raw, type=_Told)
        audits = _Read(msgspec.json.decode(raw, type=_Raw).audits)
        for _ in audits:  # every one is whole
            pass
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ReportError(f"{name}: is not whole: {error}; make it again with --json") from None
    return Report(
        tool_version=file.tool_version,
        rules_version=file.rules_version,
        made_at=file.made_at,
        rules=file.rules,
        profiles=file.profiles,
        counts=file.counts,
        audits=audits,
        axe_versions=file.axe_versions,
        browsers=file.browsers,
        notes=file.notes,
        comparison=file.comparison,
        waivers=file.waivers,
        criteria=file.criteria,
    )


@dataclass(frozen=True)
class _Head:
    format: str
    version: str


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


def _text(said: object) -> str:
    """In JSON, keys in order, every text printable."""
    try:
        encoded = msgspec.json.encode(said, order="sorted")
    except UnicodeEncodeError:  # a lone surrogate
        encoded = b""
    if not encoded or _UNPRINTABLE.search(encoded):
        encoded = msgspec.json.encode(plain(msgspec.to_builtins(said)), order="sorted")
    return msgspec.json.format(encoded, indent=2).decode()


_UNPRINTABLE = re.compile(rb"\\[bfu]|\x7f|\xc2[\x80-\x9f]|\xef\xbf[\xbe\xbf]")
"""What UTF-8 and JSON may have made of a character that is not printable, or of another."""


def _without(name: str, text: str) -> str:
    """The text without its empty list of that name: no value has a line end in it."""
    return text.replace(f'\n  "{name}": [],', "", 1)


if __name__ == "__main__":
    print(_text(schema()))
