"""JUnit XML that Jenkins, GitLab, GitHub, Azure and CircleCI read alike.

One suite a page, one case a rule on a page, passes included; a red case is what exit 1 means, an error what exit 3
means. ``strict`` validates against the schemas of Jenkins' xunit plugin and of windyroad; ``jenkins`` adds pictures
as attachments (valid for the former), ``gitlab`` adds file and line too (valid for neither).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from xml.etree import ElementTree as ET

from checker.gate import Policy, Standing, required_gaps, result_standing, standing
from checker.outputs._junit_text import clean, finding_text, first_message, places, why_skipped
from checker.outputs._keys import Keys
from checker.report import ASSUMPTION, Audit, Finding, Report, Result
from checker.rule import Rule
from checker.verdict import Verdict

LIMIT = 25_000_000
"""Bytes a file: GitLab takes less than 30 MB."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
_FOOT = "</testsuites>\n"


class JunitProfile(StrEnum):
    """Which reader the file is for."""

    STRICT = "strict"
    JENKINS = "jenkins"
    GITLAB = "gitlab"


def write(
    report: Report, policy: Policy, *, profile: JunitProfile = JunitProfile.STRICT, folder: str = ""
) -> Iterator[str]:
    """The whole report as one document. ``folder`` is where the pictures will lie, relative to the file."""
    yield _HEAD
    yield from _suites(report, policy, profile, folder)
    yield _FOOT


def parts(
    report: Report,
    policy: Policy,
    *,
    profile: JunitProfile = JunitProfile.STRICT,
    folder: str = "",
    limit: int = LIMIT,
) -> Iterator[Iterator[str]]:
    """The same as documents of at most ``limit`` bytes, each in pieces that are to be taken before the next document is
    asked for; a single page's suite is never cut."""
    suites = _suites(report, policy, profile, folder)
    held = list(islice(suites, 1))
    yield _document(held, suites, limit)
    while held:
        yield _document(held, suites, limit)


def _document(held: list[str], suites: Iterator[str], limit: int) -> Iterator[str]:
    """One document, of the suite that is ``held`` and those that have room after it; the next is left there."""
    yield _HEAD
    size = 0
    while held:
        length = len(held[0].encode())
        if size and size + length > limit:
            break
        size += length
        yield held.pop()
        held += islice(suites, 1)
    yield _FOOT


def attachments(report: Report, policy: Policy) -> Iterator[tuple[str, bytes]]:
    """The pictures that the cases name: file name below the folder, and bytes."""
    keys = Keys()
    for audit in report.audits:
        key = keys.key(audit)
        wanted = {
            finding.outcome.where.element
            for result in audit.results
            if result_standing(result, policy) is Standing.RED
            for finding in result.findings
            if finding.outcome.where
        }
        for picture in audit.pictures:
            if picture.element is not None and picture.element in wanted:
                yield _picture_name(key, picture.element, picture.media_type), picture.data


def _picture_name(key: str, element: int, media_type: str) -> str:
    return f"{key.replace('/', '-')}-{element}.{media_type.rsplit('/', 1)[-1]}"


def _suites(report: Report, policy: Policy, profile: JunitProfile, folder: str) -> Iterator[str]:
    rules = {rule.id: rule for rule in report.rules}
    keys = Keys()
    for number, audit in enumerate(report.audits):
        writer = _Suite(report, policy, profile, folder, rules, audit, keys.key(audit))
        suite = writer.element(number)
        clean(suite)
        ET.indent(suite)
        yield ET.tostring(suite, encoding="unicode") + "\n"


