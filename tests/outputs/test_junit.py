"""JUnit: the shape that its readers take, the mapping of verdicts, the schemas of two of them."""

from __future__ import annotations

from collections import Counter

import pytest
from lxml import etree

from checker.gate import FailOn, Policy, judge
from checker.outputs import junit
from checker.outputs.junit import JunitProfile
from checker.page import Need
from checker.report import Report
from tests import support_many, support_report
from tests.corpus import NAMED


def tree(report: Report, policy: Policy | None = None, **options: object) -> etree._Element:
    text = "".join(junit.write(report, policy or Policy(), **options))  # type: ignore[arg-type]
    return etree.fromstring(text.encode())


def case(root: etree._Element, suite: int, name: str) -> etree._Element:
    (found,) = root[suite].xpath(f"testcase[@name='{name}']")
    assert isinstance(found, etree._Element)
    return found


@pytest.fixture(scope="module")
def root(awkward: Report) -> etree._Element:
    return tree(awkward)


def test_a_suite_a_page_in_order_with_keys_without_dots(root: etree._Element) -> None:
    names = [suite.get("name") for suite in root]
    assert names[:3] == [
        "www_example_gov/news/clean",
        "www_defense_gov/News/News-Stories/Article/3835219",
        "site/news/local",
    ]
    assert [suite.get("id") for suite in root] == ["0", "1", "2", "3", "4", "5"]
    assert not any("." in (each.get("classname") or "") for each in root.iter("testcase"))


def test_red_is_a_failure_with_all_places_and_the_message_first(root: etree._Element) -> None:
    (failure,) = case(root, 1, "image-alt")
    assert failure.tag == "failure"
    assert failure.get("type") == "violation"
    lines = (failure.text or "").splitlines()
    assert lines[0] == failure.get("message") == "Images have a text alternative: 2 places"
    assert "line 41:9" in lines[1]
    assert "dod-header >>> a.logo > img" in lines[2]


def test_what_stops_nobody_is_skipped_and_says_why(root: etree._Element) -> None:
    said = {
        name: case(root, 1, name)[0]
        for name in ("banner", "credit", "alt-quality", "axe-image-alt")
    }
    assert {each.tag for each in said.values()} == {"skipped"}
    assert (said["banner"].get("message") or "").startswith("warning, below the threshold (1)")
    assert (said["alt-quality"].get("message") or "").startswith("needs review (1)")
    assert said["axe-image-alt"].get("message") == "told under image-alt"
    (unreached,) = case(root, 2, "hsts")
    assert unreached.tag == "skipped"
    assert (unreached.get("message") or "").startswith("not tested (out of reach)")


def test_broken_is_an_error_and_never_a_pass(root: etree._Element) -> None:
    (died,) = case(root, 3, "image-alt")
    (unloaded,) = case(root, 4, "page-load")
    assert (died.tag, unloaded.tag) == ("error", "error")
    assert len(root[4].findall("testcase")) == 1


def test_passes_are_bare_and_not_applicable_is_counted(root: etree._Element) -> None:
    assert len(case(root, 0, "image-alt")) == 0
    assert root[0].xpath("testcase[@name='no-video']") == []
    assert root[0].xpath("string(properties/property[@name='not-applicable']/@value)") == "1"


def test_counts_agree_with_the_cases(root: etree._Element) -> None:
    for suite in root:
        tags = Counter(child.tag for each in suite.iter("testcase") for child in each)
        assert suite.get("tests") == str(len(suite.findall("testcase")))
        assert (suite.get("failures"), suite.get("errors"), suite.get("skipped")) == (
            str(tags["failure"]),
            str(tags["error"]),
            str(tags["skipped"]),
        )


@pytest.mark.parametrize("fail_on", FailOn)
def test_there_is_red_exactly_when_the_exit_code_is_1(awkward: Report, fail_on: FailOn) -> None:
    policy = Policy(fail_on)
    failures = tree(awkward, policy).findall(".//failure")
    assert (len(failures) > 0) == (judge(awkward, policy).exit_code == 1)


def test_what_was_required_and_missing_is_an_error() -> None:
    report = support_report.report_of(support_report.local())
    assert judge(report, Policy()).exit_code == 0
    policy = Policy(require=frozenset({Need.TRANSPORT}))
    assert judge(report, policy).exit_code == 3
    assert len(tree(report, policy).findall(".//error")) == 1


def test_identities_are_unique_even_for_the_same_page_twice() -> None:
    report = support_report.report_of(support_report.clean(), support_report.clean())
    names = [(each.get("classname"), each.get("name")) for each in tree(report).iter("testcase")]
    assert len(set(names)) == len(names)


def test_a_case_keeps_its_name_when_its_findings_change() -> None:
    before, after = (
        {
            (each.get("classname"), each.get("name"))
            for each in tree(support_many.large(2, n)).iter("testcase")
        }
        for n in (1, 7)
    )
    assert before == after


def test_gitlab_gets_file_and_line_and_jenkins_pictures(awkward: Report) -> None:
    gitlab = tree(awkward, profile=JunitProfile.GITLAB, folder="out-pictures")
    assert case(gitlab, 1, "image-alt").get("line") == "41"
    jenkins = tree(awkward, profile=JunitProfile.JENKINS, folder="out-pictures")
    text = case(jenkins, 1, "image-alt").findtext("system-out") or ""
    name = "www_defense_gov-News-News-Stories-Article-3835219-17.png"
    assert text == f"[[ATTACHMENT|out-pictures/{name}]]"
    assert name in dict(junit.attachments(awkward, Policy()))


def test_a_large_report_is_split_and_nothing_is_lost() -> None:
    report = support_many.large(40, 5)
    parts = ["".join(part) for part in junit.parts(report, Policy(), limit=60_000)]
    assert len(parts) > 1
    assert all(len(part.encode()) <= 60_000 for part in parts)
    suites = [suite.get("name") for part in parts for suite in etree.fromstring(part.encode())]
    assert len(set(suites)) == len(suites) == 40


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("schema", "profile"),
    [
        ("junit-10.xsd", JunitProfile.STRICT),
        ("windyroad.xsd", JunitProfile.STRICT),
        ("junit-10.xsd", JunitProfile.JENKINS),
    ],
)
def test_the_readers_schemas_accept_it(awkward: Report, schema: str, profile: JunitProfile) -> None:
    path = NAMED / "schemas" / schema
    if not path.is_file():
        pytest.skip("PRESSCHECK_CORPUS names no folder with schemas")
    validator = etree.XMLSchema(etree.parse(path))
    validator.assertValid(tree(awkward, profile=profile, folder="pictures"))
