"""What the rules of pictures, captions and records say of real government pages: every finding was read and is true."""

from __future__ import annotations

import json
from collections import Counter

from checker import catalog, engine
from checker.engine import Selection
from checker.verdict import Verdict
from tests.corpus import FOLDER, needs_corpus, page_of

pytestmark = needs_corpus

CATALOGUE = catalog.load()
RULES = frozenset(
    rule.id for rule in CATALOGUE.rules.values() if rule.subject in ("images", "figures")
)
ENERGY = {"image-alt-missing": 3, "image-alt-title": 1}  # two crests and the search button
FOUND = {
    "Print3bfb.html": {"figure-credit": 1, "figure-virin": 1, "image-alt-caption": 1},
    "Print9e4f.html": {
        "figure-virin": 3,
        "image-alt-caption": 3,
        "image-alt-credit": 3,
        "image-alt-long": 3,
        "image-alt-twice": 2,  # one text for three pictures
        "virin-date": 3,  # the captions of January 2016 say 2015
    },
    "Printcf90.html": {
        "figure-caption": 1,
        "figure-credit": 1,
        "figure-virin": 2,
        "image-alt-caption": 1,
        "image-alt-credit": 1,
        "image-alt-empty": 1,
    },
    "guides__accessibility-for-teams__content-design.html": {
        "figure-caption": 1,
        "figure-credit": 1,
    },
    "blog__2017__06__08__president-trumps-plan-rebuild-americas-infrastructure.html": {
        "figure-caption": 6,
        "figure-credit": 6,
    },
    "the-press-office__2017__10__06__photos-week.html": {
        "figure-credit-shape": 1,  # "Official White House Photo Andrea Hanks"
        "image-alt-empty": 13,  # photographs of the week, all with alt=""
    },
    "news__0142.html": {"image-alt-beside": 1},  # the icon "help" over the word "Help"
    "technologytransitions__articles__aquaharmonics-wins-energy-department-s-wave-energy-prize-calwave.html": {
        **ENERGY,
        "image-alt-headline": 1,
    },
    "technologytransitions__articles__crada-boom-sets-records-forges-ties-sandia-labs.html": {
        **ENERGY,
        "image-alt-credit": 1,
    },
    "2016__12__12__connecting-culture-change-at-18F-and-PBS.html": {"image-alt-missing": 1},
}


def test_every_finding_is_known() -> None:
    facts = [
        json.loads(line)
        for line in (FOLDER / "gov-pages" / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len(facts) == 12
    for fact in facts:
        path = FOLDER / str(fact["file"])
        page = page_of(path, f"https://{fact['host']}/news/")
        audit = engine.audit(page, CATALOGUE, Selection(only=RULES))
        found = Counter(
            result.rule
            for result in audit.results
            for finding in result.findings
            if finding.outcome.verdict in (Verdict.FAIL, Verdict.REVIEW)
        )
        assert found == FOUND.get(path.name, {}), path.name
