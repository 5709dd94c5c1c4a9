"""Which of the pages that were asked for are loaded. The others stay targets that say why they are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from checker.loading import changed, sitemap, template
from checker.loading.options import Options, Target
from checker.loading.packed import Packed
from checker.loading.targets import TargetError, at_address, expand
from checker.page import Problem, Trouble


@dataclass(frozen=True)
class Choice:
    """What a user may say of which pages: differing from a git revision, changed on a day or later by their sitemap,
    one of each template."""

    changed_since: str = ""
    since_lastmod: date | None = None
    sample_templates: bool = False


@dataclass(frozen=True)
class Chosen:
    """All targets in order, those that are left out with their ``problem``, and what to say of the choice."""

    targets: Packed
    notes: tuple[str, ...] = ()


def choose(texts: Sequence[str], choice: Choice, options: Options, *, stdin: BinaryIO) -> Chosen:
    """The targets that the texts name. A text that is a sitemap stands for its pages. Raises TargetError, ChangedError
    and SitemapError, each with one line, for what names no page, no revision or no sitemap."""
    chosen = _expanded(texts, choice, options, stdin)
    if choice.changed_since:
        chosen = _since(chosen, choice.changed_since, [Path(text) for text in texts])
    if choice.sample_templates:
        chosen = _sampled(chosen)
    if choice.changed_since and chosen.targets and all(target.problem for target in chosen.targets):
        said = f"no page differs from {choice.changed_since}: nothing was tested"
        return replace(chosen, notes=(*chosen.notes, said))
    return chosen


def _expanded(texts: Sequence[str], choice: Choice, options: Options, stdin: BinaryIO) -> Chosen:
    """The targets, the pages of sitemaps among them. Of a page that is named twice the first naming counts."""
    since = choice.since_lastmod
    if since and not any(map(sitemap.is_sitemap, texts)):
        raise TargetError(
            "--since-lastmod goes by sitemaps: give a sitemap (such as https://www.agency.gov/sitemap.xml) as a target"
        )
    undated = 0

    def named() -> Iterator[str | Target]:
        nonlocal undated
        for text in texts:
            if not sitemap.is_sitemap(text):
                yield text
                continue
            for entry in _entries(text, options):
                undated += not entry.changed and not entry.fault
                yield at_address(entry.url, _problem(entry, text, since))

    targets = Packed(expand(named(), stdin=stdin, public_url=options.public_url))
    if since and undated:
        said = f"{undated} pages have no lastmod in their sitemap and were taken for changed"
        return Chosen(targets, (said,))
    return Chosen(targets)


def _entries(text: str, options: Options) -> Iterator[sitemap.Entry]:
    empty = True
    for entry in sitemap.read(text, options):
        if urlsplit(entry.url).scheme not in ("http", "https"):
            raise sitemap.SitemapError(f"{text}: names {entry.url[:100]!r}, which is no web page")
        empty = False
        yield entry
    if empty:
        raise TargetError(f"{text}: the sitemap names no page")


def _problem(entry: sitemap.Entry, text: str, since: date | None) -> Problem | None:
    if entry.fault:
        return Problem(Trouble.LOAD_ERROR, entry.fault)
    if since and entry.changed and entry.changed < since:
        return Problem(Trouble.LEFT_OUT, f"left out: not changed since {since} by its sitemap")
    home = urlsplit(text).netloc.lower()
    if home and urlsplit(entry.url).netloc.lower() != home:
        return Problem(Trouble.LEFT_OUT, "left out: its sitemap is another host's")
    return None


def _since(chosen: Chosen, ref: str, asked: Iterable[Path]) -> Chosen:
    other = next((target.text for target in chosen.targets if target.path is None), None)
    if other is not None:
        raise changed.ChangedError(f"--changed-since takes files and folders, not {other}")
    paths = (target.path for target in chosen.targets if target.path is not None)
    changes = changed.since(ref, paths, [path for path in asked if path.is_dir()])
    problem = Problem(Trouble.LEFT_OUT, f"left out: as it is in {ref}")
    targets = Packed(
        replace(target, problem=problem)
        if target.path is not None and target.path.resolve() in changes.same
        else target
        for target in chosen.targets
    )
    return Chosen(targets, (*chosen.notes, *_notes(changes, ref)))


def _notes(changes: changed.Changes, ref: str) -> Iterable[str]:
    if changes.gone:
        shown = ", ".join(path.name for path in changes.gone[:5])
        more = f" and {len(changes.gone) - 5} more" if len(changes.gone) > 5 else ""
        yield f"{len(changes.gone)} pages of {ref} are no more: {shown}{more}"
    if changes.other:
        yield (
            f"{changes.other} files that are no pages (styles, scripts, pictures) differ from {ref}; "
            "pages that use them and are themselves as they were are left out"
        )


def _sampled(chosen: Chosen) -> Chosen:
    """The first page of each template stays."""
    samples: dict[str, str] = {}
    targets = Packed(_sample(target, samples) for target in chosen.targets)
    note = f"one page of each template was taken: {len(samples)} templates"
    return Chosen(targets, (*chosen.notes, note))


def _sample(target: Target, samples: dict[str, str]) -> Target:
    """The target where it is the first of its template; one that is left out where it is not."""
    if target.problem is not None:
        return target
    sample = samples.setdefault(template.signature(target), target.text)
    if sample == target.text:
        return target
    said = f"left out: {sample} is the sample of its template"
    return replace(target, problem=Problem(Trouble.LEFT_OUT, said))
