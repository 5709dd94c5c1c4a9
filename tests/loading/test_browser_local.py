"""Local files in a real browser: from their own root, the same page each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checker.loading.browser import Browser
from checker.loading.options import Target
from checker.page import Need, Page, Request, Trouble
from tests.loading import browsing
from tests.loading.browsing import ARTICLE, QUICK, document, image, png, text, visit_file

pytestmark = pytest.mark.browser

BODY = """
<img id=root src=/img/a.png alt=a><img id=beside src=b.png alt=b><img id=gone src=gone.png alt=c>
<img id=elsewhere src=/Portals/1/logo.png alt=d><img id=hidden src=/.secret/a.png alt=e>
<div id=css style="background:url(../img/a.png);width:9px;height:9px"></div>
<iframe src=frame.html></iframe><p id=where></p><p id=leak></p><script>
where.textContent = location.href + " " + location.host + " " + location.port;
fetch("/.secret/a.png").then(answer => { leak.textContent = answer.status });
</script>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    for name in ("img", "news", ".secret"):
        (root / name).mkdir(parents=True)
    for name in ("img/a.png", "news/b.png", ".secret/a.png"):
        (root / name).write_bytes(png(7, 5))
    head = "<!doctype html><html lang=en><meta charset=utf-8><title>Article</title>"
    (root / "news/story.html").write_text(head + ARTICLE.format(BODY))
    (root / "news/frame.html").write_text(head + "<p>Framed<img src=b.png>")
    (root / "news/index.html").write_text(head + ARTICLE.format("<img id=beside src=b.png alt=x>"))
    (root / "latin.html").write_bytes("<title>x</title><main><h1>Café</h1><p>Text".encode("cp1252"))
    (tmp_path / "outside.html").write_text("secret")
    (root / "link.html").symlink_to(tmp_path / "outside.html")
    return root


@pytest.fixture(scope="module")
def unpublished() -> Iterator[Browser]:
    with browsing.browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def published() -> Iterator[Browser]:
    options = replace(QUICK, public_url="https://www.example.gov/News/")
    with browsing.browser(options) as opened:
        yield opened


def story(browser: Browser, folder: Path) -> Page:
    return visit_file(browser, folder / "news/story.html", folder)


def test_links_from_the_root_work(unpublished: Browser, folder: Path) -> None:
    page = story(unpublished, folder)
    assert page.problem is None
    assert image(page, "#root").loaded is True
    assert image(page, "#beside").natural_width == 7
    assert page.rendering is not None
    assert page.rendering.frames[0].html is not None


def test_what_a_folder_does_not_have(unpublished: Browser, folder: Path) -> None:
    page = story(unpublished, folder)
    assert image(page, "#gone").loaded is False
    assert image(page, "#elsewhere").loaded is None  # the rest of the site may have it
    assert text(page, "#leak") == "404"


def test_a_saved_file_without_its_pictures(unpublished: Browser, tmp_path: Path) -> None:
    page = tmp_path / "saved.html"
    page.write_text("<title>x</title>" + ARTICLE.format("<img id=far src=files/a.jpg alt=a>"))
    assert image(visit_file(unpublished, page), "#far").loaded is None


def test_no_address_of_our_server_is_in_the_page(unpublished: Browser, folder: Path) -> None:
    page = story(unpublished, folder)
    assert "presscheck.localhost" not in repr(page)
    assert "127.0.0.1" not in repr(page)
    assert (page.url, page.final_url, page.status, page.headers) == ("", "", None, ())
    assert image(page, "#root").source == "/img/a.png"
    assert Request("/news/gone.png", "image", "failed", 404) in page.requests
    assert page.rendering is not None
    assert page.rendering.backgrounds[0].url == "/img/a.png"
    assert text(page, "#where").split() == ["/news/story.html", "localhost"]
    for need in (Need.TRANSPORT, Need.TLS, Need.HTTP_PROBE):
        gap = page.lacks(need)
        assert gap is not None
        assert gap.cause == "out-of-reach"


def test_a_published_folder_is_seen_under_its_address(published: Browser, folder: Path) -> None:
    page = story(published, folder)
    assert page.url == "https://www.example.gov/News/news/story.html"
    assert image(page, "#beside").source == "https://www.example.gov/News/news/b.png"
    assert image(page, "#root").loaded is True
    assert image(page, "#gone").loaded is False
    assert image(page, "#elsewhere").loaded is None
    assert text(page, "#where").split() == [page.url, "www.example.gov"]
    assert page.status is None


def test_index_html_is_its_folder(published: Browser, folder: Path) -> None:
    page = visit_file(published, folder / "news/index.html", folder)
    assert page.url == "https://www.example.gov/News/news/"
    assert image(page, "#beside").loaded is True


def test_two_loads_give_the_same_page(unpublished: Browser, folder: Path) -> None:
    first, second = (story(unpublished, folder) for _ in range(2))
    assert replace(first, loaded_at="") == replace(second, loaded_at="")
    with browsing.browser() as another:
        third = story(another, folder)
    assert replace(first, loaded_at="") == replace(third, loaded_at="")


def test_html_from_standard_input(unpublished: Browser) -> None:
    markup = ARTICLE.format("<img id=x src=x.png alt=x>").encode()
    page = unpublished.load(Target("standard input", html=markup), lambda _: ())
    assert page.problem is None
    assert text(page, "h1") == "Sailors return"
    assert page.source == markup.decode()


def test_encodings_are_the_browsers(unpublished: Browser, folder: Path) -> None:
    page = visit_file(unpublished, folder / "latin.html")
    assert text(page, "h1") == "Café"
    assert "Café" in (page.source or "")


def test_a_file_that_cannot_be_read(unpublished: Browser, folder: Path) -> None:
    page = visit_file(unpublished, folder / "none.html")
    assert page.problem is not None
    assert page.problem.kind is Trouble.UNREADABLE


def test_the_markup_is_numbered_whole(unpublished: Browser, folder: Path) -> None:
    page = story(unpublished, folder)
    seen = document(page)
    assert page.rendering is not None
    assert len(seen.numbers) <= len(page.rendering.boxes)
    assert all(seen.number(tag) is not None for tag in seen.soup.find_all("img"))


def test_a_file_larger_than_any_page_is_not_read_to_its_end(
    unpublished: Browser, folder: Path
) -> None:
    with (folder / "huge.html").open("wb") as file:
        file.truncate(2**40)  # a hole: it takes no room on the disk
    page = visit_file(unpublished, folder / "huge.html")
    assert page.problem is not None
    assert page.problem.kind is Trouble.TOO_LARGE
