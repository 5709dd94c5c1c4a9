"""Saved pages come back as they were, whole or not at all."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from checker.loading import saved
from checker.loading.saved import SavedError, folder_name, read, read_all, write
from checker.page import Mode, Page, Picture
from tests.loading.pages import everywhere

PAGE = Page(
    target="https://www.agency.gov/News/Article/1",
    url="https://www.agency.gov/News/Article/1",
    mode=Mode.RENDERED,
    html="<html><body><p>As rendered</p></body></html>",
    source="<p>As served\r\n",
    loaded_at="2026-11-24T12:00:00Z",
    status=200,
    pictures=(
        Picture(7, "image/png", 2, 3, b"\x89PNG..."),
        Picture(None, "image/jpeg", 4, 5, b"\xff\xd8"),
    ),
)


def folders(directory: Path) -> list[Path]:
    return [path for path in directory.iterdir() if path.is_dir()]


anything = st.text(st.characters(exclude_categories=()), max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.from_type(Page).filter(lambda page: "=nan" not in repr(page)))  # equal to nothing
def test_every_page_comes_back_equal(page: Page) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert read(write(page, Path(folder))) == page


@settings(max_examples=60, deadline=None)
@given(anything, anything)
@example("\ud83d\ude00", "\ud800")  # two lone surrogates that together would be another character
@example("\r\n\0\x1b\u2028", "\ufeff")
def test_every_text_comes_back_equal(text: str, source: str) -> None:
    """Browsers give lone surrogates, servers control characters."""
    page = replace(everywhere(text), source=source)
    with tempfile.TemporaryDirectory() as folder:
        assert read(write(page, Path(folder))) == page


@given(st.lists(anything, unique=True, max_size=20))
def test_names_of_folders_are_plain_and_never_collide(targets: list[str]) -> None:
    names = [folder_name(target) for target in targets]
    assert len({name.lower() for name in names}) == len(targets)
    for name in names:
        assert name.isascii()
        assert len(name) < 100
        assert not set(name) & set('/\\:*?"<>|. ')


def test_a_saved_page_is_files_that_people_can_open(tmp_path: Path) -> None:
    place = write(PAGE, tmp_path / "new" / "folder")
    assert place.parent == tmp_path / "new" / "folder"
    assert place.name.startswith("www-agency-gov-news-article-1-")
    assert sorted(path.name for path in place.iterdir()) == [
        "page.html",
        "page.json",
        "picture-00000.png",
        "picture-00001.jpg",
        "source.html",
    ]
    assert (place / "source.html").read_bytes() == b"<p>As served\r\n"
    assert (place / "picture-00000.png").read_bytes() == PAGE.pictures[0].data
    assert json.loads((place / "page.json").read_bytes())["format"] == saved.FORMAT


@pytest.mark.parametrize(
    ("page", "files"),
    [
        (replace(PAGE, source=PAGE.html, pictures=()), ["page.json", "source.html"]),
        (replace(PAGE, source=None, pictures=()), ["page.html", "page.json"]),
    ],
)
def test_the_markup_is_saved_once(tmp_path: Path, page: Page, files: list[str]) -> None:
    place = write(page, tmp_path)
    assert sorted(path.name for path in place.iterdir()) == files
    assert read(place) == page


def test_a_later_save_of_the_same_target_replaces_the_earlier(tmp_path: Path) -> None:
    first = write(PAGE, tmp_path)
    later = replace(PAGE, html="<p>New", pictures=())
    assert write(later, tmp_path) == first
    assert read(first) == later
    assert folders(tmp_path) == [first]


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = write(PAGE, tmp_path)
    real = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "page.json":
            raise OSError(28, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(SavedError, match="No space left"):
        write(replace(PAGE, html="<p>New"), tmp_path)
    assert read(place) == PAGE
    assert folders(tmp_path) == [place]


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SavedError, match="cannot be saved"):
        write(PAGE, tmp_path / "file")


def test_all_pages_below_a_folder_in_the_order_of_saving(tmp_path: Path) -> None:
    pages = [replace(PAGE, target=name) for name in ("b", "a", "c")]
    places = [write(page, tmp_path) for page in pages]
    (tmp_path / "notes.txt").write_text("not a page")
    (tmp_path / ".presscheck-half").mkdir()
    write(replace(pages[1], html="<p>Again"), tmp_path)
    assert [page.target for page in read_all(tmp_path)] == ["b", "a", "c"]
    assert list(read_all(places[0])) == [pages[0]]
    (tmp_path / "order.txt").write_text(f"{places[2].name}\n")
    assert [page.target for page in read_all(tmp_path)] == ["c", "a", "b"]


@pytest.mark.parametrize("line", [b"b-0123456789ab", b"../elsewhere", b"\xff\x1b[2J"])
def test_a_page_that_was_saved_and_is_gone_is_told(tmp_path: Path, line: bytes) -> None:
    write(PAGE, tmp_path)
    with (tmp_path / "order.txt").open("ab") as order:
        order.write(line + b"\n")
    with pytest.raises(SavedError, match=r"saved, and is gone: .* order\.txt") as raised:
        list(read_all(tmp_path))
    assert str(raised.value).isprintable()


@pytest.mark.parametrize("folder", [".", "nowhere"])
def test_a_folder_without_saved_pages_is_an_error(tmp_path: Path, folder: str) -> None:
    with pytest.raises(SavedError) as raised:
        list(read_all(tmp_path / folder))
    assert "\n" not in str(raised.value)


def change(place: Path, **entries: object) -> None:
    index = json.loads((place / "page.json").read_bytes())
    (place / "page.json").write_text(json.dumps(index | entries))


def test_a_later_format_is_refused(tmp_path: Path) -> None:
    place = write(PAGE, tmp_path)
    change(place, format=saved.FORMAT + 1, page="something else")
    with pytest.raises(SavedError, match="later presscheck"):
        read(place)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"format": 1}', '{"format": "x"}', "[" * 100_000, "\ud800"]
)
def test_a_broken_index_is_refused(tmp_path: Path, text: str) -> None:
    place = write(PAGE, tmp_path)
    (place / "page.json").write_bytes(text.encode(errors="surrogatepass"))
    with pytest.raises(SavedError, match="broken") as raised:
        read(place)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "entries",
    [
        {"page": {"target": "x"}},
        {"page": {"target": 1, "url": "", "mode": "static", "loaded_at": ""}},
        {"page": {"target": "x", "url": "", "mode": "painted", "loaded_at": ""}},
        {"source": "elsewhere"},
        {"pictures": [{"element": "1"}]},
        {"files": []},
    ],
)
def test_an_index_of_another_shape_is_refused(tmp_path: Path, entries: dict[str, object]) -> None:
    place = write(PAGE, tmp_path)
    change(place, **entries)
    with pytest.raises(SavedError, match="broken"):
        read(place)


@pytest.mark.parametrize("name", ["page.html", "source.html", "picture-00001.jpg"])
def test_a_missing_or_cut_file_is_refused(tmp_path: Path, name: str) -> None:
    place = write(PAGE, tmp_path)
    path = place / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(SavedError, match="checksum"):
        read(place)
    path.unlink()
    with pytest.raises(SavedError, match="cannot be read"):
        read(place)


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes among its files")
@pytest.mark.parametrize("name", ["page.json", "source.html"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    place = write(PAGE, tmp_path)
    (place / name).unlink()
    os.mkfifo(place / name)
    with pytest.raises(SavedError, match="a pipe"):
        read(place)


def test_nothing_outside_of_the_folder_is_read(tmp_path: Path) -> None:
    place = write(PAGE, tmp_path / "saved")
    outside = tmp_path / "outside.html"
    outside.write_bytes((place / "source.html").read_bytes())
    (place / "source.html").unlink()
    (place / "source.html").symlink_to(outside)
    with pytest.raises(SavedError, match="link"):
        read(place)
    place = write(PAGE, tmp_path / "saved")
    facts = [{"element": 1, "media_type": "../../outside", "width": 1, "height": 1}]
    change(place, pictures=facts)
    with pytest.raises(SavedError, match=r"picture-00000\.bin"):
        read(place)
