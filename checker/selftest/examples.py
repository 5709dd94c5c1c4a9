"""The catalogue's own examples: each rule shown right, wrong and beside the point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from checker import engine
from checker.catalog import Catalogue
from checker.engine import Selection
from checker.loading.options import Options, Render, Target
from checker.page import Hop, Mode, Need, Page, Tls
from checker.rule import Example, Rule
from checker.selftest.judged import open_cases
from checker.verdict import Verdict

STATUS = ":status"
"""The pseudo-header (RFC 9113, 8.3.2) by which an example's headers say another status than 200."""
FACT = ":tls-"
"""How pseudo-headers begin that say another fact of the connection: ``:tls-protocol``, ``:tls-valid_to``."""
LOADED_AT = "2026-01-01T00:00:00Z"

_TLS = Tls(
    protocol="TLS 1.3",
    cipher="TLS_AES_128_GCM_SHA256",
    subject="example.gov",
    issuer="Example CA",
    names=("example.gov", "*.example.gov"),
    valid_from="2026-01-01T00:00:00Z",
    valid_to="2027-01-01T00:00:00Z",
    verified=True,
)


@dataclass(frozen=True)
class Shown:
    """An example (``number`` counts from 1) and the verdict that it got."""

    rule: str
    number: int
    expected: Verdict
    got: Verdict

    @property
    def right(self) -> bool:
        """Whether it got its verdict."""
        return self.got is self.expected

    @property
    def undecided(self) -> bool:
        """Whether it could not be judged."""
        return self.got is Verdict.NOT_TESTED and not self.right


def page_of(example: Example, rule: Rule) -> Page:
    """The page of an example that needs no browser, as served from its address with the facts that the rule needs:
    status and headers, a verified connection (https), or the answer of the same address over plain http."""
    headers = {name.lower(): value for name, value in example.headers.items()}
    status = int(headers.pop(STATUS, "200"))
    facts: dict[str, Any] = {
        name.removeprefix(FACT): headers.pop(name)
        for name in list(headers)
        if name.startswith(FACT)
    }
    address = urlsplit(example.url)
    probed = Need.HTTP_PROBE in rule.needs
    served = bool(headers or Need.TRANSPORT in rule.needs) and not probed
    plain = urlunsplit(address._replace(scheme="http"))
    return Page(
        target="example.html",
        url=example.url,
        mode=Mode.STATIC,
        html=example.html,
        loaded_at=LOADED_AT,
        final_url=example.url,
        source=example.html,
        status=status if served else None,
        headers=tuple(headers.items()) if served else (),
        tls=replace(_TLS, **facts)
        if Need.TLS in rule.needs and address.scheme == "https"
        else None,
        probe=Hop(plain, status, headers.get("location", "")) if probed else None,
    )


def run(catalogue: Catalogue, options: Options) -> Iterator[Shown]:
    """Judge every example; those that only a browser shows are loaded as ``options`` say."""
    every = [
        (rule, number, example)
        for rule in catalogue.rules.values()
        for number, example in enumerate(rule.examples, 1)
    ]
    for rule, number, example in every:
        if not example.rendered:
            yield _shown(catalogue, rule, number, example, page_of(example, rule))
    rendered = [each for each in every if each[2].rendered]
    if options.render is Render.NEVER:
        for rule, number, example in rendered:
            yield Shown(rule.id, number, example.verdict, Verdict.NOT_TESTED)
        return
    with open_cases(catalogue, options) as cases:
        for rule, number, example in rendered:
            target = Target(text="example.html", html=example.html.encode(), address=example.url)
            yield _shown(catalogue, rule, number, example, cases.page(target))


def _shown(catalogue: Catalogue, rule: Rule, number: int, example: Example, page: Page) -> Shown:
    audit = engine.audit(page, catalogue, Selection(only=frozenset({rule.id})))
    got = next(
        (result.verdict for result in audit.results if result.rule == rule.id), Verdict.NOT_TESTED
    )
    return Shown(rule.id, number, example.verdict, got)


def table(shown: Sequence[Shown]) -> Iterator[str]:
    """Each example that did not get its verdict, then totals."""
    for each in shown:
        if not each.right and not each.undecided:
            yield f"WRONG: {each.rule}, example {each.number}: {each.expected.value} expected, {each.got.value} found"
    undecided = sum(each.undecided for each in shown)
    yield (
        f"{len(shown)} examples of {len({each.rule for each in shown})} rules: "
        f"{sum(each.right for each in shown)} right, "
        f"{sum(not each.right and not each.undecided for each in shown)} wrong, {undecided} not tested"
    )
