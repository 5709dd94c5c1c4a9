"""The HTML report of many pages: an index and files of some pages each, which lead to each other wherever they lie;
what is not ours is left alone, and what a later run has not is taken away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from rich.console import Console

from checker import document, publish
from checker.gate import Policy
from checker.outputs import _parts
from checker.publish import Output
from checker.report import Audit, Report
from tests import support_report as made


def many(number: int) -> Report:
    """A report of so many pages, each kind of them among them; every page has a title of its own."""
    kinds = (
        made.clean(),
        made.faulty(),
        made.local(),
        made.broken(),
        made.timed_out(),
        made.hostile(),
    )
    return made.report_of(*(_page(kinds[turn % len(kinds)], turn) for turn in range(number)))


def _page(audit: Audit, turn: int) -> Audit:
    return replace(audit, title=f"Page {turn + 1} {audit.title}", target=f"{audit.target}?{turn}")


def write(report: Report, path: Path) -> None:
    publish.write(report, Policy(), (Output("html", str(path), {}),))


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    """Files of a few pages, so that the tests take seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_parts, "MOST", 15)
        patch.setattr(_parts, "EACH", 4)
        yield


@pytest.fixture(scope="module")
def written(small: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    report = many(29)
    path = tmp_path_factory.mktemp("folder with #") / "report of 50%.html"
    write(report, path)
    return path, report


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Console, "print", lambda *_, **__: None)


def test_every_page_stands_in_one_part_and_no_part_has_more_than_it_may(
    written: tuple[Path, Report],
) -> None:
    path, report = written
    parts = sorted(path.with_name("report of 50%-pages").iterdir())
    assert len(parts) == 8
    titles = []
    for part in parts:
        pages = document.load(part.read_text()).soup.select("#pages > .page")
        assert len(pages) <= _parts.EACH
        titles += [page.h3.get_text(strip=True).split(" ")[1] for page in pages if page.h3]
    assert titles == [str(number) for number in range(1, len(report.audits) + 1)]


def test_every_link_leads_to_a_place_that_is_there_also_from_a_folder_that_was_moved(
    written: tuple[Path, Report], tmp_path: Path
) -> None:
    path, _ = written
    moved = tmp_path / "elsewhere"
    path.parent.rename(moved)
    try:
        files = {each: document.load(each.read_text()).soup for each in moved.rglob("*.html")}
        ids = {
            each: {str(tag["id"]) for tag in soup.select("[id]")} for each, soup in files.items()
        }
        led = 0
        for each, soup in files.items():
            for link in soup.select("a[href]"):
                address, anchor = urldefrag(str(link["href"]))
                if address.startswith("http"):
                    continue
                target = (each.parent / unquote(address)).resolve() if address else each
                assert target in files, (each, link)
                assert not anchor or anchor in ids[target], (each, link)
                led += bool(address)
        assert led > 40
    finally:
        moved.rename(path.parent)


def test_the_index_links_a_page_by_its_own_name(written: tuple[Path, Report]) -> None:
    path, _ = written
    index = document.load(path.read_text()).soup
    links = index.select("#findings .pages a, #mend a")
    assert len(links) > 20
    for link in links:
        address, anchor = urldefrag(str(link["href"]))
        part = document.load((path.parent / unquote(address)).read_text()).soup
        (title,) = part.select(f"#{anchor} h3")
        assert title.get_text(strip=True) == link.get_text(strip=True)


def test_the_index_counts_what_all_pages_have(written: tuple[Path, Report]) -> None:
    path, report = written
    index = document.load(path.read_text()).soup
    rows = index.select("#pages tbody tr")
    for place, count in (
        (1, report.counts.errors),
        (4, report.counts.reviews),
        (5, report.counts.pages_not_tested),
    ):
        told = [row.select("td")[place].get_text() for row in rows]
        assert sum(int(each.replace(",", "")) for each in told) == count
    assert f"{report.counts.errors:,}" in index.select(".counts")[0].get_text()


def test_parts_lead_to_the_one_before_and_the_one_after(written: tuple[Path, Report]) -> None:
    path, _ = written
    folder = path.with_name("report of 50%-pages")
    first, second, last = (
        document.load((folder / f"{number:04}.html").read_text()).soup for number in (1, 2, 8)
    )
    assert not first.select("[rel=prev]")
    assert not last.select("[rel=next]")
    assert {str(link["href"]) for link in second.select("[rel=prev], [rel=next]")} == {
        "0001.html",
        "0003.html",
    }


def test_a_later_run_takes_away_its_own_parts_and_nothing_else(tmp_path: Path) -> None:
    path, folder = tmp_path / "r.html", tmp_path / "r-pages"
    write(many(29), path)
    foreign = folder / "0099.html"
    foreign.write_text("<p>of somebody else")
    (folder / "notes.txt").write_text("mine")
    assert len(list(folder.iterdir())) == 10
    write(many(17), path)
    assert len(list(folder.iterdir())) == 7
    write(many(3), path)
    assert {each.name for each in folder.iterdir()} == {"0099.html", "notes.txt"}
    foreign.unlink(), (folder / "notes.txt").unlink()
    write(many(16), path)
    write(many(3), path)
    assert list(tmp_path.iterdir()) == [path]


def test_few_pages_stay_one_file(tmp_path: Path) -> None:
    write(many(15), tmp_path / "r.html")
    assert [each.name for each in tmp_path.iterdir()] == ["r.html"]
