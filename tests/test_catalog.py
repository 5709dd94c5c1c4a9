"""The catalogue refuses what it cannot judge by, and says what to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import catalog
from checker.rule import RuleError
from checker.verdict import Confidence

RULE = """
title = "A page has text"
authority = "guidance"
severity = "advice"
check = "page.loaded"
why = "Readers read."
fix = "Write."

[[references]]
title = "A guide"
url = "https://www.example.gov/guide"
quote = "Write text."

[[examples]]
verdict = "pass"
html = "<p>Text</p>"
"""


def folder(tmp_path: Path, text: str, name: str = "page/has-text.toml") -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return tmp_path


def test_our_own_rules_load_and_an_agency_adds_some(tmp_path: Path) -> None:
    ours = catalog.load()
    both = catalog.load([folder(tmp_path, RULE)])
    assert set(both.rules) - set(ours.rules) == {"has-text"}
    assert both.rules["has-text"].subject == "page"
    assert both.version != ours.version


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title =", "titel =", "unknown key 'titel' (did you mean 'title'?)"),
        (
            'quote = "Write text."',
            'qoute = "Write text."',
            "'references.qoute' (did you mean 'quote'?)",
        ),
        ('why = "Readers read."\n', "", "missing required field `why`"),
        ('"advice"', '"fatal"', "Invalid enum value 'fatal'"),
        ('"page.loaded"', '"page.loadde"', "no check 'page.loadde'"),
        ('"page.loaded"', '"os.remove"', "no check 'os.remove'"),
        (
            "[[references]]",
            "[parameters]\nlength = 3\n[[references]]",
            "unknown parameter 'length'",
        ),
        ('severity = "advice"', 'severity = "error"', "guidance cannot be an error"),
        ('severity = "advice"', 'severity = "warning"', "guidance advises"),
        ('severity = "advice"\n', "", "say a severity"),
        ("fix =", 'criteria = ["9.9.9"]\nfix =', "no success criterion 9.9.9"),
        ("fix =", 'same_as = ["page-laod"]\nfix =', "did you mean 'page-load'?"),
        ("title = ", "title = = ", "not TOML"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in RULE
    with pytest.raises(RuleError) as caught:
        catalog.load([folder(tmp_path, RULE.replace(old, new, 1))])
    assert message in str(caught.value)
    assert "has-text" in str(caught.value)


def confidence(tmp_path: Path, text: str) -> Confidence:
    return catalog.load([folder(tmp_path, text)]).rules["has-text"].confidence


def test_confidence_follows_from_the_authority_unless_the_rule_says_it(tmp_path: Path) -> None:
    law = RULE.replace('"guidance"', '"law"')
    assert confidence(tmp_path, RULE) is Confidence.LIKELY
    assert confidence(tmp_path, law) is Confidence.CERTAIN
    assert confidence(tmp_path, law.replace("why =", 'tags = ["experimental"]\nwhy =')) is (
        Confidence.LIKELY
    )
    assert confidence(tmp_path, RULE.replace('"guidance"', '"heuristic"')) is Confidence.POSSIBLE
    assert confidence(tmp_path, law.replace("why =", 'confidence = "possible"\nwhy =')) is (
        Confidence.POSSIBLE
    )


def test_a_heuristic_is_never_certain(tmp_path: Path) -> None:
    text = RULE.replace('"guidance"', '"heuristic"\nconfidence = "certain"')
    with pytest.raises(RuleError, match="a heuristic is not certain"):
        catalog.load([folder(tmp_path, text)])


def test_an_error_quotes_a_source_that_was_read(tmp_path: Path) -> None:
    law = RULE.replace('"guidance"', '"law"').replace('"advice"', '"error"')
    catalog.load([folder(tmp_path / "read", law)])
    with pytest.raises(RuleError, match="quotes a source that was read"):
        catalog.load(
            [folder(tmp_path / "unread", law.replace("[[examples]]", "read = false\n[[examples]]"))]
        )


def test_parameters_are_bound_by_type(tmp_path: Path) -> None:
    text = RULE.replace('"page.loaded"', '"axe.outcome"')
    wrong = text.replace("[[references]]", "[parameters]\nrule = 7\n[[references]]", 1)
    with pytest.raises(RuleError, match="parameter 'rule': Expected `str`, got `int`"):
        catalog.load([folder(tmp_path, wrong)])
    with pytest.raises(RuleError, match=r"missing a required (keyword-only )?argument: 'rule'"):
        catalog.load([folder(tmp_path, text)])


def test_an_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="'page-load' is taken"):
        catalog.load([folder(tmp_path, RULE, "page/page-load.toml")])


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rule found"):
        catalog.load([tmp_path])


@pytest.mark.parametrize(
    ("host", "profile"),
    [
        ("www.defense.gov", "dod-news"),
        ("defense.gov", "dod-news"),
        ("www.war.gov", "dod-news"),
        ("WWW.NAVY.MIL", "dod-news"),
        ("notdefense.gov", "federal"),
        ("www.defense.gov.example.com", "federal"),
        ("", "federal"),
    ],
)
def test_auto_goes_by_the_host(host: str, profile: str) -> None:
    assert catalog.load().profile_for(host).id == profile
