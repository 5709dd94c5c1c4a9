"""What repeats over the pages of a run: faults of the template, told once with their count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from checker.pages import host_of, page_key
from checker.report import Audit, Finding
from checker.verdict import Region, Verdict

_EXAMPLES = 3
_TOLD = (Verdict.FAIL, Verdict.REVIEW)
LEAST_PAGES = 3
LEAST_SHARE = 0.25


@dataclass(frozen=True)
class TemplateFault:
    """A fault that pages of a host share: the finding on the first of them, on how many it is, the first few pages."""

    finding: Finding
    host: str
    pages: int
    examples: tuple[str, ...]


def template_faults(audits: Iterable[Audit]) -> tuple[TemplateFault, ...]:
    """Failures and reviews of the template that stand on more than one page of a host, in the order in which they
    come; one walk, of which only different findings stay in memory."""
    first: dict[tuple[object, ...], tuple[Finding, list[str]]] = {}
    counts: Counter[tuple[object, ...]] = Counter()
    for audit in audits:
        page = page_key(audit)
        for finding in audit.judged():
            if (key := shared_key(page, finding)) is None:
                continue
            counts[key] += 1
            _, examples = first.setdefault(key, (finding, []))
            if len(examples) < _EXAMPLES:
                examples.append(audit.url or audit.target)
    return tuple(
        TemplateFault(finding, str(key[0]), counts[key], tuple(examples))
        for key, (finding, examples) in first.items()
        if counts[key] > 1
    )


def shared_key(page: str, finding: Finding) -> tuple[object, ...] | None:
    """What makes two template findings of a host one: the fingerprint, and how they weigh. None for others."""
    if finding.region is not Region.TEMPLATE or finding.outcome.verdict not in _TOLD:
        return None
    waived = finding.waiver and (finding.waiver.expires, finding.waiver.expired)
    return host_of(page), finding.fingerprint, finding.severity, finding.status, waived


def repeated(audits: Iterable[Audit]) -> frozenset[tuple[str, str]]:
    """Host and fingerprint of failures that the article model finds in articles but that repeat on ``LEAST_PAGES``
    pages and ``LEAST_SHARE`` of the host's: the template's all the same. Only what has a picture or target can be the
    same on two pages."""
    pages: Counter[str] = Counter()
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for audit in audits:
        host = host_of(page_key(audit))
        pages[host] += 1
        seen[host].update({f.fingerprint for f in audit.judged() if _may_repeat(f)})
    return frozenset(
        (host, mark)
        for host, marks in seen.items()
        for mark, number in marks.items()
        if number >= max(LEAST_PAGES, LEAST_SHARE * pages[host])
    )


def _may_repeat(finding: Finding) -> bool:
    where = finding.outcome.where
    return (
        finding.region is Region.ARTICLE
        and finding.outcome.verdict in _TOLD
        and where is not None
        and bool(where.resource)
    )
