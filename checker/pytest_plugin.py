"""pytest: the fixture ``presscheck`` audits a page of a live test server, a file or HTML text.

    def test_article(presscheck, live_server):
        presscheck(live_server.url + "/news/article/")

pytest loads this module at its start: whatever costs time is imported when a test first uses the fixture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from checker.catalog import Catalogue
    from checker.gate import Policy
    from checker.loading.loader import Loader
    from checker.loading.options import Options, Target
    from checker.report import Finding, Report


class PageFailure(AssertionError):
    """The page has findings at the threshold, or could not be tested. ``report`` has all of it."""

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message)
        self.report = report


@pytest.fixture(scope="session")
def presscheck_session() -> Iterator[_Session]:
    """The browsers of this process, one for each way of loading, closed with the session: under pytest-xdist one a
    worker."""
    with ExitStack() as stack:
        yield _Session(stack)


@pytest.fixture
def presscheck(presscheck_session: _Session) -> Callable[..., Report]:
    """``presscheck(page, *, fail_on="error", only=(), skip=(), profile="auto", render="always", public_url="",
    **options)``: the Report of a page that stands the audit.

    ``page`` is an http(s) address, a Path, or HTML; ``only`` and ``skip`` name rules or patterns of them;
    ``options`` are fields of ``checker.loading.options.Options``. Raises PageFailure, an AssertionError, for findings
    at the threshold and for what could not be tested; ValueError for an unknown rule, profile or threshold.
    """
    return presscheck_session.audit


class _Session:
    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._loaders: dict[Options, Loader] = {}
        self._catalogue: Catalogue | None = None

    def audit(
        self,
        page: str | Path,
        *,
        fail_on: str = "error",
        only: Iterable[str] = (),
        skip: Iterable[str] = (),
        profile: str = "auto",
        render: str = "always",
        public_url: str = "",
        **options: Any,
    ) -> Report:
        """See the fixture ``presscheck``."""
        __tracebackhide__ = True
        from checker.gate import FailOn, Policy
        from checker.gate import judge as gate
        from checker.loading.options import Options, Render

        chosen = Options(render=Render(render), public_url=public_url, **options)
        policy = Policy(FailOn(fail_on))
        report = self._report(_target(page, public_url), chosen, profile, only, skip)
        verdict = gate(report, policy)
        if verdict.exit_code:
            raise PageFailure("\n".join(_lines(report, policy)), report)
        return report

    def _report(
        self,
        target: Target,
        options: Options,
        profile: str,
        only: Iterable[str],
        skip: Iterable[str],
    ) -> Report:
        from dataclasses import replace

        from checker import catalog, run
        from checker.engine import Selection
        from checker.spool import Spool
        from checker.strict import nearest

        catalogue = self._catalogue = self._catalogue or catalog.load(())
        if profile not in ("auto", *catalogue.profiles):
            raise ValueError(f"no profile {profile!r}{nearest(profile, catalogue.profiles)}")
        rules = [_rules(words, catalogue) for words in (only, skip)]
        judge = run.Judge(catalogue, Selection(profile=profile, only=rules[0], skip=rules[1]))
        page = self._loader(options).load(target, judge.pictures_of)
        with Spool() as spool:
            report = run.report([page], judge, spool)
            return replace(report, audits=tuple(spool))

    def _loader(self, options: Options) -> Loader:
        from checker.loading.loader import open_loader

        if options not in self._loaders:
            self._loaders[options] = self._stack.enter_context(open_loader(options))
        return self._loaders[options]


def _target(page: str | Path, public_url: str) -> Target:
    from checker.loading.options import Target

    if isinstance(page, Path):
        return Target(str(page), path=page, root=page.parent, address=public_url)
    if page.startswith(("http://", "https://")):
        return Target(page, url=page)
    return Target("HTML text", html=page.encode("utf-8", "replace"), address=public_url)


def _rules(words: Iterable[str], catalogue: Catalogue) -> frozenset[str]:
    from fnmatch import fnmatchcase

    from checker.strict import nearest

    named: set[str] = set()
    for word in [words] if isinstance(words, str) else words:
        found = {rule for rule in catalogue.rules if fnmatchcase(rule, word)}
        if not found:
            raise ValueError(f"no rule {word!r}{nearest(word, catalogue.rules)[:200]}")
        named |= found
    return frozenset(named)


def _lines(report: Report, policy: Policy) -> Iterator[str]:
    """What stops the page, as a web editor reads it: what is wrong, where, what to write instead, who says so."""
    from checker.gate import Standing, standing
    from checker.gate import judge as gate
    from checker.outputs.terminal import verdict_line

    (audit,) = report.audits
    rules = {rule.id: rule for rule in report.rules}
    yield f"{audit.url or audit.target}: {verdict_line(gate(report, policy), report.counts).plain}"
    for result in audit.results:
        told = [
            f for f in result.findings if standing(f, policy) in (Standing.RED, Standing.BROKEN)
        ]
        if not told:
            continue
        rule = rules[result.rule]
        yield ""
        yield f"{rule.title} ({rule.id}, {result.severity.value})"
        for finding in told:
            yield from _finding(finding)
        if any(standing(f, policy) is Standing.RED for f in told):
            yield f"  To mend it: {rule.fix}"
            yield f"  Required by: {rule.references[0].title}, {rule.references[0].url}"


def _finding(finding: Finding) -> Iterator[str]:
    from checker.clean import one_line

    where = finding.outcome.where
    place = f"line {where.line}, column {where.column}: " if where and where.line else ""
    yield one_line(f"  - {place}{finding.outcome.message}")
    if where and where.snippet:
        yield one_line(f"    {where.snippet}")
    if finding.outcome.suggestion:
        yield one_line(f"    {finding.outcome.suggestion}")
