"""What the rules of banner, transport, page and duty links say of real government pages: every finding was read and is
true."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker import catalog, engine
from checker.engine import Selection
from checker.page import Mode, Page
from checker.verdict import Verdict
from tests.corpus import CORPUS

CATALOGUE = catalog.load()
RULES = frozenset(
    rule.id
    for rule in CATALOGUE.rules.values()
    if rule.subject in ("banner", "transport", "page", "links")
)

# A page to print from has the story and nothing of the site around it.
PRINT_PAGE = {
    "banner-present",
    "page-lang",
    "page-main",
    "page-title",
    "page-viewport",
    "page-landmarks",
    "meta-description",
    "link-accessibility",
    "link-contact",
    "link-privacy",
}
# The header stands in a section, so it is not the page's (HTML-AAM); usa.gov is linked over http.
WHITE_HOUSE = {
    "banner-present",
    "page-main",
    "page-landmarks",
    "meta-description",
    "link-accessibility",
    "link-insecure",
}
ENERGY = {
    "banner-present",
    "page-main",
    "page-landmarks",
    "heading-levels",
    "given-addresses",
}
FOUND = {
    "af.mil-2016-print/Print3bfb.html": PRINT_PAGE | {"mixed-content-passive", "link-insecure"},
    "af.mil-2016-print/Print8fd1.html": PRINT_PAGE,
    "af.mil-2016-print/Print9e4f.html": PRINT_PAGE,
    "af.mil-2016-print/Printcf90.html": PRINT_PAGE,
    "whitehouse.gov-2017": WHITE_HOUSE,
    "www.energy.gov-2017": ENERGY,
    "www.directives.doe.gov-2017": {
        "banner-present",
        "page-main",
        "page-lang",
        "page-landmarks",
        "publication-date",
        "analytics-program",
        "link-accessibility",  # leads to a company's page
    },
    "18f.gsa.gov-2025-built": {"banner-wording", "meta-description"},
    # review: a preview notice stands above the banner
    "digital.gov-2025-built": {"banner-first", "heading-levels"},
}
ALSO = {  # links over http in one story of the two
    "www.energy.gov-2017/technologytransitions__articles__aquaharmonics": {"link-insecure"},
    "18f.gsa.gov-2025-built/2016": {"link-insecure"},
}


def address(host: str, name: str) -> str:
    """Where a saved page was published, by its file's name."""
    path = Path(name).stem.replace("__", "/")
    return f"https://{host}/{'News/' if 'print' in name else ''}{path}/"


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS, reason="PRESSCHECK_CORPUS names no folder")
def test_every_finding_is_known() -> None:
    folder = Path(str(CORPUS)) / "gov-pages"
    facts = [json.loads(line) for line in (folder / "facts.jsonl").read_text().splitlines()]
    assert len(facts) == 12
    for fact in facts:
        name = str(fact["file"]).removeprefix("gov-pages/")
        html = (folder / name).read_text("utf-8", "replace")
        page = Page(name, address(fact["host"], name), Mode.STATIC, html, "", source=html)
        audit = engine.audit(page, CATALOGUE, Selection(only=RULES))
        found = {r.rule for r in audit.results if r.verdict in (Verdict.FAIL, Verdict.REVIEW)}
        known = FOUND.get(name) or FOUND[name.split("/")[0]]
        also = next((rules for start, rules in ALSO.items() if name.startswith(start)), set())
        assert found == known | also, name
        assert ("heading-levels" in found) is bool(fact["heading_skip"]), name
