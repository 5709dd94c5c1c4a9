"""Pages judged by some rules, and what they said in the words of ACT."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum

from checker import engine
from checker.catalog import Catalogue
from checker.engine import Selection
from checker.loading.loader import Loader, open_loader
from checker.loading.options import Options, Render, Target
from checker.page import Page, Trouble
from checker.verdict import Verdict

_NO_ARTICLE = frozenset({Trouble.EMPTY, Trouble.ERROR_PAGE, Trouble.LOGIN_WALL})
"""Pages that loaded but look like no article: a test case need not be one."""


class Said(StrEnum):
    """What is said of a case: the outcomes of EARL."""

    PASSED = "passed"
    FAILED = "failed"
    CANT_TELL = "cantTell"
    INAPPLICABLE = "inapplicable"
    UNTESTED = "untested"


_SAID = {
    Verdict.FAIL: Said.FAILED,
    Verdict.REVIEW: Said.CANT_TELL,
    Verdict.PASS: Said.PASSED,
    Verdict.NOT_APPLICABLE: Said.INAPPLICABLE,
    Verdict.NOT_TESTED: Said.UNTESTED,
}
_HEAVIEST = tuple(_SAID.values())


@dataclass(frozen=True)
class Answer:
    """What the rules said of a case, taken together and each by its id. ``note`` says why nothing was tested."""

    said: Said
    each: Mapping[str, Said] = field(default_factory=dict)
    note: str = ""

    @property
    def by(self) -> tuple[str, ...]:
        """The rules that said it."""
        return tuple(rule for rule, said in self.each.items() if said is self.said)


class Cases:
    """Loads cases and judges them by the rules that claim them."""

    def __init__(self, catalogue: Catalogue, loader: Loader, plain: Loader) -> None:
        self._catalogue = catalogue
        self._loader = loader
        self._plain = plain

    def page(self, target: Target) -> Page:
        """The case as loaded; as served where it is no HTML page, or where a browser does not stay on it (it sends
        readers on at once)."""
        served = self._plain.load(target, _no_pictures)
        if served.problem is not None and served.problem.kind is Trouble.NOT_HTML:
            return served
        page = (
            self._loader.load(target, _no_pictures) if self._loader is not self._plain else served
        )
        if page.problem is not None and (
            page.problem.kind not in _NO_ARTICLE
            or page.final_url.partition("#")[0] not in ("", target.url)
        ):
            page = served
        if page.problem is not None and page.problem.kind in _NO_ARTICLE:
            page = replace(page, problem=None)
        return page

    def answer(self, page: Page, rules: Collection[str]) -> Answer:
        """What these rules say of the page: together, the gravest that one says.

        A document that is no HTML page is inapplicable: every rule of ours is of HTML pages. What did not load, or
        what the run cannot test, is untested.
        """
        if page.problem is not None and page.problem.kind is Trouble.NOT_HTML:
            return Answer(Said.INAPPLICABLE, note="not an HTML page")
        if page.problem is not None:
            return Answer(Said.UNTESTED, note=page.problem.message)
        audit = engine.audit(page, self._catalogue, Selection("federal", only=frozenset(rules)))
        each = {
            result.rule: _SAID[result.verdict] for result in audit.results if result.rule in rules
        }
        return Answer(min(each.values(), key=_HEAVIEST.index, default=Said.UNTESTED), each)


@contextmanager
def open_cases(catalogue: Catalogue, options: Options) -> Iterator[Cases]:
    """Cases loaded as ``options`` say; no pictures are taken."""
    with ExitStack() as stack:
        plain = stack.enter_context(open_loader(replace(options, render=Render.NEVER)))
        loader = plain
        if options.render is not Render.NEVER:
            loader = stack.enter_context(open_loader(options))
        yield Cases(catalogue, loader, plain)


def _no_pictures(page: Page) -> Iterable[int]:
    return ()
