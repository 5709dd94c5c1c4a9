"""Markdown: read by markdown-it, as GitHub's flavour and without HTML of the pages, mentions or foreign links."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from checker.gate import Policy
from checker.outputs import markdown
from checker.repeats import template_faults
from checker.report import Report
from checker.status import Waived
from checker.verdict import Severity, failed
from tests import support_compared, support_many, support_report

TRICKS = (
    "@octocat look, cc @org/team",
    "see https://evil.example/a and www.evil.example, mail a@evil.example",
    "[click](https://evil.example) ![x](https://evil.example/p.png) <https://evil.example>",
    "<img src=x onerror=alert(1)><script>alert(1)</script><details open>",
    "&lt;b&gt; &#60;script&#62; &amp;",
    "`code` **bold** _em_ ~~gone~~ | cell | # head\n# Head\n- item\n> quote\n\n---\n```\nfence",
    "fixes #12, closes GH-34, org/repo#5, !6, ~label, %7, $8, ^9",
    "\\*not\\* a \\` trick \\",
    "http://evil.example:80/@x [ref]: https://evil.example",
)


def reader() -> MarkdownIt:
    """CommonMark with GitHub's tables, strikethrough and bare links, and with HTML, which GitHub lets through too."""
    read = MarkdownIt("commonmark", {"html": True, "linkify": True})
    read.enable(["table", "strikethrough", "linkify"])
    assert read.linkify is not None
    read.linkify.set({"fuzzy_link": True, "fuzzy_email": True})
    return read


def shown(report: Report) -> lxml_html.HtmlElement:
    text = "".join(markdown.write(report, Policy()))
    return lxml_html.fromstring(f"<div>{reader().render(text)}</div>")


def page_saying(text: str) -> Report:
    found = support_report.result("caption", Severity.ERROR, failed(text))
    return support_report.report_of(
        replace(support_report.faulty(), results=(found,)), notes=(text,)
    )


OURS = {
    "h1",
    "h2",
    "p",
    "ul",
    "li",
    "strong",
    "code",
    "a",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "div",
}


@pytest.mark.parametrize("report", [support_report.awkward(), *map(page_saying, TRICKS)])
def test_page_text_makes_no_element_and_no_link(report: Report) -> None:
    root = shown(report)
    assert {str(each.tag) for each in root.iter()} <= OURS
    ours = {str(a.url) for a in report.audits} | {
        ref.url for rule in report.rules for ref in rule.references
    }
    assert {a.get("href") for a in root.iter("a")} <= ours
    assert all(code.text in {rule.id for rule in report.rules} for code in root.iter("code"))


@pytest.mark.parametrize("trick", TRICKS)
def test_page_text_mentions_and_refers_to_nobody(trick: str) -> None:
    root = shown(page_saying(trick))
    text = "\n".join(str(t) for t in root.xpath("//li//text()[not(ancestor::a)]"))
    assert not re.search(r"@\w", text)
    assert not re.search(r"(?<![a-z])[#!~%$^]\d|\bGH-\d|www\.|\w://", text)


@pytest.mark.parametrize("trick", TRICKS)
def test_page_text_is_read_as_it_was_written(trick: str) -> None:
    root = shown(page_saying(trick))
    said = (
        root.xpath("//li/ul/li")[0].text_content()
        if root.xpath("//li/ul/li")
        else root.xpath("//li")[-1].text_content()
    )
    assert said.replace("\u2060", "").strip() == " ".join(trick.split("\n")).strip()


def test_plain_sentences_are_not_escaped() -> None:
    plain = 'The image "saber-strike_2.jpg" (1 of 3) can\'t be read - see 5.4. It is 10% & more!'
    assert markdown.escape(plain).replace("\u2060", "") == plain


def test_links_lead_to_the_page_and_to_the_source(awkward: Report) -> None:
    addresses = [a.get("href") for a in shown(awkward).iter("a")]
    assert support_report.FAULTY in addresses
    assert "https://www.example.gov/policy" in addresses
    assert not [each for each in addresses if each.startswith("javascript:")]


def test_what_broke_is_told_even_where_nothing_else_is() -> None:
    root = shown(support_report.report_of(support_report.broken()))
    assert "the check died: KeyError: 'src'" in root.text_content()


def test_a_waiver_says_by_whom_and_until_when() -> None:
    (caption,) = (r for r in support_report.faulty().results if r.rule == "caption")
    waiver = Waived("A map", "Desk", "Ann", "2027-01-31", False)
    found = replace(caption, findings=(replace(caption.findings[0], waiver=waiver),))
    page = replace(support_report.faulty(), results=(found,))
    assert "waived until 2027-01-31 by Ann (asked by Desk): A map" in (
        shown(support_report.report_of(page)).text_content()
    )


def test_what_pages_share_is_told_once_with_its_count() -> None:
    report = support_report.report_of(*(support_compared.site_page(n) for n in range(3)))
    faults = template_faults(report.audits)
    assert faults
    text = shown(report).text_content()
    for fault in faults:
        assert text.count(f"on {fault.pages} pages, first ") >= 1
        assert text.count(fault.finding.outcome.message) == 1, fault.finding.outcome.message


def test_a_large_report_fits_githubs_limit_and_says_that_it_is_cut() -> None:
    text = "".join(markdown.write(support_many.large(4_000, 20), Policy()))
    assert len(text.encode()) < 1_048_576
    assert "**Cut here**: 4000 pages do not fit" in text
