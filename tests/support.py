"""What the tests of rules share: a rule's example as the Page that a loader would have made of it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from checker import engine
from checker.catalog import Catalogue
from checker.engine import Selection
from checker.page import Hop, Mode, Need, Page, Tls
from checker.report import Audit, Result
from checker.rule import Example, Rule

LOADED_AT = "2026-11-24T13:00:00Z"
STATUS = ":status"
"""The pseudo-header (RFC 9113, 8.3.2) by which an example's headers say another status than 200."""

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


def page_of(example: Example, rule: Rule) -> Page:
    """The page of an example that needs no browser.

    The document is there as served from ``example.url``, with the transport facts that the rule needs: status and
    headers for ``transport``, a verified connection for ``tls`` (of an https address). For ``http-probe`` the example's
    headers are the answer of the same address over plain http, ``:status`` 0 where nothing answers.
    """
    headers = {name.lower(): value for name, value in example.headers.items()}
    status = int(headers.pop(STATUS, "200"))
    address = urlsplit(example.url)
    probed = Need.HTTP_PROBE in rule.needs
    served = bool(headers or Need.TRANSPORT in rule.needs) and not probed
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
        tls=_TLS if Need.TLS in rule.needs and address.scheme == "https" else None,
        probe=Hop(urlunsplit(address._replace(scheme="http")), status, headers.get("location", ""))
        if probed
        else None,
    )


def audit_by(rule: Rule, page: Page, catalogue: Catalogue) -> Audit:
    """The page judged by that rule alone (whether it loaded is always told)."""
    return engine.audit(page, catalogue, Selection(only=frozenset({rule.id})))


def result_of(rule: Rule, audit: Audit) -> Result:
    """What the audit says by that rule; a ValueError where it says nothing or more than one thing."""
    (result,) = (result for result in audit.results if result.rule == rule.id)
    return result


def examples(catalogue: Catalogue, *, rendered: bool) -> Iterator[tuple[str, Rule, Example]]:
    """Every example that a browser must show (or none need), with a name for its test."""
    for rule in catalogue.rules.values():
        for number, example in enumerate(rule.examples, 1):
            if example.rendered is rendered:
                yield f"{rule.id}-{number}-{example.verdict.value}", rule, example
