"""Where pages come from: what is known at once (files, lists, sitemaps), then what is found on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from checker.loading import selecting, sitemap, warc
from checker.loading.addresses import key
from checker.loading.crawl import Crawl, Plan
from checker.loading.options import Options, Target
from checker.loading.packed import Packed
from checker.loading.selecting import Choice, Chosen
from checker.loading.stop import Stop
from checker.loading.targets import Names, TargetError, check_address


class Source(Protocol):
    """Finds pages while they are being audited."""

    def targets(self) -> Iterator[Target]:
        """The pages, once."""
        ...

    def notes(self) -> tuple[str, ...]:
        """What is to be said of the source when all its pages were taken."""
        ...


@dataclass(frozen=True)
class Sources:
    """All pages of a run. ``known`` are those whose number is known at once."""

    known: Chosen
    found: tuple[Source, ...] = ()

    @property
    def total(self) -> int | None:
        """How many pages there are, where that is known."""
        return None if self.found else len(self.known.targets)

    def targets(self) -> Iterator[Target]:
        """Every page once, each with a text of its own. Taken once."""
        yield from self.known.targets
        if not self.found:
            return
        given = {key(target.url) for target in self.known.targets if target.url}
        names = Names()
        for target in self.known.targets:
            names.own(target)
        for source in self.found:
            for target in source.targets():
                if target.url:
                    name = key(target.url)
                    if name in given:
                        continue
                    given.add(name)
                yield names.own(target)

    def notes(self) -> tuple[str, ...]:
        """What is to be said of the choice of pages, once all were taken."""
        return (*self.known.notes, *(note for source in self.found for note in source.notes()))


def gather(
    texts: Sequence[str],
    choice: Choice,
    plan: Plan | None,
    options: Options,
    stop: Stop,
    *,
    stdin: BinaryIO,
) -> Sources:
    """The pages that the texts name: WARC files, with a ``plan`` crawls of addresses, and all that ``selecting.choose``
    takes. Raises as that does, and TargetError for an archive that cannot be opened."""
    plain: list[str] = []
    found: list[Source] = []
    for text in texts:
        if warc.is_warc(text):
            found.append(warc.Archive(text, stop))
        elif plan and text.startswith(("http://", "https://")) and not sitemap.is_sitemap(text):
            check_address(text, "the address")
            found.append(Crawl(text, plan, options, stop))
        else:
            plain.append(text)
    if plan and not any(isinstance(each, Crawl) for each in found):
        raise TargetError(
            "--crawl needs an address to start from, such as https://www.agency.gov/news/"
        )
    if found and (choice.changed_since or choice.since_lastmod or choice.sample_templates):
        raise TargetError(
            "--changed-since, --since-lastmod and --sample-templates go with files and sitemaps,"
            " not with crawls and archives"
        )
    known = selecting.choose(plain, choice, options, stdin=stdin) if plain else Chosen(Packed())
    return Sources(known, tuple(found))
