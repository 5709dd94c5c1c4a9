"""GitHub annotations: the lines that GitHub's own toolkit writes for the same, and no command that a page wrote."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from checker import publish
from checker.gate import Policy
from checker.outputs import _github
from checker.report import Report
from checker.verdict import Severity, failed
from tests import outside, support_many, support_report

LINE = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def unescaped(text: str) -> str:
    for code, mark in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, mark)
    return text


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """Command, properties and message, as the runner takes them from a line."""
    found = LINE.fullmatch(line)
    assert found, line
    pairs = (pair.partition("=") for pair in found[2].split(","))
    return found[1], {key: unescaped(value) for key, _, value in pairs}, unescaped(found[3])


def test_every_line_is_one_command_with_file_line_and_title(awkward: Report) -> None:
    lines = list(_github.commands(awkward, Policy(), base="web"))
    assert all("\n" not in line and "\r" not in line for line in lines)
    said = [parsed(line) for line in lines]
    assert {frozenset(properties) for _, properties, _ in said} <= {
        frozenset({"file", "title"}), frozenset({"file", "title", "line", "col"})
    }  # fmt: skip
    (caption,) = (each for each in said if each[1]["title"].startswith("caption:"))
    assert caption == (
        "error",
        {
            "file": "a11y/www_defense_gov/News/News-Stories/Article/3835219.html",
            "title": "caption: Pictures have a caption",
            "line": "58",
            "col": "9",
        },
        "The picture has no caption. (b.jpg)",
    )


def test_githubs_own_toolkit_writes_the_same_lines(awkward: Report) -> None:
    lines = list(_github.commands(awkward, Policy()))
    wanted = [parsed(line) for line in lines]
    script = """
        import {issueCommand} from './node_modules/@actions/core/lib/command.js'
        for (const [name, properties, message] of JSON.parse(process.argv[1]))
            issueCommand(name, properties, message)
    """
    assert outside.node(script, outside.ACTIONS, json.dumps(wanted)).splitlines() == lines


def test_ten_of_each_kind_are_shown_and_the_rest_is_counted() -> None:
    lines = list(_github.commands(support_many.large(3, 20), Policy()))
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 10 + ["::notice"]
    assert "50 more findings" in lines[-1]


@pytest.mark.parametrize(
    "evil", ["::add-mask::x", "x%0A::error::y", "\n::set-output name=a::b", "##[add-path]/tmp"]
)
def test_page_text_is_no_command(evil: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = support_report.result("caption", Severity.ERROR, failed(evil))
    report = support_report.report_of(replace(support_report.faulty(), url=evil, results=(found,)))
    (line,) = _github.commands(report, Policy())
    assert parsed(line)[2] == evil.replace("\n", " ")
    publish.write(report, Policy(), (), github=True)
    printed = capsys.readouterr().out.splitlines()
    stop = re.fullmatch(r"::stop-commands::([0-9a-f]{32})", printed[0])
    assert stop
    assert printed[-1] == f"::{stop[1]}::"


def test_the_step_summary_is_appended_to_githubs_file(awkward: Report, tmp_path: Path) -> None:
    place = tmp_path / "summary.md"
    place.write_text("before\n")
    publish.tell_github(awkward, Policy(), str(place))
    assert place.read_text().startswith("before\n# presscheck: FAIL")
