"""A draft of an accessibility conformance report in OpenACR's form (VPAT 2.5): what is recorded, by criterion.

It claims nothing. Every term is ``not-evaluated``: whether something supports a criterion is for a person to say, who
has the evidence in the notes. Pure: from what a history holds to plain data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.coverage import coverage, of_version
from checker.history.queries.rules import RuleRow
from checker.history.queries.runs import Run
from checker.rule import Criterion

WCAG = ("2.0", "2.1", "2.2")
LEVEL = "not-evaluated"
_FUNCTIONAL = tuple(f"302.{number}" for number in range(1, 10))
_DOCUMENTATION = ("602.2", "602.3", "602.4", "603.2", "603.3")
_PERSON = "Not decided by a machine: a person must judge it."
_LARGEST = 2000


@dataclass(frozen=True)
class Product:
    """What the report is on and who answers for it; what is empty is left out."""

    name: str
    version: str = ""
    author: str = ""
    email: str = ""


@dataclass(frozen=True)
class Evidence:
    """What is recorded of a site: its newest complete run and that run's rules, a statement on how much of it was
    tested, and addresses of pages on which a rule's failures are open (some of them)."""

    run: Run
    rules: Sequence[RuleRow]
    statement: str
    failing: Mapping[str, Sequence[str]]


def draft(
    product: Product, evidence: Evidence, criteria: Mapping[str, Criterion], wcag: str
) -> dict[str, Any]:
    """The report as plain data, for YAML."""
    run = evidence.run
    versions = f"presscheck {run.tool_version}, rules {run.rules_version}"
    versions += f", axe-core {', '.join(run.axe_versions) or 'not run'}, {', '.join(run.browsers) or 'no browser'}"
    known = of_version(coverage((), criteria), wcag)
    return {
        "title": f"Draft of an accessibility conformance report: {product.name}",
        "product": _filled(name=product.name, version=product.version),
        "author": _filled(name=product.author, email=product.email),
        "report_date": run.made_at[:10],
        "version": 1,
        "notes": f"DRAFT, NOT A CONFORMANCE CLAIM. {evidence.statement} A person must judge every criterion and "
        f"replace every “{LEVEL}” before this is published. Evidence of run {run.id} ({run.made_at}).",
        "evaluation_methods_used": f"Automated tests only: {versions}. No manual test, no assistive technology.",
        "catalog": f"2.5-edition-wcag-{wcag}-508-en",
        "chapters": {
            "success_criteria_level_a": _criteria(evidence, [c.criterion for c in known if c.criterion.level == "A"]),
            "success_criteria_level_aa": _criteria(evidence, [c.criterion for c in known if c.criterion.level == "AA"]),
            "success_criteria_level_aaa": _left("Not tested: Section 508 does not ask for level AAA.", disabled=True),
            "functional_performance_criteria": _left(_PERSON, _FUNCTIONAL),
            "hardware": _left("Not tested: presscheck judges web pages.", disabled=True),
            "software": _left("Not tested: presscheck judges web pages.", disabled=True),
            "support_documentation_and_services": _left(_PERSON, _DOCUMENTATION),
        },
    }  # fmt: skip


def _filled(**texts: str) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def _left(why: str, numbers: Sequence[str] = (), *, disabled: bool = False) -> dict[str, Any]:
    """A chapter of which nothing was tested."""
    if disabled:
        return {"notes": why, "disabled": True}
    return {"notes": why, "criteria": [_criterion(number, "none", why) for number in numbers]}


def _criteria(evidence: Evidence, criteria: Sequence[Criterion]) -> dict[str, Any]:
    return {
        "notes": evidence.statement,
        "criteria": [
            _criterion(each.number, "web", " ".join(_notes(evidence, each))) for each in criteria
        ],
    }


def _criterion(number: str, component: str, notes: str) -> dict[str, Any]:
    return {
        "num": number,
        "components": [{"name": component, "adherence": {"level": LEVEL, "notes": notes}}],
    }


def _notes(evidence: Evidence, criterion: Criterion) -> Iterator[str]:
    """What was tested for a criterion, what failed and where, what is left."""
    rules = [rule for rule in evidence.rules if criterion.number in rule.criteria]
    decided = [rule for rule in rules if rule.passed or rule.failed or rule.review]
    failed = [
        rule for rule in rules if rule.failed or "error" in rule.open or "warning" in rule.open
    ]
    if not rules:
        yield "No automated test was recorded."
    elif not decided:
        yield "Automated tests were recorded, and none of them had anything to judge or could."
    elif failed:
        yield "Automated tests found failures: “supports” is ruled out until they are mended."
    else:
        yield "Automated tests found no failure; they decide a part of the criterion only."
    yield from (_of_rule(rule, evidence.failing.get(rule.id, ())) for rule in rules)
    yield f"For a person: {criterion.remains or 'all of it.'}"


def _of_rule(rule: RuleRow, pages: Sequence[str]) -> str:
    counts = {
        "failed": rule.failed,
        "passed": rule.passed,
        "for a person": rule.review,
        "not applicable": rule.not_applicable,
        "told by another test": rule.told,
        "not tested": rule.broken + rule.out_of_reach,
    }
    told = ", ".join(f"{name} on {number}" for name, number in counts.items() if number)
    where = f" (open for instance on {' , '.join(pages)})" if pages else ""
    return f"{rule.id}, pages: {told or 'none'}{where}."[:_LARGEST]
