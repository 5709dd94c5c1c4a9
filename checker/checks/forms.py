"""Checks of form fields."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag

from checker.article import Article
from checker.article.keyboard import disabled, value
from checker.verdict import Outcome, failed, passed

_FIELDS = ("input", "select", "textarea")
_NOT_FIELDS = frozenset("button submit reset hidden image checkbox radio file range color".split())
_PLAIN = frozenset(
    """name honorific-prefix given-name additional-name family-name honorific-suffix nickname username new-password
    current-password one-time-code organization-title organization street-address address-line1 address-line2
    address-line3 address-level4 address-level3 address-level2 address-level1 country country-name postal-code cc-name
    cc-given-name cc-additional-name cc-family-name cc-number cc-exp cc-exp-month cc-exp-year cc-csc cc-type
    transaction-currency transaction-amount language bday bday-day bday-month bday-year sex url photo""".split()
)
_CONTACT = frozenset(
    """tel tel-country-code tel-national tel-area-code tel-local tel-local-prefix tel-local-suffix tel-extension email
    impp""".split()
)
_WHERE = frozenset("home work mobile fax pager".split())
_STATES = frozenset(("on", "off"))
_MISTAKES = frozenset("nope none false disabled undefined null".split())
"""Written to switch the browser off; a mistake, but one that names no purpose (axe lets some of them pass too)."""


def autocomplete_valid(article: Article) -> Iterator[Outcome]:
    """An autocomplete attribute of a field that people fill in is a list of tokens that HTML knows, in its order.
    Source: ACT rule 73f2c2; WCAG 2.1, 1.3.5; HTML, 4.10.18.7 (autofill)."""
    for tag in article.elements(*_FIELDS):
        words = value(tag, "autocomplete").lower().split()
        if not words or not _asked(article, tag):
            continue
        if _fits(words):
            yield passed()
        else:
            yield failed(
                f"autocomplete=“{' '.join(words)[:60]}” is nothing that browsers understand",
                article.locate(tag),
                "Write the token for what the field asks (email, given-name, tel, ...).",
            )


def _asked(article: Article, tag: Tag) -> bool:
    if tag.name == "input" and value(tag, "type").lower() in _NOT_FIELDS:
        return False
    if disabled(tag) or value(tag, "aria-disabled").lower() == "true":
        return False
    words = value(tag, "autocomplete").lower().split()
    return article.access.exposed(tag) and not (len(words) == 1 and words[0] in _STATES | _MISTAKES)


def _fits(words: list[str]) -> bool:
    rest = list(words)
    if rest and rest[0].startswith("section-") and len(rest[0]) > len("section-"):
        rest.pop(0)
    if rest and rest[0] in ("shipping", "billing"):
        rest.pop(0)
    place = bool(rest) and rest[0] in _WHERE
    if place:
        rest.pop(0)
    if len(rest) > 1 and rest[-1] == "webauthn":
        rest.pop()
    return len(rest) == 1 and (rest[0] in _CONTACT or (rest[0] in _PLAIN and not place))
