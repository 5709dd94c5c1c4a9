"""What the rules of banner, transport and page say of real government pages: every finding was read and is true."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from checker import catalog, engine
from checker.engine import Selection
from checker.page import Mode, Page
from checker.verdict import Verdict

CORPUS = os.environ.get("PRESSCHECK_CORPUS")
CATALOGUE = catalog.load()
RULES = frozenset(
    rule.id
    for rule in CATALOGUE.rules.values()
    if rule.subject in ("banner", "transport") or rule.id in ("page-title", "page-title-length")
) | {"page-lang", "page-main", "page-h1"}

PRINT_PAGE = {"banner-present", "page-lang", "page-main", "page-title"}
MIRRORED = PRINT_PAGE | {
    "form-action-insecure"
}  # HTTrack wrote the absolute http address into the file
BEFORE_THE_BANNER = {"banner-present", "page-main"}
FOUND = {
    "af.mil-2016-print/Print3bfb.html": PRINT_PAGE | {"mixed-content-passive"},
    "af.mil-2016-print/Print8fd1.html": MIRRORED,
    "af.mil-2016-print/Print9e4f.html": MIRRORED,
    "af.mil-2016-print/Printcf90.html": MIRRORED,
    "whitehouse.gov-2017": BEFORE_THE_BANNER,
    "www.energy.gov-2017": BEFORE_THE_BANNER,
    "www.directives.doe.gov-2017": BEFORE_THE_BANNER | {"page-lang"},
    "18f.gsa.gov-2025-built": {"banner-wording"},
    "digital.gov-2025-built": {"banner-first"},  # review: a preview notice stands above it
}


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS, reason="PRESSCHECK_CORPUS names no folder")
def test_every_finding_is_known() -> None:
    folder = Path(str(CORPUS)) / "gov-pages"
    facts = [json.loads(line) for line in (folder / "facts.jsonl").read_text().splitlines()]
    assert len(facts) == 12
    for fact in facts:
        name = str(fact["file"]).removeprefix("gov-pages/")
        html = (folder / name).read_text("utf-8", "replace")
        page = Page(name, f"https://{fact['host']}/news/", Mode.STATIC, html, "", source=html)
        audit = engine.audit(page, CATALOGUE, Selection(only=RULES))
        found = {r.rule for r in audit.results if r.verdict in (Verdict.FAIL, Verdict.REVIEW)}
        assert found == FOUND.get(name, FOUND.get(name.split("/")[0])), name