@dataclass(frozen=True)
class _Suite:
    """Writes one page."""

    report: Report
    policy: Policy
    profile: JunitProfile
    folder: str
    rules: dict[str, Rule]
    audit: Audit
    key: str

    def element(self, number: int) -> ET.Element:
        cases = [
            *self._requirements(),
            *(c for r in self.audit.results if (c := self._case(r)) is not None),
        ]
        kinds = [case[0].tag if len(case) else "" for case in cases]
        suite = ET.Element(
            "testsuite",
            id=str(number),
            package="presscheck",
            name=self.key,
            hostname="localhost",
            timestamp=self.audit.loaded_at[:19],
            tests=str(len(cases)),
            failures=str(kinds.count("failure")),
            errors=str(kinds.count("error")),
            skipped=str(kinds.count("skipped")),
            time="0.000",
        )
        properties = ET.SubElement(suite, "properties")
        for name, value in self._facts():
            ET.SubElement(properties, "property", name=name, value=value)
        suite.extend(cases)
        ET.SubElement(suite, "system-out").text = "\n".join(self._told())
        ET.SubElement(suite, "system-err")
        return suite

    def _facts(self) -> Iterator[tuple[str, str]]:
        audit, report = self.audit, self.report
        yield "target", audit.target
        yield "url", audit.url
        yield "profile", audit.profile
        yield "tool", f"presscheck {report.tool_version}"
        yield "rules", report.rules_version
        yield "mode", audit.mode.value
        if audit.axe_version:
            yield "axe", audit.axe_version
        if audit.browser:
            yield "browser", audit.browser
        verdicts = [result.verdict for result in audit.results]
        yield "not-applicable", str(verdicts.count(Verdict.NOT_APPLICABLE))
        yield "elements-passed", str(sum(result.passed for result in audit.results))

    def _told(self) -> Iterator[str]:
        yield ASSUMPTION
        for gap in self.audit.missing:
            yield f"not tested ({gap.cause.value}): {gap.what or gap.need.value}: {gap.reason}"
        yield from self.audit.notes

    def _requirements(self) -> Iterator[ET.Element]:
        for reason in dict.fromkeys(required_gaps(self.audit, self.policy)):
            case = self._named(f"require {reason}")
            ET.SubElement(case, "error", type="not-tested", message=reason).text = reason
            yield case

    def _named(self, name: str) -> ET.Element:
        return ET.Element("testcase", classname=self.key, name=name, time="0.000")

    def _case(self, result: Result) -> ET.Element | None:
        if result.verdict is Verdict.NOT_APPLICABLE:
            return None
        case = self._named(result.rule)
        match result_standing(result, self.policy):
            case Standing.RED:
                self._red(case, result)
            case Standing.BROKEN:
                message = first_message(result, Verdict.NOT_TESTED)
                error = ET.SubElement(case, "error", type="not-tested", message=message)
                error.text = self._text(message, result.findings)
            case Standing.TOLD:
                ET.SubElement(case, "skipped", message=why_skipped(result, self.policy))
            case Standing.CLEAN if result.told_by:
                ET.SubElement(case, "skipped", message=f"told under {result.told_by}")
            case Standing.CLEAN:
                pass
        return case

    def _red(self, case: ET.Element, result: Result) -> None:
        red = [f for f in result.findings if standing(f, self.policy) is Standing.RED]
        message = f"{self.rules[result.rule].title}: {places(len(red))}"
        failure = ET.SubElement(case, "failure", type="violation", message=message)
        failure.text = self._text(message, result.findings)
        if self.profile is JunitProfile.GITLAB:
            lines = [f.outcome.where.line for f in red if f.outcome.where and f.outcome.where.line]
            if self.audit.source_path:
                case.set("file", self.audit.source_path)
            if lines:
                case.set("line", str(lines[0]))
        if self.profile is not JunitProfile.STRICT and self.folder:
            self._attach(case, red)

    def _attach(self, case: ET.Element, red: list[Finding]) -> None:
        pictured = {picture.element: picture.media_type for picture in self.audit.pictures}
        numbers = [f.outcome.where.element for f in red if f.outcome.where]
        lines = [
            f"[[ATTACHMENT|{self.folder}/{_picture_name(self.key, number, pictured[number])}]]"
            for number in dict.fromkeys(numbers)
            if number is not None and number in pictured
        ]
        if lines:
            ET.SubElement(case, "system-out").text = "\n".join(lines)

    def _text(self, message: str, findings: tuple[Finding, ...]) -> str:
        rule = self.rules[findings[0].rule]
        lines = [message, *(finding_text(f) for f in findings)]
        lines += [f"Why: {rule.why}", f"Fix: {rule.fix}"]
        lines += [f"Source: {reference.title} {reference.url}" for reference in rule.references]
        return "\n".join(lines)
