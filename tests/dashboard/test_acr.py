"""The draft of a conformance report: its shape, its evidence, and that it claims nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from checker import catalog, cli
from checker.acr import LEVEL, WCAG
from checker.history.database import open_history
from checker.history.writing import record
from tests.history.reports import SITE, Rule, report

_CHAPTER = {
    "type": "object",
    "required": ["notes"],
    "properties": {
        "notes": {"type": "string", "minLength": 1},
        "disabled": {"const": True},
        "criteria": {"type": "array", "minItems": 1, "items": {
            "type": "object",
            "required": ["num", "components"],
            "additionalProperties": False,
            "properties": {"num": {"type": "string"}, "components": {"type": "array", "minItems": 1, "items": {
                "type": "object",
                "required": ["name", "adherence"],
                "properties": {
                    "name": {"enum": ["web", "none"]},
                    "adherence": {"type": "object", "required": ["level", "notes"],
                                  "properties": {"level": {"const": LEVEL}, "notes": {"type": "string"}}},
                },
            }}},
        }},
    },
    "additionalProperties": False,
}  # fmt: skip
SHAPE = {
    "type": "object",
    "required": ["title", "product", "author", "report_date", "version", "notes", "catalog", "chapters"],
    "properties": {
        "product": {"type": "object", "required": ["name"]},
        "catalog": {"pattern": r"^2\.5-edition-wcag-2\.[012]-508-en$"},
        "chapters": {
            "minProperties": 7,
            "additionalProperties": False,
            "patternProperties": {"^(success_criteria_level_a{1,3}|functional_performance_criteria|hardware|software|"
                                  "support_documentation_and_services)$": _CHAPTER},
        },
    },
}  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path}/x.db"
    history = open_history(address, create=True)
    record(
        history,
        report(1, {"a": {"image-alt": Rule(("a.jpg",))}, "b": {"image-alt": Rule()}, "c": None}),
    )
    history.close()
    return address


def drafted(place: str, file: Path, *options: str) -> dict[str, Any]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["acr", "--record", place, "--site", SITE, "-o", str(file), *options])
    assert ended.value.code == 0
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def adherence(data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for chapter in data["chapters"].values():
        for criterion in chapter.get("criteria", ()):
            for component in criterion["components"]:
                said = component["adherence"]
                yield criterion["num"], said["level"], said["notes"]


@pytest.mark.parametrize("wcag", WCAG)
def test_it_has_every_criterion_and_claims_nothing(place: str, tmp_path: Path, wcag: str) -> None:
    data = drafted(place, tmp_path / "acr.yaml", "--wcag", wcag)
    Draft202012Validator(SHAPE).validate(data)
    said = list(adherence(data))
    assert {level for _, level, _ in said} == {LEVEL}
    criteria = catalog.load().criteria.values()
    expected = {
        each.number
        for each in criteria
        if each.level != "AAA" and each.since <= wcag and (wcag < "2.2" or each.number != "4.1.1")
    }
    assert {number for number, _, _ in said if number.count(".") == 2} == expected
    assert "level: supports" not in (tmp_path / "acr.yaml").read_text()


def test_it_has_the_evidence_of_the_run(place: str, tmp_path: Path) -> None:
    data = drafted(place, tmp_path / "acr.yaml", "--product", "News", "--email", "a@example.gov")
    assert data["notes"].startswith(
        f"DRAFT, NOT A CONFORMANCE CLAIM. {SITE}: 2 of 3 known pages were tested"
    )
    assert (data["product"], data["author"]) == ({"name": "News"}, {"email": "a@example.gov"})
    assert "axe-core 4.10.2" in data["evaluation_methods_used"]
    notes = {number: text for number, _, text in adherence(data)}
    failed = notes["1.1.1"]
    assert failed.startswith("Automated tests found failures: “supports” is ruled out")
    assert "image-alt, pages: failed on 1, passed on 1" in failed
    assert f"https://{SITE}/a/" in failed
    assert "For a person: Whether the words say" in failed
    assert notes["1.2.4"] == "No automated test was recorded. For a person: all of it."


@pytest.mark.parametrize(("site", "said"), [("nobody", "no site 'nobody'")])
def test_refusals(
    place: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], site: str, said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["acr", "--record", place, "--site", site, "-o", str(tmp_path / "acr.yaml")])
    assert ended.value.code == 2
    assert said in capfd.readouterr().err
    assert not (tmp_path / "acr.yaml").exists()
