"""The server of local files, asked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from checker.loading.options import Options, Target
from checker.loading.served import HOST, Served, Site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "sub dir").mkdir(parents=True)
    (root / "page.html").write_text("page")
    (root / "sub dir/index.html").write_text("index")
    (root / "a.svg").write_text("<svg/>")
    (root / "a.unknown-kind").write_text("?")
    (root / ".env").write_text("secret")
    (tmp_path / "outside.html").write_text("secret")
    (root / "out.html").symlink_to(tmp_path / "outside.html")
    return root


def site(root: Path, name: str = "page.html", public_url: str = "") -> Site:
    target = Target(name, path=root / name, root=root)
    return Site.of(target, (root / name).read_bytes(), Options(public_url=public_url))


@pytest.fixture
def served() -> Iterator[Served]:
    with Served() as server:
        yield server


def get(served: Served, path: str, host: str = HOST) -> httpx.Response:
    url = f"http://{served.place}{path}"
    return httpx.get(url, headers={"Host": host}, trust_env=False)


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/page.html", 200, "text/html"),
        ("/page.html?x=1", 200, "text/html"),
        ("/a.svg", 200, "image/svg+xml"),
        ("/a.unknown-kind", 200, "application/octet-stream"),
        ("/sub%20dir/", 200, "text/html"),
        ("/sub%20dir", 301, "text/plain"),
        ("/none.html", 404, "text/plain"),
        ("/.env", 404, "text/plain"),
        ("/out.html", 404, "text/plain"),
        ("/%2e%2e/outside.html", 404, "text/plain"),
        ("/..%2foutside.html", 404, "text/plain"),
        ("/%00", 404, "text/plain"),
        ("//etc/passwd", 404, "text/plain"),
    ],
)
def test_answers(served: Served, root: Path, path: str, status: int, kind: str) -> None:
    with served.show(site(root)):
        answer = get(served, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, kind)
    assert "secret" not in answer.text


def test_a_folder_without_its_slash_is_sent_to_it(served: Served, root: Path) -> None:
    with served.show(site(root)):
        assert get(served, "/sub%20dir").headers["location"] == "/sub%20dir/"


def test_only_the_browsers_name_is_answered(served: Served, root: Path) -> None:
    with served.show(site(root)):
        assert get(served, "/page.html", "attacker.example").status_code == 404
        assert get(served, "/page.html", served.place).status_code == 404


def test_nothing_is_served_after_the_page(served: Served, root: Path) -> None:
    with served.show(site(root)):
        assert get(served, "/page.html").status_code == 200
    assert get(served, "/page.html").status_code == 404


def test_a_published_folder_stands_under_its_path_and_the_root(served: Served, root: Path) -> None:
    shown = site(root, "page.html", "https://www.example.gov/News/")
    assert shown.page == "/News/page.html"
    with served.show(shown):
        for path in ("/News/page.html", "/News/a.svg", "/a.svg"):
            assert get(served, path).status_code == 200, path
    assert shown.translate("http://presscheck.localhost/a") == "https://www.example.gov/a"


def test_without_a_public_address_links_are_root_relative(root: Path) -> None:
    shown = site(root)
    assert (
        shown.translate("http://presscheck.localhost/a b presscheck.localhost") == "/a b localhost"
    )
