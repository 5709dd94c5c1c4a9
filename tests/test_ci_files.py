"""What other people's pipelines take from us: judged by GitHub's own parser and by published schemas, and the action's
step run on a page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import outside

ROOT = Path(__file__).parent.parent
ACTION = ROOT / ".github/actions/presscheck"
GOOD = (
    "<!doctype html><html lang=en><head><title>An article with a long enough title</title>"
    "<meta name=viewport content='width=device-width'>"
    "<meta name=description content='What this article says, in fifty characters and a few more.'></head>"
    "<body><main><h1>An article</h1><p>Text of the article.</p></main></body></html>"
)
GITHUB = """
import {readFileSync} from 'node:fs'
import {validate} from '@actions/languageservice'
import {TextDocument} from 'vscode-languageserver-textdocument'
const said = {}
for (const path of process.argv.slice(2))
    said[path] = await validate(TextDocument.create('file://' + path, 'yaml', 0, readFileSync(path, 'utf8')))
console.log(JSON.stringify(said))
"""


@pytest.fixture(scope="module")
def github(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """GitHub's language service for workflows and actions, as a program."""
    folder = outside.modules(outside.LANGUAGE_SERVICE)
    place = folder.parent / f"validate-{os.getpid()}.mjs"
    place.write_text(GITHUB)
    program = tmp_path_factory.mktemp("github") / "validate.mjs"
    subprocess.run(
        [
            *(folder / ".bin/esbuild", place, "--bundle", "--platform=node", "--format=esm"),
            f"--outfile={program}",
            "--banner:js=import {createRequire} from 'module'; const require = createRequire(import.meta.url);",
        ],
        cwd=folder.parent,
        check=True,
        capture_output=True,
    )
    place.unlink()
    return program


def said(program: Path, *paths: Path) -> dict[str, list[dict[str, object]]]:
    ran = subprocess.run(
        ["node", program, *paths], check=True, capture_output=True, text=True, timeout=120
    )
    found: dict[str, list[dict[str, object]]] = json.loads(ran.stdout)
    return found


def test_githubs_own_parser_takes_the_workflow_and_the_action(github: Path, tmp_path: Path) -> None:
    ours = [ROOT / ".github/workflows/ci.yml", ACTION / "action.yml"]
    assert said(github, *ours) == {str(path): [] for path in ours}
    wrong = [tmp_path / "ci.yml", tmp_path / "action.yml"]
    wrong[0].write_text(ours[0].read_text().replace("steps.faulty", "stepz.faulty"))
    wrong[1].write_text(ours[1].read_text().replace("using: composite", "usink: composite"))
    assert all(said(github, *wrong).values())


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("vendor.github-actions", ".github/actions/presscheck/action.yml"),
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
        ("vendor.gitlab-ci", "docs/ci/gitlab.yml"),
    ],
)
def test_the_published_schema_takes_it(schema: str, path: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    if schema == "vendor.gitlab-ci":
        command += ["--data-transform", "gitlab-ci"]
    ran = subprocess.run([*command, ROOT / path], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    "path", [".pre-commit-hooks.yaml", "docs/ci/gitlab.yml", "docs/ci/Jenkinsfile"]
)
def test_a_missing_browser_never_passes(path: str) -> None:
    assert "--render always" in (ROOT / path).read_text()
    assert "--render always" in (ACTION / "audit.sh").read_text()


@pytest.mark.browser
@pytest.mark.skipif(sys.platform == "win32", reason="the step is a bash script")
def test_the_actions_step_audits_and_hands_on_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / "good page.html").write_text(GOOD)
    (tmp_path / "bad.html").write_text(GOOD.replace("<p>", "<p><img src=a.jpg>"))
    environment = os.environ | {
        "COMMAND": str(Path(sys.executable).parent / "presscheck"),
        "TARGETS": "good page.html\n  bad.html  \n\n",
        "PUBLIC_URL": "https://www.example.gov/news/",
        "FAIL_ON": "error",
        "PROFILE": "federal",
        "CHANGED_SINCE": "",
        "ARGUMENTS": "--only\nimage-alt-*\n",
        "REPORTS": "reports",
        "GITHUB_OUTPUT": str(tmp_path / "output.txt"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }
    ran = subprocess.run(
        ["bash", ACTION / "audit.sh"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert ran.returncode == 1, ran.stderr
    assert (tmp_path / "output.txt").read_text() == "exit-code=1\n"
    assert "::error file=bad.html,title=image-alt-missing" in ran.stdout
    assert (tmp_path / "summary.md").read_text().startswith("# presscheck: FAIL")
    reports = {path.name for path in (tmp_path / "reports").iterdir()}
    assert reports == {"report.html", "report.sarif", "report.json", "junit.xml"}
    report = json.loads((tmp_path / "reports/report.json").read_text())
    assert [audit["source_path"] for audit in report["audits"]] == ["good page.html", "bad.html"]
